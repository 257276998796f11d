"""What can go wrong with a project file is a sentence, and nothing is lost."""

import sqlite3
import subprocess
import sys
import threading

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError, NoResultFound

from gadget_trainer.corpus import schema
from gadget_trainer.corpus.project import Project
from gadget_trainer.corpus.records import AnnotatedText
from gadget_trainer.errors import UserError


def test_a_project_is_as_it_was_when_opened_again(project, path):
    before = list(project.read.texts())
    project.keep_setting("language", "de")
    project.close()
    again = Project.open(path)
    assert list(again.read.texts()) == before
    assert again.setting("language") == "de"
    assert again.setting("nothing", 3) == 3
    again.close()


def test_a_second_window_on_the_same_file_is_refused(project, path):
    with pytest.raises(UserError, match=r"texts.gadget is open in another window\. Close it there"):
        Project.open(path)


def test_the_file_is_free_after_a_refusal(path):
    path.write_bytes(b"no database" * 100)
    for _ in range(2):
        with pytest.raises(UserError, match="is not a Gadget Trainer project"):
            Project.open(path)


def test_what_is_no_project_is_refused_in_words(tmp_path, path):
    with pytest.raises(UserError, match="is a folder"):
        Project.open(tmp_path)
    with pytest.raises(UserError, match="There is no file"):
        Project.open(path)
    sqlite3.connect(path).execute("create table other (id)").connection.close()
    with pytest.raises(UserError, match="is not a Gadget Trainer project"):
        Project.open(path)


def test_an_existing_file_is_not_overwritten(path):
    path.write_text("my thesis")
    with pytest.raises(UserError, match="exists already"):
        Project.create(path)
    assert path.read_text() == "my thesis"


def test_a_newer_file_is_refused(project, path):
    project.keep_setting("schema_version", 999)
    project.close()
    with pytest.raises(UserError, match="newer Gadget Trainer"):
        Project.open(path)


def test_an_import_that_fails_leaves_the_project_as_it_was(project):
    before = list(project.read.texts())

    def texts():
        yield from [AnnotatedText(f"text {number}") for number in range(2500)]
        raise UserError("line 2501 is broken.")

    with pytest.raises(UserError, match="line 2501"):
        project.imports.add_texts(texts(), "broken.txt")
    assert list(project.read.texts()) == before
    assert project.journal.next_undo() == "Imported a"


def test_a_full_disk_is_a_sentence_and_changes_nothing(project):
    with project.journal._store.reading() as connection:
        connection.exec_driver_sql("pragma max_page_count = 1")  # no page more than the file has
    with pytest.raises(UserError, match=r"could not be saved in texts.gadget: .* full\. The project is as it was"):
        project.imports.add_texts([AnnotatedText("long " * 100_000)], "more")
    assert len(list(project.read.texts())) == 3
    assert project.journal.next_undo() == "Imported a"


def test_a_damaged_file_is_a_sentence(project, path):
    with project.journal._store.reading() as connection:
        connection.exec_driver_sql("pragma wal_checkpoint(truncate)").close()
        pages = path.read_bytes()[4096:]
        with path.open("r+b") as file:
            file.seek(4096)
            file.write(b"\xff" * len(pages))
    project.journal._store._engine.dispose()
    with pytest.raises(UserError, match=r"texts.gadget could not be read: .*malformed"):
        project.read.text(1)


@pytest.mark.parametrize("way", ["reading", "writing"])
def test_bugs_do_not_become_sentences(project, way):
    store = project.journal._store
    with pytest.raises(NoResultFound), getattr(store, way)() as connection:
        connection.execute(select(schema.text).where(schema.text.c.id == 99)).one()
    with pytest.raises(IntegrityError), getattr(store, way)() as connection:
        connection.execute(insert(schema.text).values(id=1))


def test_another_thread_reads_while_this_one_writes(project):
    found = []
    with project.journal._store.writing() as connection:
        project.journal.begin(connection, "slow")
        thread = threading.Thread(target=lambda: found.extend(project.read.texts()))
        thread.start()
        thread.join(10)
    assert len(found) == 3


def test_odd_characters_come_back_exactly(project):
    odd = ["a\0b", "\ufeffstart", "line\r\nline\rline\u2028x\x85", "e\u0301 👨‍👩‍👧", "\x1f\x7f", " \u00a0 "]
    project.imports.add_texts([AnnotatedText(text) for text in odd], "odd")
    assert [text.text for text in project.read.texts()][3:] == odd


KILLED = """
import os, sys
from pathlib import Path
from gadget_trainer.corpus.project import Project
project = Project.open(Path(sys.argv[1]))
for number in range(1_000_000):
    start = number * 2
    project.edit.add_span(4, start, start + 1, "GADGET")
    os.write(1, b"%d\\n" % number)
"""


def test_every_acknowledged_span_survives_a_kill(project, path):
    project.imports.add_texts([AnnotatedText("x " * 5000)], "long")
    project.close()
    process = subprocess.Popen([sys.executable, "-c", KILLED, str(path)], stdout=subprocess.PIPE)
    said = [int(process.stdout.readline()) for _ in range(40)]
    process.kill()
    said += [int(line) for line in process.stdout.read().splitlines()]
    process.wait()
    process.stdout.close()
    again = Project.open(path)
    kept = {span.start // 2 for span in again.read.text(4).spans}
    assert set(said) <= kept
    assert len(kept) <= len(said) + 1, "at most the one that was under way"
    assert again.journal.undo() is not None
    again.close()
