// Makes Material's menu and wide tables usable by keyboard, and narrows the list of lessons, whose filter it keeps in
// the address. Without this script the list is complete and the form stays hidden.

/** Keeps what a form chooses in the page's address, and takes it from there. `show` applies the choice. Shows the form. */
globalThis.kgKeepInAddress = (form, fields, show) => {
  function remember() {
    const query = new URLSearchParams(location.search);
    for (const field of fields) {
      if (field.value) query.set(field.name, field.value);
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
};

(() => {
  "use strict";

  // Material opens its menu by a label, which no key reaches: a button takes its place.
  const drawer = document.getElementById("__drawer");
  const label = document.querySelector(".md-header__button[for=__drawer]");
  if (drawer && label) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = `${label.className} kg-toggle`;
    const name = document.querySelector("[data-kg-menu]")?.dataset.kgMenu;
    if (name) button.setAttribute("aria-label", name);
    button.append(...label.childNodes);
    const tell = () => button.setAttribute("aria-expanded", drawer.checked);
    tell();
    drawer.addEventListener("change", tell);
    button.addEventListener("click", () => drawer.click());
    label.replaceWith(button);
    addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !drawer.checked) return;
      drawer.click();
      button.focus();
    });
  }

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
  const lessons = [...list.querySelectorAll(".kg-lesson")].map((row) => ({
    row,
    outcome: [row.dataset.outcome],
    community: row.dataset.communities.split(" "),
    cause: row.dataset.causes.split(" "),
  }));

  const chosen = (lesson, asked) =>
    ["outcome", "community", "cause"].every((key) => !asked[key] || lesson[key].includes(asked[key]));

  function show() {
    const asked = Object.fromEntries(fields.map((field) => [field.name, field.value]));
    let shown = 0;
    for (const lesson of lessons) {
      const fits = chosen(lesson, asked);
      lesson.row.hidden = !fits;
      shown += fits;
    }
    for (const part of list.children) part.hidden = !part.querySelector(".kg-lesson:not([hidden])");
    const all = lessons.length;
    count.textContent = shown === all ? form.dataset.kgAll : form.dataset.kgSome.replace("{shown}", shown);
    none.hidden = shown > 0;
  }

  kgKeepInAddress(form, fields, show);
})();
