// The search page: the question and what narrows its results are kept in the address, so that they can be sent to
// others and the browser's back button undoes a choice. An address that narrows without a question (?outcome=failure)
// lists everything that it leaves, newest first.

import { address, delayed, element, engine, factsOf, fill, kindName, reasonsOf, sentenceOf, texts } from "./search-results.js";

const WAIT = 200; // ms without a key after which a question is asked
const STEP = 10; // results that are shown at first, and by each "Show more"
const listed = (value) => (Array.isArray(value) ? value : [value]);
const written = (number) => number.toLocaleString(document.documentElement.lang);

/** Takes over the search page's form and fills `place` with results. */
export function showPage(place) {
  new SearchPage(place).recall();
}

class SearchPage {
  constructor(place) {
    this.place = place;
    this.input = document.querySelector("form[data-kg-question] input");
    const titles = JSON.parse(place.dataset.titles);
    this.names = Object.fromEntries(JSON.parse(place.dataset.facets).map((facet, number) => [facet, titles[number]]));
    this.limit = STEP;
    this.turn = 0;
    this.boxes = new Map(); // facet → value → its checkbox, with the label and the count beside it
    this.build();
    this.listen();
  }

  build() {
    this.status = element("p", { class: "kg-search__status", role: "status" });
    this.facets = element("div", { class: "kg-search__facets" });
    this.clear = element("button", { type: "button", class: "kg-button", hidden: "" }, texts.clear);
    this.narrow = element(
      "details",
      { class: "kg-search__narrow", hidden: "" },
      element("summary", {}, texts.narrow),
      this.facets,
      this.clear,
    );
    this.narrow.open = matchMedia("(min-width: 60em)").matches;
    this.heading = element("h2", { class: "kg-unseen" }, texts.answers);
    this.results = element("ol", { class: "kg-results" });
    this.more = element("button", { type: "button", class: "kg-button", hidden: "" }, texts.more);
    this.body = element("div", { class: "kg-search__body", hidden: "" }, this.heading, this.results, this.more);
    this.advice = this.place.querySelector("[data-kg-nothing]");
    this.doors = this.advice.querySelector("[data-kg-doors]");
    this.place.append(this.status, this.narrow, this.body);
    this.place.after(this.advice);
  }

  listen() {
    const form = this.input.form;
    this.input.addEventListener("focus", () => engine().catch((error) => this.fail(error)));
    const typed = delayed(() => this.change("replaceState", { unfinished: true }), WAIT);
    this.input.addEventListener("input", typed);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.change("pushState");
    });
    this.facets.addEventListener("change", () => this.change("pushState"));
    this.clear.addEventListener("click", async () => {
      for (const { box } of this.allBoxes()) box.checked = false;
      await this.change("pushState");
      (this.narrow.hidden ? this.input : this.narrow.querySelector("summary")).focus();
    });
    this.more.addEventListener("click", async () => {
      const before = this.results.childElementCount;
      this.limit += STEP;
      await this.update();
      this.results.children[before]?.querySelector("a").focus();
    });
    addEventListener("popstate", () => this.recall());
  }

  *allBoxes() {
    for (const boxes of this.boxes.values()) yield* boxes.values();
  }

  /** Facet → the chosen values, of facets with any. */
  chosen() {
    const query = new URLSearchParams(location.search);
    const chosen = new Map();
    for (const facet of Object.keys(this.names)) if (query.has(facet)) chosen.set(facet, new Set(query.getAll(facet)));
    return chosen;
  }

  /** `unfinished`: the last word of the question is still being typed. */
  change(how, { unfinished = false } = {}) {
    this.unfinished = unfinished;
    const query = new URLSearchParams();
    const question = this.input.value.trim();
    if (question) query.set("q", question);
    if (this.boxes.size) {
      for (const { box } of this.allBoxes()) if (box.checked) query.append(box.name, box.value);
    } else {
      for (const [facet, values] of this.chosen()) for (const value of values) query.append(facet, value);
    }
    const text = String(query);
    const target = `${location.pathname}${text ? `?${text}` : ""}`;
    if (target !== location.pathname + location.search) history[how](null, "", target);
    this.limit = STEP;
    return this.update();
  }

  recall() {
    this.unfinished = false;
    this.input.value = new URLSearchParams(location.search).get("q") ?? "";
    this.limit = STEP;
    return this.update();
  }

  async update() {
    const own = (this.turn += 1);
    const question = this.input.value.trim();
    const chosen = this.chosen();
    if (!question && !chosen.size) return this.showNothingAsked();
    try {
      const opened = await engine();
      const columns = await opened.facets();
      const fits = (number, without = "") =>
        [...chosen].every(([facet, values]) => {
          const column = columns[facet];
          return facet === without || (column && listed(column.documents[number]).some((value) => values.has(column.values[value])));
        });
      const narrow = chosen.size ? (number) => fits(number) : null;
      const answer = question
        ? await opened.search(question, { limit: this.limit, unfinished: this.unfinished, narrow })
        : await newest(opened, columns, narrow, this.limit);
      if (own === this.turn) this.show(answer, columns, chosen, fits, opened.manifest.labels, Boolean(question));
    } catch (error) {
      if (own === this.turn) this.fail(error);
    }
  }

  fail(error) {
    this.status.textContent = texts.failed;
    console.error(error);
  }

  showNothingAsked() {
    this.status.textContent = "";
    for (const part of [this.body, this.narrow, this.advice]) part.hidden = true;
    this.advice.append(this.doors);
  }

  /** `asked`: there is a question; without one, everything matches and only the choices narrow. */
  show({ results, near, matching }, columns, chosen, fits, labels, asked) {
    if (!this.boxes.size) this.buildFacets(columns);
    const total = matching.filter((number) => fits(number)).length;
    const answered = !asked || matching.length > 0;
    const shown = answered ? results : near;
    this.status.textContent = answered
      ? fill(asked && chosen.size ? texts.countOf : texts.count, { number: written(total), all: written(matching.length) })
      : texts.nothing;
    this.heading.textContent = answered ? texts.answers : texts.nearest;
    this.heading.classList.toggle("kg-unseen", answered);
    this.results.replaceChildren(...shown.map((result) => rowOf(result, labels)));
    this.body.hidden = !shown.length;
    this.more.hidden = !answered || results.length >= total;
    this.narrow.hidden = !answered;
    this.advice.hidden = answered;
    (answered ? this.body : this.advice).append(this.doors); // whoever asked may have found nothing in what came near
    if (answered) this.count(matching, columns, chosen, fits);
    else this.showNearest(near);
  }

  /** What the nearest documents name, for readers who go on from there: their causes, and communities to ask. */
  showNearest(near) {
    for (const place of this.advice.querySelectorAll("[data-kg-nearest]")) {
      const facet = place.dataset.kgNearest;
      const named = new Set(near.flatMap(({ facets }) => facets[facet] ?? []));
      const links = [...this.place.querySelector(`template[data-kg-links=${facet}]`).content.querySelectorAll("a")];
      const chosen = links.filter((link) => named.has(link.dataset.kgValue));
      place.hidden = !chosen.length;
      place.querySelector("ul").replaceChildren(...chosen.map((link) => element("li", {}, link.cloneNode(true))));
    }
  }

  buildFacets(columns) {
    for (const [facet, name] of Object.entries(this.names)) {
      const column = columns[facet];
      if (!column) continue;
      const rows = column.values.map((value, number) => {
        const label = facet === "kind" ? kindName(value) : column.labels[number];
        const box = element("input", { type: "checkbox", name: facet, value });
        const count = element("span", { class: "kg-search__count" });
        return { value, number, label, box, count, row: element("label", {}, box, element("span", {}, label), count) };
      });
      const order = facet === "year" ? (a, b) => b.label.localeCompare(a.label) : (a, b) => a.label.localeCompare(b.label);
      rows.sort(order);
      this.boxes.set(facet, new Map(rows.map((row) => [row.value, row])));
      const group = element("div", { class: "kg-search__values", role: "group", "aria-label": name });
      group.append(...rows.map(({ row }) => row));
      const part = element("details", { class: "kg-search__facet" }, element("summary", {}, name), group);
      part.open = facet === "kind" || facet === "outcome" || this.chosen().has(facet);
      this.facets.append(part);
    }
  }

  /** Beside each value, how many results it would leave; what would leave none is hidden unless it is chosen. */
  count(matching, columns, chosen, fits) {
    for (const [facet, boxes] of this.boxes) {
      const column = columns[facet];
      const counts = new Map();
      for (const number of matching) {
        if (!fits(number, facet)) continue;
        for (const value of listed(column.documents[number])) counts.set(value, (counts.get(value) ?? 0) + 1);
      }
      let any = false;
      for (const { value, number, box, count, row } of boxes.values()) {
        const its = counts.get(number) ?? 0;
        box.checked = chosen.get(facet)?.has(value) ?? false;
        count.textContent = written(its);
        row.hidden = !its && !box.checked;
        any ||= !row.hidden;
      }
      boxes.values().next().value.row.closest("details").hidden = !any;
    }
    this.clear.hidden = !chosen.size;
  }
}

/** Everything, narrowed by choices alone, newest first; what has no year comes last. */
async function newest(opened, columns, narrow, limit) {
  const matching = columns.kind.documents.map((_, number) => number);
  const { values, documents } = columns.year ?? { values: [], documents: [] };
  const year = (number) => Number(values[listed(documents[number] ?? [])[0]] ?? -Infinity);
  const order = matching.filter(narrow).map((number) => [year(number), number]);
  order.sort(([a, first], [b, second]) => (a === b ? first - second : b - a));
  const results = await Promise.all(order.slice(0, limit).map(([, number]) => opened.shown(number)));
  return { results, near: [], matching };
}

function rowOf(result, labels) {
  return element(
    "li",
    { class: "kg-answer" },
    element("h3", { class: "kg-answer__title" }, element("a", { href: address(result.url) }, result.title)),
    factsOf(result, labels),
    sentenceOf(result),
    reasonsOf(result),
  );
}
