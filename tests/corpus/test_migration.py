"""A file of an earlier version opens, with all that was in it, and a copy of it stays as it was."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy

from gadget_trainer.corpus import schema
from gadget_trainer.corpus.project import Project
from gadget_trainer.corpus.records import AnnotatedText, Span, TextState
from gadget_trainer.errors import UserError

OLD = Path(__file__).parents[1] / "data" / "projects" / "version_1.gadget"


@pytest.fixture
def old(tmp_path) -> Path:
    return Path(shutil.copy(OLD, tmp_path / "old.gadget"))


def test_a_file_of_version_1_opens_with_all_that_was_in_it(old):
    project = Project.open(old)
    texts = list(project.read.texts())
    assert [(one.text, one.spans, one.state) for one in texts] == [
        ("How to preorder the iPhone X", (Span(20, 28, "GADGET"),), TextState.DONE),
        ("The Kindle is fine", (), TextState.TODO),
        ("Lost", (), TextState.TODO),
    ]
    project.close()


def test_its_journal_goes_on_backwards_and_forwards(old):
    project = Project.open(old)
    while project.journal.undo() is not None:
        pass
    assert list(project.read.texts()) == []
    while project.journal.redo() is not None:
        pass
    assert [one.spans for one in project.read.texts()] == [(Span(20, 28, "GADGET"),), (), ()]
    project.close()


def test_a_copy_is_put_aside_and_made_once(old):
    before = contents(old)
    Project.open(old).close()
    aside = old.with_name("old (version 1).gadget")
    assert contents(aside) == before
    aside.unlink()
    Project.open(old).close()
    assert not aside.exists()


def test_a_migrated_file_has_the_tables_of_a_new_one(old, tmp_path):
    Project.open(old).close()
    Project.create(tmp_path / "new.gadget").close()
    assert columns(old) == columns(tmp_path / "new.gadget")


def test_without_room_for_a_copy_nothing_is_changed(old, monkeypatch):
    def no_room(*_arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("gadget_trainer.corpus.store.put_copy_aside", no_room)
    before = contents(old)
    with pytest.raises(UserError, match=r"no copy of it could be put beside it.*No space left on device"):
        Project.open(old)
    assert contents(old) == before


def contents(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def test_a_file_of_version_2_gets_the_index_of_flagged_texts(tmp_path):
    path = tmp_path / "two.gadget"
    Project.create(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP INDEX flagged_text")
        connection.execute("UPDATE project SET value = 2 WHERE key = 'schema_version'")
        connection.commit()
    project = Project.open(path)
    with project.read._store.reading() as connection:
        asked: list[str] = []
        sqlalchemy.event.listen(connection.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
        project.read.counts()
        counting = next(one for one in asked if "flagged" in one)
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {counting}").all()
    assert "flagged_text" in plan[0][3]
    project.close()


def test_in_a_file_of_version_3_what_is_done_is_done_for_its_categories(tmp_path):
    path = tmp_path / "three.gadget"
    project = Project.create(path)
    project.categories.add("SPORT")
    project.imports.add_texts([AnnotatedText("Goal!"), AnnotatedText("A tax")], "texts")
    project.edit.set_state([1], TextState.DONE)
    project.texts.delete([1])
    project.close()
    with closing(sqlite3.connect(path)) as connection:
        for table in ("text", "bulk_text"):
            connection.execute(f"ALTER TABLE {table} DROP COLUMN decided_through")
        connection.execute("UPDATE project SET value = 3 WHERE key = 'schema_version'")
        connection.commit()
    project = Project.open(path)
    project.categories.add("MONEY")
    project.edit.set_state([2], TextState.DONE)
    assert path.with_name("three (version 3).gadget").exists()
    for _ in range(3):  # marking it done, the category, the deletion
        project.journal.undo()
    project.categories.add("LAW")
    assert [(one.state, one.undecided) for one in project.read.texts()] == [
        (TextState.DONE, ("LAW",)),
        (TextState.TODO, ()),
    ]
    project.close()


def columns(path: Path) -> dict[str, set[str]]:
    with closing(sqlite3.connect(path)) as connection:
        return {
            name: {row[1] for row in connection.execute(f'PRAGMA table_info("{name}")')}
            for name in schema.metadata.tables
        }
