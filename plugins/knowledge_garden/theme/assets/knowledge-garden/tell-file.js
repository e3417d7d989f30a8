// Makes a lesson's file of answers: the same fields as knowledge_garden.model.lesson, the slug as model.addresses makes it,
// questions without an answer left as the check expects them. Pure functions only; tests/browser/test_tell.py holds them to
// what Python says.

const SIMPLE = { ß: "ss", _: " ", ø: "o", ł: "l", đ: "d", æ: "ae", œ: "oe", þ: "th" };
// Characters that the check refuses: see knowledge_garden.reading.hidden.
const HIDDEN =
  /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e007f}]|(?<![^\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f])/gu;
const DATE = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/;

/** A slug from a title; "" where none of its letters can be written as a to z. `limit`: its longest form. */
export function makeSlug(title, limit) {
  const plain = title.toLowerCase().replace(/[ß_øłđæœþ]/g, (letter) => SIMPLE[letter]);
  // Python's \s takes U+001C to U+001F and U+0085 for space, JavaScript's takes U+FEFF.
  const letters = plain.normalize("NFKD").replace(/[^a-z0-9\s\x1c-\x1f\x85-]|\ufeff/g, "");
  const slug = letters.replace(/[\s\x1c-\x1f\x85-]+/g, "-").replace(/^-+|-+$/g, "");
  if (slug.length <= limit) return slug;
  const last = slug.slice(0, limit + 1).lastIndexOf("-");
  return last > 0 ? slug.slice(0, last) : slug.slice(0, limit);
}

const DOTTED = /^(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})$/;

/** A date as a lesson writes it: 17.11.2026, which can mean one day only, becomes 2026-11-17; any other stays. */
export function isoDate(date) {
  const [, day, month, year] = oneLine(date).match(DOTTED) ?? [];
  return year ? `${year}-${pad(month)}-${pad(day)}` : oneLine(date);
}

/** "year", "month" or "day" for a date that a lesson can have, else "". */
export function precisionOf(date) {
  const [, year, month, day] = date.match(DATE) ?? [];
  if (!year || Number(year) < 1) return "";
  if (!month) return "year";
  const last = new Date(Date.UTC(2000, 0, 1));
  last.setUTCFullYear(Number(year), Number(month), 0);
  if (Number(month) < 1 || Number(month) > 12) return "";
  if (!day) return "month";
  return Number(day) >= 1 && Number(day) <= last.getUTCDate() ? "day" : "";
}

/** A text of several lines without what can't be seen, and without what Markdown would take for something else. */
export function bodyText(text) {
  return withoutHidden(text)
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .replace(/<(?!https?:)(?=[a-z/!?])/gi, "&lt;")
    .replace(/^([ \t]*)(#+|<{2,}|>{2,})/gm, (_, space, signs) => space + [...signs].map(entity).join(""))
    .replace(/^([ \t]*)([=-])(?=\2*$)/gm, (_, space, sign) => space + entity(sign))
    .trim();
}

const entity = (sign) => `&#${sign.charCodeAt(0)};`;

/** A text on one line. */
export const oneLine = (text) => withoutHidden(text).replace(/\s+/g, " ").trim();

function withoutHidden(text) {
  return (text.toWellFormed?.() ?? text).normalize("NFC").replace(/\r\n?/g, "\n").replace(HIDDEN, "");
}

/** A text as YAML in double quotes, which reads back as it was. */
export const quoted = (text) => JSON.stringify(text);

const list = (texts) => `[${texts.map(quoted).join(", ")}]`;

/** Whether a name is an e-mail address, which no page is to show. */
export const isMail = (name) => /\S@\S/.test(name);

/** The path of the file in the content folder. `now`: the reader's own day, for what has no date or no title in a to z. */
export function filePath(answers, form, now) {
  const date = isoDate(answers.date);
  const year = precisionOf(date) ? date.slice(0, 4) : String(now.getFullYear());
  const slug = makeSlug(oneLine(answers.title), form.slugLimit);
  const usable = slug && !form.reserved.includes(slug);
  const moment = `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}-${pad(now.getHours())}${pad(now.getMinutes())}`;
  return `lessons/${year}/${usable ? slug : `lesson-${moment}`}.md`;
}

const pad = (number) => String(number).padStart(2, "0");

/** The lesson's file. What is missing is left so that the check refuses it: an empty field, or the question itself. */
export function lessonFile(answers, form) {
  const fields = [
    ["title", quoted(oneLine(answers.title))],
    ["summary", quoted(oneLine(answers.summary))],
    ["outcome", quoted(answers.outcome)],
    ["communities", list(answers.communities)],
  ];
  const needsCauses = answers.outcome && form.kinds[answers.outcome] !== "success";
  if (needsCauses || answers.causes.length) fields.push(["causes", list(answers.causes)]);
  const date = isoDate(answers.date);
  if (date) fields.push(["date", precisionOf(date) === "year" ? date : quoted(date)]);
  fields.push(["maturity", "seedling"]);
  const name = oneLine(answers.name);
  const named = answers.shown === "name" || answers.shown === "pseudonym";
  if (named && name && !isMail(name)) fields.push(["told_by", list([name])]);
  if (!named) fields.push(["anonymous", "true"]);
  if (answers.recurs.length) fields.push(["recurs", list(answers.recurs)]);
  const front = fields.map(([field, value]) => `${field}: ${value}`).join("\n");
  const body = form.headings.map(({ heading, prompt, key }) => `## ${heading}\n\n${bodyText(answers[key] ?? "") || prompt}`);
  return `---\n${front}\n---\n${body.join("\n\n")}\n`;
}

/** Key of a question → its answer as people read it: what goes into the fields of an issue form. */
export function answerTexts(answers, form, titles) {
  const communities = answers.communities.map((slug) => titles[slug] ?? slug);
  const name = oneLine(answers.name);
  const shown = form.shown[answers.shown] ?? "";
  return {
    ...answers,
    outcome: form.outcomes[answers.outcome] ?? "",
    who: [...communities, oneLine(answers.who)].filter(Boolean).join(", "),
    shown: shown && name && answers.shown !== "none" ? `${shown}: ${name}` : shown,
  };
}

/** The answers as Markdown, each below its question as issue forms write them. `causes`: heading and titles. */
export function answersText(texts, form, causes) {
  const parts = form.questions.map(({ key, text }) => [text, texts[key]]);
  if (causes.titles.length) parts.push([causes.heading, causes.titles.join(", ")]);
  return parts.map(([text, answer]) => `### ${text}\n\n${answer.trim() || "_No response_"}\n`).join("\n");
}
