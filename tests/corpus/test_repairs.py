"""Many spans mended at once are one step of the journal."""

from gadget_trainer.corpus.project import Project
from gadget_trainer.corpus.records import AnnotatedText, Span, TextState
from gadget_trainer.corpus.repairs import Move


def spans_of(project, text_id):
    return project.read.text(text_id).spans


def made(path, *texts):
    project = Project.create(path / "repairs.gadget")
    project.imports.add_texts(
        [AnnotatedText(text, tuple(Span(*span) for span in spans), TextState.DONE) for text, *spans in texts], "a test"
    )
    return project


def test_spans_of_many_texts_are_moved_and_moved_back_in_one_step(tmp_path):
    project = made(tmp_path, *[("A Kindle here", (1, 9, "GADGET"))] * 600)
    before = [text.spans for text in project.read.texts()]
    moves = [Move(text_id, Span(1, 9, "GADGET"), 2, 8) for text_id in range(1, 601)]
    outcome = project.repairs.move_spans(moves, "Trimmed 600 spans")
    assert outcome is not None
    assert outcome.text_ids == frozenset(range(1, 601))
    assert {text.spans for text in project.read.texts()} == {(Span(2, 8, "GADGET"),)}
    undone = project.journal.undo()
    assert undone is not None
    assert undone.summary == "Trimmed 600 spans"
    assert [text.spans for text in project.read.texts()] == before
    project.journal.redo()
    assert spans_of(project, 600) == (Span(2, 8, "GADGET"),)
    project.close()


def test_a_span_of_nothing_but_spaces_is_removed(tmp_path):
    project = made(tmp_path, ("A  Kindle", (1, 3, "GADGET")))
    project.repairs.move_spans([Move(1, Span(1, 3, "GADGET"), 3, 3)], "Trimmed 1 span")
    assert spans_of(project, 1) == ()
    project.journal.undo()
    assert spans_of(project, 1) == (Span(1, 3, "GADGET"),)
    project.close()


def test_a_span_that_would_meet_another_stays_and_one_that_would_repeat_it_goes(tmp_path):
    spans = ((0, 4, "GADGET"), (5, 8, "BRAND"), (12, 18, "GADGET"))
    project = made(tmp_path, ("Preordering again", *spans))
    moves = [Move(1, Span(0, 4, "GADGET"), 0, 11)]
    assert project.repairs.move_spans(moves, "Snapped 1 span") is None
    twice = made_twice(project)
    assert project.repairs.move_spans([Move(twice, Span(2, 9, "GADGET"), 2, 8)], "Trimmed 1 span") is not None
    assert spans_of(project, twice) == (Span(2, 8, "GADGET"),)
    project.close()


def made_twice(project):
    spans = (Span(2, 8, "GADGET"), Span(2, 9, "GADGET"))
    project.imports.add_texts([AnnotatedText("A Kindle here", spans, TextState.DONE)], "b")
    return 2


def test_a_span_that_is_gone_is_left_out(tmp_path):
    project = made(tmp_path, ("A Kindle", (2, 8, "GADGET")))
    assert project.repairs.move_spans([Move(1, Span(2, 7, "GADGET"), 2, 8)], "Snapped 1 span") is None
    assert project.repairs.move_spans([Move(9, Span(2, 7, "GADGET"), 2, 8)], "Snapped 1 span") is None
    project.close()
