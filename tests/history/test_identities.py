"""Who is who: the committed mailmap, odd names, tools; and no address anywhere."""

import dataclasses
import json

import pytest

from history.repository import OTHER, TEXT, Repository, codes, edited, told
from knowledge_garden.model.contributions import CreditRules, History, Identity


def people(repo: Repository, **options: object) -> list[str]:
    return sorted({c.person.name for c in repo.read(**options).contributions})


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Ann Right <ann@garden.test>", "Ann Right"),
        ("<ann@home.test> <ann@garden.test>", "ann"),
        ("Ann Right <ann@home.test> <ann@garden.test>", "Ann Right"),
        ("Ann Right <ann@home.test> ann <ann@garden.test>", "Ann Right"),
        ("Ann Right <ann@home.test> ANN <ANN@Garden.Test>", "Ann Right"),
        ("Ann Right <ann@home.test> someone else <ann@garden.test>", "ann"),
        ("# Ann Right <ann@home.test> ann <ann@garden.test>", "ann"),
    ],
)
def test_the_forms_of_a_mailmap_line(repo: Repository, line: str, expected: str) -> None:
    repo.commit(by="ann <ann@garden.test>", write={"a.md": TEXT, ".mailmap": line + "\n"})
    assert people(repo) == [expected]


def test_the_mailmap_maps_trailers_too(repo: Repository) -> None:
    repo.commit(
        "Write\n\nCo-authored-by: bee <bee@old.test>\nReviewed-by: cem <CEM@old.test>",
        write={
            "a.md": TEXT,
            ".mailmap": "Ben <ben@garden.test> <bee@old.test>\nCem <cem@garden.test> <cem@old.test>\n",
        },
    )
    assert told(repo.read(paths=("*.md",))) == [
        "a.md: Ann wrote",
        "a.md: Ben co-wrote (trailer)",
        "a.md: Cem reviewed (trailer)",
    ]


def test_the_mailmap_of_the_revision_counts_not_that_of_the_work_tree(repo: Repository) -> None:
    first = repo.commit(by="ann", write={"a.md": TEXT})
    repo.commit(by="ann", write={".mailmap": "Committed <ann@garden.test>\n"})
    (repo.path / ".mailmap").write_text("Dirty <ann@garden.test>\n")
    assert people(repo) == ["Committed"]
    assert people(repo, revision=first) == ["ann"]
    assert set(repo.read().configuration) == {".mailmap"}
    assert repo.read(revision=first).configuration == {}


def test_the_users_own_mailmap_does_not_count(repo: Repository) -> None:
    repo.commit(by="ann", write={"a.md": TEXT})
    (repo.path / "mine").write_text("Hostile <ann@garden.test>\n")
    repo.git("config", "mailmap.file", str(repo.path / "mine"))
    repo.git("config", "--global", "mailmap.file", str(repo.path / "mine"))
    assert people(repo) == ["ann"]


def test_the_committer_is_never_credited(repo: Repository) -> None:
    repo.commit(by="Ann", committer="GitHub <noreply@github.com>", write={"a.md": TEXT})
    assert told(repo.read()) == ["a.md: Ann wrote"]


def names(history: History) -> dict[str, tuple[str, ...]]:
    """Code of each notice about names → its names."""
    return {notice.code: notice.names for notice in history.notices if notice.names}


def test_one_address_under_several_names_is_one_person_with_the_name_most_commits_carry(repo: Repository) -> None:
    repo.commit(by="Ann Old <ann@garden.test>", write={"a.md": TEXT})
    repo.commit(by="Ann <Ann@Garden.test>", write={"a.md": edited(TEXT)})
    repo.commit(by="Ann <ann@garden.test>", write={"a.md": edited(TEXT, 5)})
    repo.commit(by="Ann New <ann@garden.test>", write={"a.md": edited(TEXT, 7)})
    history = repo.read()
    assert told(history) == ["a.md: Ann maintained"] * 3 + ["a.md: Ann wrote"]
    assert names(history) == {"address-with-several-names": ("Ann / Ann New / Ann Old",)}


@pytest.mark.parametrize("when", ["1 +0000", "1704103200 +0000", "2000000000 +0000"])
def test_of_names_with_equally_many_commits_the_one_that_came_first_is_shown(repo: Repository, when: str) -> None:
    """Whatever the new commit's date says, and wherever its branch begins."""
    repo.commit(by="Zoe", write={"z.md": OTHER})
    repo.branch("side")
    repo.commit(by="Ann <ann@garden.test>", write={"a.md": TEXT})
    assert people(repo) == ["Ann", "Zoe"]
    repo.commit(by="AAA <ann@garden.test>", on="side", write={"b.md": OTHER}, when=when)
    repo.merge("side", write={"b.md": OTHER})
    assert people(repo) == ["Ann", "Zoe"]


def test_a_name_in_trailers_alone_renames_no_author(repo: Repository) -> None:
    repo.commit(by="Ann", write={"a.md": TEXT})
    for line in range(3):
        repo.commit("x\n\nReviewed-by: Anna <ann@garden.test>", by="Ben", write={"a.md": edited(TEXT, line)})
    assert people(repo) == ["Ann", "Ben"]


def test_a_person_in_trailers_alone_has_the_name_most_commits_give(repo: Repository) -> None:
    spam = "".join(f"Tested-by: Mallory <ann@garden.test>\nReviewed-by: M{n} <ann@garden.test>\n" for n in range(3))
    repo.commit("x\n\nReviewed-by: Ann <ann@garden.test>", by="Ben", write={"a.md": TEXT})
    repo.commit("x\n\nReviewed-by: Ann <ann@garden.test>", by="Ben", write={"a.md": edited(TEXT)})
    repo.commit(f"x\n\n{spam}", by="Ben", write={"a.md": edited(TEXT, 5)})
    assert people(repo) == ["Ann", "Ben"]


@pytest.mark.parametrize("line", ["Ann <ann@garden.test>", "Ann <ann@garden.test> Mallory <ann@garden.test>"])
def test_the_mailmap_decides_against_the_majority(repo: Repository, line: str) -> None:
    repo.commit(by="Ann", write={"a.md": TEXT, ".mailmap": f"<ann@garden.test> <ann@old.test>\n{line}\n"})
    for number in range(3):
        repo.commit(by="Mallory <ann@garden.test>", write={"a.md": edited(TEXT, number)})
    for number in range(5):
        repo.commit(by="Other <ann@old.test>", write={"a.md": edited(TEXT, number, "other")})
    assert people(repo, paths=("*.md",)) == ["Ann"]


def test_the_mailmap_decides_where_the_name_it_gives_is_the_one_that_was_written(repo: Repository) -> None:
    mailmap = "<ann@garden.test> <ann@old.test>\nAnn <ann@garden.test>\n"
    repo.commit(by="Ann <ann@garden.test>", write={"a.md": TEXT, ".mailmap": mailmap})
    for number in range(3):
        repo.commit(by="Other <ann@old.test>", write={"a.md": edited(TEXT, number)})
    assert people(repo, paths=("*.md",)) == ["Ann"]


def test_a_commit_counts_once_for_a_name_however_often_its_trailers_give_it(repo: Repository) -> None:
    spam = "".join(f"{role}-by: Mallory <ann@garden.test>\n" for role in ("Tested", "Helped", "Reviewed", "Acked"))
    repo.commit(f"x\n\n{spam}", by="Ben", write={"a.md": TEXT})
    for number in range(2):
        repo.commit("x\n\nReviewed-by: Ann <ann@garden.test>", by="Ben", write={"a.md": edited(TEXT, number)})
    assert people(repo) == ["Ann", "Ben"]


def test_a_commit_came_with_the_first_merge_that_brought_it(repo: Repository) -> None:
    repo.commit(by="Zoe", write={"z.md": OTHER})
    repo.branch("side")
    repo.commit(by="First <ann@garden.test>", on="side", write={"a.md": TEXT})
    repo.merge("side", write={"a.md": TEXT})
    repo.commit(by="Ann <ann@garden.test>", write={"a.md": edited(TEXT)})
    repo.commit(by="Zoe", on="side", write={"b.md": OTHER})
    repo.merge("side", write={"b.md": OTHER})
    assert people(repo) == ["First", "Zoe"]


def test_an_identity_has_all_names_and_addresses_it_was_given(repo: Repository) -> None:
    mailmap = "Ann Right <ann@garden.test> <ann@old.test>\nAnn Right <ann@garden.test> Wrong <ann@garden.test>\n"
    repo.commit(by="Ann <ann@garden.test>", write={"a.md": TEXT, ".mailmap": mailmap})
    repo.commit(by="ann <ann@old.test>", write={"a.md": edited(TEXT)})
    repo.commit("x\n\nReviewed-by: Wrong <ANN@garden.test>", by="Ben", write={"a.md": edited(TEXT, 5)})
    history = repo.read(paths=("*.md",))
    (ann,) = {c.person for c in history.contributions if c.person.name != "Ben"}
    assert ann.name == "Ann Right"
    assert ann.names == ("Ann", "Ann Right", "Wrong", "ann")
    assert ann.addresses == ("ann@garden.test", "ann@old.test")
    assert ann == Identity("Ann Right", "ann@garden.test")
    assert not any(text in repr(ann) for text in ("Wrong", "@"))


def test_one_name_with_two_addresses_stays_two_people_and_is_reported(repo: Repository) -> None:
    first = repo.commit(by="Ann <ann@garden.test>", write={"a.md": TEXT})
    second = repo.commit(by="Ann <ann@home.test>", write={"a.md": edited(TEXT)})
    repo.commit(by="Ann <ann@home.test>", write={"a.md": edited(TEXT, 5)})
    history = repo.read()
    assert len({c.person for c in history.contributions}) == 2
    assert codes(history) == {"name-with-several-addresses": tuple(sorted((first, second)))}
    assert names(history) == {"name-with-several-addresses": ("Ann",)}


def test_what_a_notice_prints_names_nobody(repo: Repository) -> None:
    repo.commit(by="Ann <ann@garden.test>", write={"a.md": TEXT})
    repo.commit(by="Hidden <ann@garden.test>", write={"a.md": edited(TEXT)})
    repo.commit("x\n\nReviewed-by: Cem\nTested-by: Ben <b@x.test>", by="Ann <ann@home.test>", write={"a.md": OTHER})
    history = repo.read()
    assert set(names(history)) == {"address-with-several-names", "name-with-several-addresses"}
    assert "malformed-trailer" in codes(history)
    printed = repr(history.notices)
    assert not any(name in printed for name in ("Ann", "Hidden", "Cem", "Ben", "@"))


@pytest.mark.parametrize(
    "address", ["", "root@localhost", "me@laptop.localdomain", "noreply@host.test", "you@example.com"]
)
def test_an_address_that_says_nothing_joins_nobody(repo: Repository, address: str) -> None:
    repo.commit(by=f"Ann <{address}>", write={"a.md": TEXT})
    repo.commit(by=f"Ben <{address}>", write={"b.md": OTHER})
    assert told(repo.read()) == ["a.md: Ann wrote", "b.md: Ben wrote"]


def test_nobody_without_a_name_is_shown_by_address(repo: Repository) -> None:
    repo.commit(by="<secret@garden.test>", write={"a.md": TEXT})
    repo.commit(by="jane.doe@garden.test <jane.doe@garden.test>", write={"b.md": OTHER})
    repo.commit(by="Joe (joe@garden.test) <joe@garden.test>", write={"c.md": TEXT + OTHER})
    assert people(repo) == ["(no name)", "Joe (joe)", "jane.doe"]


def test_no_address_is_shown_by_accident(repo: Repository) -> None:
    trailer = "Reviewed-by: Ben <ben@secret.test>\nTested-by: nobody"
    repo.commit(f"x\n\n{trailer}", by="Ann <ann@secret.test>", write={"a.md": TEXT})
    repo.commit(by="ANN <ann@other.test>", write={"a.md": edited(TEXT)})
    history = repo.read()
    assert len(history.contributions) == 3
    assert "@" not in repr(history)
    assert history.contributions[0].person.email.endswith(".test")
    public = [dataclasses.asdict(notice) for notice in history.notices]
    assert "@" not in json.dumps(public)
    assert "ann@secret" not in repr(Identity("Ann", "ann@secret.test"))


ODD = [
    "Ann | Bar",
    "Ann, Comma",
    "Ann\tTab",
    'Ann "Quote"',
    "Ann: Colon",
    "Ann; `x`",
    "<b>Ann</b>".replace("<", "(").replace(">", ")"),
]


@pytest.mark.parametrize("name", ODD)
def test_signs_in_a_name_end_no_field(repo: Repository, name: str) -> None:
    repo.commit(by=f"{name} <ann@garden.test>", write={"a.md": TEXT})
    assert people(repo) == [name.replace("\t", " ")]


def test_markup_in_a_name_comes_through_as_it_is_for_the_templates_to_escape(repo: Repository) -> None:
    repo.commit(
        "x\n\nReviewed-by: & <script@garden.test>", by="Ann &lt;script&gt; <a@garden.test>", write={"a.md": TEXT}
    )
    assert people(repo) == ["&", "Ann &lt;script&gt;"]


def test_a_latin_1_name_is_readable(repo: Repository) -> None:
    repo.commit(by=b"Jos\xe9 <jose@garden.test>", write={"a.md": TEXT})
    assert people(repo) == ["José"]


def test_a_latin_1_name_is_mapped_by_its_address(repo: Repository) -> None:
    repo.commit(by=b"Jos\xe9 <jose@garden.test>", write={"a.md": TEXT, ".mailmap": "José Ruiz <jose@garden.test>\n"})
    assert people(repo) == ["José Ruiz"]


@pytest.mark.parametrize(
    "path", ["a|b.md", "a,b.md", "a\tb.md", "a\nb.md", "a:b.md", 'a"b.md', " a .md", "ä/ß.md", "-x.md", ":a.md"]
)
def test_signs_in_a_path_end_no_field(repo: Repository, path: str) -> None:
    repo.commit(by="Ann", write={"first.md": TEXT})
    repo.commit("Subject | with, signs\tand: more", by="Ben", move={"first.md": path}, write={path: edited(TEXT)})
    history = repo.read()
    assert told(history) == [f"{path}: Ann wrote", f"{path}: Ben maintained"]


def test_a_path_that_is_no_utf_8(repo: Repository) -> None:
    repo.commit(by="Ann", write={b"caf\xe9.md": TEXT})
    history = repo.read()
    assert list(history.pages) == ["caf\udce9.md"]
    assert told(history) == ["caf\udce9.md: Ann wrote"]


@pytest.mark.parametrize(
    "tool",
    [
        "dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>",
        "Some App <1+some-app[bot]@users.noreply.github.com>".replace("Some App", "some-app[bot]"),
        "kubevirt-bot <bot@garden.test>",
        "GitHub <noreply@github.com>",
        "Claude <noreply@anthropic.com>",
        "Claude Opus 4 <noreply@anthropic.com>",
        "Copilot <198982749+Copilot@users.noreply.github.com>",
        "Cursor Agent <cursoragent@cursor.com>",
        "aider (gpt-4o) <aider@aider.chat>",
        "Hosted Weblate <hosted@weblate.org>",
    ],
)
def test_bots_and_ai_are_tools(repo: Repository, tool: str) -> None:
    repo.commit(by="Ann", write={"a.md": TEXT})
    repo.commit(f"x\n\nCo-authored-by: {tool}", by="Ben", write={"a.md": edited(TEXT)})
    repo.commit(by=tool, write={"a.md": edited(TEXT, 5)})
    name = tool.partition(" <")[0]
    assert told(repo.read()) == sorted(
        [
            "a.md: Ann wrote",
            "a.md: Ben maintained",
            f"a.md: {name} maintained (trailer) [tool]",
            f"a.md: {name} maintained [tool]",
        ]
    )


@pytest.mark.parametrize("name", ["Claude Monet", "Abbot Costello", "Robot Smith", "Bot", "Botany Ann"])
def test_people_with_names_like_tools_are_people(repo: Repository, name: str) -> None:
    repo.commit(by=name, write={"a.md": TEXT})
    assert told(repo.read()) == [f"a.md: {name} wrote"]


def test_a_garden_names_its_own_tools(repo: Repository) -> None:
    repo.commit(by="Nightly Import", write={"a.md": TEXT})
    assert told(repo.read(CreditRules(bots=("nightly*",)))) == ["a.md: Nightly Import wrote [tool]"]
    assert told(repo.read(CreditRules(bots=("<nightly.import@*>",)))) == ["a.md: Nightly Import wrote [tool]"]
