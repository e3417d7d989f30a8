// What the search box, the search page and link previews share: texts, the engine on demand, and results as elements.
// Everything that comes from an index is set as text, never as markup.

const SITE = new URL("../../", import.meta.url);
const home = document.querySelector("[data-kg-texts]");

/** Phrases for readers, written by the template: data-kind-lesson is texts.kindLesson. */
export const texts = home?.dataset ?? {};

let opened = null;

/** The engine, whose script and index are fetched by the first call. */
export function engine() {
  if (!opened) {
    opened = import("./search-engine.js").then(({ openSearch }) => openSearch(new URL("search/index.json", SITE)));
    opened.catch(() => (opened = null)); // the next call tries again
  }
  return opened;
}

/** The address of a path of the site. */
export const address = (path) => new URL(path, SITE);

/** A phrase with values in place of {names}. */
export const fill = (phrase, values) => phrase.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

/** An element with attributes and children; a child that is null is left out. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children.filter((child) => child !== null));
  return made;
}

/** Calls `act` when `wait` milliseconds have gone by without another call. */
export function delayed(act, wait) {
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(act, wait);
  };
}

export const kindName = (kind) => texts[`kind${kind[0].toUpperCase()}${kind.slice(1)}`] ?? kind;

/** Kind, outcome, year and community of a result, in one line. */
export function factsOf({ kind, facets }, { outcome, outcomeKind, community }) {
  const line = element("span", { class: "kg-answer__facts" }, element("span", {}, kindName(kind)));
  for (const value of facets.outcome ?? []) line.append(chip(outcome[value] ?? value, outcomeKind[value] ?? "mixed"));
  for (const value of facets.year ?? []) line.append(element("span", {}, value));
  for (const value of facets.community ?? []) {
    if (kind !== "community") line.append(element("span", {}, community[value] ?? value));
  }
  return line;
}

function chip(title, kind) {
  const icon = home.querySelector(`template[data-kg-icon="${kind}"]`);
  return element(
    "span",
    { class: `kg-outcome kg-outcome--${kind}` },
    icon ? icon.content.cloneNode(true) : null,
    element("span", {}, title),
  );
}

/** The sentence that answers best, with its heading before it and the matched words marked. */
export function sentenceOf({ sentence, heading, marks }) {
  const line = element("span", { class: "kg-answer__sentence" });
  if (heading) line.append(element("span", { class: "kg-answer__heading" }, heading), " ");
  let last = 0;
  for (const [start, end] of marks) {
    line.append(sentence.slice(last, start), element("mark", {}, sentence.slice(start, end)));
    last = end;
  }
  line.append(sentence.slice(last));
  return line;
}

/** Why a result that lacks the asker's own words is one; null where it has them all. */
export function reasonsOf({ matches }) {
  const reasons = matches
    .filter(({ how, word, asked }) => (how === "synonym" || how === "corrected") && word !== asked)
    .map(({ how, word, asked }) => fill(how === "synonym" ? texts.also : texts.corrected, { word, asked }));
  if (!reasons.length) return null;
  return element("span", { class: "kg-answer__reason" }, [...new Set(reasons)].join(" · "));
}
