"""Refused spans are kept, taken back, undone, and go with their label."""

from dataclasses import replace

import pytest

from gadget_trainer.corpus.project import Project
from gadget_trainer.corpus.records import Span
from gadget_trainer.errors import UserError

PIXEL = Span(4, 11, "GADGET")


def refused(project: Project, text_id: int = 2) -> tuple[Span, ...]:
    text = project.read.text(text_id)
    assert text is not None
    return text.refused


def test_a_refusal_is_a_step_that_survives_a_restart(project, path):
    outcome = project.refusals.refuse(2, PIXEL)
    assert outcome.summary == "Refused GADGET for “Pixel 6”"
    assert (outcome.text_id, outcome.text_ids) == (2, {2})
    project.close()
    again = Project.open(path)
    assert refused(again) == (PIXEL,)
    assert refused(again, 1) == ()
    assert again.journal.undo().text_ids == {2}
    assert refused(again) == ()
    again.journal.redo()
    assert refused(again) == (PIXEL,)
    again.close()


def test_the_same_refusal_again_is_no_step(project):
    project.refusals.refuse(2, PIXEL)
    assert project.refusals.refuse(2, PIXEL) is None


def test_a_refusal_is_taken_back(project):
    project.refusals.refuse(2, PIXEL)
    assert project.refusals.take_back(2, PIXEL).text_ids == {2}
    assert refused(project) == ()
    assert project.refusals.take_back(2, PIXEL) is None
    project.journal.undo()
    assert refused(project) == (PIXEL,)


def test_what_is_marked_after_all_is_not_refused_while_it_is_marked(project):
    project.refusals.refuse(2, PIXEL)
    project.edit.add_span(2, 4, 11, "GADGET")
    assert refused(project) == ()
    project.edit.delete_span(2, PIXEL)
    assert refused(project) == (PIXEL,)


def test_a_label_takes_its_refusals_with_it_and_brings_them_back(project):
    project.labels.add("BRAND")
    brand = project.read.labels()[1].id
    other = Span(4, 9, "BRAND")
    for span in (PIXEL, other):
        project.refusals.refuse(2, span)
    outcome = project.labels.delete(brand)
    assert outcome.text_ids == {2}
    assert refused(project) == (PIXEL,)
    assert project.journal.undo().text_ids == {2}
    assert set(refused(project)) == {PIXEL, other}
    project.labels.change(replace(project.read.labels()[1], name="MAKER"))
    assert Span(4, 9, "MAKER") in refused(project)


def test_an_import_that_is_taken_back_after_its_refusals_comes_back_with_them(project):
    project.refusals.refuse(2, PIXEL)
    project.journal.undo()
    project.journal.undo()
    assert project.read.text(2) is None
    project.journal.redo()
    project.journal.redo()
    assert refused(project) == (PIXEL,)


def test_what_cannot_be_refused(project):
    with pytest.raises(UserError, match="no label BRAND"):
        project.refusals.refuse(2, Span(4, 11, "BRAND"))
    with pytest.raises(UserError, match="no longer in the project"):
        project.refusals.refuse(99, PIXEL)
    with pytest.raises(ValueError, match="not in a text"):
        project.refusals.refuse(2, Span(4, 999, "GADGET"))
    assert project.refusals.take_back(2, Span(4, 11, "BRAND")) is None


def test_refusals_count_as_no_spans(project):
    before = project.read.counts()
    outcome = project.refusals.refuse(2, PIXEL)
    assert before.after(outcome.changes) == before == project.read.counts()
