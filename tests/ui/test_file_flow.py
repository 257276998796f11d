"""Files in and out of the window: dialogs, drops, receipts, and what a bad file leaves behind."""

import json
import threading
import time
from contextlib import closing

import pytest
import spacy
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFileDialog,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QTableView,
    QWidget,
)
from spacy.tokens import DocBin

from gadget_trainer.corpus.imports import Imports
from gadget_trainer.corpus.project import Project
from gadget_trainer.corpus.records import AnnotatedText, Span
from gadget_trainer.formats.writing import write
from gadget_trainer.ui.actions import SPECS
from gadget_trainer.ui.annotate.label_bar import LabelBar
from gadget_trainer.ui.busy_bar import BusyBar
from gadget_trainer.ui.export_dialog import ExportDialog
from gadget_trainer.ui.session import Session

ANY = "Any file, its format recognised (*)"


@pytest.fixture
def window(open_, path):
    return open_(path)


@pytest.fixture
def files(tmp_path):
    """A good file, a file of lines, a file with spans that are lost, a bad file."""
    folder = tmp_path / "files"
    folder.mkdir()
    good = {"text": "A Kindle", "spans": [{"start": 2, "end": 8, "label": "READER"}], "answer": "accept"}
    lost = {"text": "A Pixel", "spans": [{"start": 2, "end": 2, "label": "GADGET"}], "answer": "accept"}
    (folder / "good.jsonl").write_text(json.dumps(good) + "\n", encoding="utf-8")
    (folder / "lost.jsonl").write_text(json.dumps(lost) + "\n", encoding="utf-8")
    (folder / "lines.txt").write_text("Zoë has a 📱\nMe too\n", encoding="utf-8")
    (folder / "bad.jsonl").write_text(json.dumps(good) + "\n{“text”: broken\n", encoding="utf-8")
    return folder


def choose(monkeypatch, *paths, name_filter=ANY):
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args: ([str(path) for path in paths], name_filter))


def confirm(window):
    """Wait until the files were looked at, and press Enter."""
    button = window.find(QPushButton, "confirmImport")
    window.qtbot.waitUntil(button.isEnabled, timeout=20_000)
    window.key(Qt.Key.Key_Return)


def import_(window, monkeypatch, *paths, name_filter=ANY):
    """Choose files in the dialog, and confirm the preview."""
    choose(monkeypatch, *paths, name_filter=name_filter)
    window.trigger("importFiles")
    confirm(window)


def choose_target(monkeypatch, path, name_filter=""):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_more: (str(path), name_filter))


def texts(window):
    return window.find(QTableView, "textTable").model().rowCount()


def labels(window):
    return [label.name for label in window.find(LabelBar, "labelBar").labels()]


def wait_for_notice(window, part):
    window.qtbot.waitUntil(lambda: part in window.notice(), timeout=20_000)
    page = window.find(QTableView, "textTable")
    window.qtbot.waitUntil(page.isEnabled, timeout=20_000)


def read(path):
    project = Project.open(path)
    held = list(project.read.texts())
    project.close()
    return held


def test_several_files_are_imported_in_one_step_with_a_receipt(window, monkeypatch, files):
    import_(window, monkeypatch, files / "good.jsonl", files / "lines.txt", files / "lost.jsonl")
    wait_for_notice(window, "Read ")
    assert "Read 1 text with 1 span from good.jsonl." in window.notice()
    assert "Read 2 texts with 0 spans from lines.txt." in window.notice()
    assert "1 span lost" in window.notice()
    assert texts(window) == 8
    assert labels(window) == ["GADGET", "READER"]

    window.trigger("undo")
    assert texts(window) == 4
    assert labels(window) == ["GADGET"]
    window.trigger("redo")
    assert texts(window) == 8
    assert labels(window) == ["GADGET", "READER"]


def test_a_bad_line_is_named_and_the_project_is_as_it_was(window, files, path):
    """Without a preview; with one, such a file is left out, and said to be."""
    window.main.import_paths([files / "good.jsonl", files / "bad.jsonl"])
    wait_for_notice(window, "bad.jsonl")
    assert "bad.jsonl:2" in window.notice()
    assert "Traceback" not in window.notice()
    assert texts(window) == 4
    window.main.close()
    assert len(read(path)) == 4


def test_what_is_no_file_of_texts_is_said(window, tmp_path):
    (tmp_path / "empty.txt").touch()
    (tmp_path / "nothing").mkdir()
    for wrong, said in (("empty.txt", "is empty"), ("nowhere.txt", "does not exist"), ("nothing", "folder is empty")):
        window.main.import_paths([tmp_path / wrong])
        wait_for_notice(window, said)
    assert texts(window) == 4


def test_a_dialog_that_is_left_imports_nothing(window, monkeypatch):
    choose(monkeypatch)
    window.trigger("importFiles")
    assert window.notice() == ""
    assert texts(window) == 4


@pytest.fixture
def many(tmp_path, monkeypatch):
    """A file that takes ten seconds to import, so that there is time to stop it on the slowest machine."""
    steps = Imports.steps

    def slow_steps(self, *arguments):
        with closing(steps(self, *arguments)) as taken:
            for count in taken:
                yield count
                time.sleep(0.1)

    monkeypatch.setattr("gadget_trainer.corpus.imports._BATCH", 20)
    monkeypatch.setattr(Imports, "steps", slow_steps)
    (tmp_path / "many.txt").write_text("A Kindle\n" * 2000, encoding="utf-8")
    return tmp_path / "many.txt"


@pytest.fixture
def importing(window, monkeypatch, many):
    """The window while it takes ten seconds to import a file."""
    import_(window, monkeypatch, many)
    window.qtbot.waitUntil(lambda: "so far" in busy(window), timeout=20_000)
    return window


def busy(window):
    return window.find(BusyBar, "busyBar").text()


def cancel(window):
    """Cancel the import, and then the preview, which comes back."""
    window.click("cancelBusy")
    window.qtbot.waitUntil(window.find(QTableView, "textTable").isEnabled, timeout=20_000)
    assert busy(window) == ""
    assert window.find(QPushButton, "confirmImport").isVisible()


def test_an_import_can_be_cancelled(importing, path):
    assert 0 < importing.find(QProgressBar, "busyShare").value() < 1000
    cancel(importing)
    assert importing.notice() == "The import was cancelled. The project is as it was."
    assert texts(importing) == 4
    importing.main.close()
    assert len(read(path)) == 4


def test_closing_the_window_during_an_import_leaves_the_project_as_it_was(importing, path):
    importing.main.close()
    QApplication.processEvents()
    assert len(read(path)) == 4


def enabled(window):
    return {action.objectName() for action in window.main.findChildren(QAction) if action.isEnabled()}


def test_nobody_else_reads_or_writes_the_project_during_an_import(window, monkeypatch, many):
    window.wait_for_tokens()
    before = enabled(window)
    assert {"markToDo", "toggleFlag", "undo", "addLabel", "showTrain"} <= before
    import_(window, monkeypatch, many)
    window.qtbot.waitUntil(lambda: busy(window) != "")
    assert enabled(window) & {spec.name for spec in SPECS} == {
        *("newProject", "openProject", "openSample", "importFiles", "exportFile", "closeProject", "quit", "about"),
        "characterMode",
        "showFormats",
        *("showKeys", "preferences"),
        *("largerText", "smallerText", "schemeSystem", "schemeLight", "schemeDark"),
    }
    cancel(window)
    window.click("cancelImport")
    assert enabled(window) == before


@pytest.mark.parametrize("name", ["openProject", "newProject", "openSample", "closeProject", "quit"])
def test_leaving_the_project_waits_for_an_import(importing, monkeypatch, tmp_path, name):
    other = Project.create(tmp_path / "other.gadget")
    other.close()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(tmp_path / "other.gadget"), ""))
    choose_target(monkeypatch, tmp_path / "new.gadget")
    importing.trigger(name)
    assert importing.notice() == "A file is still being read. Wait for it, or cancel it first."
    assert importing.main.isVisible()
    assert importing.main.windowTitle() == "texts – Gadget Trainer"
    assert not (tmp_path / "new.gadget").exists()
    cancel(importing)


def test_a_drop_during_an_import_leaves_the_way_to_cancel_it(importing, files, tmp_path):
    Project.create(tmp_path / "other.gadget").close()
    for dropped in (files / "lines.txt", tmp_path / "other.gadget"):
        drop(importing, dropped)
        assert "still being read" in importing.notice()
        importing.click("closeNotice")
    assert importing.main.windowTitle() == "texts – Gadget Trainer"
    cancel(importing)
    assert texts(importing) == 4


def drop(window, *paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    rest = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(QPointF(50, 50).toPoint(), *rest)
    QApplication.sendEvent(window.main, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window.main, QDropEvent(QPointF(50, 50), *rest))


def test_files_that_are_dropped_are_imported(window, files):
    drop(window, files / "good.jsonl", files / "lines.txt")
    confirm(window)
    wait_for_notice(window, "Read 2 texts")
    assert texts(window) == 7


def test_a_project_that_is_dropped_is_opened(window, tmp_path):
    project = Project.create(tmp_path / "other.gadget")
    project.imports.add_texts([AnnotatedText("Another one")], "a")
    project.close()
    drop(window, tmp_path / "other.gadget")
    assert window.main.windowTitle() == "other – Gadget Trainer"
    assert window.main.findChildren(QTableView, "textTable")[-1].model().rowCount() == 1


def test_files_dropped_on_the_welcome_page_begin_a_project(open_, monkeypatch, files, tmp_path):
    window = open_(None)
    choose_target(monkeypatch, tmp_path / "begun")
    drop(window, files / "lines.txt")
    confirm(window)
    wait_for_notice(window, "Read 2 texts")
    assert (tmp_path / "begun.gadget").exists()
    assert texts(window) == 2


def test_text_that_is_dragged_in_is_not_taken(window):
    data = QMimeData()
    data.setText("A Kindle")
    rest = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(QPointF(50, 50).toPoint(), *rest)
    enter.ignore()
    QApplication.sendEvent(window.main, enter)
    assert not enter.isAccepted()


def export(window, format_name="jsonl"):
    """Ask for everything in that format, and go on to the file."""
    window.trigger("exportFile")
    box = window.find(QComboBox, "exportFormat")
    box.setCurrentIndex(box.findData(format_name))
    window.click("exportChoose")
    window.qtbot.waitUntil(lambda: window.main.findChild(ExportDialog) is None)
    window.activate()


def test_export_to_jsonl_holds_what_the_project_holds(window, monkeypatch, tmp_path):
    choose_target(monkeypatch, tmp_path / "out.jsonl")
    export(window)
    wait_for_notice(window, "Wrote 4 texts")
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert next(row["text"] for row in rows) == "How to preorder the iPhone X"
    assert [(span["start"], span["end"], span["label"]) for span in rows[0]["spans"]] == [(20, 28, "GADGET")]


def test_export_to_spacy_is_read_by_spacy(window, monkeypatch, tmp_path):
    choose_target(monkeypatch, tmp_path / "out.spacy")
    export(window, "spacy")
    wait_for_notice(window, "Wrote ")
    docs = list(DocBin().from_disk(tmp_path / "out.spacy").get_docs(spacy.blank("en").vocab))
    assert [(ent.text, ent.label_) for doc in docs for ent in doc.ents] == [("iPhone X", "GADGET")]
    window.click("notice:Details")
    assert "Wrote " in window.find(QPlainTextEdit, "receiptText").toPlainText()


def test_the_format_that_was_chosen_gives_the_ending(window, monkeypatch, tmp_path):
    choose_target(monkeypatch, tmp_path / "out")
    export(window, "spacy")
    wait_for_notice(window, "Wrote ")
    assert (tmp_path / "out.spacy").exists()
    # The dialog asked about “out”, and this is another file.
    export(window, "spacy")
    window.qtbot.waitUntil(lambda: "out.spacy exists already" in window.notice())


def test_an_export_that_cannot_be_written_is_said(window, monkeypatch, tmp_path):
    choose_target(monkeypatch, tmp_path / "nowhere" / "out.jsonl")
    export(window)
    window.qtbot.waitUntil(lambda: "nowhere" in window.notice())
    window.qtbot.waitUntil(window.find(QWidget, "busyBar").isHidden)
    choose_target(monkeypatch, "")
    export(window)
    assert not list(tmp_path.glob("out*"))


@pytest.fixture
def held_export(window, monkeypatch, tmp_path):
    """The window while it exports; the event lets it be written."""
    go_on = threading.Event()

    def held(*arguments):
        assert go_on.wait(20)
        return write(*arguments)

    monkeypatch.setattr("gadget_trainer.formats.writing.write", held)
    choose_target(monkeypatch, tmp_path / "out.jsonl")
    export(window)
    yield go_on
    go_on.set()


def test_a_second_export_waits_for_the_first(window, held_export, monkeypatch, tmp_path):
    assert busy(window) == "Writing out.jsonl…"
    assert not window.find(QPushButton, "cancelBusy").isVisible()
    choose_target(monkeypatch, tmp_path / "second.jsonl")
    window.trigger("exportFile")
    assert window.notice() == "A file is still being written. Wait for it, then try again."
    held_export.set()
    wait_for_notice(window, "Wrote 4 texts")
    assert busy(window) == ""
    assert not (tmp_path / "second.jsonl").exists()
    export(window)
    window.qtbot.waitUntil(lambda: "second.jsonl" in window.notice())


def test_an_export_rereads_nothing_and_stops_nobody(window, held_export, monkeypatch):
    monkeypatch.setattr(Session, "reread", lambda _session: pytest.fail("nothing came"))
    window.wait_for_tokens()
    window.trigger("toggleFlag")
    window.trigger("closeProject")
    assert "still being written" in window.notice()
    held_export.set()
    wait_for_notice(window, "Wrote 4 texts")
    before = enabled(window)
    window.trigger("closeProject")
    assert "importFiles" in enabled(window)
    assert before - enabled(window)


def test_an_import_that_is_complete_when_it_is_cancelled_says_so(window, monkeypatch, files):
    """The click comes when the last texts are saved already."""
    flow = window.main._files()._flow
    window.main.import_paths([files / "lines.txt"])
    flow._steps.wait()
    flow._cancel()
    wait_for_notice(window, "Read 2 texts")
    assert texts(window) == 6


def test_an_edit_after_an_import_is_kept(window, monkeypatch, files, path):
    import_(window, monkeypatch, files / "good.jsonl")
    wait_for_notice(window, "Read ")
    window.choose_text(1)
    window.wait_for_tokens()
    window.drag(4, 11)
    window.main.close()
    assert read(path)[1].spans == (Span(4, 11, "GADGET"),)
