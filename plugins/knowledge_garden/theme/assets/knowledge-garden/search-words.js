// Words of a question, as knowledge_garden.search.tokens and .spelling take them in Python. Pure functions only.

const WORD = /[\p{L}\p{N}]+(?:['’\-‐‑][\p{L}\p{N}]+)*/gu;
const HYPHEN = /[-‐‑]/;
const APOSTROPHE = /['’]/g;
const POSSESSIVE = /['’]s$/;

/** Lower case without diacritics. `letters`: letters that have no simple form → what stands for them. */
export function fold(text, letters) {
  const bare = text.normalize("NFKD").replace(/\p{Mn}/gu, "").toLowerCase();
  return bare.replace(/[^\0-\x7f]/gu, (letter) => letters[letter] ?? letter);
}

/** The words that a match in folded text stands for, and what it is when written together ("" without a hyphen). */
export function partsOf(word, longest) {
  const parts = word
    .split(HYPHEN)
    .map((piece) => piece.replace(POSSESSIVE, "").replace(APOSTROPHE, ""))
    .filter((piece) => piece && [...piece].length <= longest);
  const together = parts.join("");
  return [parts, parts.length > 1 && [...together].length <= longest ? together : ""];
}

/** Matches of words in a text, with their offsets. */
export function matchesOf(text) {
  return [...text.matchAll(WORD)].map((match) => [match[0], match.index, match.index + match[0].length]);
}

/** The language, among those of the garden, with most of its small words; else the first. */
export function guessLanguage(words, languages, stopwords) {
  const counts = languages.map((language) => words.filter((word) => stopwords[language].has(word)).length);
  return languages[counts.indexOf(Math.max(...counts))];
}

/** Other forms that a word may have, likeliest first. */
export function* otherForms(word, { endings, added, withY, shortestBase }) {
  for (const base of basesOf(word, endings, withY, shortestBase)) {
    for (const ending of added) if (base + ending !== word) yield base + ending;
  }
}

function* basesOf(word, endings, withY, shortest) {
  yield word;
  for (const ending of endings) {
    if (!word.endsWith(ending)) continue;
    const base = word.slice(0, -ending.length);
    if (withY.includes(ending) && base.length >= shortest - 1) yield base + "y";
    if (base.length >= shortest || (ending === "s" && base.length >= shortest - 1)) {
      yield base;
      if (base.length > shortest && base.at(-1) === base.at(-2)) yield base.slice(0, -1);
    }
  }
}

/** The words with the fewest typing errors between them and `word`, the most frequent first. */
export function nearest(words, word, frequency, { shortest, shortestForTwo }) {
  if (word.length < shortest || !/^\p{L}+$/u.test(word)) return [];
  const allowed = word.length >= shortestForTwo ? 2 : 1;
  const found = [];
  for (const each of words) {
    if (each[0] !== word[0] || Math.abs(each.length - word.length) > allowed) continue;
    const errors = distance(word, each, allowed);
    if (errors <= allowed) found.push([errors, -frequency(each), each]);
  }
  found.sort((a, b) => a[0] - b[0] || a[1] - b[1] || (a[2] < b[2] ? -1 : 1));
  return found.filter((each) => each[0] === found[0][0]).map((each) => each[2]);
}

/** How many letters are too many, missing, wrong or changed over; any number above `allowed` where it is more. */
export function distance(one, other, allowed) {
  let before = [];
  let last = Array.from({ length: other.length + 1 }, (_, position) => position);
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const wrong = one[i - 1] === other[j - 1] ? 0 : 1;
      let cost = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + wrong);
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
        cost = Math.min(cost, before[j - 2] + 1);
      }
      row.push(cost);
    }
    if (Math.min(...row) > allowed) return allowed + 1;
    [before, last] = [last, row];
  }
  return last.at(-1);
}
