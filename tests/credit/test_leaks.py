"""Nothing that any command writes tells of somebody who chose not to be shown by name.

A garden with every field filled, for every kind of choice: initials, pseudonym, hidden, a profile that can't be read,
a lesson told without names, profiles that share a name, other names in the history, co-authors, attachments, pages
for some readers only. Then every file of the site, every output and every line of the logs is searched.
"""

import gzip
import io
import logging
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

import pytest
from click.testing import CliRunner

from building import ALL, build, configure
from history.repository import Repository
from knowledge_garden.cli import main

PICTURE = (Path(__file__).parent.parent / "gardens/audience/content/lessons/2020/broken-plan.png").read_bytes()

# Who chose what. Each name, slug, alias and address of these is a secret.
PEOPLE = {
    "ulmus-glabra": "name: Ulmus Glabra\ndisplay: hidden\naliases: [wych-elmer, Elmer Wych]",
    "taxus-baccata": "name: Taxus Baccata\ndisplay: initials\naliases: [yew-tester]",
    "fagus-silvatica": "name: Fagus Silvatica\ndisplay: pseudonym\npseudonym: Moss\naliases: [Beechy Silva]",
    "carpinus-betulus": "name: Carpinus Betulus\ndisplay: pseudonym",
    "zelkova-abelicea": "name: Zelkova Abelicea\ndisplay: hiden\naliases: [Ambelitsia Kreta]",
    "sorbus-torminalis": "name: Sorbus Aria\ndisplay: hidden\naliases: [Chequer Service]",
}
PROFILE = """---
{choice}
organisation: Secretorganisation of {slug}
origin: {{place: [north, south]}}
stream: technical
holds: [How gates are tested]
needs:
  - How walls are tested
  - {{what: How locks are tested, status: answered, answered_by: {slug}, answer: gate}}
contact: https://example.org/secretcontact/{slug}
looks_for: [Somebody who knows tides]
uses: [gate]
links: [{{title: Secretlink of {slug}, url: "https://example.org/{slug}"}}]
---
# Secretheading of {slug}

Secretprose. See [[gate]] and [another](../lessons/2021/gate.md). ![Me](portrait-{number}.png)
"""
SECRETS = (
    "ulmus", "glabra", "wych-elmer", "elmer", "taxus", "baccata", "yew-tester", "fagus", "silvatica", "beechy",
    "carpinus", "betulus", "abelicea", "ambelitsia", "sorbus-torminalis", "torminalis", "chequer",
    # of everybody's profile
    "secretorganisation", "secretlink", "secretheading", "secretprose", "portrait-", "secretcontact",
    # names that only the history has, of hidden people's addresses; the author of the nameless lesson
    "graham secondname", "secondname", "quercus nameless", "quercus",
    # what is for the board
    "secretmerger", "secretplan", "secret-merger", "secretnote",
    # addresses
    "@secret.test", "secret.test",
)  # fmt: skip
LESSON = """---
title: {title}
summary: What {name} did, and what it taught.
outcome: failure
communities: [harbour{communities}]
causes: [haste]
date: 2021-03-04
stage: operate
origin: {{place: north}}
severity: high
maturity: evergreen
owner: {slug}
review_by: 2023-01
told_by: [{slug}, "{name}"]
told_with: [river-board, secret-board]
tags: [gates, "{name}"]
aliases: [gate-of-{slug}]
sources: [{{title: Report of {name}, url: "https://example.org/{slug}.pdf", publisher: "{name}", date: 2021}}]
recurs: [merger]
supersedes: [merger]
contradicts: [merger]
responds_to: [merger]
actions:
  - {{what: Ask {name}, owner: {slug}, due: 2024, status: done, link: "https://example.org/a"}}
  - {{what: Ask again, owner: "{name}", due: 2023}}
  - what: Ask {name} once more
    owner: {slug}
    status: validated
    done_on: 2022
    checked: "{name} was seen"
    checked_by: {slug}
    checked_on: 2023-02
  - {{what: Ask {name} at last, owner: {slug}, due: 2022, status: open}}
applied:
  - by: {slug}
    date: 2022
    for: Friends of {name}
    result: Told by {name}
    saved: The hours of {name}
    appreciated_by: {slug}
    quotation: Ask {name}
    evidence: Letter of {name}
    link: "https://example.org/{slug}"
  - {{by: "{name}", appreciated_by: "{name}", date: 2023-04}}
retired: 2023-05
retired_because: "{name} left"
anonymous: {anonymous}
---

## Context

As [[{slug}]] and [[people/{slug}|somebody]] said, [see](../../people/{slug}.md).
"""
CHARTER = """---
title: Harbour
purpose: Asked for by Ulmus Glabra.
sponsor: ulmus-glabra
leads: [{person: taxus-baccata, since: 2020}, {person: zelkova-abelicea, since: 2020}]
facilitators: [fagus-silvatica]
core: [carpinus-betulus]
members: [sorbus-torminalis, ann]
liaison: ulmus-glabra
alumni: [taxus-baccata]
partners: [river-board]
scope: {in: [What Ulmus Glabra knows], out: [What Taxus Baccata knows]}
expectations: [Ask Fagus Silvatica]
commitment: As Carpinus Betulus has time
joining: Write to Ulmus Glabra
meetings:
  - {what: Talk of Ulmus Glabra, when: Mondays, link: "https://example.org/ulmus-glabra"}
  - what: Walk of Taxus Baccata
    every: Monday
    time: "10:00"
    link: https://example.org/taxus-baccata
    minutes: [{date: 2023-01-02, link: "https://example.org/ulmus-glabra", lessons: [merger]}]
decisions: Ulmus Glabra decides
choosing_leads: Taxus Baccata is asked
conduct: Tell Fagus Silvatica
budget: What Ulmus Glabra has
outputs: [What Beechy Silva wrote]
escalation: To Carpinus Betulus
ends_when: When Ulmus Glabra leaves
channels: [{title: Channel of Taxus Baccata, url: "https://example.org/taxus_baccata"}]
measures: [Fewer calls to Ulmus Glabra]
strategy: Let Taxus Baccata rest
needs:
  - What Ulmus Glabra knows of gates
  - {what: What Taxus Baccata knows, status: answered, answered_by: ulmus-glabra, answer: merger}
  - {what: What is open, status: answered, answered_by: Fagus Silvatica, answer: "https://example.org/ulmus-glabra"}
  - {what: A map, status: answered, answered_by: ulmus-glabra, answered_on: 2024-01, answer: gate}
aims: [dry]
---
"""
CREDITS = """declared:
  - person: ulmus-glabra
    role: mentored
    date: 2024-01
    what: The walk of Ulmus Glabra
    page: gate
    community: harbour
    evidence: https://example.org/ulmus-glabra
  - {person: ulmus-glabra, role: attended, date: 2024-01-02, community: harbour, evidence: "https://example.org/ulmus-glabra"}
  - {person: ann, role: helped, date: 2024-01, what: The walk with Taxus Baccata, evidence: "https://example.org/b"}
  - {person: ann, role: helped, date: 2024-01, page: people/ulmus-glabra.md, evidence: "https://example.org/c"}
reviewed:
  - {person: Fagus Silvatica, page: gate, date: 2024-02-03, evidence: "https://example.org/d"}
corrections:
  - {commit: COMMIT, person: ann, give_to: Ulmus Glabra, reason: Ulmus Glabra did it., decided_by: Taxus Baccata}
"""


@dataclass(frozen=True)
class Planted:
    """The repository, and the path of its work tree."""

    repository: Repository
    path: Path


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Planted:
    repository = Repository(tmp_path_factory.mktemp("leaks"))
    files: dict[str | bytes, str | bytes] = {
        "content/index.md": "# Garden\n\nSee [[gate]].\n",
        "content/garden.yml": (
            "causes: {haste: {title: Haste}}\nstages: {operate: Operating}\n"
            "dimensions:\n  place: {title: Place, values: {north: North, south: South}, hear_from: [south], centre: [north]}\n"
            "aims: {dry: Dry feet}\n"
        ),
        "content/communities/harbour.md": CHARTER,
        "content/communities/board.md": CHARTER.replace("title: Harbour", "title: Secretnote\naudience: board"),
        "content/partners/river-board.md": (
            "---\ntitle: River Board\nurl: https://example.org\nrelation: Known to Ulmus Glabra\n"
            "we_learn: [What Ulmus Glabra heard]\nthey_learn: [What Taxus Baccata heard]\ncommunities: [harbour, board]\n"
            'contacts: [ulmus-glabra, "Taxus Baccata", "Ulmus Glabra, head of gates"]\n'
            "inventory: https://example.org/ulmus-glabra\n---\n"
        ),
        "content/people/ann.md": '---\nname: Ann Rose\nholds: ["What Ulmus Glabra told"]\nuses: [merger]\ncontact: ann@secret.test\n---\nHello.\n',
        "content/people/bea.md": "---\nname: Bea Rose\ncontact: https://example.org/ulmus-glabra\n---\nHello.\n",
        "content/partners/secret-board.md": "---\ntitle: Secretnote\nurl: https://example.org\naudience: board\n---\n",
        "content/people/aria.md": "---\nname: Sorbus Aria\nholds: [Rowans]\n---\nHello.\n",
        "content/lessons/2021/gate.md": LESSON.format(
            title="The gate of Ulmus Glabra",
            name="Ulmus Glabra",
            slug="ulmus-glabra",
            communities=", board",
            anonymous="false",
        ),
        "content/lessons/2022/merger.md": LESSON.format(
            title="Secretmerger", name="Ulmus Glabra", slug="ulmus-glabra", communities="", anonymous="false"
        )
        .replace("aliases:", "audience: board\naliases:")
        .replace("[merger]", "[gate]")
        + "Secretplan. ![](secret-merger.png)\n",
        "content/lessons/2022/merger-plan.png": PICTURE,
        "content/lessons/2022/secret-merger.png": PICTURE,
        "content/notes/plan.md": "---\naudience: board\n---\n# Secretnote\n\nSecretplan.\n",
        "content/assets/ulmus-glabra.png": PICTURE,
        "content/assets/likeness-of-taxus-baccata.png": PICTURE,
        "content/assets/gate.png": PICTURE,
    }
    for number, (slug, choice) in enumerate(PEOPLE.items()):
        files[f"content/people/{slug}.md"] = PROFILE.format(choice=choice, slug=slug, number=number)
        files[f"content/people/{slug}.jpg"] = PICTURE
        files[f"content/people/portrait-{number}.png"] = PICTURE
    for slug in ("taxus-baccata", "fagus-silvatica", "carpinus-betulus", "zelkova-abelicea", "sorbus-torminalis"):
        name = PEOPLE[slug].split("\n")[0].removeprefix("name: ").replace("Sorbus Aria", "Chequer Service")
        # The name that the history alone has for the unread profile's owner can't be known from anything else.
        files[f"content/lessons/2021/of-{files.__len__()}.md"] = LESSON.format(
            title=f"The wall of {name}", name=name, slug=slug, communities="", anonymous="false"
        )
    first = repository.commit(by="Ann Rose", write=files)
    repository.commit(
        "Nameless",
        by="Quercus Nameless <quercus@secret.test>",
        write={
            "content/lessons/2023/nameless.md": LESSON.format(
                title="Told without names", name="a person", slug="ann", communities="", anonymous="true"
            )
        },
    )
    gate = files["content/lessons/2021/gate.md"]
    assert isinstance(gate, str)
    for number, author in enumerate(
        (
            "Ulmus Glabra <u@secret.test>",
            "Graham Secondname <u@secret.test>",
            "Graham Secondname <u@secret.test>",
            "Graham Secondname <other@secret.test>",
            "Elmer Wych <e@secret.test>",
            "Taxus Baccata <t@secret.test>",
            "Fagus Silvatica <f@secret.test>",
            "Beechy Silva <b@secret.test>",
            "Carpinus Betulus <c@secret.test>",
            "Zelkova Abelicea <z@secret.test>",
            "Ambelitsia Kreta <a@secret.test>",
            "Ann Rose",
        )
    ):
        repository.commit(
            "Edit\n\nCo-authored-by: Ulmus Glabra <u@secret.test>\nReviewed-by: Taxus Baccata <t@secret.test>",
            by=author,
            write={"content/lessons/2021/gate.md": gate + f"\nLine {number}.\n"},
        )
    repository.commit(
        by="Ann Rose", move={"content/lessons/2021/gate.md": "content/lessons/2021/gate-of-ulmus-glabra.md"}
    )
    repository.commit(
        by="Ann Rose", move={"content/lessons/2021/gate-of-ulmus-glabra.md": "content/lessons/2021/gate.md"}
    )
    # Seats that only the history of the charter has.
    repository.commit(
        by="Ann Rose", write={"content/communities/harbour.md": CHARTER.replace("core: [carpinus-betulus]", "")}
    )
    repository.commit(by="Ann Rose", write={"content/credits.yml": CREDITS.replace("COMMIT", first)})
    repository.git("reset", "--quiet", "--hard", "main")
    return Planted(repository, repository.path)


def leaks(where: str, data: bytes) -> Iterator[str]:
    text = normalize("NFKC", f"{where}\n{data.decode('utf-8', 'replace')}").casefold()
    for secret in SECRETS:
        if secret in text:
            at = text.index(secret)
            yield f"{where}: {secret}: …{text[max(0, at - 60) : at + 60]!r}…"


def without_locations(log: str) -> bytes:
    """A log without the location of problems in the profiles themselves: nobody could fix them without it.

    A profile's path may stand there alone; in a message it is a leak.
    """
    text = re.sub(r"^(garden: )?(\(warning\) )?content/people/[a-z-]+\.md:\d+:? ", "", log, flags=re.M)
    return re.sub(r'^ *"path": "content/people/[a-z-]+\.md",$', "", text, flags=re.M).encode()


@pytest.fixture(autouse=True, scope="module")
def _git(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(tmp_path_factory.mktemp("home")))
        patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
        patch.setenv("SOURCE_DATE_EPOCH", "1709251200")  # 1 March 2024
        yield


def test_no_file_of_the_site_and_no_line_of_its_log_tells(planted: Planted, tmp_path: Path) -> None:
    folder = tmp_path / "work"
    shutil.copytree(planted.path, folder)
    heard = io.StringIO()
    handler = logging.StreamHandler(heard)
    logger = logging.getLogger("mkdocs")
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    try:
        site = build(
            configure(
                folder, ALL, repo_url="https://github.com/example/garden", theme={"name": "material", "font": False}
            ),
            tmp_path / "site",
        )
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
    files = site.files()
    assert "lessons/2021/gate/index.html" in files
    assert "assets/gate.png" in files
    assert b"Someone who prefers not to be named" in files["lessons/2021/gate/index.html"]
    assert b"Moss" in files["people/index.html"]
    assert b"Sorbus Aria" in files["people/aria/index.html"]
    assert "calendar/harbour.ics" in files
    assert b"How this community is doing" in files["communities/harbour/index.html"]
    assert b"What flows which way" in files["partners/river-board/index.html"]
    assert b"Sponsors and liaisons" in files["leadership/index.html"]
    assert {"corners/place/north/index.html", "leadership/paths/index.html", "leadership/succession/index.html"} <= set(
        files
    )
    for page in ("celebrate/2023", "effect/harbour", "maintenance/harbour", "failures/actions"):
        assert b"Someone who prefers not to be named" in files[f"{page}/index.html"], page
    assert b"Someone who prefers not to be named used" in files["celebrate/feed.xml"]
    found = [
        leak
        for path, data in files.items()
        for leak in leaks(path, gzip.decompress(data) if path.endswith(".gz") else data)
    ]
    assert found == []
    assert [path for path, data in files.items() if b"secret-board" in data] == [], "a partner's page for the board"
    log = heard.getvalue()
    assert "Documentation built" in log
    assert list(leaks("log", without_locations(log))) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["check"],
        ["check", "--format", "json"],
        ["credits", "ledger", "--repository"],
        ["credits", "ledger", "--format", "csv", "--repository"],
        ["credits", "ledger", "--paths", "content/lessons/**/*.md", "--repository"],
        ["schema", "all", "--directory"],
        ["community", "harbour"],
        ["community", "harbour", "--format", "json"],
        ["due", "--within", "3000"],
        ["due", "--format", "json"],
        ["report", "garden", "--since", "2020", "--until", "2024", "--directory"],
        ["report", "community", "harbour", "--since", "2020", "--until", "2024", "--directory"],
    ],
    ids=lambda arguments: "-".join(arguments),
)
def test_no_command_tells(planted: Planted, arguments: list[str]) -> None:
    done = CliRunner().invoke(main, [*arguments, str(planted.path)])
    assert done.exit_code in (0, 1), done.output
    assert len(done.stdout) > 200
    assert "Ann Rose" in done.stdout or "ledger" not in arguments
    assert list(leaks("output", without_locations(done.stdout))) == []
    assert list(leaks("log", without_locations(done.stderr))) == []


def test_a_review_of_one_person_tells_of_no_other(planted: Planted, tmp_path: Path) -> None:
    arguments = ["credits", "review", str(planted.path), "--since", "2024", "--until", "2024", "--person", "ann"]
    done = CliRunner().invoke(main, [*arguments, "--output", str(tmp_path / "ann")])
    assert done.exit_code == 0, done.output
    assert list(leaks("log", without_locations(done.output))) == []
    written = sorted((tmp_path / "ann").iterdir())
    assert [path.name for path in written] == [
        "ann-rose.html",
        "index.html",
        "ledger.csv",
        "ledger.json",
        "notes-ann-rose.md",
    ]
    assert [leak for path in written for leak in leaks(path.name, path.read_bytes())] == []
    arguments[-1] = "Quercus Nameless"
    done = CliRunner().invoke(main, [*arguments, "--output", str(tmp_path / "quercus")])
    assert done.exit_code == 2, "whoever told a lesson without names has no review that says so"


def test_the_private_ledger_knows(planted: Planted) -> None:
    done = CliRunner().invoke(main, ["credits", "ledger", "--names", "full", "--repository", str(planted.path)])
    for name in ("Ulmus Glabra", "Quercus Nameless", "Taxus Baccata"):
        assert name in done.stdout
    assert "secret.test" not in done.stdout
