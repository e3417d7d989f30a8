// Shows what a link leads to (outcome, title, summary) when a reader rests on it, reaches it by keyboard or touches it
// for long. Escape dismisses it, and the pointer may move onto it.

import { address, element, engine, factsOf } from "./search-results.js";

const WAIT = 350; // ms on a link before its preview
const TOUCH = 450; // ms of a long touch; browsers take some 500 for their own menu
const GRACE = 200; // ms in which the pointer may move from the link to the preview
const ID = "kg-preview";
const TOLD = ".kg-lesson, .kg-card, .kg-answer"; // links that have beside them what a preview would show

/** Watches the links in `content`. `wanted` says whether the reader wants previews now; `first` is the event so far. */
export function attachPreviews(content, wanted, first) {
  const box = element("div", { class: "kg-preview", id: ID, role: "tooltip", hidden: "" });
  document.body.append(box);
  let link = null;
  let turn = 0;
  let timer;
  let touched = false;

  function hide() {
    clearTimeout(timer);
    turn += 1;
    box.hidden = true;
    if (link?.getAttribute("aria-describedby") === ID) link.removeAttribute("aria-describedby");
    link = null;
  }

  async function show(its) {
    const own = (turn += 1);
    const result = await find(its);
    if (own !== turn || !result) return;
    box.replaceChildren(
      factsOf(result.document, result.labels),
      element("strong", { class: "kg-preview__title" }, result.document.title),
      element("span", { class: "kg-preview__summary" }, result.document.summary),
    );
    box.hidden = false;
    place(box, its);
    if (!its.hasAttribute("aria-describedby")) its.setAttribute("aria-describedby", ID);
  }

  function turnTo(event, wait) {
    const its = event.target.closest?.("a[href]");
    if (!its || its === link || !wanted() || its.closest(TOLD) || !leadsElsewhere(its)) return;
    hide();
    link = its;
    timer = setTimeout(() => show(its).catch((error) => console.error(error)), wait);
  }

  function leave() {
    clearTimeout(timer);
    timer = setTimeout(hide, GRACE);
  }

  const start = {
    pointerover: (event) => event.pointerType !== "touch" && turnTo(event, WAIT),
    focusin: (event) => event.target.matches(":focus-visible") && turnTo(event, WAIT),
    touchstart: (event) => {
      hide();
      touched = true;
      turnTo(event, TOUCH);
    },
  };
  for (const [type, act] of Object.entries(start)) content.addEventListener(type, act, { passive: true });
  content.addEventListener("pointerout", (event) => {
    if (event.pointerType === "touch" || !link || link.contains(event.relatedTarget)) return;
    if (!box.contains(event.relatedTarget)) leave();
  });
  content.addEventListener("focusout", hide);
  content.addEventListener("touchmove", hide, { passive: true });
  content.addEventListener("touchend", (event) => {
    if (box.hidden) hide(); // a short touch opens the link
    else if (touched) event.preventDefault(); // the long one has shown the preview
    touched = false;
  });
  content.addEventListener("contextmenu", (event) => {
    if (touched && !box.hidden) event.preventDefault(); // the preview is what the long touch opened
  });
  box.addEventListener("pointerenter", () => clearTimeout(timer));
  box.addEventListener("pointerleave", leave);
  addEventListener("touchstart", (event) => !content.contains(event.target) && hide(), { passive: true });
  addEventListener("keydown", (event) => event.key === "Escape" && hide());
  // The reader may have gone on while this script was loaded.
  const selector = { pointerover: ":hover", focusin: ":focus" }[first.type] ?? "a";
  if (first.target.closest("a[href]").matches(selector)) start[first.type](first);
}

function leadsElsewhere(link) {
  return link.origin === location.origin && link.pathname !== location.pathname && link.protocol.startsWith("http");
}

/** The document that a link leads to, from the index, or null. */
async function find(link) {
  const opened = await engine();
  const root = address("").pathname;
  if (!link.pathname.startsWith(root)) return null;
  const number = await opened.numberAt(link.pathname.slice(root.length));
  return number === null ? null : { document: await opened.document(number), labels: opened.manifest.labels };
}

/** Below the link, or above it where there is more space. */
function place(box, link) {
  const { left, top, bottom } = link.getClientRects()[0];
  const { width, height } = box.getBoundingClientRect();
  const below = bottom + height + 8 < innerHeight || top < innerHeight - bottom;
  box.style.left = `${Math.max(8, Math.min(left, document.documentElement.clientWidth - width - 8)) + scrollX}px`;
  box.style.top = `${(below ? bottom + 4 : top - height - 4) + scrollY}px`;
}
