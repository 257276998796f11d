"""The same words in all texts: found, labelled, refused, and grouped by what they are labelled."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gadget_trainer.corpus.matches import Wanted, first_meeting
from gadget_trainer.corpus.records import AnnotatedText, Span
from gadget_trainer.corpus.surfaces import Surface
from gadget_trainer.errors import UserError


@pytest.fixture
def phones(project):
    project.labels.add("BRAND")
    texts = [
        AnnotatedText("The iphone X, the iPhone\u00a0X and\nthe iPhone Xs.\nAll iPhone X."),
        AnnotatedText("An iPhone X here", (Span(3, 9, "BRAND"),)),
    ]
    project.imports.add_texts(texts, "phones")
    return project


def found(project, words="iPhone X", label="GADGET", **options):
    return [one for _, slice_ in project.matches.find(Wanted(words, label, **options)) for one in slice_]


def test_all_places_are_found_with_what_is_there(phones):
    matches = found(phones)
    assert [(one.text_id, one.start, one.surface, one.label) for one in matches] == [
        (1, 20, "iPhone X", "GADGET"),
        (4, 4, "iphone X", ""),
        (4, 18, "iPhone\u00a0X", ""),
        (4, 50, "iPhone X", ""),
        (5, 3, "iPhone X", "BRAND"),
    ]
    assert (matches[3].before, matches[3].after) == ("All ", ".")
    assert [one.is_open for one in matches] == [False, True, True, True, False]


def test_case_and_whole_words_are_asked_for(phones):
    assert len(found(phones, same_case=True)) == 4
    assert len(found(phones, whole_words=False)) == 6
    assert found(phones, words="c++ (a") == []


def test_the_search_says_how_far_it_is_and_can_be_left(phones):
    search = phones.matches.find(Wanted("iPhone X", "GADGET"))
    share, first = next(search)
    assert (share, len(first)) == (1.0, 5)
    search.close()


def test_nothing_to_look_for_is_said(phones):
    with pytest.raises(UserError, match="no words"):
        found(phones, words=" \n")


def test_matches_are_labelled_in_one_step_and_what_is_there_stays(phones):
    before = list(phones.read.texts())
    outcome = phones.matches.label(found(phones))
    assert (outcome.summary, outcome.text_ids, outcome.bulk) == ("Labelled 3 × “iphone X” GADGET", {4}, True)
    assert [one.label for one in found(phones)] == ["GADGET"] * 4 + ["BRAND"]
    phones.journal.undo()
    assert list(phones.read.texts()) == before
    phones.journal.redo()
    assert phones.read.text(4).spans == tuple(Span(a, b, "GADGET") for a, b in ((4, 12), (18, 26), (50, 58)))
    assert phones.matches.label(found(phones)) is None


def test_what_was_refused_does_not_come_back(phones):
    phones.matches.refuse(found(phones)[1:2])
    assert [one.refused for one in found(phones)] == [False, True, False, False, False]
    assert [one.refused for one in found(phones, label="BRAND")] == [False] * 5
    phones.journal.undo()
    assert not any(one.refused for one in found(phones))


def test_a_label_that_is_gone_is_said_and_nothing_changes(phones):
    before = list(phones.read.texts())
    with pytest.raises(UserError, match="There is no label PHONE"):
        phones.matches.label(found(phones, label="PHONE"))
    assert list(phones.read.texts()) == before


def test_surfaces_are_grouped_relabelled_and_deleted(phones):
    phones.matches.label(found(phones))
    groups = phones.surfaces.all()
    assert [(one.words, one.label, one.spans) for one in groups] == [
        ("iPhone X", "GADGET", 2),
        ("iPhone", "BRAND", 1),
        ("iPhone\u00a0X", "GADGET", 1),
        ("iphone X", "GADGET", 1),
    ]
    assert phones.surfaces.all("BRAND") == [Surface("iPhone", "BRAND", 1, 5)]

    before = list(phones.read.texts())
    assert phones.surfaces.relabel(groups, "BRAND").summary == "Relabelled 4 spans BRAND"
    assert {one.label for one in phones.surfaces.all()} == {"BRAND"}
    phones.journal.undo()
    assert list(phones.read.texts()) == before
    assert phones.surfaces.delete(groups[:1]).summary == "Removed 2 spans"
    assert phones.surfaces.all()[0].words == "iPhone"
    phones.journal.undo()
    assert list(phones.read.texts()) == before


@given(st.lists(st.integers(1, 4), max_size=8), st.integers(0, 20), st.integers(1, 6))
def test_the_first_span_met_is_the_first_that_touches(lengths, start, length):
    spans, at = [], 0
    for number, one in enumerate(lengths):
        spans.append(Span(at, at + one, str(number)))
        at += one + number % 2
    touching = [one for one in spans if one.touches(start, start + length)]
    assert first_meeting(spans, start, start + length) == (touching[0] if touching else None)
