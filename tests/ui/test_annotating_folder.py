"""A folder of texts annotated into a file, as a person does it."""

import json
import re

import pytest
import spacy
from PySide6.QtCore import Qt, QThread
from PySide6.QtWidgets import QAbstractButton, QComboBox, QFileDialog, QFrame, QLabel, QLineEdit, QProgressBar
from spacy.tokens import DocBin

from gadget_trainer.errors import UserError
from gadget_trainer.ui.try_out.annotating_job import annotate_files, files_of


@pytest.fixture
def model(tmp_path):
    nlp = spacy.blank("xx")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "GADGET", "pattern": "Kindle"}])
    nlp.to_disk(tmp_path / "rules")
    return tmp_path / "rules"


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "letters"
    (folder / "older").mkdir(parents=True)
    (folder / "b.txt").write_text("Dear Zoë,\n\nyour 😀 Kindle came.\n", encoding="utf-8")
    (folder / "a.txt").write_text("No gadget here.", encoding="utf-8")
    (folder / "older" / "c.jsonl").write_text('{"text": "A Kindle", "meta": {"page": 3}}\n{"text": "Two"}\n')
    (folder / "picture.png").write_bytes(b"\x89PNG")
    (folder / ".hidden.txt").write_text("Kindle")
    return folder


@pytest.fixture
def window(open_, path, model):
    window = open_(path)
    window.trigger("showTry")
    type_into(window, window.find(QComboBox, "tryModel").lineEdit(), model)
    return window


def type_into(window, line, words):
    window.qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    window.qtbot.keyClick(line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    window.qtbot.keyClicks(line, str(words))


def open_panel(window, source, target):
    window.click("annotateFolder")
    assert window.find(QFrame, "folderPanel").isVisible()
    type_into(window, window.find(QLineEdit, "annotateSource"), source)
    type_into(window, window.find(QLineEdit, "annotateTarget"), target)


def status(window):
    return window.find(QLabel, "annotatingStatus").text()


def wait_for(window, words):
    window.qtbot.waitUntil(lambda: words in status(window), timeout=20_000)


def start(window):
    """Press the button once the chosen pipeline is known, which takes a moment after the last key."""
    window.qtbot.waitUntil(lambda: window.find(QLabel, "tryStatus").text() == "Type or paste a text.")
    window.click("startAnnotating")


def test_a_folder_becomes_a_file_with_entities(window, folder, tmp_path):
    target = tmp_path / "out.jsonl"
    open_panel(window, folder, target)
    start(window)
    wait_for(window, "Annotated 4 texts with 2 entities in ")
    assert re.search(r" in [\d,]+ s \([\d,]+ words a second\)\. ", status(window))
    assert f"They are in {target}." in status(window)
    rows = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert [row["text"] for row in rows] == [
        "No gadget here.",
        "Dear Zoë,\n\nyour 😀 Kindle came.\n",
        "A Kindle",
        "Two",
    ]
    assert rows[1]["spans"] == [{"start": 18, "end": 24, "label": "GADGET"}]
    assert rows[1]["state"] == "todo", "what nobody has looked at is not done when it is imported"
    assert rows[2]["meta"] == {"page": 3}
    assert window.find(QProgressBar, "annotatingProgress").value() == 1000
    window.qtbot.waitUntil(window.find(QAbstractButton, "startAnnotating").isEnabled)


def test_bad_files_are_counted_and_said_and_the_others_are_annotated(window, folder, tmp_path):
    (folder / "aa.txt").write_bytes(b"caf\xe9")
    (folder / "older" / "d.jsonl").write_text('{"text": "My Kindle"}\n{"text": \n')
    (folder / "older" / "e.txt").write_text("")
    open_panel(window, folder, tmp_path / "out.jsonl")
    start(window)
    wait_for(window, "3 files were skipped, or not read to the end: aa.txt")
    assert status(window).startswith("Annotated 5 texts with 3 entities")
    assert status(window).endswith("And 2 more.")


def test_files_and_the_target_are_chosen_in_dialogs(window, folder, tmp_path, monkeypatch):
    window.click("annotateFolder")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(folder))
    window.click("browse:annotateFolder")
    source, target = (window.find(QLineEdit, name) for name in ("annotateSource", "annotateTarget"))
    assert source.text() == str(folder)
    assert target.text().endswith("letters annotated.jsonl")
    names = [str(folder / "a.txt"), str(folder / "b.txt")]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args: (names, ""))
    window.click("browse:annotateFiles")
    assert files_of(source.text(), tmp_path / "x") == [folder / "a.txt", folder / "b.txt"]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(tmp_path / "o"), "spaCy DocBin (*.spacy)"))
    window.click("browse:annotateTarget")
    assert target.text() == str(tmp_path / "o.spacy")
    start(window)
    wait_for(window, "Annotated 2 texts with 1 entity")
    docs = list(DocBin().from_disk(tmp_path / "o.spacy").get_docs(spacy.blank("xx").vocab))
    assert [[ent.text for ent in doc.ents] for doc in docs] == [[], ["Kindle"]]


def test_cancelling_leaves_the_file_that_was_there(window, tmp_path):
    big = tmp_path / "big.jsonl"
    big.write_text(f"{json.dumps({'text': 'My Kindle is old. ' * 20})}\n" * 20_000)
    (tmp_path / "out.jsonl").write_text("before")
    open_panel(window, big, tmp_path / "out.jsonl")
    start(window)
    wait_for(window, "entities so far")
    window.click("cancelAnnotating")
    wait_for(window, "Cancelled. Nothing was written.")
    assert (tmp_path / "out.jsonl").read_text() == "before"
    assert not list(tmp_path.glob(".*partial*"))


def test_closing_the_window_ends_it(window, tmp_path):
    big = tmp_path / "big.jsonl"
    big.write_text(f"{json.dumps({'text': 'My Kindle is old. ' * 20})}\n" * 20_000)
    open_panel(window, big, tmp_path / "out.jsonl")
    start(window)
    wait_for(window, "entities so far")
    window.main.close()
    assert not [thread for thread in window.main.findChildren(QThread) if thread.isRunning()]
    assert not (tmp_path / "out.jsonl").exists()


@pytest.mark.parametrize(
    ("source", "target", "said"),
    [
        ("", "out.jsonl", "Choose a folder with texts first."),
        ("missing", "out.jsonl", "does not exist"),
        ("empty", "out.jsonl", "There is no text in"),
        ("letters", "", "Choose the file to write first."),
        ("letters", "out.docx", "choose a name that ends in .jsonl or .spacy"),
        ("letters", "nowhere/out.jsonl", "its folder does not exist"),
    ],
)
def test_what_stands_in_the_way_is_said(window, folder, tmp_path, source, target, said):
    (tmp_path / "empty").mkdir()
    open_panel(window, tmp_path / source if source else "", tmp_path / target if target else "")
    start(window)
    wait_for(window, said)


def test_without_a_pipeline_it_says_so(open_, path, folder, tmp_path):
    window = open_(path)
    window.trigger("showTry")
    open_panel(window, folder, tmp_path / "out.jsonl")
    window.click("startAnnotating")
    assert status(window) == "Choose a pipeline above first."


def test_the_file_that_is_written_is_not_read(folder, model):
    target = folder / "out.jsonl"
    for _ in range(2):
        *_, last = annotate_files(str(model), files_of(str(folder), target), target)
        assert last.total.texts == 4


def test_nothing_to_read_is_said(tmp_path):
    with pytest.raises(UserError, match="Choose a folder"):
        files_of("  ", tmp_path / "out.jsonl")
