"""For which labels an import's texts are complete: for those that its own spans use."""

import pytest

from gadget_trainer.corpus.project import Project
from gadget_trainer.corpus.records import AnnotatedText, Span, TextState


@pytest.fixture
def empty(path):
    project = Project.create(path)
    yield project
    project.close()


def done(*labels: str) -> AnnotatedText:
    spans = tuple(Span(2 * place, 2 * place + 1, label) for place, label in enumerate(labels))
    return AnnotatedText("a b c d", spans, TextState.DONE, complete=True)


def completeness(project: Project) -> list[bool]:
    return [text.complete for text in project.read.texts()]


def test_a_first_import_is_complete(empty):
    empty.imports.add_texts([done("GADGET"), done("BRAND"), done()], "a")
    assert completeness(empty) == [True, True, True]


def test_a_file_that_never_knew_a_label_is_not_complete_for_it(empty):
    empty.imports.add_texts([done("GADGET", "BRAND")], "a")
    empty.imports.add_texts([done("GADGET")], "b")
    assert completeness(empty) == [True, False]
    empty.imports.add_texts([done("BRAND", "GADGET"), done("BRAND")], "c")
    assert completeness(empty) == [True, False, True, True]
    brand = next(label.id for label in empty.read.labels() if label.name == "BRAND")
    empty.labels.delete(brand)
    assert completeness(empty) == [True, True, True, True], "it was complete for GADGET all along"


def test_a_label_that_the_file_brings_does_not_make_up_for_one_that_it_lacks(empty):
    empty.imports.add_texts([done("GADGET")], "a")
    empty.imports.add_texts([done("BRAND")], "b")
    assert completeness(empty) == [False, False]


def test_a_label_that_nobody_used_yet_counts_when_it_is_used(empty):
    empty.labels.add("GADGET")
    empty.labels.add("BRAND")
    empty.imports.add_texts([done("GADGET"), done()], "a")
    assert completeness(empty) == [True, True]
    empty.edit.add_span(2, 0, 1, "BRAND")
    assert completeness(empty) == [False, False]


def test_texts_without_spans_are_complete_while_there_are_no_labels(empty):
    empty.imports.add_texts([done(), done()], "a")
    assert completeness(empty) == [True, True]
    empty.imports.add_texts([done("GADGET")], "b")
    assert completeness(empty) == [False, False, True]
    empty.imports.add_texts([done()], "c")
    assert completeness(empty) == [False, False, True, False]


def test_what_a_file_refuses_is_kept_and_undone_with_it(project):
    refusing = AnnotatedText("Zoë has a Kindle", (Span(10, 16, "GADGET"),), refused=(Span(0, 3, "GADGET"),), note="odd")
    project.imports.add_texts([refusing], "c")
    assert (project.read.text(4).refused, project.read.text(4).note) == ((Span(0, 3, "GADGET"),), "odd")
    project.journal.undo()
    assert project.read.text(4) is None
    project.journal.redo()
    assert project.read.text(4).refused == (Span(0, 3, "GADGET"),)


def test_examples_of_labels_come_with_the_import_and_go_with_it(empty):
    empty.imports.add_texts([done("GADGET")], "a", lambda: {"GADGET": ["iPhone", "iPhone"], "BRAND": ["Apple"]})
    examples = {label.name: label.examples for label in empty.read.labels()}
    assert examples == {"GADGET": ("iPhone",), "BRAND": ("Apple",)}
    empty.imports.add_texts([], "b", lambda: {"GADGET": ["Pixel", "iPhone"]})
    assert empty.read.labels()[0].examples == ("iPhone", "Pixel")
    empty.journal.undo()
    assert empty.read.labels()[0].examples == ("iPhone",)
    empty.journal.undo()
    assert empty.read.labels() == []
    empty.journal.redo()
    empty.journal.redo()
    assert [label.examples for label in empty.read.labels()] == [("iPhone", "Pixel"), ("Apple",)]
