// The form on which a lesson is shared. Answers stay on the reader's device: they are saved here as they are typed, made into
// a file here, and leave only by a link or a button that the reader presses.

import { prefilled } from "./prefilled.js";
import { address, delayed, element, engine, factsOf, fill } from "./search-results.js";
import { answersText, answerTexts, filePath, isMail, isoDate, lessonFile, oneLine, precisionOf } from "./tell-file.js";

const WAIT = { save: 300, near: 700 }; // ms without a key
const NEAR = 3; // lessons that are shown as near
const FEWEST = 3; // words before lessons are looked for
const LISTS = ["communities", "causes"];
const CHOICES = ["outcome", "shown"];
const TEXTS = ["expected", "happened", "why", "helped", "next", "who", "name", "context", "date", "title", "summary"];
const KEY = `knowledge-garden:share:${location.pathname}`;

/** Takes over the form, which is hidden without a script. */
export function showForm(form) {
  new Debrief(form).begin();
}

class Debrief {
  constructor(form) {
    this.form = form;
    this.data = JSON.parse(form.dataset.kgTell);
    this.texts = form.dataset;
    this.part = (name) => form.querySelector(`[data-kg-${name}]`);
    this.turn = 0;
    this.recurs = [];
    this.begun = new Date();
  }

  begin() {
    this.recall();
    this.preselect();
    document.querySelector("[data-kg-sheet]").classList.add("kg-tell__sheet--print");
    for (const bare of document.querySelectorAll(".kg-tell__bare")) bare.remove();
    this.form.hidden = false;
    this.update();
    const save = delayed(() => this.save(), WAIT.save);
    const near = delayed(() => this.showNear(), WAIT.near);
    this.form.addEventListener("input", () => {
      this.update();
      save();
      near();
    });
    this.form.addEventListener("submit", (event) => event.preventDefault());
    addEventListener("pagehide", () => this.changed && this.save());
    this.part("delete").addEventListener("click", () => this.delete());
    this.part("print").addEventListener("click", () => print());
    for (const way of this.form.querySelectorAll("[data-kg-way]")) {
      way.addEventListener("click", (event) => this.send(way, event));
    }
  }

  // -- answers --

  answers() {
    const given = new FormData(this.form);
    const one = (name) => String(given.get(name) ?? "");
    return {
      ...Object.fromEntries([...TEXTS, ...CHOICES].map((name) => [name, one(name)])),
      ...Object.fromEntries(LISTS.map((name) => [name, given.getAll(name)])),
      recurs: this.recurs,
      begun: this.begun.toISOString(),
    };
  }

  fillIn(answers) {
    for (const name of TEXTS) this.form.elements[name].value = answers[name] ?? "";
    for (const box of this.form.querySelectorAll("input[type=radio], input[type=checkbox]")) {
      box.checked = [answers[box.name]].flat().includes(box.value);
      if (box.checked) box.closest("details")?.setAttribute("open", "");
    }
    this.recurs = Array.isArray(answers.recurs) ? answers.recurs : [];
    const begun = new Date(answers.begun ?? Date.now());
    this.begun = Number.isNaN(begun.getTime()) ? new Date() : begun;
  }

  // -- this device --

  recall() {
    try {
      const kept = localStorage.getItem(KEY);
      if (!kept) return;
      this.fillIn(JSON.parse(kept));
      this.say("status", this.texts.saved);
      this.showNear();
    } catch (error) {
      console.error(error); // what can't be read is written anew
    }
  }

  /** What a link to this page names: ?community=… and ?cause=… */
  preselect() {
    const asked = new URLSearchParams(location.search);
    for (const [name, field] of [["community", "communities"], ["cause", "causes"]]) {
      for (const box of this.form.querySelectorAll(`input[name=${field}]`)) {
        if (!asked.getAll(name).includes(box.value)) continue;
        box.checked = true;
        box.closest("details")?.setAttribute("open", "");
      }
    }
  }

  save() {
    this.changed = false;
    try {
      localStorage.setItem(KEY, JSON.stringify(this.answers()));
      this.say("status", this.texts.saved);
    } catch {
      this.say("status", this.texts.notSaved); // private windows and full stores refuse
    }
  }

  delete() {
    if (!confirm(this.texts.sure)) return;
    try {
      localStorage.removeItem(KEY);
    } catch {
      // nothing was kept either
    }
    this.fillIn({});
    this.update();
    this.showNear();
    this.changed = false;
    this.say("status", this.texts.deleted);
  }

  // -- what the answers make --

  update() {
    this.changed = true;
    const answers = this.answers();
    const texts = answerTexts(answers, this.data, this.titles("communities"));
    const path = filePath(answers, this.data, this.begun);
    const file = lessonFile(answers, this.data);
    const causes = this.titles("causes");
    const named = { heading: this.texts.causes, titles: answers.causes.map((key) => causes[key] ?? key) };
    const text = answersText(texts, this.data, named);
    this.made = { file, path, text, name: path.split("/").at(-1) };
    const values = { ...texts, title: oneLine(answers.title), text, path };
    for (const link of this.form.querySelectorAll("a[data-kg-way]")) {
      const way = link.dataset.kgWay;
      const { fits, address: target } = prefilled(this.data.ways[way], way === "editor" ? { path, text: file } : values);
      link.href = target;
      link.closest("li").querySelector("[data-kg-long]").hidden = fits;
    }
    this.part("file").value = file;
    this.part("path").textContent = path;
    this.showFaults(answers);
  }

  showFaults(answers) {
    const date = isoDate(answers.date);
    this.mark("date", Boolean(date) && !precisionOf(date), this.texts.badDate);
    this.mark("name", isMail(answers.name), this.texts.badName);
    this.part("length").textContent = fill(this.texts.length, { number: [...oneLine(answers.summary)].length });
    const left = this.data.questions.filter(({ key }) => !this.isAnswered(key, answers)).map(({ text }) => text);
    const missing = left.length ? fill(this.texts.missing, { questions: left.join(" · ") }) : this.texts.complete;
    this.say("missing", left.length === this.data.questions.length ? "" : missing);
  }

  /** Say below a field what is wrong with it, or nothing. */
  mark(name, wrong, text) {
    const field = this.form.elements[name];
    const fault = this.form.querySelector(`#kg-${name}-fault`);
    const described = (field.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && id !== fault.id);
    if (wrong) described.push(fault.id);
    if (described.length) field.setAttribute("aria-describedby", described.join(" "));
    else field.removeAttribute("aria-describedby");
    field.setAttribute("aria-invalid", String(wrong));
    if (fault.hidden === wrong) fault.textContent = wrong ? text : "";
    fault.hidden = !wrong;
  }

  isAnswered(key, answers) {
    if (key === "who") return answers.communities.length > 0 || Boolean(answers.who.trim());
    return Boolean(answers[key].trim());
  }

  titles(field) {
    const boxes = [...this.form.querySelectorAll(`input[name=${field}]`)];
    return Object.fromEntries(boxes.map((box) => [box.value, box.closest("label").textContent.trim()]));
  }

  // -- lessons that come near --

  async showNear() {
    const own = (this.turn += 1);
    const { title, summary, happened, why, expected } = this.answers();
    const asked = [title, summary, happened, why, expected].join(" ").trim();
    if (asked.split(/\s+/).length < FEWEST) return this.listNear([], {});
    try {
      const opened = await engine();
      const { results, near } = await opened.search(asked, { limit: 10 });
      const lessons = [...results, ...near].filter(({ kind }) => kind === "lesson").slice(0, NEAR);
      if (own === this.turn) this.listNear(lessons, opened.manifest.labels);
    } catch (error) {
      if (own === this.turn) this.listNear([], {});
      console.error(error);
    }
  }

  listNear(lessons, labels) {
    const place = this.part("near");
    place.hidden = !lessons.length;
    place.querySelector("ul").replaceChildren(...lessons.map((lesson) => this.nearRow(lesson, labels)));
  }

  nearRow(lesson, labels) {
    const link = element("a", { href: address(lesson.url), target: "_blank", rel: "noopener" }, lesson.title);
    const button = element("button", { type: "button", class: "kg-button" });
    const tell = () => {
      const again = this.recurs.includes(lesson.key);
      button.setAttribute("aria-pressed", String(again));
      button.textContent = again ? this.texts.notAgain : this.texts.again;
    };
    button.addEventListener("click", () => {
      const again = this.recurs.includes(lesson.key);
      this.recurs = again ? this.recurs.filter((key) => key !== lesson.key) : [...this.recurs, lesson.key];
      tell();
      this.update();
      this.save();
    });
    tell();
    return element("li", {}, link, factsOf(lesson, labels), element("p", {}, lesson.summary), button);
  }

  // -- sending --

  async send(control, event) {
    this.update();
    this.save();
    const way = control.dataset.kgWay;
    const { file, text, name } = this.made;
    if (way === "download") return this.download(file, name);
    if (way === "copy") return this.say("sent", (await copied(file)) ? this.texts.copied : this.texts.notCopied);
    if (control.closest("li").querySelector("[data-kg-long]").hidden) return null; // the link hands it over
    event.preventDefault();
    const done = await copied(way === "editor" ? file : text);
    this.say("sent", done ? this.texts.copiedLong : this.texts.notCopied);
    if (!done) return null;
    return control.target ? open(control.href, control.target, "noopener") : location.assign(control.href);
  }

  download(file, name) {
    const url = URL.createObjectURL(new Blob([file], { type: "text/markdown;charset=utf-8" }));
    element("a", { href: url, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  }

  say(part, text) {
    const place = this.part(part);
    if (place.textContent !== text) place.textContent = text;
  }
}

/** Whether a text could be put on the clipboard. */
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // not allowed, or not an https: page
  }
}
