"""Two pipelines side by side, a pipeline beside the annotations, the list of entities, texts from files."""

import pytest
import spacy
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QFileDialog, QLabel, QPlainTextEdit, QTableView
from window_corpus import make_project

from gadget_trainer.corpus.records import AnnotatedText, Span, TextState
from gadget_trainer.ui.text_view.view import TextView

PATTERNS = {
    "first": [("GADGET", "Kindle"), ("BRAND", "Nokia"), ("GADGET", "Pixel 6")],
    "second": [("GADGET", "Kindle"), ("GADGET", "Nokia"), ("GADGET", "Pixel"), ("PERSON", "Zoë")],
    "phones": [("GADGET", "iPhone X"), ("GADGET", "Pixel 7"), ("COLOUR", "black")],
}
DONE = (
    AnnotatedText("How to preorder the iPhone X", (Span(20, 28, "GADGET"),), TextState.DONE, complete=True),
    AnnotatedText("The Pixel 6 camera is 😀 great, says Zoë"),
    AnnotatedText("My Nokia", (Span(3, 8, "GADGET"),), TextState.DONE, complete=True),
    AnnotatedText("A black iPhone X\r\nand a 😀 Pixel 7", (Span(8, 16, "GADGET"),), TextState.DONE, complete=True),
)


@pytest.fixture(scope="module")
def pipelines(tmp_path_factory):
    """The folder of two pipelines that know words."""
    folder = tmp_path_factory.mktemp("pipelines")
    for name, patterns in PATTERNS.items():
        nlp = spacy.blank("xx")
        nlp.add_pipe("entity_ruler").add_patterns([{"label": label, "pattern": words} for label, words in patterns])
        nlp.to_disk(folder / name)
    return folder


@pytest.fixture
def window(open_, tmp_path):
    window = open_(make_project(tmp_path / "done.gadget", list(DONE)))
    window.trigger("showTry")
    return window


def choose(window, name, words):
    line = window.find(QComboBox, name).lineEdit()
    window.qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    line.selectAll()
    window.qtbot.keyClicks(line, str(words))


def type_text(window, text):
    window.find(QPlainTextEdit, "tryInput").setFocus()
    window.qtbot.keyClicks(window.find(QPlainTextEdit, "tryInput"), text)


def shown(window, name):
    view = window.find(TextView, name)
    return [(view.text()[span.start : span.end], span.label) for span in view.spans()]


def status(window):
    return window.find(QLabel, "tryStatus").text()


def wait_for(window, sentence):
    window.qtbot.waitUntil(lambda: status(window) == sentence, timeout=20_000)


def rows(window):
    model = window.find(QTableView, "entityTable").model()
    return [
        [model.index(row, column).data() for column in range(model.columnCount())] for row in range(model.rowCount())
    ]


def test_two_pipelines_stand_side_by_side_with_their_differences_marked_by_signs(window, pipelines):
    choose(window, "tryModel", pipelines / "first")
    choose(window, "tryOther", pipelines / "second")
    type_text(window, "Kindle, Nokia, Pixel 6, Anna and Kindle")
    wait_for(window, "The two pipelines: 2 the same, 1 other label, 1 other edges.")
    assert shown(window, "tryView") == [
        ("Kindle", "GADGET"),
        ("Nokia", "≠ BRAND"),
        ("Pixel 6", "↔ GADGET"),
        ("Kindle", "GADGET"),
    ]
    assert ("Nokia", "≠ GADGET") in shown(window, "tryOtherView")
    assert ("Pixel", "↔ GADGET") in shown(window, "tryOtherView")
    assert rows(window) == [
        ["Kindle", "GADGET", "GADGET", "", "0", "2"],
        ["Nokia", "BRAND", "GADGET", "≠ other label", "8", "1"],
        ["Pixel 6", "GADGET", "GADGET", "↔ other edges", "15", "1"],
        ["Kindle", "GADGET", "GADGET", "", "33", "2"],
    ]
    assert window.find(TextView, "tryOtherView").isVisible()
    assert window.find(QLabel, "tryOtherHeading").text() == "second"
    choose(window, "tryOther", "Nothing")
    window.qtbot.waitUntil(lambda: not window.find(TextView, "tryOtherView").isVisible())
    window.qtbot.waitUntil(lambda: status(window).startswith("4 entities found."), timeout=20_000)
    assert shown(window, "tryView")[1] == ("Nokia", "BRAND")


def test_the_two_views_scroll_together(window, pipelines):
    choose(window, "tryModel", pipelines / "first")
    choose(window, "tryOther", pipelines / "second")
    window.find(QPlainTextEdit, "tryInput").setPlainText("My Kindle and my Nokia.\n" * 200)
    wait_for(window, "The two pipelines: 200 the same, 200 other label.")
    left, right = (window.find(TextView, name).verticalScrollBar() for name in ("tryView", "tryOtherView"))
    window.qtbot.waitUntil(lambda: left.maximum() > 500 and left.maximum() == right.maximum())
    left.setValue(400)
    assert right.value() == left.value() == 400
    right.setValue(150)
    assert left.value() == right.value() == 150


def test_a_second_pipeline_that_does_not_load_is_a_sentence_and_the_first_one_still_reads(window, pipelines):
    choose(window, "tryModel", pipelines / "first")
    choose(window, "tryOther", pipelines)
    type_text(window, "My Kindle")
    window.qtbot.waitUntil(lambda: "holds no spaCy pipeline" in status(window), timeout=20_000)
    assert shown(window, "tryView") == [("Kindle", "GADGET")]


def test_a_second_pipeline_is_chosen_by_its_folder(window, pipelines, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(pipelines / "second"))
    window.click("browse:tryOther")
    other = window.find(QComboBox, "tryOther")
    assert other.currentText() == str(pipelines / "second")
    assert [other.itemText(place) for place in range(3)] == ["Nothing", "Your annotations", str(pipelines / "second")]


def test_the_model_stands_beside_the_annotations_text_by_text(window, pipelines):
    choose(window, "tryModel", pipelines / "phones")
    choose(window, "tryOther", "Your annotations")
    wait_for(window, "The pipeline and you: 1 the same.")
    assert window.find(QLabel, "triedPosition").text() == "Text 1 of 3"
    assert not window.find(QPlainTextEdit, "tryInput").isVisible()
    window.click("nextTried")
    wait_for(window, "The pipeline and you: 1 only right.")
    assert shown(window, "tryOtherView") == [("Nokia", "+ GADGET")]
    window.click("nextTried")
    wait_for(window, "The pipeline and you: 1 the same, 1 only left.")
    assert window.find(TextView, "tryView").text() == DONE[-1].text, "line ends as the project has them"
    assert shown(window, "tryView") == [("iPhone X", "GADGET"), ("Pixel 7", "+ GADGET")], "COLOUR is no label here"
    window.click("previousTried")
    wait_for(window, "The pipeline and you: 1 only right.")
    assert window.find(QLabel, "triedPosition").text() == "Text 2 of 3"


def test_only_texts_that_differ_are_led_to(window, pipelines):
    choose(window, "tryModel", pipelines / "phones")
    choose(window, "tryOther", "Your annotations")
    wait_for(window, "The pipeline and you: 1 the same.")
    window.click("onlyDiffering")
    assert window.find(QCheckBox, "onlyDiffering").isChecked()
    wait_for(window, "The pipeline and you: 1 only right.")
    assert window.find(QLabel, "triedPosition").text() == "Text 2 of 3"
    window.click("previousTried")
    wait_for(window, "No further text differs in that direction.")


def test_annotations_that_changed_meanwhile_are_compared_as_they_are_now(window, pipelines):
    choose(window, "tryModel", pipelines / "phones")
    choose(window, "tryOther", "Your annotations")
    wait_for(window, "The pipeline and you: 1 the same.")
    window.trigger("showAnnotate")
    window.wait_for_tokens()
    window.choose_text(0)
    window.view.setFocus()
    window.wait_for_tokens()
    window.view.select_span(Span(20, 28, "GADGET"))
    window.trigger("deleteSpan")
    window.trigger("showTry")
    wait_for(window, "The pipeline and you: 1 only left.")


def test_a_project_without_annotations_says_so(open_, tmp_path, pipelines):
    window = open_(make_project(tmp_path / "todo.gadget", [AnnotatedText("My Kindle")]))
    window.trigger("showTry")
    choose(window, "tryModel", pipelines / "first")
    choose(window, "tryOther", "Your annotations")
    wait_for(window, "No text is marked done yet. Annotate some, then compare a pipeline with them.")


def test_entities_are_copied_all_or_those_selected(window, pipelines):
    choose(window, "tryModel", pipelines / "first")
    assert not window.main.findChild(object, "copyEntities").isEnabled()
    type_text(window, "Kindle, Nokia and Kindle")
    window.qtbot.waitUntil(lambda: status(window).startswith("3 entities"), timeout=20_000)
    window.click("copyEntities")
    clipboard = QApplication.clipboard()
    assert clipboard.text() == "Kindle\tGADGET\t0\t2\nNokia\tBRAND\t8\t1\nKindle\tGADGET\t18\t2"
    table = window.find(QTableView, "entityTable")
    place = table.visualRect(table.model().index(1, 0)).center()
    window.qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.find(TextView, "tryView").selected_span() == Span(8, 13, "BRAND")
    window.qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard.text() == "Nokia\tBRAND\t8\t1"


def test_a_text_is_opened_from_a_file(window, pipelines, tmp_path, monkeypatch):
    choose(window, "tryModel", pipelines / "first")
    choose(window, "tryOther", "Your annotations")
    (tmp_path / "letter.txt").write_text("Zoë's Kindle 😀\n", encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(tmp_path / "letter.txt"), ""))
    window.click("openTryText")
    window.qtbot.waitUntil(lambda: shown(window, "tryView") == [("Kindle", "GADGET")], timeout=20_000)
    assert window.find(QPlainTextEdit, "tryInput").isVisible()
    assert window.find(QComboBox, "tryOther").currentText() == "Nothing"


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"\xff\xfe\xfa", "UTF-16"), (b"caf\xe9", "UTF-8"), (b"a" * 5_000_000, "too long")],
    ids=["UTF-16", "UTF-8", "long"],
)
def test_a_file_that_cannot_be_shown_is_a_sentence(window, tmp_path, monkeypatch, content, said):
    (tmp_path / "odd.txt").write_bytes(content)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(tmp_path / "odd.txt"), ""))
    window.click("openTryText")
    window.qtbot.waitUntil(lambda: said in status(window), timeout=20_000)
    assert window.find(QPlainTextEdit, "tryInput").toPlainText() == ""
