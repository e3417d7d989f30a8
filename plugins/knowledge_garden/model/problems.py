"""What can be wrong with a garden: each problem's code, how serious it is, what it means and how to fix it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from knowledge_garden.model.messages import message, messages


class Severity(StrEnum):
    """How serious a problem is. An error stops a strict build."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


SEVERITY_LABELS = {
    Severity.ERROR: message("error"),
    Severity.WARNING: message("warning"),
    Severity.NOTICE: message("notice"),
}


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of problem: its `name` as printed, its `severity`, its `meaning` and, in general, how to `fix` it."""

    name: str
    severity: Severity
    meaning: str
    fix: str

    def at(self, path: str, line: int, fault: str, hint: str = "") -> Problem:
        """A problem of this code; without a `hint` of its own it gives the code's general way to fix it."""
        return Problem(path, line, self.name, fault, hint or message(self.fix), self.severity)


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something wrong at `path:line`. `path` is relative to the repository's top, `line` counts from 1 (0: the whole file)."""

    path: str
    line: int
    code: str
    message: str
    hint: str
    severity: Severity = field(compare=False)

    @property
    def location(self) -> str:
        return f"{self.path}:{self.line}" if self.line else self.path


def problem(code: str, path: str, line: int, message: str, hint: str = "") -> Problem:
    """A problem of one of the codes below. Plugins make theirs with `Code.at`."""
    return CODES[code].at(path, line, message, hint)


PROBLEMS_PER_FILE = 100
PROBLEMS_SHOWN = 1_000


def limit_problems(problems: Iterable[Problem]) -> list[Problem]:
    """Problems sorted by file and line, at most 100 of a file and then one that says how many more there are.

    Errors are kept before warnings and warnings before notices, so that the verdict stays the same.
    """
    by_path: defaultdict[str, set[Problem]] = defaultdict(set)
    for unlimited in problems:
        by_path[unlimited.path].add(unlimited)
    kept: list[Problem] = []
    for path in sorted(by_path):
        of_file = by_path[path]
        if len(of_file) > PROBLEMS_PER_FILE:
            rank = list(Severity)
            of_file = set(sorted(of_file, key=lambda item: (rank.index(item.severity), item))[:PROBLEMS_PER_FILE])
            more = len(by_path[path]) - PROBLEMS_PER_FILE
            of_file.add(
                problem(
                    "more-problems",
                    path,
                    0,
                    messages(
                        "{number} more problem of this file is not shown.",
                        "{number} more problems of this file are not shown.",
                        more,
                    ),
                )
            )
        kept += sorted(of_file)
    return kept


def shown_problems(problems: Sequence[Problem]) -> tuple[list[Problem], int]:
    """The problems that a log or a terminal shows, at most 1,000 and errors first, and how many more there are."""
    if len(problems) <= PROBLEMS_SHOWN:
        return list(problems), 0
    rank = list(Severity)
    return sorted(sorted(problems, key=lambda item: rank.index(item.severity))[:PROBLEMS_SHOWN]), len(
        problems
    ) - PROBLEMS_SHOWN


_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTICE

_TABLE = (
    # Files
    Code("missing-file", _W, "A file that every garden has is missing.", "Create the file; the message says what it holds."),
    Code("empty-file", _E, "The file is empty.", "Write the record, or delete the file."),
    Code("unreadable-file", _E, "The file could not be opened.", "Check that the file exists and may be read."),
    Code("too-large", _E, "The file is larger than a garden takes.", "Split it, or keep only the lesson and link to the rest."),
    Code("symlink", _E, "The content holds a symbolic link.", "Replace the link with the file itself."),
    Code("not-utf8", _E, "The file is not UTF-8 text.", "Save it again with the encoding UTF-8."),
    Code("byte-order-mark", _W, "The file begins with a byte-order mark.", "Save it as UTF-8 without a byte-order mark (BOM)."),
    Code("windows-newlines", _N, "Lines end as on Windows (CRLF).", "Save it with Unix line endings (LF)."),
    Code("bad-slug", _E, "A file or a folder has a name that can't be part of an address.", "Use lower-case letters a to z, digits and hyphens: my-lesson.md."),
    Code("address-taken", _E, "Two files would have the same address on the site, upper and lower case apart; one would hide the other.", "Rename one of the two, or join them into one."),
    Code("too-many", _E, "There are more files, folders in folders, or items of a list than a garden takes.", "Keep what readers need, and link to the rest."),
    Code("more-problems", _N, "A file has more problems than are shown.", "Fix the first ones and check again."),
    Code("duplicate-slug", _E, "Two records of a kind have the same slug.", "Rename one of the files."),
    Code("duplicate-alias", _E, "An alias is already the name of another record.", "Choose another alias."),
    Code("misplaced-lesson", _E, "A lesson outside the folder of lessons would be published as a page that no list, cause or community shows.", "Move it to lessons/ and the year of the lesson: lessons/2026/my-lesson.md."),
    # Front matter
    Code("front-matter-missing", _E, "A record begins with front matter between two lines of ---.", "Begin the file with ---, the fields, and --- again."),
    Code("front-matter-unclosed", _E, "The front matter has no closing line.", "Write a line of three hyphens (---) after the last field."),
    Code("front-matter-form", _E, "The front matter is not a list of fields.", "Write each field as key: value."),
    Code("yaml-broken", _E, "The YAML can't be read.", "Fix the YAML at this line; put text with a colon in quotes."),
    Code("yaml-duplicate-key", _E, "A key is there twice; one of the values would be lost.", "Keep one of the two."),
    Code("yaml-alias", _E, "YAML anchors and aliases are not used in a garden.", "Write the value out."),
    Code("yaml-tag", _E, "YAML tags are not used in a garden.", "Remove the tag (the word that begins with !)."),
    Code("yaml-too-deep", _E, "Values are nested too deeply.", "Use the forms of the handbook's reference of fields."),
    Code("curly-quotes", _W, "A value is in curly quotes, which YAML reads as part of the text.", 'Use straight quotes: "text".'),
    Code("line-break", _E, "A text that is shown on one line holds a line break or a tab.", "Write it on one line."),
    Code("missing-field", _E, "A field that every such record has is missing.", "Add the field."),
    Code("wrong-type", _E, "A field's value does not have the form that the field takes.", "Use the form that the handbook's reference of fields gives."),
    Code("unquoted-word", _E, "YAML reads yes, no, on and off without quotes as true and false.", 'Put the word in quotes: "no".'),
    Code("unknown-key", _W, "No field has this name; it is kept, but nothing reads it.", "Correct the name, or remove the field."),
    Code("key-case", _E, "A field's name is written with capital letters.", "Write the name in lower case."),
    Code("file-type", _E, "A file of this kind, or in one of the theme's folders, is not published.", "Keep pictures (PNG, JPEG, GIF, WebP, AVIF, SVG without scripts), PDF, CSV and text files, in a folder of your own."),
    Code("picture-position", _E, "A picture tells where it was taken.", "Remove the position: export the picture again without its metadata (exiftool -all= picture.jpg)."),
    Code("text-too-long", _E, "A text is longer than the field takes.", "Shorten it."),
    Code("unknown-outcome", _E, "The outcome is not one of the garden's.", "Use an outcome of garden.yml, or add it there."),
    Code("unknown-cause", _E, "The cause is not in garden.yml.", "Use a cause of garden.yml, or add it there."),
    Code("unknown-stage", _E, "The stage is not in garden.yml.", "Use a stage of garden.yml, or add it there."),
    Code("unknown-dimension", _W, "The dimension is not in garden.yml.", "Use a dimension of garden.yml, or add it there."),
    Code("unknown-value", _W, "The value is not one of the dimension's values in garden.yml.", "Use one of its values, or add it there."),
    Code("unknown-community", _E, "No community has this slug.", "Use the file's name under communities/ without .md."),
    Code("unknown-person", _E, "No person has this slug.", "Use the file's name under people/ without .md."),
    Code("unknown-partner", _E, "No partner has this slug.", "Use the file's name under partners/ without .md."),
    Code("unknown-lesson", _E, "No lesson has this slug.", "Use the file's name under lessons/ without .md."),
    Code("unknown-aim", _E, "The aim is not in garden.yml.", "Use a key of aims in garden.yml, or add it there."),
    Code("partner-contradiction", _W, "A charter and a partner's page say different things of whether the two work together.", "Name each in the other: the partner in the charter's partners, the community in the partner's communities; or in neither."),
    Code("self-relation", _E, "A lesson is related to itself.", "Name another lesson, or remove the relation."),
    Code("missing-causes", _E, "A lesson that is not a plain success names its causes.", "Add causes: with one to four keys of garden.yml."),
    Code("audience-not-kept", _E, "A page is meant for some readers only. A site for all readers can't keep it for them, so it leaves the page out.", "Keep the page out of the repository, and out of its history; or remove audience."),
    Code("claimed-name", _W, "An alias of a profile takes a name that is somebody else's, as far as the history shows.", "If both are one person, say so in .mailmap: Name <address> <other address>. Else remove the alias."),
    Code("name-not-shown", _W, "A text, a field or a file's name holds the name of somebody who chose not to be shown by it.", "Write it without the name."),
    Code("future-date", _E, "Something is said to have happened on a day in the future.", "Correct the date."),
    Code("dates-reversed", _E, "A seat ends before it begins.", "Correct since or until."),
    Code("address-in-content", _W, "A person's record or credits.yml holds an e-mail address.", "Remove it; identities belong in .mailmap."),
    # Body
    Code("copied-lesson", _E, "A lesson has nearly the same text as another.", "Keep one of them, or say with recurs or responds_to how they belong together and tell what differs."),
    Code("similar-lesson", _N, "A new lesson comes near to others that it does not name.", "Read them; if it is the same again, say so with recurs."),
    Code("hidden-text", _E, "The text holds something that readers don't see: a comment, or a character without width.", "Delete it; write what is meant for readers where they can read it."),
    Code("prompt-left", _E, "A question that garden new wrote has not been replaced.", "Replace the line with the answer, or delete it."),
    Code("merge-conflict", _E, "Git's marks of a merge conflict are left in the file.", "Keep one of the versions, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>."),
    Code("same-title", _E, "Two lessons have the same title.", "Say in the titles how they differ, or join the lessons into one."),
    Code("broken-link", _E, "The target of a link does not exist.", "Correct the link's target."),
    Code("broken-anchor", _E, "The page exists, the heading does not.", "Use the anchor of one of the page's headings."),
    Code("ambiguous-link", _E, "Several records have this slug.", "Write the kind before it: [[people/slug]]."),
    Code("unsafe-link", _E, "A link has a scheme that could harm readers.", "Link with https:, http:, mailto: or tel:, or to a page of the garden."),
    Code("unsafe-html", _E, "A tag or an attribute of HTML could harm readers.", "Write it in Markdown; to show it as it is, put it in a block of code between two lines of ```."),
    Code("too-complex", _E, "The text would take too much time or memory to show.", "Split the page, or write it with fewer columns, levels or signs."),
    Code("remote-picture", _E, "A picture is taken from another host, which then learns who reads the page.", "Put the picture into the content folder, if its licence allows it, or link to it."),
    Code("list-in-text", _W, "A list begins directly below a line of text, and is shown as a part of it.", "Leave an empty line before the list; garden check --fix does it."),
    Code("personal-name", _W, "A lesson's text names a private person.", "Say what was done without the name, or link to the profile of somebody who agreed; list a name that is meant in the front matter: meant: [Ada Lovelace]."),
    Code("personal-data", _W, "A lesson's text holds an e-mail address, a telephone number, a licence plate, or the number of an account or a card.", "Remove it. List one that is meant, such as an office's number, in the front matter: meant: [office@example.org]."),
    Code("secret", _W, "A lesson's text holds what looks like a password or a key.", "Remove it, and change it where it was used: it stays in the history. List an example that is meant in the front matter: meant: [example-key]."),
    Code("missing-heading", _W, "A lesson does not have all six headings.", "Add the heading and say in a sentence what is known."),
    Code("few-sources", _N, "A lesson names fewer than two sources.", "Add a source a reader can check."),
    # Actions and uses
    Code("early-date", _W, "An action, a check or a use is dated before what it follows.", "Correct the date."),
    Code("unchecked-action", _W, "An action is validated, and nothing says what was checked.", "Say under checked what was looked at and what came out, with checked_on and link; or write status: done."),
    Code("action-status", _W, "An action is open, and another field says that it was carried out.", "Write status: done, or validated with checked; or remove the field."),
    Code("unowned-action", _N, "Nobody is named who carries out an open action, so nobody is reminded.", "Add owner: a person's slug, a community's, or a name."),
    Code("retired-undated", _W, "A lesson says why it no longer holds, but not since when.", "Add retired with the date, or remove retired_because."),
    Code("possible-recurrence", _N, "Two lessons share a cause, a community and many words, and neither names the other.", "If it is the same again, write recurs in the later one; if not, link to it and say how they differ."),
    # People and communities
    Code("need-state", _W, "The status of a need does not fit what is said of its answer.", "Write status: answered with answer, or take the answer out."),
    Code("contact-form", _E, "A contact is not an address that readers can open.", "Write the whole address of a page, a chat or a form, with https:// before it."),
    Code("meeting", _E, "A meeting's dates can't be worked out, or it never takes place.", "Write every: first Tuesday, every: Tuesday, or every: 2 weeks with from: and the first day."),
    # Settings and history
    Code("settings", _E, "garden.yml or credits.yml holds something that is not allowed there.", "Use the form that the handbook's reference of fields gives."),
    Code("site-settings", _W, "mkdocs.yml has Markdown extensions or settings that a check can't use; the build may differ.", "Run the build too, and look at what it says."),
    Code("history-shallow", _E, "The clone holds only part of the history, so credit is withheld.", "Fetch all of it: git fetch --unshallow (in CI: fetch-depth: 0, or GIT_DEPTH: 0)."),
    Code("history-missing", _N, "There is no Git history, so there is no credit.", "Put the garden under Git: git init, git add, git commit."),
    Code("unused-correction", _W, "A correction of credit matches no line of the ledger.", "Check its commit, page and person, or remove it."),
    Code("history-unreadable", _W, "Git can't or won't read the history, so there is no credit.", "Do what the message says; the site is built without credit until then."),
    Code("history-notice", _N, "The history holds something that credit can't follow.", "See the handbook on how credit works."),
)  # fmt: skip

CODES: dict[str, Code] = {code.name: code for code in _TABLE}
