// Chooses among the list of people by what they hold and where they work. The address keeps the choice. Where the list
// has several pages, everybody is loaded from one file when a reader first chooses. Without this script the list is
// complete, by letter, and the form stays hidden.
(() => {
  "use strict";

  const form = document.querySelector("form[data-kg-choose]");
  if (!form) return;
  const most = 200; // people shown at once
  const count = form.querySelector("[data-kg-count]");
  const none = document.querySelector("[data-kg-none]");
  const chosenList = document.querySelector("[data-kg-chosen]");
  const whole = [...document.querySelectorAll("[data-kg-people], [data-kg-letters], .kg-letters")];
  const fields = [...form.elements].filter((field) => field.name);
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  const rows = [...document.querySelectorAll("[data-kg-people] .kg-card")].map((row) => ({
    row,
    text: plain(row.textContent),
    values: JSON.parse(row.dataset.values),
  }));
  let loaded;

  async function people() {
    if (!form.dataset.kgSource) return rows;
    loaded ??= fetch(form.dataset.kgSource).then(async (answer) => {
      if (!answer.ok) throw new Error(`${answer.status} ${form.dataset.kgSource}`);
      return (await answer.json()).map((person) => ({ ...person, text: plain([person.name, ...person.holds].join(" ")) }));
    });
    return loaded;
  }

  function fits(person, asked) {
    const words = plain(asked.holds ?? "").split(/\s+/).filter(Boolean);
    return (
      words.every((word) => person.text.includes(word)) &&
      Object.entries(asked).every(([key, value]) => key === "holds" || !value || (person.values[key] ?? []).includes(value))
    );
  }

  function card(person) {
    const item = document.createElement("li");
    item.className = "kg-card";
    const title = document.createElement("h3");
    title.className = "kg-card__title";
    const name = document.createElement(person.url ? "a" : "span");
    if (person.url) name.href = person.url;
    name.textContent = person.name;
    title.append(name);
    item.append(title);
    for (const holds of person.holds) {
      const line = document.createElement("p");
      line.textContent = holds;
      item.append(line);
    }
    return item;
  }

  let turn = 0;
  async function show() {
    const asked = Object.fromEntries(fields.map((field) => [field.name, field.value.trim()]));
    const any = Object.values(asked).some(Boolean);
    const mine = ++turn;
    const chosen = any ? (await people()).filter((person) => fits(person, asked)) : [];
    if (mine !== turn) return; // another choice was made while this one was loading
    if (form.dataset.kgSource) {
      for (const part of whole) part.hidden = any;
      chosenList.hidden = !any;
      chosenList.replaceChildren(...chosen.slice(0, most).map(card));
    } else {
      const kept = new Set(chosen.map((person) => person.row));
      for (const { row } of rows) row.hidden = any && !kept.has(row);
      for (const part of document.querySelectorAll("[data-kg-people] .kg-letter")) {
        part.hidden = !part.querySelector(".kg-card:not([hidden])");
      }
    }
    count.textContent = any ? form.dataset.kgSome.replace("{shown}", chosen.length) : form.dataset.kgAll;
    none.hidden = !any || chosen.length > 0;
  }

  kgKeepInAddress(form, fields, show); // of garden.js, which every page has
})();
