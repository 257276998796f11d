"""Words, notes and texts change, and spans stay on their words."""

import pytest

from gadget_trainer.corpus.project import Project
from gadget_trainer.corpus.records import Span
from gadget_trainer.errors import UserError


def surfaces(project: Project, text_id: int) -> list[str]:
    text = project.read.text(text_id)
    return [text.text[span.start : span.end] for span in text.spans]


@pytest.mark.parametrize(
    ("now", "left"),
    [
        ("How to pre-order the iPhone X", ["iPhone X"]),
        ("iPhone X", ["iPhone X"]),
        ("How to preorder the iPhone 10 X", ["iPhone 10 X"]),
        ("How to preorder the iPhoneX", ["iPhoneX"]),
        ("How to preorder it", []),
    ],
)
def test_a_span_stays_on_its_words_as_long_as_they_are_there(project, now, left):
    said = project.texts.rewording(1, now)
    assert (said.kept, said.lost) == (len(left), () if left else ("iPhone X",))
    outcome = project.texts.reword(1, now)
    assert (outcome.text_ids, outcome.texts_came_or_went) == ({1}, False)
    assert project.read.text(1).text == now
    assert surfaces(project, 1) == left
    project.journal.undo()
    assert project.read.text(1).text == "How to preorder the iPhone X"
    assert surfaces(project, 1) == ["iPhone X"]
    project.journal.redo()
    assert surfaces(project, 1) == left


@pytest.mark.parametrize("now", ["", " \n", "half \ud83d"])
def test_what_cannot_be_a_text_is_refused(project, now):
    with pytest.raises(UserError):
        project.texts.reword(1, now)
    assert project.read.text(1).text == "How to preorder the iPhone X"


def test_a_note_comes_and_goes(project):
    assert project.texts.set_note(2, " ask Zoë ").text_ids == {2}
    assert project.read.text(2).note == "ask Zoë"
    assert project.texts.set_note(2, "ask Zoë") is None
    project.texts.set_note(2, "")
    assert project.read.text(2).note == ""
    project.journal.undo()
    assert project.read.text(2).note == "ask Zoë"


def test_deleted_texts_come_back_with_all_they_had(project):
    project.texts.set_note(1, "mine")
    before = list(project.read.texts())
    assert project.texts.delete([]) is None
    outcome = project.texts.delete([1, 3, 99])
    assert (outcome.summary, outcome.texts_came_or_went) == ("Deleted 2 texts", True)
    assert [text.id for text in project.read.texts()] == [2]
    project.journal.undo()
    assert list(project.read.texts()) == before
    project.journal.redo()
    assert [text.id for text in project.read.texts()] == [2]


def test_a_text_that_is_gone_is_said(project):
    project.texts.delete([1])
    for edit in (lambda: project.texts.set_note(1, "x"), lambda: project.texts.reword(1, "x")):
        with pytest.raises(UserError, match="no longer in the project"):
            edit()


def test_more_texts_are_deleted_than_a_statement_has_parameters(project):
    from gadget_trainer.corpus.records import AnnotatedText

    many = [AnnotatedText(f"Text {number}", (Span(0, 4, "GADGET"),)) for number in range(300_000 // 8)]
    project.imports.add_texts(many, "many")
    assert project.texts.delete(project.read.text_ids()).summary == "Deleted 37,503 texts"
    assert project.read.counts().spans == {}
