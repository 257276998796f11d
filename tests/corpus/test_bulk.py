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


BULK_EDITS = {
    "a label's merge": lambda project: project.labels.merge(1, 2),
    "a label's deletion": lambda project: project.labels.delete(1),
    "a category's deletion": lambda project: project.categories.delete(1),
    "a group's relabelling": lambda project: project.surfaces.relabel(project.surfaces.all(), "BRAND"),
    "a group's deletion": lambda project: project.surfaces.delete(project.surfaces.all()),
    "texts' deletion": lambda project: project.texts.delete([5, 4, 2]),
}


@pytest.mark.parametrize("edit", BULK_EDITS.values(), ids=BULK_EDITS)
def test_undo_leads_to_the_first_text_that_it_changes(project, edit):
    project.labels.add("BRAND")
    project.categories.add("news")
    project.edit.delete_span(1, Span(20, 28, "GADGET"))
    project.imports.add_texts([AnnotatedText("Pixel", (Span(0, 5, "GADGET"),))] * 2, "more")
    project.edit.add_span(2, 4, 11, "GADGET")
    project.categories.choose(3, ["news"])
    project.categories.choose(2, ["news"])
    before = everything(project)
    assert edit(project).text_id == 2
    assert project.journal.undo().text_id == 2
    assert everything(project) == before
    assert project.journal.history(1)[0].text_id == 2
    assert project.journal.redo().text_id == 2


def test_a_long_edit_that_is_left_changes_nothing(project):
    project.labels.add("BRAND")
    before = everything(project)
    undone = project.journal.next_undo()
    for steps in (
        project.labels.merge_steps(1, 2),
        project.labels.delete_steps(1),
        project.texts.delete_steps([1, 2]),
        project.surfaces.relabel_steps(project.surfaces.all(), "BRAND"),
        project.journal.undo_steps(),
    ):
        assert isinstance(next(steps), float)
        steps.close()
        assert (everything(project), project.journal.next_undo()) == (before, undone)


def test_how_much_undo_and_redo_change_is_known_before(project):
    project.imports.add_texts([AnnotatedText("Pixel", (Span(0, 5, "GADGET"),))] * 50, "more")
    assert project.journal.rows_to_undo() == 100
    project.journal.undo()
    assert project.journal.rows_to_redo() == 100
    project.journal.undo()
    project.journal.undo()
    assert project.journal.rows_to_undo() == 0


def test_many_rows_are_changed_and_come_back_part_by_part(project, monkeypatch):
    monkeypatch.setattr("gadget_trainer.corpus.bulk._PART", 7)
    project.labels.add("BRAND")
    texts = [AnnotatedText("Pixel Kindle", (Span(0, 5, "GADGET"), Span(6, 12, "BRAND")))] * 20
    project.imports.add_texts(texts, "more")
    before = everything(project)
    for edit in BULK_EDITS.values():
        if edit(project) is None:
            continue
        after = everything(project)
        shares = [one for one in project.journal.undo_steps() if isinstance(one, float)]
        assert shares == sorted(shares)
        assert shares[-1] == pytest.approx(1)
        assert everything(project) == before
        project.journal.redo()
        assert everything(project) == after
        project.journal.undo()
