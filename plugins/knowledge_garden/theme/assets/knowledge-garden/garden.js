// Narrows the list of lessons, and keeps what was asked in the address, so that a question can be sent to a friend.
// Without this script the list stands whole and the form stays hidden.
(() => {
  "use strict";

  // Material's search is a dialog without a name.
  const search = document.querySelector(".md-search");
  if (search) search.setAttribute("aria-label", search.querySelector("input").getAttribute("aria-label"));

  const form = document.querySelector("form[data-kg-filter]");
  const list = document.querySelector("[data-kg-list]");
  if (!form || !list) return;

  const count = form.querySelector("[data-kg-count]");
  const none = document.querySelector("[data-kg-none]");
  const fields = [...form.elements].filter((field) => field.name);
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const lessons = [...list.querySelectorAll(".kg-lesson")].map((row) => ({
    row,
    words: plain(row.dataset.words),
    outcome: [row.dataset.outcome],
    community: row.dataset.communities.split(" "),
    cause: row.dataset.causes.split(" "),
  }));

  const fits = (lesson, asked) =>
    asked.q.every((word) => lesson.words.includes(word)) &&
    ["outcome", "community", "cause"].every((key) => !asked[key] || lesson[key].includes(asked[key]));

  function show() {
    const asked = Object.fromEntries(fields.map((field) => [field.name, field.value]));
    asked.q = plain(asked.q).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const lesson of lessons) {
      const fit = fits(lesson, asked);
      lesson.row.hidden = !fit;
      shown += fit;
    }
    for (const part of list.children) part.hidden = !part.querySelector(".kg-lesson:not([hidden])");
    const all = lessons.length;
    count.textContent = shown === all ? `${all} ${all === 1 ? "lesson" : "lessons"}` : `${shown} of ${all} lessons`;
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
})();
