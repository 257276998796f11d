"""Imports and deleted labels are taken back and done again exactly, in a few statements however many rows."""

import pytest
from sqlalchemy import event

from gadget_trainer.corpus.project import Project
from gadget_trainer.corpus.records import AnnotatedText, Span, TextState

ODD = AnnotatedText("a\0b \ufeff\r\n\x85 😀", (Span(0, 3, "ODD"),), meta={"score": float("inf"), "who": "Łukasz"})


def statements(project: Project, way) -> int:
    seen = []
    engine = project.journal._store._engine
    listen = lambda *args: seen.append(args[2])  # noqa: E731
    event.listen(engine, "before_cursor_execute", listen)
    way()
    event.remove(engine, "before_cursor_execute", listen)
    return len(seen)


def everything(project: Project):
    return list(project.read.texts()), project.read.labels(), project.read.counts()


def test_an_import_comes_back_exactly_also_after_a_restart(project, path):
    project.imports.add_texts([ODD, ODD], "odd")
    after = everything(project)
    for _ in range(2):
        outcome = project.journal.undo()
        assert (outcome.bulk, outcome.texts_came_or_went, outcome.labels_changed) == (True, True, True)
        assert len(project.read.text_ids()) == 3
        project.close()
        project = Project.open(path)
        assert project.journal.redo().bulk
        assert everything(project) == after
    project.close()


def test_a_deleted_label_comes_back_with_its_spans_and_no_others(project):
    project.imports.add_texts([AnnotatedText("Pixel", (Span(0, 5, "GADGET"),))], "more")
    project.journal.undo()
    project.edit.add_span(2, 4, 11, "GADGET")  # cuts off the import, whose spans stay in the journal
    before = everything(project)
    outcome = project.labels.delete(1)
    assert (outcome.bulk, outcome.labels_changed, outcome.text_ids) == (True, True, {1, 2})
    after = everything(project)
    assert after[2].spans == {}
    for _ in range(2):
        assert project.journal.undo().text_ids == {1, 2}
        assert everything(project) == before
        assert project.journal.redo().text_ids == {1, 2}
        assert everything(project) == after


@pytest.mark.parametrize("count", [10, 3000])
def test_the_number_of_statements_does_not_grow_with_the_rows(project, count):
    done = AnnotatedText("Pixel", (Span(0, 5, "GADGET"),), TextState.DONE)
    project.imports.add_texts([done] * count, "many")
    assert statements(project, project.journal.undo) < 20
    assert statements(project, project.journal.redo) < 20
    assert statements(project, lambda: project.labels.delete(1)) < 20
    assert statements(project, project.journal.undo) < 20


def test_a_label_without_spans_is_deleted_and_comes_back(project):
    project.labels.add("BRAND")
    assert project.labels.delete(2).text_ids == frozenset()
    project.journal.undo()
    assert [label.name for label in project.read.labels()] == ["GADGET", "BRAND"]
    project.journal.redo()
    assert [label.name for label in project.read.labels()] == ["GADGET"]
