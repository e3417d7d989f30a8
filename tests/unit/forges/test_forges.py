"""Forges: which serves a repository, and the addresses of files, lines, new files, issues and letters."""

import pytest

from knowledge_garden.forges import ADDRESS_LIMIT, FORGES, Forge, Repository, forge_of
from knowledge_garden.forges.prefilled import LETTER_LIMIT, encoded, letter

GITHUB, GITLAB, FORGEJO = FORGES


@pytest.mark.parametrize(
    ("url", "kind", "forge"),
    [
        ("https://github.com/example/garden", "", GITHUB),
        ("https://gitlab.example.org/team/garden", "", GITLAB),
        ("https://codeberg.org/example/garden", "", FORGEJO),
        ("https://git.example.org/team/garden", "", None),
        ("https://git.example.org/team/garden", "gitlab", GITLAB),
        ("https://git.example.org/team/garden", "Gitea", FORGEJO),
        ("https://git.example.org/team/garden", "forgejo", FORGEJO),
        ("https://github.com/example/garden", "gitlab", GITLAB),  # what garden.yml says comes first
        ("https://github.com/example/garden", "bitbucket", None),
    ],
)
def test_the_forge_is_told_by_its_kind_or_its_address(url: str, kind: str, forge: Forge | None) -> None:
    assert forge_of(url, FORGES, kind) is forge


@pytest.mark.parametrize(
    ("forge", "edit", "view"),
    [
        (
            GITHUB,
            "https://git.example.org/x/edit/feature/a/my%20garden/{path}",
            "https://git.example.org/x/blob/feature/a/my%20garden/garden.yml#L7",
        ),
        (
            GITLAB,
            "https://git.example.org/x/-/edit/feature/a/my%20garden/{path}",
            "https://git.example.org/x/-/blob/feature/a/my%20garden/garden.yml#L7",
        ),
        (
            FORGEJO,
            "https://git.example.org/x/_edit/feature/a/my%20garden/{path}",
            "https://git.example.org/x/src/branch/feature/a/my%20garden/garden.yml#L7",
        ),
    ],
    ids=lambda value: value.name if isinstance(value, Forge) else None,
)
def test_files_are_in_their_folder_and_on_their_branch(forge: Forge, edit: str, view: str) -> None:
    repository = Repository(forge, "https://git.example.org/x/", "feature/a", "my garden")
    assert repository.edit_template() == edit
    assert repository.view_url("garden.yml", 7) == view
    assert repository.view_url("lessons/") == view.replace("garden.yml#L7", "lessons")


def test_a_garden_at_the_top_has_no_folder() -> None:
    repository = Repository(GITHUB, "https://github.com/example/garden", "main")
    assert repository.edit_template() == "https://github.com/example/garden/edit/main/{path}"
    way = repository.new_file()
    assert way is not None
    assert way.address({"path": "lessons/2026/x.md", "text": ""}).endswith(
        "new/main?filename=lessons%2F2026%2Fx.md&value="
    )


def test_an_issue_form_is_filled_in_where_the_forge_can() -> None:
    github = Repository(GITHUB, "https://github.com/example/garden", "main").issue_form("a form.yml", ["why", "next"])
    assert github is not None
    assert github.address({"title": "T", "why": "a=b", "next": "c&d"}) == (
        "https://github.com/example/garden/issues/new?template=a%20form.yml&title=T&why=a%3Db&next=c%26d"
    )
    assert github.address({"title": "T", "why": "x" * ADDRESS_LIMIT}) == (
        "https://github.com/example/garden/issues/new?title=T"
    )
    gitlab = Repository(GITLAB, "https://gitlab.com/example/garden", "main")
    assert gitlab.issue_form("share-a-lesson.yml", ["why"]) == gitlab.issue()
    plain = Repository(GITHUB, "https://github.com/example/garden", "main")
    assert plain.issue_form("", ["why"]) == plain.issue()


def test_a_forge_of_others_may_know_less() -> None:
    repository = Repository(
        Forge("Other", ("other.org",), "{repository}/e/{path}", "{repository}/c/{sha}"), "https://other.org/x", "main"
    )
    assert repository.edit_template() == "https://other.org/x/e/{path}"
    assert repository.new_file() is repository.issue() is repository.issue_form("form.yml", ["why"]) is None
    assert repository.view_url("a.md") == ""


@pytest.mark.parametrize("room", [0, 1])
def test_a_text_that_does_not_fit_is_left_out_whole(room: int) -> None:
    way = letter("garden@example.org")
    left = LETTER_LIMIT - len(way.address({"title": "T", "text": ""}))
    values = {"title": "T", "text": "x" * (left + 1 - room)}
    assert way.fits(values) is bool(room)
    assert ("&body=" in way.address(values)) is bool(room)
    assert len(way.address(values)) <= LETTER_LIMIT


def test_a_letter_cannot_get_another_reader() -> None:
    address = letter("garden@example.org").address({"title": "a?cc=x@y.org&bcc=z", "text": "b&to=q"})
    assert address == "mailto:garden@example.org?subject=a%3Fcc%3Dx%40y.org%26bcc%3Dz&body=b%26to%3Dq"


def test_lines_end_as_the_reader_of_the_address_expects() -> None:
    assert encoded("a\r\nb\nc") == "a%0Ab%0Ac"
    assert encoded("a\r\nb\nc", "\r\n") == "a%0D%0Ab%0D%0Ac"


def test_texts_that_are_filled_in_first_give_the_same_address() -> None:
    way = Repository(GITHUB, "https://github.com/example/garden", "main").issue()
    assert way is not None
    half = way.with_texts({"title": "Used: {page}", "text": "{file}\n\nWhat came of it?\n"})
    values = {"page": "Pump & gate", "file": "content/a b.md"}
    whole = way.address({"title": "Used: Pump & gate", "text": "content/a b.md\n\nWhat came of it?\n"})
    assert half.address(values) == whole
    assert half.address({"page": "x" * ADDRESS_LIMIT}).endswith(f"/new?title=Used%3A%20{'x' * ADDRESS_LIMIT}")
