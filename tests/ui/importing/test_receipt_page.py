"""The receipt as a page: each row leads to its texts, or to its line of the file."""

import json

import pytest
from hands import Hands
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QPlainTextEdit, QPushButton, QTreeView

from gadget_trainer.corpus.project import Project
from gadget_trainer.formats.preview import look_at
from gadget_trainer.formats.reading import FileChoice
from gadget_trainer.ui.file_flow import _import, _import_at_once
from gadget_trainer.ui.importing.draft import Draft
from gadget_trainer.ui.importing.receipt_page import ReceiptPage
from gadget_trainer.ui.importing.record import look_up, receipt_rows
from gadget_trainer.ui.session import Session
from gadget_trainer.ui.text_view.view import TextView


def row(text, *spans):
    return json.dumps({"text": text, "spans": [{"start": a, "end": b, "label": c} for a, b, c in spans]}) + "\n"


class Receipt(Hands):
    """The receipt of an import in which something was repaired, lost and skipped."""

    def __init__(self, project, path, qtbot):
        self.project = project
        paths = path if isinstance(path, list) else [path]
        *_steps, self.record = _import_at_once(project, paths, None)
        super().__init__(ReceiptPage(Session(project), self.record), qtbot)

    def rows(self):
        model = self.find(QTreeView, "receiptRows").model()

        def walk(parent):
            for place in range(model.rowCount(parent)):
                index = model.index(place, 0, parent)
                yield index
                yield from walk(index)

        return list(walk(QModelIndex()))

    def go_to(self, words, where=None):
        """Make the row with these words, and this place, the current one."""
        tree = self.find(QTreeView, "receiptRows")
        found = [one for one in self.rows() if words in one.data() and where in (None, one.siblingAtColumn(1).data())]
        tree.setCurrentIndex(found[0])

    def button(self):
        return self.find(QPushButton, "showReceiptTexts")


@pytest.fixture
def receipt(qtbot, tmp_path):
    content = row("A Kindle ", (2, 9, "READER")) + '{"text": 5}\n' + row("A Pixel", (2, 2, "PHONE"), (2, 7, "PHONE"))
    (tmp_path / "a.jsonl").write_text(content, encoding="utf-8")
    project = Project.create(tmp_path / "texts.gadget")
    project.imports.add_texts([], "nothing")
    made = Receipt(project, tmp_path / "a.jsonl", qtbot)
    yield made
    made.page.finish()
    project.close()


def test_every_count_is_a_row(receipt):
    words = [index.data() for index in receipt.rows()]
    losses = "1 record without a usable text, 1 span repaired, 1 lost"
    assert words[0] == f"Read 2 texts with 2 spans from a.jsonl; {losses}."
    assert {
        "Format: Prodigy JSONL",
        "Encoding: UTF-8",
        "Texts read: 2",
        "Spans in the file: 3",
        "Spans exact: 1",
        "Spans repaired: 1",
        "1 × spaces at its edges were trimmed",
        "Spans lost: 1",
        "1 × its end is not after its start",
        "Records without a usable text: 1",
    } <= set(words)


def test_a_row_shows_its_text_and_leads_to_it(receipt):
    receipt.go_to("2–9 “READER” to 2–8")
    view = receipt.find(TextView, "receiptTextView")
    receipt.qtbot.waitUntil(view.isVisible)
    assert [view.text()[one.start : one.end] for one in view.spans()] == ["Kindle"]
    assert receipt.button().text() == "Show this text"
    with receipt.qtbot.waitSignal(receipt.page.texts_requested) as wish:
        receipt.key(Qt.Key.Key_Return)
    assert [text.text for text in receipt.project.read.texts(wish.args[0])] == ["A Kindle "]


@pytest.mark.parametrize("words", ["Texts read", "Read 2 texts"])
def test_a_row_about_many_leads_to_all_of_them(receipt, words):
    receipt.go_to(words)
    receipt.qtbot.waitUntil(receipt.button().isVisible)
    assert receipt.button().text() == "Show these 2 texts"
    with receipt.qtbot.waitSignal(receipt.page.texts_requested) as wish:
        receipt.click("showReceiptTexts")
    assert [text.source for text in receipt.project.read.texts(wish.args[0])] == ["a.jsonl:1", "a.jsonl:3"]


def leads_to(receipt, words, file=0):
    """The texts that the row with these words leads to, of the file with that number."""
    rows = [one.data(Qt.ItemDataRole.UserRole) for one in receipt.rows()]
    row = next(one for one in rows if one.words.startswith(words) and one.file == file)
    (place,) = look_up(receipt.project, receipt.record, row)
    return [text.text for text in receipt.project.read.texts(place.text_ids)] if place.text_ids else []


@pytest.fixture
def one_more(receipt, qtbot, tmp_path):
    """Makes the receipt of another import into the project."""
    made = []

    def make(*paths):
        made.append(Receipt(receipt.project, list(paths), qtbot))
        return made[-1]

    yield make
    for one in made:
        one.page.finish()


@pytest.mark.parametrize("words", ["Format: ", "Encoding: ", "Offsets: ", "Spans exact: "])
def test_a_fact_of_the_whole_file_leads_to_its_texts(receipt, words):
    assert leads_to(receipt, words) == ["A Kindle ", "A Pixel"]


def test_a_note_names_the_row_of_a_span_and_leads_to_its_text(one_more, tmp_path):
    rows = ["text,start,end,label,content", "1,0,3,P,Ana in Oslo", "2,0,3,P,Ben in Rome", "1,6,11,C,Ana in Oslo"]
    (tmp_path / "b.csv").write_text("\n".join(rows), encoding="utf-8")
    made = one_more(tmp_path / "b.csv")
    (noted,) = (one for one in made.rows() if one.data() == "6–11 “C” to 7–11")
    assert noted.siblingAtColumn(1).data() == "b.csv:4"
    assert leads_to(made, "6–11 “C” to 7–11") == leads_to(made, "Spans repaired: 1") == ["Ana in Oslo"]


def test_a_field_that_is_not_kept_leads_to_the_texts_that_had_it(one_more, tmp_path):
    odd = json.dumps({"text": "B", "tokens": [], "spans": [{"start": 0, "end": 1, "label": "X"}]})
    (tmp_path / "b.jsonl").write_text(row("A") + odd + "\n" + row("C"), encoding="utf-8")
    made = one_more(tmp_path / "b.jsonl")
    for words in ("Not kept", "tokens: 1"):
        assert leads_to(made, words) == ["B"]


def test_a_field_of_which_no_place_is_known_leads_to_all_texts(one_more, tmp_path):
    task = {"data": {"text": "A Kindle"}, "annotations": [], "somebody": 1}
    (tmp_path / "b.json").write_text(json.dumps([task, {**task, "data": {"text": "A Pixel"}}]), encoding="utf-8")
    made = one_more(tmp_path / "b.json")
    assert leads_to(made, "Not kept") == leads_to(made, "somebody") == ["A Kindle", "A Pixel"]


def test_of_two_files_of_one_name_each_row_leads_to_its_own(one_more, tmp_path):
    for folder, text in (("p1", "FIRST Ana"), ("p2", "SECOND Bob ")):
        (tmp_path / folder).mkdir()
        content = row(text, (0, 7, "P")) if text.endswith(" ") else row(text, (0, 3, "P"))
        (tmp_path / folder / "x.jsonl").write_text(content, encoding="utf-8")
    made = one_more(tmp_path / "p1" / "x.jsonl", tmp_path / "p2" / "x.jsonl")
    for words in ("Spans repaired", "1 × spaces", "0–7 “P”"):
        assert leads_to(made, words, file=1) == ["SECOND Bob "]
    assert leads_to(made, "Texts read", file=0) == ["FIRST Ana"]


def test_a_reason_leads_where_its_notes_do_though_they_name_lines(one_more, tmp_path):
    folder = tmp_path / "brat"
    folder.mkdir()
    for name, text in (("one", "Ana in Oslo"), ("two", "Bob")):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        (folder / f"{name}.ann").write_text("T1\tPER 0 3\tXyz\nT2\tCITY 1 1\t\n", encoding="utf-8")
    made = one_more(folder)
    for words in ("Spans lost: 2", "2 × its end", "Worth a look: 2"):
        assert leads_to(made, words) == ["Ana in Oslo", "Bob"]


def test_renamed_labels_lead_to_their_texts(one_more, tmp_path, receipt):
    (tmp_path / "b.jsonl").write_text(row("Ana", (0, 3, "PER")) + row("Bob") + row("Eva", (0, 3, "X")), "utf-8")
    draft = Draft([FileChoice(tmp_path / "b.jsonl")], [], [])
    for glimpse in look_at(draft.pending()):
        draft.note(glimpse)
    draft.rename("PER", "PERSON")
    draft.rename("X", None)
    *_steps, record = _import(receipt.project, draft.plan, "b.jsonl")
    receipt.record = record
    rows = [below for one in receipt_rows(record) for below in one.below]
    found = {}
    for one in rows:
        (place,) = look_up(receipt.project, record, one)
        found[one.words] = [text.text for text in receipt.project.read.texts(place.text_ids)]
    assert found["Labels renamed: 1"] == ["Ana"]
    assert found["Spans left out: 1"] == ["Eva"]


def test_where_no_text_came_the_line_of_the_file_is_shown(receipt):
    receipt.go_to("", "a.jsonl:2")
    shown = receipt.find(QPlainTextEdit, "receiptExcerpt")
    receipt.qtbot.waitUntil(lambda: shown.isVisible() and shown.toPlainText() == '{"text": 5}')
    assert not receipt.button().isVisible()


def test_texts_of_an_import_that_was_undone_are_not_offered(receipt):
    receipt.project.journal.undo()
    receipt.go_to("2–9 “READER” to 2–8")
    shown = receipt.find(QPlainTextEdit, "receiptExcerpt")
    receipt.qtbot.waitUntil(lambda: shown.isVisible() and "Kindle" in shown.toPlainText())


def test_texts_of_an_earlier_import_of_the_file_are_not_meant(receipt, tmp_path, qtbot):
    again = Receipt(receipt.project, tmp_path / "a.jsonl", qtbot)
    again.go_to("2–9 “READER” to 2–8")
    again.qtbot.waitUntil(again.button().isVisible)
    assert again.page._place.text_ids == (3,)
    again.page.finish()


def test_it_can_be_copied_and_saved(receipt, monkeypatch, tmp_path):
    receipt.click("copyReceipt")
    copied = QApplication.clipboard().text()
    assert "Spans lost: 1" in copied
    assert "a.jsonl:3" in copied
    path = tmp_path / "receipt.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(path), ""))
    receipt.click("saveReceipt")
    assert path.read_text(encoding="utf-8") == copied
    path.unlink()
    path.mkdir()
    with receipt.qtbot.waitSignal(receipt.page.failed) as said:
        receipt.click("saveReceipt")
    assert "could not be written" in said.args[0]
