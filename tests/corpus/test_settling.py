"""Spans that were made before the tokens were known get their edges, as a part of the step that made them."""

from gadget_trainer.corpus.project import Project
from gadget_trainer.corpus.records import Origin, Span

NARROW, WIDE, MET = Span(4, 7, "GADGET"), Span(4, 11, "GADGET"), Span(10, 18, "GADGET")


def spans(project: Project) -> tuple[Span, ...]:
    return project.read.text(2).spans


def test_one_undo_takes_a_settled_span_back_whole(project, path):
    project.edit.add_span(2, 10, 18, "GADGET")
    project.edit.add_span(2, 4, 7, "GADGET", Origin.MODEL)
    outcome = project.edit.settle_span(2, NARROW, 4, 11)
    assert spans(project) == (WIDE,)
    assert outcome.text_ids == {2}
    assert outcome.summary == "Labelled “Pixel 6” GADGET, in place of “6 camera” GADGET"
    assert [one.after and one.after["made_by"] for one in outcome.changes] == [None, Origin.MODEL]
    project.close()
    again = Project.open(path)
    assert again.journal.undo().summary == outcome.summary
    assert spans(again) == (MET,)
    again.journal.redo()
    assert spans(again) == (WIDE,)
    again.journal.undo()
    again.journal.undo()
    assert spans(again) == ()
    again.close()


def test_counts_follow_settling(project):
    project.edit.add_span(2, 10, 18, "GADGET")
    project.edit.add_span(2, 4, 7, "GADGET")
    counts = project.read.counts()
    assert counts.after(project.edit.settle_span(2, NARROW, 4, 11).changes) == project.read.counts()


def test_a_span_that_is_not_the_latest_edit_is_settled_in_a_step_of_its_own(project):
    project.edit.add_span(2, 4, 7, "GADGET")
    project.edit.set_flag([1], flagged=True)
    project.edit.settle_span(2, NARROW, 4, 11)
    assert spans(project) == (WIDE,)
    assert project.journal.next_undo() == "Moved the edges of “Pixel 6”"
    project.journal.undo()
    assert spans(project) == (NARROW,)


def test_settling_drops_nothing_that_was_undone(project):
    project.edit.add_span(2, 4, 7, "GADGET")
    project.edit.add_span(2, 12, 18, "GADGET")
    project.journal.undo()
    assert project.edit.settle_span(2, NARROW, 4, 11) is None
    assert spans(project) == (NARROW,)
    assert project.journal.redo() is not None
    assert spans(project) == (NARROW, Span(12, 18, "GADGET"))


def test_an_imported_span_is_settled_in_a_step_of_its_own(project):
    project.edit.settle_span(1, Span(20, 28, "GADGET"), 20, 26)
    project.journal.undo()
    assert project.read.text(1).spans == (Span(20, 28, "GADGET"),)


def test_a_span_that_fits_or_is_gone_is_no_step(project):
    project.edit.add_span(2, 4, 11, "GADGET")
    assert project.edit.settle_span(2, WIDE, 4, 11) is None
    assert project.edit.settle_span(2, NARROW, 4, 11) is None
