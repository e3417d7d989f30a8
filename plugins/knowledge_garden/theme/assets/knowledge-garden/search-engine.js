// Answers questions in the browser exactly as knowledge_garden.search does in Python: the contributions of words to
// documents are whole numbers made at build time, and only added up and sorted here. No user interface.
//
//   const engine = await openSearch(new URL("search/index.json", site));
//   const answer = await engine.search("we never tested our backups", { limit: 10, unfinished: true });
//   answer.results  [{ number, points, score, kind, key, url, title, summary, facets, matches, sentence, heading, field, marks }]
//   answer.near     the nearest documents where nothing is claimed; answer.results is empty then
//   answer.matching numbers of all documents that answer, narrowed or not, for counts by facet (engine.facets())

import { distance, fold, guessLanguage, matchesOf, nearest, otherForms, partsOf } from "./search-words.js";

const FORM = 1;
const TOLD = new Set(["summary", "body"]); // fields that are made of sentences

async function fetched(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response.json();
}

/** Loads what every question needs. `get` loads JSON from an address. */
export async function openSearch(address, get = fetched) {
  const manifest = await get(String(address));
  if (manifest.form !== FORM) throw new Error(`The search index has form ${manifest.form}; this page reads ${FORM}.`);
  const folder = new URL("../" + manifest.folder, address);
  const kept = new Map();
  const load = (path) => {
    if (!kept.has(path)) {
      const asked = get(String(new URL(path, folder)));
      asked.catch(() => kept.delete(path)); // a file that failed is asked for again
      kept.set(path, asked);
    }
    return kept.get(path);
  };
  return new Engine(manifest, load, await load("groups.json"));
}

class Engine {
  constructor(manifest, load, groups) {
    this.load = load;
    this.manifest = manifest;
    this.constants = manifest.constants;
    this.stopwords = Object.fromEntries(Object.entries(manifest.stopwords).map(([name, words]) => [name, new Set(words)]));
    this.words = new Map(); // word → [terms, frequency]; filled block by block
    this.blocks = new Set();
    this.terms = new Map();
    this.groups = groups.groups;
    this.own = groups.own;
    this.frequencies = new Map(groups.members.map((term, position) => [term, groups.frequencies[position]]));
    this.groupsOf = new Map();
    groups.groups.forEach((group, number) => {
      for (const term of group) this.groupsOf.set(term, [...(this.groupsOf.get(term) ?? []), number]);
    });
    this.phrases = new Map();
    for (const [parts, term] of groups.phrases) {
      this.phrases.set(parts[0], [...(this.phrases.get(parts[0]) ?? []), [parts, term]]);
    }
  }

  /** Facet → { values, labels, documents }: for each document the number of its value, or a list of numbers. */
  facets() {
    return this.load("facets.json");
  }

  /** Answers a question. `narrow` leaves out results by their numbers; whether there is an answer is decided by all. */
  async search(text, { limit = 10, unfinished = false, narrow = null } = {}) {
    const units = await this.read(text, unfinished);
    const points = this.score(units);
    const { full, fullWeight, claimed, shown, telling, nearest: most } = this.constants;
    const rarities = units.flatMap((unit) => unit.concepts.map((concept) => concept.rarity)).sort((a, b) => b - a);
    const told = rarities.slice(0, telling).reduce((sum, rarity) => sum + rarity, 0);
    const ideal = told * fullWeight * full || 1;
    const best = async (count) => {
      const ranked = await this.ranked(units, points, count);
      return ranked.slice(0, count).map((each) => this.result(units, each, ideal));
    };
    let results = await best(narrow ? most : limit);
    if (!results.length || results[0].points * 100 < claimed * ideal) {
      return { results: [], near: results.slice(0, most), matching: [] };
    }
    const matching = [...points].filter(([, value]) => value * 100 >= shown * ideal).map(([number]) => number);
    if (narrow) {
      for (const number of points.keys()) if (!narrow(number)) points.delete(number);
      results = await best(limit);
    }
    return { results: results.filter((each) => each.points * 100 >= shown * ideal), near: [], matching };
  }

  // -- reading the question (question.py) --

  async read(text, unfinished) {
    const { letters, longestWord, longestQuestion } = this.constants;
    const folded = fold(text, letters);
    const raws = matchesOf(folded).flatMap(([word]) => partsOf(word, longestWord)[0]);
    const small = this.stopwords[guessLanguage(raws, this.manifest.languages, this.stopwords)];
    const open = unfinished && raws.length > 0 && folded.endsWith(raws.at(-1));
    const asked = raws
      .slice(0, longestQuestion)
      .map((word, position) => ({ word, last: open && position === raws.length - 1 }))
      .filter(({ word }) => !small.has(word));
    const pairs = asked.slice(1).map(({ word }, position) => asked[position].word + word);
    await Promise.all([...asked.map(({ word }) => word), ...pairs].map((word) => this.need(word, word)));
    const words = await Promise.all(asked.map(({ word, last }) => this.resolve(word, last)));
    const parts = this.parts(words);
    const wanted = parts.flatMap(({ words: these, phrase }) => [
      ...these.flatMap((word) => [...word.terms, ...this.synonyms(word.terms).map(([term]) => term)]),
      ...phrase,
      ...this.synonyms(phrase).map(([term]) => term),
    ]);
    await Promise.all(wanted.map((term) => this.needTerm(term)));
    return parts.map(({ words: these, phrase }) => {
      const concepts = these.map((word) => this.concept(word));
      return { concepts, phrase: this.phrase(phrase, concepts.reduce((sum, each) => sum + each.rarity, 0)) };
    });
  }

  /** Loads the blocks of the vocabulary that hold the words from `first` to `last`. */
  async need(first, last) {
    const starts = this.manifest.words;
    const wanted = [];
    for (let block = 0; block < starts.length; block++) {
      if (starts[block] <= last && (block + 1 === starts.length || starts[block + 1] > first)) wanted.push(block);
    }
    await Promise.all(wanted.map((block) => this.needBlock(block)));
  }

  async needBlock(block) {
    const { words, terms, frequencies } = await this.load(`words/${block}.json`);
    if (this.blocks.has(block)) return;
    this.blocks.add(block);
    words.split(" ").forEach((word, position) => {
      const these = terms[position];
      this.words.set(word, [Array.isArray(these) ? these : [these], frequencies[position]]);
    });
  }

  async needTerm(term) {
    if (this.terms.has(term)) return;
    const starts = this.manifest.terms;
    let block = starts.length - 1;
    while (starts[block] > term) block--;
    const [frequency, rarity, forms, flat] = (await this.load(`terms/${block}.json`))[term - starts[block]];
    const postings = new Map();
    for (let position = 0, document = 0; position < flat.length; position += 2) {
      document += flat[position];
      postings.set(document, flat[position + 1]);
    }
    this.terms.set(term, { frequency, rarity, forms, postings });
  }

  async resolve(text, last) {
    const { fullWeight, beginning, corrected, correctedTwice, shortestBeginning } = this.constants;
    const found = (terms, how, weight) => ({ text, terms, how, weight });
    if (this.words.has(text)) return found(this.words.get(text)[0], "word", fullWeight);
    await this.needBeginning(text.slice(0, 3));
    for (const form of otherForms(text, this.constants)) {
      if (this.leads(form)) return found(this.words.get(form)[0], "word", fullWeight);
    }
    const frequency = (word) => this.words.get(word)[1];
    if (last && text.length >= shortestBeginning) {
      const longer = [...this.words.keys()].filter((word) => word.startsWith(text) && frequency(word));
      longer.sort((a, b) => frequency(b) - frequency(a) || (a < b ? -1 : 1));
      if (longer.length) return found(this.termsOf(longer), "beginning", beginning);
    }
    if (text.length >= this.constants.shortest) await this.needBeginning(text[0]);
    const close = nearest([...this.words.keys()], text, frequency, this.constants);
    const weight = close.length && distance(text, close[0], 1) === 1 ? corrected : correctedTwice;
    return found(this.termsOf(close.filter((word) => this.leads(word))), "corrected", weight);
  }

  leads(word) {
    const known = this.words.get(word);
    return Boolean(known) && (known[1] > 0 || this.synonyms(known[0]).length > 0);
  }

  needBeginning(prefix) {
    return this.need(prefix, prefix + "\u{10ffff}");
  }

  termsOf(words) {
    return [...new Set(words.flatMap((word) => this.words.get(word)[0]))].slice(0, this.constants.most);
  }

  parts(words) {
    const found = [];
    const seen = new Set();
    for (let position = 0; position < words.length; ) {
      const [length, phrase] = this.phraseAt(words, position);
      const fresh = words.slice(position, position + length).filter((word) => !word.terms.length || !seen.has(word.terms[0]));
      position += length;
      for (const word of fresh) if (word.terms.length) seen.add(word.terms[0]);
      if (fresh.length) found.push({ words: fresh, phrase });
    }
    return found;
  }

  phraseAt(words, start) {
    const stems = words.slice(start).map((word) => word.terms[0] ?? 0);
    let best = [1, []];
    for (const [parts, term] of this.phrases.get(stems[0]) ?? []) {
      if (parts.length > best[0] && parts.every((part, position) => part === stems[position])) best = [parts.length, [term]];
    }
    if (stems.length > 1 && best[0] <= 2) {
      const together = this.words.get(words[start].text + words[start + 1].text);
      if (together) best = [2, [...best[1], ...together[0]]];
    }
    return best;
  }

  synonyms(terms) {
    const { ownSynonym, synonym, mostSynonyms } = this.constants;
    const found = new Map();
    for (const term of terms) {
      for (const group of this.groupsOf.get(term) ?? []) {
        const weight = group < this.own ? ownSynonym : synonym;
        for (const other of this.groups[group]) {
          if (terms.includes(other) || !this.frequencies.get(other)) continue;
          found.set(other, Math.max(weight, found.get(other) ?? 0));
        }
      }
    }
    const frequency = (term) => this.frequencies.get(term);
    const chosen = [...found].sort((a, b) => b[1] - a[1] || frequency(b[0]) - frequency(a[0]) || a[0] - b[0]);
    return chosen.slice(0, mostSynonyms);
  }

  concept({ text, terms, how, weight }) {
    const rarityOf = (term) => this.terms.get(term).rarity;
    const own = terms.filter((term) => this.terms.get(term).frequency);
    const others = this.synonyms(terms);
    const ceiling = Math.max(0, ...own.map(rarityOf));
    const alternatives = own.map((term) => ({ term, worth: weight * rarityOf(term), how }));
    const { highestRarity } = this.manifest;
    for (const [term, its] of others) {
      const most = Math.min(rarityOf(term), ceiling || highestRarity);
      alternatives.push({ term, worth: Math.floor((most * its * weight) / this.constants.fullWeight), how: "synonym" });
    }
    const told = ceiling || Math.max(0, ...others.map(([term]) => rarityOf(term))) || highestRarity;
    return { text, rarity: told, alternatives };
  }

  phrase(terms, ceiling) {
    const found = terms
      .filter((term) => this.terms.get(term).frequency)
      .map((term) => [term, this.constants.fullWeight, "word"]);
    for (const [term, weight] of this.synonyms(terms)) found.push([term, weight, "synonym"]);
    return found.map(([term, weight, how]) => {
      return { term, worth: Math.min(ceiling, 2 * this.terms.get(term).rarity) * weight, how };
    });
  }

  // -- ranking (ranking.py) --

  score(units) {
    const total = new Map();
    for (const { concepts, phrase } of units) {
      const points = new Map();
      for (const { alternatives } of concepts) {
        for (const [number, value] of this.best(alternatives)) points.set(number, (points.get(number) ?? 0) + value);
      }
      for (const [number, value] of this.best(phrase)) points.set(number, Math.max(value, points.get(number) ?? 0));
      for (const [number, value] of points) total.set(number, (total.get(number) ?? 0) + value);
    }
    return total;
  }

  best(alternatives) {
    const best = new Map();
    for (const { term, worth } of alternatives) {
      for (const [number, contribution] of this.terms.get(term).postings) {
        const value = worth * contribution;
        if (value > (best.get(number) ?? 0)) best.set(number, value);
      }
    }
    return best;
  }

  async ranked(units, points, limit) {
    const { candidates, near, adjacent, full } = this.constants;
    const byPoints = (a, b) => b[1] - a[1] || a[0] - b[0];
    const order = [...points].sort(byPoints).slice(0, Math.max(limit, candidates));
    const documents = await Promise.all(order.map(([number]) => this.document(number)));
    const known = this.known(units);
    const found = order.map(([number, value], position) => {
      const hit = this.bestSentence(documents[position], known);
      const bonus = position < candidates ? (hit.near * near + hit.adjacent * adjacent) * full * documents[position].prior : 0;
      return [number, value + Math.floor(bonus / 10000), hit, documents[position]];
    });
    return [...found.slice(0, candidates).sort(byPoints), ...found.slice(candidates)];
  }

  /** The number of the document whose page has an address, relative to the site; null where none has. */
  async numberAt(url) {
    const starts = this.manifest.addresses;
    let block = starts.length - 1;
    while (block > 0 && starts[block] > url) block--;
    return (await this.load(`addresses/${block}.json`))[url] ?? null;
  }

  async document(number) {
    const each = this.manifest.documentsPerFile;
    return (await this.load(`documents/${Math.floor(number / each)}.json`))[number % each];
  }

  /** A document in the form of a result, where nothing was asked: its summary is the sentence. */
  async shown(number) {
    const { sections, language, prior, ...shown } = await this.document(number);
    return { number, points: 0, score: 0, ...shown, matches: [], sentence: shown.summary, heading: "", field: "summary", marks: [] };
  }

  result(units, [number, points, hit, document], ideal) {
    const matches = [];
    for (const { concepts, phrase } of units) {
      const whole = this.strongest(phrase, number);
      const single = concepts.map(({ text, alternatives }) => [text, this.strongest(alternatives, number)]);
      const sum = single.reduce((total, [, best]) => total + (best?.value ?? 0), 0);
      const text = concepts.map((concept) => concept.text).join(" ");
      for (const [asked, best] of whole && whole.value > sum ? [[text, whole]] : single) {
        if (best) matches.push({ asked, word: this.wordOf(best.term, asked), how: best.how });
      }
    }
    const { sections, language, prior, ...shown } = document;
    const { sentence, heading, field, marks } = hit;
    const score = Math.min(100, Math.floor((points * 100) / ideal));
    return { number, points, score, ...shown, matches, sentence, heading, field, marks };
  }

  strongest(alternatives, number) {
    let best = null;
    for (const { term, worth, how } of alternatives) {
      const contribution = this.terms.get(term).postings.get(number);
      if (contribution && (!best || worth * contribution > best.value)) best = { value: worth * contribution, term, how };
    }
    return best;
  }

  wordOf(term, asked) {
    const shortest = (words) => [...words].sort((a, b) => a.length - b.length || (a < b ? -1 : 1))[0];
    const { forms } = this.terms.get(term);
    if (Array.isArray(forms[0])) return forms.map(shortest).join(" ");
    return forms.includes(asked) ? asked : shortest(forms);
  }

  // -- the sentence to show (matching.py) --

  known(units) {
    const words = new Map();
    const phrases = [];
    const add = ({ term, worth }, place) => {
      const { forms } = this.terms.get(term);
      if (Array.isArray(forms[0])) return phrases.push([forms.map((each) => new Set(each)), place, worth]);
      for (const form of forms) if (worth > (words.get(form)?.[1] ?? 0)) words.set(form, [place, worth]);
    };
    let place = 0;
    for (const { concepts, phrase } of units) {
      for (const alternative of phrase) add(alternative, place);
      for (const { alternatives } of concepts) {
        for (const alternative of alternatives) add(alternative, place);
        place++;
      }
    }
    return { words, phrases };
  }

  bestSentence(document, known) {
    const title = this.hit(document.title, document.language, known);
    let { near, adjacent } = title;
    let most = 0;
    let chosen = null;
    for (const [heading, field, sentences] of document.sections) {
      for (const sentence of sentences) {
        const hit = this.hit(sentence, document.language, known);
        let value = hit.total + hit.adjacent;
        if (TOLD.has(field)) [near, adjacent] = [Math.max(near, hit.near), Math.max(adjacent, hit.adjacent)];
        else value = Math.floor(value / 2);
        if (!chosen) chosen = { sentence, heading, field, marks: [] };
        if (value > most) {
          most = value;
          chosen = { sentence, heading, field, marks: hit.marks };
        }
      }
    }
    return { ...(chosen ?? { sentence: document.summary, heading: "", field: "body", marks: [] }), near, adjacent };
  }

  hit(text, language, { words, phrases }) {
    const small = this.stopwords[language];
    const tokens = [];
    for (const [word, start, end] of matchesOf(text)) {
      let [parts, together] = partsOf(fold(word, this.constants.letters), this.constants.longestWord);
      if (words.has(together)) parts = [together];
      for (const part of parts) if (!small.has(part)) tokens.push([part, start, end]);
    }
    const present = new Map();
    const marked = new Map();
    let adjacent = 0;
    let before = [-2, 0];
    const mark = ([, start, end]) => marked.set(start, end);
    for (const token of tokens) {
      const [place, worth] = words.get(token[0]) ?? [-2, 0];
      if (worth) {
        present.set(place, Math.max(worth, present.get(place) ?? 0));
        mark(token);
        if (place === before[0] + 1) adjacent += Math.min(worth, before[1]);
      }
      before = [place, worth];
    }
    for (const [sets, place, worth] of phrases) {
      for (let position = 0; position + sets.length <= tokens.length; position++) {
        if (!sets.every((set, offset) => set.has(tokens[position + offset][0]))) continue;
        present.set(place, Math.max(worth, present.get(place) ?? 0));
        tokens.slice(position, position + sets.length).forEach(mark);
      }
    }
    const values = [...present.values()];
    const total = values.reduce((sum, value) => sum + value, 0);
    const marks = [...marked].sort((a, b) => a[0] - b[0]);
    return { total, near: total - Math.max(0, ...values), adjacent, marks };
  }
}
