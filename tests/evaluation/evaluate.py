"""Prints how often the search finds the right lesson, keeps silent where there is none, and matches needs that fit.

    scripts/evaluate                       the questions, needs and pairs of lessons to develop with
    scripts/evaluate --part kept-aside     those kept aside: once, at the end; never tune on them
    scripts/evaluate --page                the tables of the handbook's page about the search, of both

The floors show what is gained: the same fields and stems without other words, corrections, nearness and threshold; and
that with titles, summaries and tags alone.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from evaluation.measuring import (
    ABSENT,
    CLASSES,
    DEPTHS,
    HERE,
    PARTS,
    SHOWN_PARTS,
    Ask,
    Asked,
    engine,
    floor,
    loaded_index,
    need_counts,
    pair_counts,
    position,
    questions_of,
    read,
    shown_for_needs,
    titles_only,
)
from knowledge_garden.model.garden import Garden
from knowledge_garden.search import SearchIndex


def table(name: str, ask: Ask, asked: list[Asked], *, misses: bool = False) -> list[str]:
    """A table by class, and with `misses` every question whose right lesson is not among the first three."""
    lines = [
        "",
        name,
        f"{'class':16}{'asked':>6}" + "".join(f"{f'at {depth}':>8}" for depth in DEPTHS) + f"{'silent':>8}",
    ]
    missed = []
    answers = [(each, found := ask(each.question), position(found, each.answer)) for each in asked]
    present = [answer for answer in answers if answer[0].of != ABSENT]
    groups = {of: [it for it in present if it[0].of == of] for of in dict.fromkeys(it[0].of for it in present)}
    for of, group in {**groups, "all of these": present}.items():
        right = "".join(f"{sum(0 < place <= depth for *_, place in group):>8}" for depth in DEPTHS)
        lines.append(f"{of:16}{len(group):>6}{right}{sum(not found for _, found, _ in group):>8}")
    absent = [answer for answer in answers if answer[0].of == ABSENT]
    silent = sum(not found for _, found, _ in absent)
    lines.append(f"{ABSENT:16}{len(absent):>6}{'':{8 * len(DEPTHS)}}{silent:>8}")
    for each, found, place in answers:
        if bool(found) if each.of == ABSENT else not 0 < place <= DEPTHS[1]:
            missed.append(f"  {each.of}: {each.question}")
            missed.append(
                f"    wanted {', '.join(each.answer) or 'nothing'}; answered {', '.join(found[:4]) or 'nothing'}"
            )
    return lines + (missed if misses else [])


def needs_table(garden: Garden, index: SearchIndex, needs: list[dict[str, Any]], *, misses: bool = False) -> list[str]:
    """How many of the shown matches fit, and how many of those that fit are shown."""
    shown, wanted = shown_for_needs(garden, index, needs)
    lines = ["", f"{len(needs)} needs"]
    for name, found in shown.items():
        right = sum(fits for fits, _ in found)
        lines.append(f"{name}: {right} of {len(found)} shown fit; {right} of {wanted[name]} that fit are shown")
        if misses:
            lines += [f"  {'fits' if fits else 'does not fit'}: {text}" for fits, text in found]
    return lines


def pair_lines(index: SearchIndex, pairs: list[dict[str, Any]]) -> list[str]:
    right, called, related = pair_counts(index, pairs)
    return [
        "",
        f"{len(pairs)} pairs of lessons",
        f"similar: {right} of {called} shown are related (precision {share(right, called)})",
        f"         {right} of {related} related are shown (recall {share(right, related)})",
    ]


def share(part: int, whole: int) -> str:
    return f"{part / whole:.2f}" if whole else "-"


def page(garden: Garden, index: SearchIndex) -> list[str]:
    """The tables of the handbook, for the part to develop with and the part kept aside."""
    lines = [
        "| Questions | Part | Asked | Right first | Among three | Among ten | Plain full text, among three |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    ask, plain = engine(index), floor(index)
    silent = []
    for part in SHOWN_PARTS:
        asked = questions_of(HERE / "questions.yml", part)
        for of in dict.fromkeys(each.of for each in asked if each.of != ABSENT):
            group = [each for each in asked if each.of == of]
            places = [position(ask(each.question), each.answer) for each in group]
            right = [sum(0 < place <= depth for place in places) for depth in DEPTHS]
            below = sum(0 < position(plain(each.question), each.answer) <= DEPTHS[1] for each in group)
            cells = " | ".join(map(str, (CLASSES[of], part, len(group), *right, below)))
            lines.append(f"| {cells} |")
        absent = [each for each in asked if each.of == ABSENT]
        kept_silent = sum(not ask(each.question) for each in absent)
        silent.append(f"| Questions without an answer: nothing claimed | {part} | {kept_silent} of {len(absent)} | |")
    lines += [
        "",
        "| What is shown | Part | Of those shown, right | Of those right, shown |",
        "| --- | --- | ---: | ---: |",
    ]
    lines += silent
    for part in SHOWN_PARTS:
        rows = need_counts(garden, index, read(HERE / "needs.yml", part))
        named = {f"For needs: {name}": counts for name, counts in rows.items()}
        named["Similar lessons"] = pair_counts(index, read(HERE / "pairs.yml", part))
        for name, (right, shown, fit) in named.items():
            lines.append(f"| {name} | {part} | {right} of {shown} | {right} of {fit} |")
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=PARTS, default=PARTS[0])
    parser.add_argument("--questions", type=Path, default=HERE / "questions.yml")
    parser.add_argument("--needs", type=Path, default=HERE / "needs.yml")
    parser.add_argument("--pairs", type=Path, default=HERE / "pairs.yml")
    parser.add_argument(
        "--misses", action="store_true", help="Also print what went wrong; not for the part kept aside."
    )
    parser.add_argument("--page", action="store_true", help="Print the tables of the handbook's page instead.")
    options = parser.parse_args()
    if options.misses and options.part != PARTS[0]:
        sys.exit("--misses shows questions to learn from; those kept aside are not to be learned from.")
    garden, documents, index = loaded_index()
    if options.page:
        sys.stdout.write("\n".join(page(garden, index)) + "\n")
        return
    asked = questions_of(options.questions, options.part)
    lines = [
        f"{len(asked)} questions ({options.part}) about {len(index.documents)} documents",
        *table("floor: titles, summaries and tags", floor(titles_only(documents)), asked),
        *table("floor: full text", floor(index), asked),
        *table("engine", engine(index), asked, misses=options.misses),
        *needs_table(garden, index, read(options.needs, options.part), misses=options.misses),
        *(pair_lines(index, read(options.pairs, options.part)) if options.part in SHOWN_PARTS else ()),
    ]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
