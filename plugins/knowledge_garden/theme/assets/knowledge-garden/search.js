// Opens the search by button or key. The engine and its index are fetched when a reader turns to a search box, the
// search page's part on that page alone, and link previews when a reader turns to a link.

import { attachBox } from "./search-box.js";

const dialog = document.querySelector("dialog[data-kg-texts]");
const page = document.querySelector("[data-kg-search]");
const debrief = document.querySelector("form[data-kg-tell]");
const TURNS = ["pointerover", "focusin", "touchstart"]; // a reader turns to a link
const TYPING = "input:not([type=checkbox], [type=radio], [type=button], [type=submit], [type=reset]), textarea, select";

if (dialog) {
  for (const form of document.querySelectorAll("form[data-kg-box]")) attachBox(form);
  openByButtonOrKey();
  if (page) import("./search-page.js").then(({ showPage }) => showPage(page));
  if (debrief) import("./tell.js").then(({ showForm }) => showForm(debrief));
  previewLinks();
}

function openByButtonOrKey() {
  const link = document.querySelector("a[data-kg-open]"); // leads to the search page without a script
  const own = page && document.querySelector("form[data-kg-question] input");
  const open = () => {
    if (own) return own.focus();
    if (!dialog.open) dialog.showModal();
    return dialog.querySelector("input").select();
  };
  if (link) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = link.className;
    button.setAttribute("aria-keyshortcuts", "/ Control+K Meta+K");
    button.setAttribute("aria-haspopup", "dialog");
    button.append(...link.childNodes);
    button.addEventListener("click", open);
    link.replaceWith(button);
  }
  dialog.querySelector("[data-kg-close]").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close(); // beside the box
  });
  addEventListener("keydown", (event) => {
    const { key, ctrlKey, metaKey, altKey, target } = event;
    const command = ctrlKey || metaKey;
    const asked = (key === "/" && !command && !altKey) || (key.toLowerCase() === "k" && command && !altKey);
    if (!asked || target.isContentEditable || target.matches?.(TYPING)) return;
    event.preventDefault();
    open();
  });
}

function previewLinks() {
  const less = ["(prefers-reduced-motion: reduce)", "(prefers-reduced-data: reduce)"];
  const wanted = () => !navigator.connection?.saveData && !less.some((query) => matchMedia(query).matches);
  const content = document.querySelector(".md-content");
  const begin = async (event) => {
    if (!event.target.closest?.("a[href]") || !wanted()) return;
    for (const type of TURNS) content.removeEventListener(type, begin);
    const { attachPreviews } = await import("./link-previews.js");
    attachPreviews(content, wanted, event);
  };
  for (const type of TURNS) content?.addEventListener(type, begin, { passive: true });
}
