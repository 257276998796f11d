"""Which texts are found: by their words, and by everything else that can be asked of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy

from gadget_trainer.corpus import queries, wording
from gadget_trainer.corpus.project import Project
from gadget_trainer.corpus.records import AnnotatedText, Span, TextState
from gadget_trainer.corpus.text_filter import TextFilter, TextOrder
from gadget_trainer.corpus.text_selection import matching
from gadget_trainer.errors import UserError

TEXTS = (
    AnnotatedText(
        "How to preorder the iPhone X", (Span(20, 28, "GADGET"),), TextState.DONE, source="a.jsonl:1", complete=True
    ),
    AnnotatedText("The Pixel 6 camera is 😀 great", (Span(4, 11, "GADGET"),), source="a.jsonl:2"),
    AnnotatedText("???", state=TextState.SKIPPED, flagged=True, source="notes 2024"),
    AnnotatedText("我买iPhone了在北京", source="a.jsonl:10"),
    AnnotatedText("ŁUKASZ from 50% O'Neill_x said\0nothing of the  \n iphone Xs in der STRASSE", source="b.txt"),
)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    opened = Project.create(tmp_path / "found.gadget")
    opened.imports.add_texts(TEXTS, "a")
    yield opened
    opened.close()


def found(project: Project, **asked: object) -> list[int]:
    return list(project.read.text_ids(TextFilter(**asked)))


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("", [1, 2, 3, 4, 5]),
        ("   ", [1, 2, 3, 4, 5]),
        ("iPHONE", [1, 4, 5]),
        ("phone", []),
        ("pre the", [1]),
        ("the pixel", [2]),
        ("pixel nothing", []),
        ('"the iphone x"', [1]),
        ("“the iPhone”", [1, 5]),
        ('"iphone xs" straße', [5]),
        ('"Pixel 6" camera', [2]),
        ('"open end', []),
        ('"the iphone', [1, 5]),
        ("?", [3]),
        ("50%", [5]),
        ("5_%", []),
        ("o'neill_", [5]),
        ("neill", [5]),
        ("北京", [4]),
        ("京", [4]),
        ("😀", [2]),
        ("łukasz", [5]),
        ("nothing", [5]),
        (r"/iPhone X\b/", [1]),
        (r"/IPHONE xS?\b/i", [1, 5]),
        (r"/^\?+$/", [3]),
        ("/ ", []),
    ],
)
def test_words_phrases_and_regular_expressions(project, typed, ids):
    assert found(project, words=typed) == ids
    assert list(project.search_index.build()) == [1.0]
    assert found(project, words=typed) == ids, "the index finds the same"


def test_a_broken_expression_is_said_in_words(project):
    with pytest.raises(UserError, match=r"has a mistake: missing \) at"):
        found(project, words="/(iphone/")


def test_an_expression_that_takes_too_long_is_given_up(project, monkeypatch):
    project.imports.add_texts([AnnotatedText("a" * 200 + "b")], "long")
    monkeypatch.setattr(wording, "SECONDS_A_TEXT", 0.02)
    with pytest.raises(UserError, match="takes too long"):
        found(project, words=r"/^(a|a|aa)+$/")


def test_everything_else_that_can_be_asked(project):
    project.texts.set_note(4, "which city?")
    assert found(project, state=TextState.TODO) == [2, 4, 5]
    assert found(project, state=TextState.TODO, words="iphone") == [4, 5]
    assert found(project, flagged=True) == [3]
    assert found(project, flagged=False) == [1, 2, 4, 5]
    assert found(project, with_label="GADGET") == [1, 2]
    assert found(project, without_label="GADGET") == [3, 4, 5]
    assert found(project, with_label="GONE") == []
    assert found(project, source="a.jsonl") == [1, 2, 4]
    assert found(project, source="notes 2024") == [3]
    assert found(project, noted=True) == [4]
    assert found(project, noted=False) == [1, 2, 3, 5]
    assert found(project, longest=3) == [3]
    assert found(project, shortest=29, longest=29) == [2]
    assert found(project, shortest=70) == [5], "what stands behind a NUL counts"
    assert found(project, only=(5, 1, 99)) == [5, 1]
    assert found(project, only=(5, 1, 99), words="xs") == [5]


def test_done_but_not_for_a_label_that_came_later(project):
    assert found(project, unsettled_label="GADGET") == []
    project.labels.add("BRAND", "#aa3377")
    assert found(project, unsettled_label="BRAND") == [1]
    project.edit.set_state([1], TextState.TODO)
    project.edit.set_state([1], TextState.DONE)
    assert found(project, unsettled_label="BRAND") == []


def test_texts_in_which_something_was_refused(project):
    assert found(project, refused=True) == []
    from gadget_trainer.corpus.matches import Wanted

    (_share, matches), *_ = project.matches.find(Wanted("camera", "GADGET"))
    project.matches.refuse(matches)
    assert found(project, refused=True) == [2]
    assert found(project, refused=False) == [1, 3, 4, 5]


def test_the_files_that_the_texts_came_from(project):
    assert project.read.sources() == ["a.jsonl", "b.txt", "notes 2024"]


@pytest.mark.parametrize(
    ("order", "ids", "turned"),
    [
        (TextOrder.PLACE, [1, 2, 3, 4, 5], [5, 4, 3, 2, 1]),
        (TextOrder.STATE, [4, 5, 2, 1, 3], [3, 1, 2, 4, 5]),
        (TextOrder.SPANS, [3, 4, 5, 1, 2], [1, 2, 3, 4, 5]),
        (TextOrder.LENGTH, [3, 4, 1, 2, 5], [5, 2, 1, 4, 3]),
        (TextOrder.SOURCE, [1, 2, 4, 5, 3], [3, 5, 1, 2, 4]),
    ],
)
def test_orders(project, order, ids, turned):
    assert list(project.read.text_ids(order=order)) == ids
    assert list(project.read.text_ids(order=order, descending=True)) == turned
    assert set(project.read.text_ids(TextFilter("iphone"), order)) == {1, 4, 5}


def test_texts_are_ranked_by_what_is_known_of_them(project):
    ranks = {4: 0.5, 2: 0.9, 99: 1.0}
    assert list(project.read.text_ids(order=TextOrder.RANK, ranks=ranks)) == [2, 4, 1, 3, 5]
    assert list(project.read.text_ids(TextFilter("iphone"), TextOrder.RANK, ranks=ranks)) == [4, 1, 5]


def test_a_filter_knows_if_it_asks_anything():
    assert not TextFilter().narrows
    assert TextFilter(flagged=False).narrows
    assert TextFilter(only=()).narrows


def test_rows_say_how_long_a_text_is_where_it_is_from_and_if_it_has_a_note(project):
    project.texts.set_note(5, "NUL")
    row = project.read.rows([5])[0]
    assert (row.length, row.source, row.has_note) == (len(TEXTS[4].text), "b.txt", True)
    assert project.read.span_count([1, 2, 3]) == 2


@pytest.mark.parametrize("descending", [False, True])
def test_ids_come_in_parts_and_none_is_lost(project, monkeypatch, descending):
    project.imports.add_texts((AnnotatedText(f"Nokia {at}") for at in range(40)), "many")
    project.texts.delete([7, 8, 30])
    monkeypatch.setattr(queries, "_FIRST_PART", 2)
    monkeypatch.setattr(queries, "_PART", 10)
    todo = TextFilter(state=TextState.TODO)
    parts = list(project.read.find(todo, descending=descending))
    assert [len(part) for part in parts] == [2, 10, 10, 10, 8]
    expected = [one for one in (2, 4, *range(5, 46)) if one not in (7, 8, 30)]
    assert [one for part in parts for one in part] == (expected[::-1] if descending else expected)
    assert list(project.read.text_ids(TextFilter(only=(45, 2)), descending=descending)) == ([45, 2])


def test_a_label_is_looked_for_among_the_spans_of_a_text(project):
    """Not the other way round: all spans of a label, once for each of a million texts, takes hours."""
    with project.read._store.reading() as connection:
        question = matching(TextFilter(with_label="GADGET")).compile(connection, compile_kwargs={"literal_binds": True})
        plan = connection.execute(sqlalchemy.text(f"EXPLAIN QUERY PLAN {question}")).all()
    assert any("span_of_text (text_id=?" in row[3] for row in plan)
