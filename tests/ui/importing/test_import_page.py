"""The preview by itself: looked at, changed and confirmed by clicks and keys."""

import json

import pytest
from hands import Hands
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton, QTableView, QTabWidget

from gadget_trainer.corpus.records import Span
from gadget_trainer.ui.importing.label_table import LABEL, NAME
from gadget_trainer.ui.importing.page import ImportPage
from gadget_trainer.ui.text_view.view import TextView

FRENCH = "Ça coûte 5 € à l'élève, garçon."


def row(text, *spans, **more):
    return json.dumps({"text": text, "spans": [{"start": a, "end": b, "label": c} for a, b, c in spans], **more}) + "\n"


@pytest.fixture
def files(tmp_path):
    folder = tmp_path / "files"
    folder.mkdir()
    contents = {
        "gadgets.jsonl": row("A Kindle", (2, 8, "READER"), answer="accept") + row("A Pixel", (2, 7, "PHONE")),
        "emoji.jsonl": row("🙂 Ana Ruiz moved", (3, 11, "PERSON")),
        "overlap.jsonl": row("University of Oslo", (0, 18, "ORG"), (14, 18, "CITY")) * 2,
        "bad.jsonl": row("A Kindle") + "{“text”: broken\n",
    }
    for name, content in contents.items():
        (folder / name).write_text(content, encoding="utf-8")
    (folder / "latin.txt").write_bytes(f"{FRENCH}\nEt là-bas, l'hôtel où il fait chaud.\n".encode("cp1252"))
    return folder


class Preview(Hands):
    """A page of an import into a project with one label."""

    def __init__(self, paths, qtbot):
        super().__init__(ImportPage(list(paths), None, {"GADGET": "#0072b2"}), qtbot)
        self.drafts = []
        self.page.confirmed.connect(self.drafts.append)
        self.wait()

    def wait(self):
        """Until all files were looked at, as they are to be read now."""
        self.qtbot.waitUntil(lambda: bool(self.page._draft.files) and self.page._draft.is_counted(), timeout=20_000)

    def can_import(self):
        return self.find(QPushButton, "confirmImport").isEnabled()

    def shown(self, name="importTexts"):
        """The words of the spans that a view shows, with their labels."""
        view = self.find(TextView, name)
        return [(view.text()[one.start : one.end], one.label) for one in view.spans()]

    def imported(self):
        """The texts that come, when it is confirmed by Enter."""
        self.key(Qt.Key.Key_Return)
        (draft,) = self.drafts
        return list(draft.plan().texts())


@pytest.fixture
def look(qtbot):
    """Shows the preview of some files, and waits until all of them were looked at."""
    opened = []

    def show(*paths):
        opened.append(Preview(paths, qtbot))
        return opened[-1]

    yield show
    for one in opened:
        one.page.finish()


def test_a_plain_import_is_one_press_of_enter(look, files):
    preview = look(files / "gadgets.jsonl")
    assert preview.words("importTitle") == "Import gadgets.jsonl"
    assert preview.words("importSaid") == "2 texts with 2 spans. Nothing is kept until you press Import."
    assert preview.find(QPushButton, "confirmImport").text() == "Import 2 texts"
    assert preview.find(QComboBox, "importFormat").currentText() == "Prodigy JSONL"
    assert preview.find(QComboBox, "importEncoding").currentText() == "UTF-8"
    for name in ("importOffsets", "importGaps", "importOverlaps"):
        assert not preview.find(QComboBox, name).isVisible()
    assert preview.shown() == [("Kindle", "READER"), ("Pixel", "PHONE")]
    assert [text.text for text in preview.imported()] == ["A Kindle", "A Pixel"]


def test_enter_before_all_is_read_imports_when_it_is(qtbot, files):
    hands = Hands(ImportPage([files / "gadgets.jsonl"], None, {}), qtbot)
    qtbot.waitUntil(lambda: bool(hands.page._draft.files))
    with qtbot.waitSignal(hands.page.confirmed):
        hands.key(Qt.Key.Key_Return)
    hands.page.finish()


def test_labels_are_renamed_merged_and_left_out_in_the_table(look, files):
    preview = look(files / "gadgets.jsonl")
    table = preview.find(QTableView, "importLabelTable")
    model = table.model()
    assert [model.index(row, NAME).data() for row in range(2)] == ["READER (new)", "PHONE (new)"]
    preview.click_cell(table, 1, NAME)
    QTest.keyClicks(QApplication.focusWidget(), "GADGET")
    preview.key(Qt.Key.Key_Return)
    preview.qtbot.waitUntil(lambda: model.index(1, NAME).data() == "GADGET (exists)")
    assert not preview.drafts  # that Enter was for the name
    assert preview.shown() == [("Kindle", "READER"), ("Pixel", "GADGET")]
    preview.click_cell(table, 0, LABEL, on_box=True)
    assert model.index(0, NAME).data() == "left out"
    assert preview.shown() == [("Pixel", "GADGET")]
    assert [text.spans for text in preview.imported()] == [(), (Span(2, 7, "GADGET"),)]


def test_what_comes_after_a_label_is_left_out_is_said(look, files):
    preview = look(files / "overlap.jsonl")
    assert preview.words("importSaid").startswith("2 texts with 2 spans.")
    assert "Lost: a longer or earlier one overlaps it (2 times)" in preview.words("importNotes")
    table = preview.find(QTableView, "importLabelTable")
    preview.click_cell(table, [label.data() for label in column(table, LABEL)].index("ORG"), LABEL, on_box=True)
    preview.qtbot.waitUntil(lambda: "Left out" in preview.words("importNotes"))
    assert preview.words("importSaid").startswith("2 texts with 2 spans.")
    assert "Lost" not in preview.words("importNotes")
    assert [[span.label for span in text.spans] for text in preview.imported()] == [["CITY"], ["CITY"]]


def test_the_spans_of_each_file_are_those_that_come(look, files):
    preview = look(files / "gadgets.jsonl", files / "overlap.jsonl")
    labels, table = preview.find(QTableView, "importLabelTable"), preview.find(QTableView, "importFileTable")
    preview.click_cell(labels, [label.data() for label in column(labels, LABEL)].index("PHONE"), LABEL, on_box=True)
    preview.qtbot.waitUntil(lambda: [each.data() for each in column(table, 2)] == ["1", "2"])
    assert preview.words("importSaid").startswith("4 texts with 3 spans.")


def column(table, number):
    return [table.model().index(each, number) for each in range(table.model().rowCount())]


def test_labels_of_one_name_are_said_to_be_merged(look, files):
    preview = look(files / "gadgets.jsonl")
    model = preview.find(QTableView, "importLabelTable").model()
    assert model.setData(model.index(0, NAME), "THING")
    assert model.setData(model.index(1, NAME), "THING")
    assert [model.index(row, NAME).data() for row in range(2)] == ["THING (merged)"] * 2
    assert model.offered(0) == ["READER", "GADGET", "PHONE"]


def test_a_name_that_cannot_be_is_refused_in_words(look, files):
    preview = look(files / "gadgets.jsonl")
    said = []
    preview.page.failed.connect(said.append)
    table = preview.find(QTableView, "importLabelTable")
    preview.click_cell(table, 0, NAME)
    QTest.keyClicks(QApplication.focusWidget(), "!X")
    preview.key(Qt.Key.Key_Return)
    preview.qtbot.waitUntil(lambda: ["spaCy reads that" in one for one in said] == [True])
    assert table.model().index(0, NAME).data() == "READER (new)"


def test_the_format_can_be_overridden(look, files):
    preview = look(files / "gadgets.jsonl")
    preview.choose("importFormat", "txt")
    preview.wait()
    assert preview.words("importSaid").startswith("2 texts with 0 spans.")
    assert not preview.find(QTableView, "importLabelTable").isVisible()
    assert preview.imported()[0].text.startswith('{"text": "A Kindle"')


def test_a_guessed_encoding_is_said_and_another_can_be_chosen(look, files):
    preview = look(files / "latin.txt")
    view = preview.find(TextView, "importTexts")
    assert preview.find(QComboBox, "importEncoding").currentData() == "cp1252"
    assert "a guess" in preview.words("importEncoding:hint")
    assert FRENCH in view.text()
    preview.choose("importEncoding", "cp1250")
    preview.wait()
    assert "Ça coűte" in view.text()
    preview.choose("importEncoding", "cp1252")
    preview.wait()
    assert preview.imported()[0].text == FRENCH


def test_open_offsets_are_asked_with_both_readings(look, files):
    preview = look(files / "emoji.jsonl")
    assert preview.words("importSaid").startswith("Say what the offsets of emoji.jsonl count")
    assert not preview.can_import()
    preview.key(Qt.Key.Key_Return)
    assert not preview.drafts
    tabs = preview.find(QTabWidget, "importSamples")
    assert tabs.tabText(tabs.currentIndex()) == "Offsets"
    assert preview.shown("importReading:left:view") == [("Ana Ruiz", "PERSON")]
    assert preview.shown("importReading:right:view") == [("na Ruiz ", "PERSON")]
    assert preview.words("importReading:left:evidence") == "1 of 1 spans begin and end with a word"
    preview.click("importReading:left")
    preview.wait()
    assert preview.find(QPushButton, "importReading:left").text() == "✓ Chosen"
    assert preview.find(QComboBox, "importOffsets").currentData() == "utf-16"
    (text,) = preview.imported()
    assert text.text[text.spans[0].start : text.spans[0].end] == "Ana Ruiz"


def stated(text, *spans):
    found = [{"start": start, "end": end, "label": "X", "text": words} for start, end, words in spans]
    return json.dumps({"text": text, "spans": found}) + "\n"


@pytest.mark.parametrize(("side", "taken"), [("left", ["Ana", "d B"]), ("middle", ["Ana", "Bob"]), ("right", ["Ana"])])
def test_where_words_and_offsets_differ_the_person_is_asked(look, tmp_path, side, taken):
    path = tmp_path / "drift.jsonl"
    path.write_text(stated("Ana and Bob", (0, 3, "Ana"), (6, 9, "Bob")), encoding="utf-8")
    preview = look(path)
    assert preview.words("importSaid").startswith("Say where the spans of drift.jsonl are")
    assert not preview.can_import()
    tabs = preview.find(QTabWidget, "importSamples")
    assert tabs.tabText(tabs.currentIndex()) == "Words"
    assert preview.shown("importMismatch:left:view") == [("d B", "X")]
    assert preview.shown("importMismatch:middle:view") == [("Bob", "X")]
    assert preview.shown("importMismatch:right:view") == []
    preview.click(f"importMismatch:{side}")
    preview.wait()
    assert preview.find(QPushButton, f"importMismatch:{side}").text() == "✓ Chosen"
    (text,) = preview.imported()
    assert [text.text[one.start : one.end] for one in text.spans] == taken


def test_the_rule_for_words_and_offsets_is_in_the_form_too(look, tmp_path):
    path = tmp_path / "drift.jsonl"
    path.write_text(stated("Ana and Bob", (6, 9, "Bob")), encoding="utf-8")
    preview = look(path)
    box = preview.find(QComboBox, "importMismatches")
    assert (box.isVisible(), box.currentIndex()) == (True, -1)
    preview.choose("importMismatches", "words")
    preview.wait()
    assert preview.can_import()
    assert preview.shown() == [("Bob", "X")]
    assert "• Repaired: it was moved to its words" in preview.words("importNotes")


def test_a_file_with_a_span_outside_its_text_can_be_imported_without_it(look, tmp_path):
    path = tmp_path / "out.jsonl"
    path.write_text(row("Ana", (0, 3, "X"), (5, 9, "X")) + row("Bob", (0, 3, "X")), encoding="utf-8")
    preview = look(path)
    assert "outside its text" in preview.words("importProblem")
    preview.choose("importOutside", "leave-out")
    preview.wait()
    assert "• Lost: it lies outside its text, and such spans were to be left out" in preview.words("importNotes")
    assert [len(text.spans) for text in preview.imported()] == [1, 1]


def test_overlaps_follow_a_rule_or_are_decided_one_by_one(look, files):
    preview = look(files / "overlap.jsonl")
    preview.choose("importOverlaps", "ask")
    preview.wait()
    table = preview.find(QTableView, "importConflicts")
    preview.qtbot.waitUntil(table.isVisible)
    assert table.model().rowCount() == 2
    assert preview.shown("importOverlap:left:view") == [("University of Oslo", "ORG")]
    assert preview.shown("importOverlap:right:view") == [("Oslo", "CITY")]
    preview.click("importOverlap:right")
    assert table.currentIndex().row() == 1
    assert table.model().index(0, 2).data() == "CITY"
    assert preview.words("importConflictsSaid").startswith("1 of 2 not decided")
    preview.page.setFocus()
    assert [[span.label for span in text.spans] for text in preview.imported()] == [["CITY"], ["ORG"]]


def test_what_is_taken_of_a_span_with_a_gap_is_chosen_and_seen(look, files):
    (files / "knees.txt").write_text("left and right knee", encoding="utf-8")
    (files / "knees.ann").write_text("T1\tBODY 0 4;15 19\tleft knee\n", encoding="utf-8")
    preview = look(files / "knees.ann")
    assert preview.find(QComboBox, "importGaps").isVisible()
    assert preview.words("importGaps:hint") == "1 span has one."
    assert preview.shown() == [("left", "BODY"), ("knee", "BODY")]
    preview.choose("importGaps", "cover")
    preview.wait()
    preview.qtbot.waitUntil(lambda: preview.shown() == [("left and right knee", "BODY")])
    assert [len(text.spans) for text in preview.imported()] == [1]


def test_a_bad_file_is_shown_with_its_reason(look, files):
    preview = look(files / "bad.jsonl")
    assert "bad.jsonl:2 is not a JSON object" in preview.words("importProblem")
    assert preview.words("importSaid") == "There is nothing that can be imported."
    assert not preview.can_import()


def test_of_a_folder_what_can_be_read_comes_and_the_rest_is_named(look, files):
    preview = look(files)
    table = preview.find(QTableView, "importFileTable")
    names = [table.model().index(row, 0).data() for row in range(table.model().rowCount())]
    assert names == [f"files/{one}" for one in sorted(path.name for path in files.iterdir())]
    assert table.currentIndex().row() == names.index("files/emoji.jsonl")  # the file that asks
    preview.click_cell(table, table.currentIndex().row(), 0, on_box=True)
    assert preview.words("importSaid").startswith("5 texts with 4 spans. 1 file cannot be read and is left out.")
    preview.page.setFocus()
    assert len(preview.imported()) == 5


def test_several_files_are_changed_together(look, files):
    preview = look(files / "gadgets.jsonl", files / "overlap.jsonl")
    preview.find(QTableView, "importFileTable").setFocus()
    preview.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    preview.choose("importFormat", "txt-file")
    preview.wait()
    assert preview.words("importSaid").startswith("2 texts with 0 spans.")


def test_the_columns_of_a_table_are_guessed_and_can_be_changed(look, files):
    table = "id,review,answer,topic\n1,The Kindle is fine,Thank you very much for your kind words,reader\n"
    (files / "table.csv").write_text(table + "2,The Pixel is broken,We are sorry to hear that indeed,phone\n")
    preview = look(files / "table.csv")
    view = preview.find(TextView, "importTexts")
    assert preview.find(QComboBox, "importTextColumn").currentText() == "review"
    assert preview.find(QComboBox, "importCategoryColumn").currentText() == "topic"
    assert "Categories: reader (1), phone (1)" in preview.words("importNotes")
    assert "– 1 – reader\nThe Kindle is fine" in view.text()
    preview.choose("importTextColumn", 2)
    preview.wait()
    preview.choose("importCategoryColumn", -1)
    preview.wait()
    assert "– 1 –\nThank you" in view.text()
    preview.click("importHeader")
    preview.wait()
    assert preview.words("importSaid").startswith("3 texts")
    preview.click("importHeader")
    preview.wait()
    preview.page.setFocus()
    assert [(text.text[:9], text.categories) for text in preview.imported()] == [("Thank you", ()), ("We are so", ())]


def test_another_format_has_other_columns(look, files):
    (files / "table.csv").write_text("text,note\nThe Kindle,fine\nThe Pixel,broken\n")
    preview = look(files / "table.csv")
    preview.choose("importTextColumn", 1)
    preview.wait()
    preview.choose("importFormat", "tsv")
    preview.wait()
    assert preview.find(QComboBox, "importTextColumn").count() == 1


def test_further_files_are_added_and_what_was_decided_holds(look, files):
    preview = look(files / "gadgets.jsonl")
    names = preview.find(QTableView, "importLabelTable").model()
    names.setData(names.index(0, NAME), "GADGET")
    preview.page.add([files / "overlap.jsonl", files / "gadgets.jsonl"], None)
    preview.qtbot.waitUntil(lambda: preview.words("importSaid").startswith("4 texts with 4 spans."))
    assert preview.words("importTitle") == "Import 2 files"
    assert [span.label for text in preview.imported() for span in text.spans] == ["GADGET", "PHONE", "ORG", "ORG"]
