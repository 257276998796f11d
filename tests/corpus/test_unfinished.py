"""Which texts there is still something to do in."""

from array import array

import pytest

from gadget_trainer.corpus import unfinished
from gadget_trainer.corpus.records import AnnotatedText, TextState

DONE = TextState.DONE


def beyond(project, *here: int, forward: bool = True) -> list[int | None]:
    return [project.unfinished.beyond(one, forward=forward) for one in here]


def test_the_next_text_to_do_and_the_one_before(project):
    assert beyond(project, 0, 1, 3) == [2, 2, 2]
    assert beyond(project, 2) == beyond(project, 2, forward=False) == [None], "there is no other"
    project.imports.add_texts([AnnotatedText("one"), AnnotatedText("two")], "b")
    assert beyond(project, 1, 2, 4, 5) == [2, 4, 5, 2]
    assert beyond(project, 1, 2, 4, 5, forward=False) == [5, 5, 2, 4]
    project.edit.set_state([2, 4, 5], DONE)
    assert beyond(project, 1) == [None]


def test_what_is_done_but_not_for_all_labels_comes_when_nothing_is_to_do(project):
    project.labels.add("BRAND")
    assert beyond(project, 3) == [2]
    project.edit.set_state([2], DONE)
    assert beyond(project, 2) == [1]
    assert project.read.standing(1).missing == ("BRAND",)
    assert project.read.standing(2).missing == ()
    assert [row.missing for row in project.read.rows([1, 2, 3])] == [("BRAND",), (), ()]
    project.edit.set_state([1], TextState.TODO)
    project.edit.set_state([1], DONE)
    assert beyond(project, 2) == [None]
    project.journal.undo()
    project.journal.undo()
    assert beyond(project, 2) == [1]


def test_so_does_what_is_done_but_not_for_a_category(project):
    project.edit.set_state([2], DONE)
    project.categories.add("OPINION")
    project.categories.choose(1, ["OPINION"])
    assert beyond(project, 1) == beyond(project, 3) == [2]
    assert beyond(project, 2) == [None], "the first text has the category"
    assert [row.missing for row in project.read.rows([1, 2])] == [(), ("OPINION",)]


@pytest.mark.parametrize("near", [1, 500])
def test_of_some_texts_the_first_in_their_order(project, monkeypatch, near):
    monkeypatch.setattr(unfinished, "_NEAR", near)
    project.imports.add_texts([AnnotatedText("one"), AnnotatedText("two")], "b")
    first_of = project.unfinished.first_of
    assert first_of(array("q", [1, 3, 5, 4, 2])) == 5
    assert first_of(array("q", [1, 3])) is None
    assert first_of(array("q")) is None
    project.labels.add("BRAND")
    assert first_of(array("q", [3, 1])) == 1
    assert first_of(array("q", [3, 1, 4])) == 4
