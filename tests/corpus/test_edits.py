from dataclasses import replace

import pytest

from gadget_trainer.corpus.label_names import problem_with_name
from gadget_trainer.corpus.project import Project
from gadget_trainer.corpus.records import Label, Origin, Span, TextState
from gadget_trainer.corpus.text_filter import TextFilter
from gadget_trainer.errors import UserError


def spans(project: Project, text_id: int) -> tuple[Span, ...]:
    text = project.read.text(text_id)
    assert text is not None
    return text.spans


def test_a_span_is_added_and_named_in_the_history(project):
    outcome = project.edit.add_span(2, 4, 11, "GADGET")
    assert outcome is not None
    assert outcome.text_ids == {2}
    assert spans(project, 2) == (Span(4, 11, "GADGET"),)
    assert project.journal.next_undo() == "Labelled “Pixel 6” GADGET"


def test_a_new_span_replaces_what_it_meets_in_one_step(project):
    project.edit.add_span(2, 4, 9, "GADGET")
    project.edit.add_span(2, 10, 18, "GADGET")
    project.edit.add_span(2, 4, 11, "GADGET")
    assert project.journal.next_undo() == "Labelled “Pixel 6” GADGET, in place of 2 spans"
    assert spans(project, 2) == (Span(4, 11, "GADGET"),)
    project.journal.undo()
    assert spans(project, 2) == (Span(4, 9, "GADGET"), Span(10, 18, "GADGET"))


def test_what_a_moved_edge_replaces_is_said(project):
    project.edit.add_span(2, 4, 9, "GADGET")
    project.edit.add_span(2, 10, 11, "GADGET")
    project.edit.move_span(2, Span(4, 9, "GADGET"), 4, 11)
    assert project.journal.next_undo() == "Moved the edges of “Pixel 6”, in place of “6” GADGET"


def test_spans_that_only_touch_stay(project):
    project.edit.add_span(2, 4, 9, "GADGET")
    project.edit.add_span(2, 9, 11, "GADGET")
    assert spans(project, 2) == (Span(4, 9, "GADGET"), Span(10, 11, "GADGET"))


@pytest.mark.parametrize(("start", "end"), [(3, 12), (3, 11), (4, 12), (4, 11)])
def test_an_edge_never_keeps_a_space(project, start, end):
    project.edit.add_span(2, start, end, "GADGET")
    assert spans(project, 2) == (Span(4, 11, "GADGET"),)


@pytest.mark.parametrize(("start", "end"), [(3, 4), (4, 4), (5, 4), (-1, 3), (0, 1000)])
def test_what_is_no_span_is_a_bug_of_the_caller(project, start, end):
    with pytest.raises(ValueError, match=r"span|range"):
        project.edit.add_span(2, start, end, "GADGET")
    assert spans(project, 2) == ()


def test_the_same_span_again_is_no_step(project):
    assert project.edit.add_span(1, 20, 28, "GADGET") is None


def test_edges_move_and_what_is_met_goes(project):
    project.edit.add_span(2, 4, 9, "GADGET")
    project.edit.add_span(2, 12, 18, "GADGET")
    project.edit.move_span(2, Span(4, 9, "GADGET"), 4, 18)
    assert spans(project, 2) == (Span(4, 18, "GADGET"),)
    project.journal.undo()
    assert spans(project, 2) == (Span(4, 9, "GADGET"), Span(12, 18, "GADGET"))


def test_relabelling_and_deleting(project):
    project.labels.add("BRAND")
    project.edit.relabel_span(1, Span(20, 28, "GADGET"), "BRAND")
    assert spans(project, 1) == (Span(20, 28, "BRAND"),)
    project.edit.delete_span(1, Span(20, 28, "BRAND"))
    assert spans(project, 1) == ()
    assert project.edit.delete_span(1, Span(20, 28, "BRAND")) is None, "it is gone already"


def test_states_and_flags(project):
    project.edit.set_state([1, 2], TextState.SKIPPED)
    assert [row.state for row in project.read.rows([1, 2, 3])] == [TextState.SKIPPED] * 3
    assert project.edit.set_state([1, 2], TextState.SKIPPED) is None
    project.edit.set_flag([1], flagged=True)
    assert list(project.read.text_ids(TextFilter(flagged=True))) == [1, 3]
    project.journal.undo()
    project.journal.undo()
    assert [row.state for row in project.read.rows([1, 2, 3])] == ["done", "todo", "skipped"]


def test_done_is_complete_for_the_labels_that_have_spans(project):
    def complete() -> bool:
        text = project.read.text(1)
        assert text is not None
        return text.complete

    assert complete()
    project.labels.add("BRAND")
    assert complete(), "nobody has highlighted a BRAND yet"
    project.edit.add_span(2, 4, 9, "BRAND")
    assert not complete()
    project.edit.set_state([1], TextState.DONE)
    assert complete()


def test_labels_are_renamed_recoloured_and_deleted_with_their_spans(project):
    gadget = project.read.labels()[0]
    project.labels.change(replace(gadget, name="THING", colour="#123456"))
    assert [(label.name, label.colour) for label in project.read.labels()] == [("THING", "#123456")]
    assert spans(project, 1) == (Span(20, 28, "THING"),)
    outcome = project.labels.delete(gadget.id)
    assert outcome.summary == "Deleted the label THING with 1 span"
    assert spans(project, 1) == ()
    project.journal.undo()
    assert spans(project, 1) == (Span(20, 28, "THING"),)


@pytest.mark.parametrize("name", ["", "  ", "!NOT", "GADGET", " GADGET "])
def test_labels_that_cannot_be_are_refused_in_words(project, name):
    with pytest.raises(UserError, match=r"\."):
        project.labels.add(name)


def test_a_label_made_anew_has_a_new_id(project):
    old = project.read.labels()[0].id
    project.labels.delete(old)
    project.labels.add("GADGET")
    assert project.read.labels()[0].id > old, "else a text done before would count as complete for it"


def test_labels_get_different_colours(project):
    for number in range(30):
        project.labels.add(f"LABEL{number}")
    colours = [label.colour for label in project.read.labels()]
    assert len(set(colours)) == 31


def test_who_made_a_span_is_kept(project):
    outcome = project.edit.add_span(2, 4, 11, "GADGET", Origin.MODEL)
    assert outcome.changes[0].after["made_by"] == Origin.MODEL


def test_what_is_gone_can_be_removed_again_and_nothing_else(project):
    gadget = project.read.labels()[0].id
    project.edit.add_span(2, 4, 11, "GADGET")
    project.labels.delete(gadget)
    before = project.journal.next_undo()
    assert project.labels.delete(gadget) is None
    assert project.edit.delete_span(1, Span(20, 28, "GADGET")) is None
    assert project.edit.move_span(1, Span(20, 28, "GADGET"), 20, 26) is None
    assert project.edit.settle_span(1, Span(20, 28, "GADGET"), 20, 26) is None
    assert project.edit.relabel_span(1, Span(20, 28, "GADGET"), "BRAND") is None
    for wish in (
        lambda: project.labels.change(Label(gadget, "THING", "#123456")),
        lambda: project.edit.add_span(2, 4, 11, "GADGET"),
        lambda: project.edit.add_span(99, 4, 11, "GADGET"),
    ):
        with pytest.raises(UserError, match=r"gone|no longer|any more"):
            wish()
    assert project.journal.next_undo() == before


def test_a_span_is_not_relabelled_with_a_label_that_is_gone(project):
    with pytest.raises(UserError, match="There is no label BRAND any more"):
        project.edit.relabel_span(1, Span(20, 28, "GADGET"), "BRAND")
    assert spans(project, 1) == (Span(20, 28, "GADGET"),)


@pytest.mark.parametrize(
    ("name", "problem"),
    [("", "needs a name"), (" ", "needs"), ("!A", "cannot start"), (" B ", "is a label B"), ("A", "")],
)
def test_names_of_labels(name, problem):
    assert problem in problem_with_name(name, {"B"})
    assert bool(problem) == bool(problem_with_name(name, {"B"}))
