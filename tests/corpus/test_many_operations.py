"""Thousands of random operations over twenty texts, undone and redone across restarts, every state compared.

Quick as they come; ``GADGET_TRAINER_OPERATIONS=5000 GADGET_TRAINER_DEPTH=10000 pytest
tests/corpus/test_many_operations.py`` are the long ones, before a release and after a change of the journal (they take
some minutes: every step is written to the disk), and ``GADGET_TRAINER_SEED`` another course of events.
"""

import os
import random
from collections.abc import Iterator
from dataclasses import replace
from hashlib import blake2b

import pytest

from gadget_trainer.corpus.edits import trimmed
from gadget_trainer.corpus.matches import Match, Wanted
from gadget_trainer.corpus.outcomes import Outcome
from gadget_trainer.corpus.project import Project
from gadget_trainer.corpus.records import AnnotatedText, Label, Span, TextState

OPERATIONS = int(os.environ.get("GADGET_TRAINER_OPERATIONS", "60"))
DEPTH = int(os.environ.get("GADGET_TRAINER_DEPTH", "40"))
SEED = int(os.environ.get("GADGET_TRAINER_SEED", "0"))
TEXTS = 20
WORDS = ("iPhone X", "Pixel 6", "👍🏿", "مرحبا", "北京", "e\u0301t", "a\0b", "don't", "\r\n", "\u00a0", "3310", "Zoë")


def digest(project: Project) -> bytes:
    """What everything a person can see in the project comes to."""
    seen = (
        list(project.read.texts()),
        project.read.labels(),
        project.categories.all(),
        project.categories.scheme(),
        project.splits.all(),
        project.read.counts(),
    )
    return blake2b(repr(seen).encode("utf-8", "surrogatepass")).digest()


class Hand:
    """Somebody who does anything at random."""

    def __init__(self, project: Project, chance: random.Random) -> None:
        self.project = project
        self.chance = chance
        self.count = 0
        self.ways = (
            *(self.add_span, self.change_span, self.mark, self.write, self.change_label, self.label_many),
            *(self.add_span, self.change_span, self.mark, self.categorise, self.split, self.come_and_go),
        )

    def step(self) -> Outcome | None:
        """Do something; None where it came to nothing."""
        self.count += 1
        return self.chance.choice(self.ways)()

    def text(self) -> AnnotatedText:
        found = self.project.read.text(self.chance.choice(self.project.read.text_ids()))
        assert found is not None
        return found

    def label(self) -> Label:
        return self.chance.choice(self.project.read.labels())

    def place(self, text: str) -> tuple[int, int]:
        start = self.chance.randrange(len(text))
        try:
            return trimmed(text, start, min(len(text), start + self.chance.randint(1, 9)))
        except ValueError:  # nothing but spaces
            return trimmed(text, 0, len(text))

    def add_span(self) -> Outcome | None:
        one = self.text()
        return self.project.edit.add_span(one.id, *self.place(one.text), self.label().name)

    def change_span(self) -> Outcome | None:
        one, edit = self.text(), self.project.edit
        if not one.spans:
            return None
        span = self.chance.choice(one.spans)
        match self.chance.randrange(5):
            case 0:
                return edit.delete_span(one.id, span)
            case 1:
                return edit.relabel_span(one.id, span, self.label().name)
            case 2:
                return self.project.refusals.refuse(one.id, span)
            case 3:
                return self.project.texts.remove_spans(one.id)
            case _:
                return edit.move_span(one.id, span, *self.place(one.text))

    def mark(self) -> Outcome | None:
        ids = self.project.read.text_ids()
        some = self.chance.sample(list(ids), self.chance.randint(1, len(ids)))
        if self.chance.random() < 0.3:
            return self.project.edit.set_flag(some, flagged=self.chance.random() < 0.5)
        return self.project.edit.set_state(some, self.chance.choice(list(TextState)))

    def write(self) -> Outcome | None:
        one, texts = self.text(), self.project.texts
        if self.chance.random() < 0.5:
            return texts.set_note(one.id, self.chance.choice(("", f"note {self.count}")))
        start, end = self.place(one.text)
        return texts.reword(one.id, f"{one.text[:start]}{self.chance.choice(WORDS)}x{one.text[end:]}")

    def change_label(self) -> Outcome | None:
        labels, one = self.project.labels, self.label()
        others = [label for label in self.project.read.labels() if label.id != one.id]
        match self.chance.randrange(5):
            case 0 if len(others) < 8:
                return labels.add(f"L{self.count}")
            case 1 if len(others) > 2:
                return labels.delete(one.id)
            case 2 if len(others) > 2:
                return labels.merge(one.id, self.chance.choice(others).id)
            case 3:
                order = [label.id for label in (one, *others)]
                return labels.reorder(order)
            case _:
                return labels.change(replace(one, name=f"R{self.count}", description=f"since {self.count}"))

    def label_many(self) -> Outcome | None:
        wanted, rooms = Wanted(self.chance.choice(WORDS[:6]), self.label().name), self.project
        if self.chance.random() < 0.3:
            surfaces = rooms.surfaces.all()[:2]
            if self.chance.random() < 0.5:
                return rooms.surfaces.delete(surfaces)
            return rooms.surfaces.relabel(surfaces, wanted.label)
        matches: list[Match] = [one for _share, part in rooms.matches.find(wanted) for one in part if one.is_open]
        way = rooms.matches.refuse if self.chance.random() < 0.3 else rooms.matches.label
        return way(matches)

    def categorise(self) -> Outcome | None:
        room = self.project.categories
        scheme = room.scheme()
        match self.chance.randrange(4):
            case 0 if len(scheme.names) < 5:
                return room.add(f"C{self.count}")
            case 1 if room.all():
                return room.delete(self.chance.choice(room.all()).id)
            case 2 if scheme.exclusive or not room.texts_with_several():
                return room.set_exclusive(not scheme.exclusive)
            case _:
                many = self.chance.randint(0, min(len(scheme.names), 1 if scheme.exclusive else 3))
                return room.choose(self.text().id, self.chance.sample(scheme.names, many))

    def split(self) -> Outcome | None:
        room = self.project.splits
        if room.all() and self.chance.random() < 0.4:
            return room.take_back({"".join(self.chance.choice(room.all()))})
        return room.make([("W", str(self.chance.randrange(20)), str(self.count))], self.text().id)

    def come_and_go(self) -> Outcome | None:
        ids = self.project.read.text_ids()
        if len(ids) >= TEXTS:
            return self.project.texts.delete(self.chance.sample(list(ids), self.chance.randint(1, 3)))
        more = [AnnotatedText(one) for one in contents(self.chance, TEXTS - len(ids))]
        return self.project.imports.add_texts(more, f"file {self.count}")


def contents(chance: random.Random, number: int) -> Iterator[str]:
    for _ in range(number):
        yield " ".join(("Begun", *chance.choices(WORDS, k=chance.randint(2, 12))))


@pytest.fixture
def chance() -> random.Random:
    return random.Random(SEED)


def test_everything_is_undone_and_redone_exactly_across_restarts(path, chance):
    project = Project.create(path)
    project.imports.add_texts([AnnotatedText(one) for one in contents(chance, TEXTS)], "the texts")
    for name in ("GADGET", "BRAND", "PERSON"):
        project.labels.add(name)
    states = [digest(project)]
    hand = Hand(project, chance)
    while len(states) <= OPERATIONS:
        if hand.step() is None:
            continue
        states.append(digest(project))
        if len(states) % (OPERATIONS // 4) == 0:
            project = hand.project = reopened(project)
            assert digest(project) == states[-1]
    for number in range(OPERATIONS - 1, -1, -1):
        assert project.journal.undo() is not None
        assert digest(project) == states[number], f"after the undo of operation {number + 1}"
        if number == OPERATIONS // 2:
            project = reopened(project)
    project = reopened(project)
    for number, state in enumerate(states[1:], start=1):
        assert project.journal.redo() is not None
        assert digest(project) == state, f"after the redo of operation {number}"
    assert project.journal.redo() is None
    project.close()


def test_undo_goes_as_deep_as_it_was_edited(path):
    """Small edits of one text after another, undone to the first one and done again, each after a restart."""
    project = Project.create(path)
    project.imports.add_texts([AnnotatedText(f"iPhone {number}") for number in range(TEXTS)], "the texts")
    project.labels.add("GADGET")
    begun = digest(project)
    for number in range(DEPTH):
        turn, text_id = divmod(number, TEXTS)
        if turn % 2:
            assert project.edit.delete_span(text_id + 1, Span(0, 6, "GADGET")) is not None
        else:
            assert project.edit.add_span(text_id + 1, 0, 6, "GADGET") is not None
    ended = digest(project)
    project = reopened(project)
    for number in range(DEPTH - 1, -1, -1):
        outcome = project.journal.undo()
        assert outcome is not None
        assert outcome.text_id == number % TEXTS + 1
    assert digest(project) == begun
    project = reopened(project)
    for _ in range(DEPTH):
        assert project.journal.redo() is not None
    assert digest(project) == ended
    assert project.journal.redo() is None
    project.close()


def reopened(project: Project) -> Project:
    project.close()
    return Project.open(project.path)
