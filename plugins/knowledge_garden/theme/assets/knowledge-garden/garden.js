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
  // A question is asked in whole sentences: small words are passed over, and endings too ("backups", "tested").
  const SMALL = new Set(
    "a about and any anybody anyone are as at be because been before but by can could did do does ever for from had has have how if in into is it its me my never no not of on or our out should so some somebody someone than that the their them then there they this to was we were what when where which who why will with would you".split(" "),
  );
  const stem = (word) => (word.length > 4 ? word.replace(/(?:ings?|ed|es|s)$/, "") : word);
  const asWords = (text) => {
    const all = plain(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
    const telling = all.filter((word) => !SMALL.has(word));
    return (telling.length ? telling : all).map(stem);
  };

  const lessons = [...list.querySelectorAll(".kg-lesson")].map((row) => ({
    row,
    words: [...new Set(asWords(row.dataset.words))],
    outcome: [row.dataset.outcome],
    community: row.dataset.communities.split(" "),
    cause: row.dataset.causes.split(" "),
  }));

  const found = (lesson, words) => words.filter((word) => lesson.words.some((its) => its.startsWith(word))).length;
  const chosen = (lesson, asked) =>
    ["outcome", "community", "cause"].every((key) => !asked[key] || lesson[key].includes(asked[key]));

  function show() {
    const asked = Object.fromEntries(fields.map((field) => [field.name, field.value]));
    const words = asWords(asked.words);
    // A lesson need not have all of several words: those stay that have as many as any has, in a long question one fewer.
    const best = Math.max(0, ...lessons.filter((lesson) => chosen(lesson, asked)).map((lesson) => found(lesson, words)));
    const enough = Math.max(words.length && 1, words.length > 3 ? Math.max(best - 1, Math.ceil(words.length / 3)) : best);
    let shown = 0;
    for (const lesson of lessons) {
      const fit = chosen(lesson, asked) && found(lesson, words) >= enough;
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
