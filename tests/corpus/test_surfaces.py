"""Labelled words are grouped and changed by what stands in the text, whatever characters that is."""

import pytest

from gadget_trainer.corpus.records import AnnotatedText, Span, TextState

TEXTS = (
    AnnotatedText("\0iPhone X again", (Span(1, 9, "GADGET"), Span(10, 15, "OTHER")), TextState.DONE),
    AnnotatedText("a\0b Zoe\0", (Span(0, 3, "OTHER"), Span(4, 7, "PERSON")), TextState.DONE),
)


@pytest.fixture
def with_nul(project):
    project.texts.delete(project.read.text_ids())
    project.imports.add_texts(TEXTS, "texts with a NUL")
    return project


def test_words_behind_a_nul_have_groups_of_their_own(with_nul):
    surfaces = with_nul.surfaces.all()
    assert {(one.words, one.label) for one in surfaces} == {
        ("iPhone X", "GADGET"),
        ("again", "OTHER"),
        ("a\0b", "OTHER"),
        ("Zoe", "PERSON"),
    }
    phones = [one for one in surfaces if one.words == "iPhone X"]
    before = list(with_nul.read.texts())
    assert with_nul.surfaces.relabel(phones, "PERSON").summary == "Relabelled 1 span PERSON"
    now = [[span.label for span in text.spans] for text in with_nul.read.texts()]
    assert now == [["PERSON", "OTHER"], ["OTHER", "PERSON"]]
    with_nul.journal.undo()
    assert list(with_nul.read.texts()) == before
    with_nul.surfaces.delete([one for one in surfaces if "\0" in one.words])
    assert [len(text.spans) for text in with_nul.read.texts()] == [2, 1]


def test_the_table_shows_what_stands_behind_a_nul(with_nul):
    long = "b\0" * 300
    with_nul.imports.add_texts([AnnotatedText(long)], "long")
    rows = with_nul.read.rows(with_nul.read.text_ids())
    assert [one.excerpt for one in rows] == [*(one.text for one in TEXTS), long[:160]]
    assert with_nul.read.code_points_done() == sum(len(one.text) for one in TEXTS)
