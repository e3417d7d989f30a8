// Answers below a search box while a reader types: a combobox with a list of links. Enter without a choice submits the
// form, which leads to the search page with or without this script.

import { address, delayed, element, engine, factsOf, fill, reasonsOf, sentenceOf, texts } from "./search-results.js";

const WAIT = 120; // ms without a key after which a question is asked
const SHOWN = 6;
let boxes = 0;

/** Makes a form with a field named q answer while a reader types. */
export function attachBox(form) {
  const input = form.elements.q;
  const dialog = form.closest("dialog");
  const id = `kg-answers-${(boxes += 1)}`;
  const status = element("p", { class: "kg-answers__status", role: "status" });
  // Browsers make what scrolls a stop of the Tab key; here the arrow keys lead from the field through the list.
  const attributes = { class: "kg-answers__list", id, role: "listbox", "aria-label": texts.answers, tabindex: "-1", hidden: "" };
  const list = element("div", attributes);
  const panel = element("div", { class: "kg-answers" }, status, list);
  form.append(panel);
  form.action = address(texts.searchUrl);
  for (const [name, value] of Object.entries({
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-controls": id,
    "aria-expanded": "false",
  })) {
    input.setAttribute(name, value);
  }

  let turn = 0;
  let active = null;

  function activate(option) {
    active?.setAttribute("aria-selected", "false");
    active = option;
    if (!option) return input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    return input.setAttribute("aria-activedescendant", option.id);
  }

  function open(shown) {
    activate(null);
    list.hidden = !shown;
    panel.classList.toggle("kg-answers--open", shown);
    input.setAttribute("aria-expanded", String(shown));
  }

  function close() {
    turn += 1; // an answer that is still on its way is not shown
    status.textContent = "";
    open(false);
  }

  function show(question, { results, near, matching }, labels) {
    const options = [...results, ...near].map((result) => optionOf(result, labels));
    const all = element("span", { class: "kg-answer__all" }, texts.all);
    const target = address(texts.searchUrl);
    target.searchParams.set("q", question);
    options.push(element("a", { class: "kg-answer", href: target }, all));
    options.forEach((option, position) => {
      for (const [name, value] of Object.entries({ role: "option", id: `${id}-${position}`, tabindex: "-1" })) {
        option.setAttribute(name, value);
      }
      option.setAttribute("aria-selected", "false");
    });
    list.replaceChildren(...options);
    list.scrollTop = 0;
    const number = matching.length.toLocaleString(document.documentElement.lang);
    const nothing = near.length ? `${texts.nothing} ${texts.nearest}:` : texts.nothing;
    status.textContent = results.length ? fill(texts.count, { number }) : nothing;
    open(true);
  }

  async function ask() {
    const question = input.value.trim();
    if (!question) return close();
    const own = (turn += 1);
    try {
      const opened = await engine();
      const answer = await opened.search(question, { limit: SHOWN, unfinished: true });
      if (own === turn) show(question, answer, opened.manifest.labels);
    } catch (error) {
      if (own !== turn) return;
      open(false);
      status.textContent = texts.failed;
      console.error(error);
    }
  }

  function move(step) {
    const options = [...list.children];
    const position = options.indexOf(active) + step;
    // Beyond either end lies the field itself, then the list begins anew.
    if (position < -1) activate(options.at(-1));
    else activate(options[position] ?? null);
  }

  input.addEventListener("focus", () => (input.value.trim() ? ask() : engine().catch((error) => console.error(error))));
  input.addEventListener("input", delayed(ask, WAIT));
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape") {
      event.preventDefault(); // browsers would clear the field
      if (dialog) dialog.close();
      else close();
    } else if (!list.hidden && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && active) {
      event.preventDefault();
      active.click();
    }
  });
  form.addEventListener("submit", (event) => {
    if (!input.value.trim()) event.preventDefault();
  });
  form.addEventListener("focusout", (event) => {
    if (!dialog && !form.contains(event.relatedTarget)) close();
  });
}

function optionOf(result, labels) {
  return element(
    "a",
    { class: "kg-answer", href: address(result.url) },
    element("span", { class: "kg-answer__title" }, result.title),
    factsOf(result, labels),
    sentenceOf(result),
    reasonsOf(result),
  );
}
