"""The journal gives back every state exactly, whatever was done, also after a restart."""

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from gadget_trainer.corpus.edits import trimmed
from gadget_trainer.corpus.project import Project
from gadget_trainer.corpus.records import AnnotatedText, Span, TextState

CONTENT = "Is the 👍🏿 iPhone X\r\nbetter than  the Pixel 6?"


def state_of(project: Project) -> Any:
    texts = [
        (one.id, one.text, one.spans, one.state, one.flagged, one.complete, one.categories)
        for one in project.read.texts()
    ]
    return texts, project.read.labels(), project.categories.all(), project.categories.scheme()


class Editing(RuleBasedStateMachine):
    """Random edits, undos, redos and restarts, held against remembered states."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "texts.gadget"
        self.project = Project.create(self.path)
        self.past: list[Any] = [(state_of(self.project), None)]
        self.future: list[Any] = []

    def did(self, outcome: object, added: tuple[int, Span] | None = None) -> None:
        """Remember the state after a step, and which span the step added."""
        if outcome is not None:
            self.past.append((state_of(self.project), added))
            self.future.clear()

    def texts(self) -> list[int]:
        return list(self.project.read.text_ids())

    def names(self) -> list[str]:
        return [label.name for label in self.project.read.labels()]

    @rule(count=st.integers(1, 3), done=st.booleans(), categories=st.sampled_from(((), ("X",), ("Z", "X"))))
    def import_texts(self, count: int, done: bool, categories: tuple[str, ...]) -> None:
        state = TextState.DONE if done else TextState.TODO
        spans = (Span(7, 9, "HAND"),) if done else ()
        texts = [AnnotatedText(CONTENT, spans, state, complete=done, categories=categories)] * count
        self.did(self.project.imports.add_texts(texts, "more"))

    @rule(name=st.sampled_from("ABC"))
    def add_label(self, name: str) -> None:
        if name not in self.names():
            self.did(self.project.labels.add(name))

    @precondition(lambda self: self.names())
    @rule(data=st.data())
    def delete_label(self, data: st.DataObject) -> None:
        label = data.draw(st.sampled_from(self.project.read.labels()))
        self.did(self.project.labels.delete(label.id))

    @precondition(lambda self: self.names() and self.texts())
    @rule(data=st.data(), start=st.integers(0, 30), length=st.integers(3, 12))
    def add_span(self, data: st.DataObject, start: int, length: int) -> None:
        text_id, name = data.draw(st.sampled_from(self.texts())), data.draw(st.sampled_from(self.names()))
        first, last = trimmed(CONTENT, start, start + length)
        self.did(self.project.edit.add_span(text_id, start, start + length, name), (text_id, Span(first, last, name)))

    @precondition(lambda self: any(text.spans for text in self.project.read.texts()))
    @rule(data=st.data(), start=st.integers(0, 30), newest=st.booleans())
    def settle_span(self, data: st.DataObject, start: int, newest: bool) -> None:
        added = self.past[-1][1]
        if newest and added is not None:
            text_id, span = added
        else:
            text = data.draw(st.sampled_from([text for text in self.project.read.texts() if text.spans]))
            text_id, span = text.id, data.draw(st.sampled_from(text.spans))
        first, last = trimmed(CONTENT, start, start + 5)
        outcome = self.project.edit.settle_span(text_id, span, start, start + 5)
        assert (outcome is None) == (bool(self.future) or (span.start, span.end) == (first, last))
        if outcome is not None and added == (text_id, span):
            self.past[-1] = (state_of(self.project), (text_id, Span(first, last, span.label)))
        else:
            self.did(outcome)

    @precondition(lambda self: any(text.spans for text in self.project.read.texts()))
    @rule(data=st.data(), start=st.integers(0, 30))
    def change_span(self, data: st.DataObject, start: int) -> None:
        text = data.draw(st.sampled_from([text for text in self.project.read.texts() if text.spans]))
        span = data.draw(st.sampled_from(text.spans))
        edit = self.project.edit
        match data.draw(st.sampled_from(("delete", "move", "relabel"))):
            case "delete":
                self.did(edit.delete_span(text.id, span))
            case "move":
                self.did(edit.move_span(text.id, span, start, start + 5))
            case _:
                self.did(edit.relabel_span(text.id, span, data.draw(st.sampled_from(self.names()))))

    @precondition(lambda self: self.texts())
    @rule(data=st.data(), state=st.sampled_from(list(TextState)), flagged=st.booleans())
    def mark(self, data: st.DataObject, state: TextState, flagged: bool) -> None:
        some = data.draw(st.lists(st.sampled_from(self.texts()), min_size=1, unique=True))
        self.did(self.project.edit.set_state(some, state))
        self.did(self.project.edit.set_flag(some, flagged=flagged))

    @rule(name=st.sampled_from("XYZ"))
    def add_category(self, name: str) -> None:
        if name not in self.project.categories.scheme().names:
            self.did(self.project.categories.add(name))

    @precondition(lambda self: self.project.categories.all())
    @rule(data=st.data(), way=st.sampled_from(("delete", "rename", "reorder")))
    def change_category(self, data: st.DataObject, way: str) -> None:
        room = self.project.categories
        category = data.draw(st.sampled_from(room.all()))
        match way:
            case "delete":
                self.did(room.delete(category.id))
            case "rename":
                self.did(room.change(replace(category, name=f"{category.name}{category.id}")))
            case _:
                self.did(room.reorder([category.id]))

    @precondition(lambda self: self.texts())
    @rule(data=st.data())
    def choose_categories(self, data: st.DataObject) -> None:
        scheme = self.project.categories.scheme()
        names = data.draw(st.lists(st.sampled_from(scheme.names), unique=True)) if scheme.names else []
        text_id = data.draw(st.sampled_from(self.texts()))
        self.did(self.project.categories.choose(text_id, names[:1] if scheme.exclusive else names))

    @rule(exclusive=st.booleans())
    def set_exclusive(self, exclusive: bool) -> None:
        room = self.project.categories
        if not (exclusive and room.texts_with_several()):
            self.did(room.set_exclusive(exclusive))

    @rule()
    def undo(self) -> None:
        assert (self.project.journal.undo() is None) == (len(self.past) == 1)
        if len(self.past) > 1:
            self.future.append(self.past.pop())

    @rule()
    def redo(self) -> None:
        assert (self.project.journal.redo() is None) == (not self.future)
        if self.future:
            self.past.append(self.future.pop())

    @rule()
    def restart(self) -> None:
        self.project.close()
        self.project = Project.open(self.path)

    @invariant()
    def it_is_as_remembered(self) -> None:
        assert state_of(self.project) == self.past[-1][0]

    @invariant()
    def exclusive_categories_exclude_each_other(self) -> None:
        room = self.project.categories
        assert not (room.scheme().exclusive and room.texts_with_several())

    def teardown(self) -> None:
        while self.project.journal.undo() is not None:
            self.past.pop()
            assert state_of(self.project) == self.past[-1][0]
        self.project.close()
        self.folder.cleanup()


Editing.TestCase.settings = settings(
    max_examples=6,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TestEditing = Editing.TestCase


def test_nothing_leaves_the_journal(project):
    project.edit.add_span(2, 4, 11, "GADGET")
    project.journal.undo()
    project.edit.set_flag([1], flagged=True)
    assert project.journal.redo() is None, "a new edit cuts off what was undone"
    with project.journal._store.reading() as connection:
        from sqlalchemy import select

        from gadget_trainer.corpus.schema import operation

        statuses = connection.scalars(select(operation.c.status).order_by(operation.c.id)).all()
    assert statuses == ["done", "dropped", "done"]
