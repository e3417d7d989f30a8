// Makes Material's menu and wide tables usable by keyboard, and narrows the list of lessons, whose filter it keeps in
// the address. Without this script the list is complete and the form stays hidden.
(() => {
  "use strict";

  // Material's search is a dialog without a name.
  const search = document.querySelector(".md-search");
  if (search) search.setAttribute("aria-label", search.querySelector("input").getAttribute("aria-label"));

  // Material opens its menu and, on small screens, its search by labels, which no key reaches: buttons take their place.
  const buttons = {};
  const names = document.querySelector("[data-kg-menu]")?.dataset ?? {};
  for (const [id, name] of [["__drawer", names.kgMenu], ["__search", names.kgFind]]) {
    const toggle = document.getElementById(id);
    const label = document.querySelector(`.md-header__button[for=${id}]`);
    if (!toggle || !label) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = `${label.className} kg-toggle kg-toggle${id}`;
    if (name) button.setAttribute("aria-label", name);
    button.append(...label.childNodes);
    const tell = () => button.setAttribute("aria-expanded", toggle.checked);
    tell();
    toggle.addEventListener("change", tell);
    button.addEventListener("click", () => toggle.click());
    label.replaceWith(button);
    buttons[id] = button;
  }
  const drawer = document.getElementById("__drawer");
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !drawer?.checked) return;
    drawer.click();
    buttons.__drawer?.focus();
  });

  // What scrolls sideways can be scrolled by keyboard. Material wraps tables after this script has run.
  const text = document.querySelector(".md-content");
  const reach = () => {
    for (const region of text.querySelectorAll(".md-typeset__scrollwrap, .kg-table")) {
      if (region.scrollWidth > region.clientWidth) region.tabIndex = 0;
      else region.removeAttribute("tabindex");
    }
  };
  if (text) {
    new ResizeObserver(reach).observe(text);
    new MutationObserver(reach).observe(text, { childList: true, subtree: true });
  }

  // A box of text that is meant to be pasted elsewhere gets a button that copies it.
  for (const box of navigator.clipboard ? document.querySelectorAll("[data-kg-copy]") : []) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "kg-button";
    button.textContent = box.dataset.kgCopy;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(box.value);
      button.textContent = box.dataset.kgCopied;
    });
    box.after(button);
  }

  const form = document.querySelector("form[data-kg-filter]");
  const list = document.querySelector("[data-kg-list]");
  if (!form || !list) return;

  const count = form.querySelector("[data-kg-count]");
  const none = document.querySelector("[data-kg-none]");
  const fields = [...form.elements].filter((field) => field.name);
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  // A question is asked in whole sentences: small words are passed over, and endings too ("backups", "tested").
  const SMALL = new Set(
    "a about and any anybody anyone are as at be because been before but by can could did do does ever for from had has have how if in into is it its me my never no not of on or our out should so some somebody someone than that the their them then there they this to was we were what when where which who why will with would you".split(" "),
  );
  const stem = (word) => (word.length > 4 ? word.replace(/(?:ings?|ed|es|s)$/, "") : word);
  const asWords = (text) => {
    const all = plain(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
    const meaningful = all.filter((word) => !SMALL.has(word));
    return (meaningful.length ? meaningful : all).map(stem);
  };

  const lessons = [...list.querySelectorAll(".kg-lesson")].map((row) => ({
    row,
    words: [...new Set(asWords(row.dataset.words))],
    outcome: [row.dataset.outcome],
    community: row.dataset.communities.split(" "),
    cause: row.dataset.causes.split(" "),
  }));

  const matches = (lesson, words) =>
    words.filter((word) => lesson.words.some((own) => own.startsWith(word))).length;
  const chosen = (lesson, asked) =>
    ["outcome", "community", "cause"].every((key) => !asked[key] || lesson[key].includes(asked[key]));

  function show() {
    const asked = Object.fromEntries(fields.map((field) => [field.name, field.value]));
    const words = asWords(asked.words);
    // A lesson need not have all of several words: those stay that have as many as any has, in a long question one fewer.
    const best = Math.max(0, ...lessons.filter((lesson) => chosen(lesson, asked)).map((lesson) => matches(lesson, words)));
    const enough = Math.max(words.length && 1, words.length > 3 ? Math.max(best - 1, Math.ceil(words.length / 3)) : best);
    let shown = 0;
    for (const lesson of lessons) {
      const fits = chosen(lesson, asked) && matches(lesson, words) >= enough;
      lesson.row.hidden = !fits;
      shown += fits;
    }
    for (const part of list.children) part.hidden = !part.querySelector(".kg-lesson:not([hidden])");
    const all = lessons.length;
    count.textContent = shown === all ? form.dataset.kgAll : form.dataset.kgSome.replace("{shown}", shown);
    none.hidden = shown > 0;
  }

  function remember() {
    const query = new URLSearchParams(location.search);
    for (const field of fields) {
      const value = field.value.trim();
      if (value) query.set(field.name, value);
      else query.delete(field.name);
    }
    const text = query.toString();
    history.replaceState(history.state, "", `${location.pathname}${text ? `?${text}` : ""}${location.hash}`);
  }

  function recall() {
    const query = new URLSearchParams(location.search);
    for (const field of fields) {
      field.value = query.get(field.name) ?? "";
      if (field.selectedIndex === -1) field.value = "";
    }
    show();
  }

  form.addEventListener("input", () => {
    show();
    remember();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => {
    setTimeout(() => {
      show();
      remember();
    });
  });
  addEventListener("pageshow", recall);
  addEventListener("popstate", recall);
  form.hidden = false;
  recall();
  // Whoever asked on the home page goes on from the question, not from the top of the page.
  if (form.elements.words.value && !location.hash) form.elements.words.focus({ preventScroll: true });
})();
