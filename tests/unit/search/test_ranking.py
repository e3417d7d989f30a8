"""Answers: what comes first, why it does, and when nothing is claimed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from knowledge_garden.search import Answer, DocumentKind, How, SearchIndex, build, index_search, search
from knowledge_garden.search.documents import SAMPLE_PRIOR
from knowledge_garden.search.matching import Matcher
from knowledge_garden.search.plain import Sentence
from knowledge_garden.search.question import FULL_WEIGHT, SYNONYM, read_question
from unit.search.making import FILLER, document, garden, searched

BACKUP = document(
    "restored", "Five backups, and none could be restored", "The copies were empty.\nNobody had tried one."
)
PUMP = document("pump", "The pump handle", "Water from one pump made people ill.\nThe backup pump was dry.")
REVIEW = document("review", "An after-action review", "The crew held a debrief at once.")


@pytest.fixture(scope="module")
def index() -> SearchIndex:
    return build([BACKUP, PUMP, REVIEW, *FILLER])


def keys(answer: Answer) -> list[str]:
    return [each.document.key for each in answer.results]


def hows(answer: Answer) -> list[tuple[str, str, str]]:
    return [(each.asked, each.word, each.how.value) for each in answer.results[0].matches]


def test_a_word_in_the_title_counts_more_than_in_the_text(index: SearchIndex) -> None:
    assert keys(search(index, "backup"))[:2] == ["restored", "pump"]


def test_any_form_of_a_word_will_do(index: SearchIndex) -> None:
    assert keys(search(index, "restoring a BACKUP"))[0] == "restored"


def test_a_form_that_no_text_has_leads_to_one_that_is_there(index: SearchIndex) -> None:
    assert hows(search(index, "pumping")) == [("pumping", "pump", "word")]


def test_small_words_are_passed_over(index: SearchIndex) -> None:
    question = search(index, "what did we do about the pump").question
    assert [each.text for each in question.concepts] == ["pump"]
    assert search(index, "what did we do").results == ()


def test_no_word_is_required(index: SearchIndex) -> None:
    assert keys(search(index, "could the backups be restored when lightning struck"))[0] == "restored"


def test_another_word_of_the_thesaurus_answers_at_lower_weight(index: SearchIndex) -> None:
    other = search(index, "recovery").results[0]
    assert other.document.key == "restored"
    assert other.matches[0].how is How.SYNONYM
    assert other.points < search(index, "restored").results[0].points


def test_a_phrase_of_the_thesaurus_is_answered_by_a_word() -> None:
    index = build([document("one", "A debrief of the crew"), *FILLER])
    assert hows(search(index, "after action review"))[0][1:] == ("debrief", "synonym")


def test_the_gardens_own_groups_weigh_more_than_the_shipped_ones() -> None:
    documents = [document("boat", "The lighter", "It sank."), *FILLER]
    shipped = search(build(documents), "barge")
    own = search(build(documents, [["lighter", "barge"]]), "barge")
    assert shipped.results == ()
    assert keys(own) == ["boat"]
    assert own.results[0].matches[0].how is How.SYNONYM


@pytest.mark.parametrize("typed", ["bakcups", "backps", "bacckups"])
def test_typing_errors_are_corrected(index: SearchIndex, typed: str) -> None:
    answer = search(index, typed)
    assert keys(answer)[0] == "restored"
    assert answer.results[0].matches[0].how is How.CORRECTED


def test_an_unfinished_last_word_is_completed_when_it_is_being_typed(index: SearchIndex) -> None:
    assert search(index, "the han", unfinished=True).results[0].document.key == "pump"
    assert search(index, "the han").results == ()
    assert search(index, "the han ", unfinished=True).results == ()


def test_words_written_apart_find_the_joined_one_and_the_other_way_round() -> None:
    index = build([document("apart", "A whistle-blower"), document("joined", "The teahouse"), *FILLER])
    assert keys(search(index, "whistleblower"))[0] == "apart"
    assert keys(search(index, "tea house")) == ["joined"]


def test_numbers_and_names_are_kept() -> None:
    index = build([document("max", "The 737 MAX"), document("apollo", "Apollo 13"), *FILLER])
    assert keys(search(index, "737")) == ["max"]
    assert keys(search(index, "apollo 13")) == ["apollo"]


def test_words_near_each_other_count_more() -> None:
    together = document("together", "One", "The crane lifted the anchor.\nIt was late.")
    apart = document("apart", "Two", "The crane was idle that day.\nThe anchor was lost.")
    answer = search(build([apart, together, *FILLER]), "crane anchor")
    assert keys(answer) == ["together", "apart"]


def test_words_in_the_asked_order_count_more() -> None:
    order = document("order", "One", "The night shift was short.")
    other = document("other", "Two", "The shift at night was short.")
    assert keys(search(build([other, order, *FILLER]), "night shift")) == ["order", "other"]


def test_a_result_shows_its_best_sentence_with_marks(index: SearchIndex) -> None:
    found = search(index, "who tried the copies").results[0].passage
    assert found.sentence.text == "The copies were empty."
    assert found.sentence.heading == "What happened"
    assert [found.sentence.text[start:end] for start, end in found.marks] == ["copies"]


def test_nothing_is_claimed_where_nothing_comes_near(index: SearchIndex) -> None:
    answer = search(index, "sourdough rye oven temperature empty")
    assert answer.results == ()
    assert [each.document.key for each in answer.near] == ["restored"]
    assert search(index, "").near == ()


def test_a_weak_result_is_left_out_beside_a_strong_one(index: SearchIndex) -> None:
    answer = search(index, "five backups that nobody could restore, and a boat")
    assert "filler-101" not in keys(answer)
    assert len(answer.matching) < len(FILLER)


def test_only_kept_documents_answer(index: SearchIndex) -> None:
    answer = search(index, "backup", keep=lambda number: index.documents[number].key == "pump")
    assert keys(answer) == ["pump"]
    assert answer.matching == (index.by_key["lesson", "pump"],)


def test_a_limit_is_kept_and_the_others_are_counted(index: SearchIndex) -> None:
    answer = search(index, "ordinary boat", limit=3)
    assert len(answer.results) == 3
    assert len(answer.matching) == len(FILLER)
    assert len(search(index, "ordinary boat", limit=18).results) == 18


@pytest.mark.parametrize("kind", [DocumentKind.PAGE, DocumentKind.PERSON, DocumentKind.COMMUNITY, DocumentKind.CAUSE])
def test_lessons_come_before_other_documents_that_say_the_same(kind: DocumentKind) -> None:
    other = document("other", "Tests of the pump", "We test each pump.", kind=kind)
    lesson = document("lesson", "A failure", "Nobody wanted tests of the pump.")
    assert keys(search(build([other, lesson, *FILLER]), "tests of the pump"))[0] == "lesson"


def test_samples_come_last() -> None:
    person = document("real", "Somebody", "Pumps.", kind=DocumentKind.PERSON)
    sample = replace(person, key="sample", prior=SAMPLE_PRIOR)
    assert keys(search(build([sample, person, *FILLER]), "pumps")) == ["real", "sample"]


def test_the_same_documents_give_the_same_numbers() -> None:
    one, two = build([BACKUP, PUMP, *FILLER]), build([BACKUP, PUMP, *FILLER])
    assert one.terms == two.terms
    assert one.vocabulary == two.vocabulary


def test_documents_in_other_languages_are_stemmed_and_found() -> None:
    german = document("de", "Die Prüfungen der Sicherung", "Wir haben nie geprüft.", language="de")
    index = build([german, *FILLER])
    assert keys(search(index, "wurde die Sicherung je geprüft")) == ["de"]
    assert keys(search(index, "Prüfung")) == ["de"]


def test_what_is_not_published_is_not_indexed(tmp_path: Path) -> None:
    loaded = garden(tmp_path, {"secret": ("The zeppelin", "A zeppelin burned.", "See [[zoë]] and the zeppelin.")})
    index = searched(loaded)
    assert ("lesson", "secret") in index.by_key
    hidden = loaded.garden.lessons["secret"].path
    without = index_search(loaded.garden, lambda path: path != hidden)
    assert ("lesson", "secret") not in without.by_key
    assert "zeppelin" not in without.vocabulary


def test_a_link_without_words_is_read_as_the_title_it_leads_to(tmp_path: Path) -> None:
    loaded = garden(tmp_path, {"a": ("A", "S.", "See [[b]]."), "b": ("The zeppelin", "S.", "")})
    index = searched(loaded)
    sentences = index.documents[index.by_key["lesson", "a"]].sentences
    assert "See The zeppelin." in [each.text for each in sentences]


def test_other_words_of_a_cause_lead_to_it_and_to_its_lessons(tmp_path: Path) -> None:
    loaded = garden(tmp_path, {"a": ("A", "S.", "")})
    cause = loaded.garden.settings.causes["haste"].model_copy(update={"also": ("stampede",), "signs": ("Doors jam.",)})
    settings = loaded.garden.settings.model_copy(update={"causes": {"haste": cause}})
    index = index_search(replace(loaded.garden, settings=settings), loaded.indexes.names.published)
    answer = search(index, "stampede")
    assert {each.document.kind for each in answer.results} == {DocumentKind.LESSON, DocumentKind.CAUSE}
    lesson = next(each for each in answer.results if each.document.key == "a")
    assert (lesson.passage.sentence.field, lesson.passage.sentence.heading) == ("causes", cause.title)
    assert search(index, "doors jam").results[0].document.key == "haste"


def test_synonyms_of_garden_yml_are_used(tmp_path: Path) -> None:
    lessons = {"a": ("The gantry fell", "S.", "")}
    loaded = garden(tmp_path, lessons, "synonyms: [[gantry, portal crane]]\n")
    assert keys(search(searched(loaded), "portal crane"))[0] == "a"


def test_a_word_that_is_said_twice_counts_once(index: SearchIndex) -> None:
    assert len(search(index, "pump, pumps and pumping").question.concepts) == 1


def test_an_own_group_outweighs_a_shipped_one_of_the_same_words() -> None:
    documents = [document("one", "A debrief of the crew"), *FILLER]
    shipped, own = (
        search(build(documents, groups), "retrospective") for groups in ([], [["retrospective", "debrief"]])
    )
    assert own.results[0].points > shipped.results[0].points


def test_a_rare_synonym_is_worth_no_more_than_the_common_word_that_was_asked() -> None:
    common = [document(f"common-{number}", f"The alarm {number}") for number in range(15)]
    index = build([*common, document("rare", "The pager"), *FILLER])
    (concept,) = search(index, "alarm").question.concepts
    own, *others = concept.alternatives
    assert others
    assert all(each.worth <= own.worth * SYNONYM // FULL_WEIGHT for each in others)


def test_words_in_a_list_are_not_near_each_other() -> None:
    tagged = replace(document("tags", "One"), sentences=(Sentence("crane, anchor", field="tags"),))
    told = replace(tagged, sentences=(Sentence("crane, anchor", field="body"),))
    matcher = Matcher(
        index := build([document("a", "The crane and the anchor"), *FILLER]), read_question(index, "crane anchor")
    )
    assert matcher.best(tagged).near == matcher.best(tagged).adjacent == 0
    assert matcher.best(told).near > 0
    assert matcher.best(tagged).marks == ((0, 5), (7, 13))


def test_a_word_with_a_hyphen_is_marked_whole() -> None:
    index = build([document("one", "One", "A tea-house burned."), *FILLER])
    found = search(index, "teahouse", keep=lambda number: number == 0)
    assert (found.results or found.near)[0].passage.marks == ((2, 11),)


def test_a_very_common_word_keeps_its_strongest_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("knowledge_garden.search.index.LONGEST_LIST", 5)
    index = build([*FILLER, document("strong", "The boat")])
    term = index.terms[index.vocabulary["boat"][0]]
    assert (term.frequency, len(term.postings)) == (21, 5)
    assert len(FILLER) in [posting >> 8 for posting in term.postings]


def test_an_earlier_key_of_a_cause_counts_as_its_key_of_today(tmp_path: Path) -> None:
    loaded = garden(tmp_path, {"a": ("A", "S.", "")})
    causes = {"rush": loaded.garden.settings.causes["haste"].model_copy(update={"formerly": ("haste",)})}
    settings = loaded.garden.settings.model_copy(update={"causes": causes})
    index = index_search(replace(loaded.garden, settings=settings), loaded.indexes.names.published)
    assert index.documents[index.by_key["lesson", "a"]].facets["cause"] == ("rush",)


def test_a_word_with_two_typing_errors_may_be_another_word_and_counts_less() -> None:
    index = build([document("deployed", "A deployment", "It was sent out."), *FILLER])
    once, twice = (search(index, word).results[0] for word in ("deploymnet", "deplyomnet"))
    assert [result.matches[0].how for result in (once, twice)] == [How.CORRECTED, How.CORRECTED]
    assert twice.points < once.points < search(index, "deployment").results[0].points


def test_a_phrase_is_found_where_a_word_of_it_was_indexed_before() -> None:
    """Words that the thesaurus asks for early must still begin the phrases that come later."""
    index = build([document("one", "The near miss was told"), document("two", "A miss", "The near side."), *FILLER])
    assert hows(search(index, "close call"))[0] == ("close call", "near miss", "synonym")
    assert keys(search(index, "close call")) == ["one"]
