"""Texts, labels and files full of HTML: the window shows it letter by letter, in its tips and messages too."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtGui import Qt as QtOfGui
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QAbstractItemView, QLabel, QLineEdit, QListWidget, QPushButton, QTreeView, QWidget
from window_corpus import begin_project

from gadget_trainer.corpus.records import AnnotatedText, Span, TextState
from gadget_trainer.training.category_mistakes import CategoryMistake
from gadget_trainer.training.mistake_kinds import Decision, Kind
from gadget_trainer.training.mistakes import Mistake
from gadget_trainer.training.progress import LabelScore
from gadget_trainer.ui.annotate.history import HistoryDock
from gadget_trainer.ui.annotate.label_finder import LabelFinder
from gadget_trainer.ui.importing.page import ImportPage
from gadget_trainer.ui.tool_tips import plain_tip, wrapped_tip
from gadget_trainer.ui.train.mistake_models import ConfusionModel, MistakeModel
from gadget_trainer.ui.train.score_models import LabelScoreModel

HTML = "<h1>big<br>words</h1>"
TIP = Qt.ItemDataRole.ToolTipRole
TEXT = f"{HTML} in Oslo"


def shown(words: str) -> str:
    """What a person reads of a tip or a label that may be rich text."""
    if not QtOfGui.mightBeRichText(words):
        return words
    document = QTextDocument()
    document.setHtml(words)
    return document.toPlainText()


def tips_of(model: QAbstractItemModel, parent: QModelIndex | None = None) -> Iterator[str]:
    above = parent or QModelIndex()
    for row in range(min(model.rowCount(above), 200)):
        for column in range(model.columnCount(above)):
            index = model.index(row, column, above)
            yield str(index.data(TIP) or "")
        yield from tips_of(model, model.index(row, 0, above))


def all_words(root: QWidget) -> list[str]:
    """Every tip of the widgets and of the rows in it, and what its labels say, as a person reads them."""
    words: list[str] = []
    for widget in (root, *root.findChildren(QWidget)):
        words.append(shown(widget.toolTip()))
        if isinstance(widget, QLabel):
            is_plain = widget.textFormat() is Qt.TextFormat.PlainText
            words.append(widget.text() if is_plain else shown(widget.text()))
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            words += map(shown, tips_of(widget.model()))
    return words


def assert_letter_by_letter(words: list[str], *, at_least: int = 1) -> None:
    """Wherever the HTML was to be read, it is, with its tags."""
    assert not [one for one in words if "big" in one and HTML not in one and "big<br>" not in one]
    assert sum(HTML in one for one in words) >= at_least


@pytest.fixture
def path(tmp_path):
    made = tmp_path / "html.gadget"
    project = begin_project(made)
    project.categories.add(HTML, description=HTML)
    spans = (Span(0, 10, HTML),)
    text = AnnotatedText(TEXT, spans, TextState.DONE, source=f"{HTML}.jsonl:1", complete=True, categories=(HTML,))
    project.imports.add_texts([text], f"{HTML}.jsonl")
    project.labels.change(replace(project.read.labels()[0], description=HTML))
    project.close()
    return made


@pytest.mark.parametrize(
    "words", [HTML, "a <b> c", "&lt;b&gt;", "a & b\n<i>", "<?xml version='1.0'?>", "1 < 2", "a\nb"]
)
def test_a_tip_is_shown_as_it_is(words):
    assert shown(plain_tip(words)) == shown(wrapped_tip(words)) == words


@pytest.mark.parametrize("words", ["GADGET", "R&D", "two\nlines", ""])
def test_what_is_no_html_is_left_alone(words):
    assert plain_tip(words) == words


def test_the_workspaces(window):
    for action in ("showHistory", "showLabels", "showCategories", "showSurfaces"):
        window.trigger(action)
        assert_letter_by_letter(all_words(window.main))
    table = window.find(QAbstractItemView, "textTable").model()
    assert HTML in [shown(str(table.index(0, column).data(TIP))) for column in range(table.columnCount())]
    history = window.find(HistoryDock, "historyDock").model
    assert any(HTML in shown(str(history.index(row, 1).data(TIP))) for row in range(history.rowCount()))


def test_the_label_finder(window):
    window.view.setFocus()
    window.key(Qt.Key.Key_Tab)
    window.key(Qt.Key.Key_L)
    finder = window.find(LabelFinder, "labelFinder")
    window.qtbot.waitUntil(finder.isVisible)
    assert finder.findChild(QLineEdit) is not None
    assert shown(finder.findChild(QListWidget).item(0).toolTip()) == HTML


def test_the_preview_the_notice_and_the_receipt(window, tmp_path):
    row = f'{{"text": "{TEXT}", "spans": [{{"start": 0, "end": 11, "label": "{HTML}"}}, '
    row += f'{{"start": 0, "end": 3, "label": "{HTML}{HTML}"}}], "answer": "accept", "{HTML}": 1, "tokens": []}}\n'
    (tmp_path / "html.jsonl").write_text(row + f'{{"text": "z", "answer": "{HTML}"}}\n', encoding="utf-8")
    window.main.preview_paths([tmp_path / "html.jsonl"])
    button = window.find(QPushButton, "confirmImport")
    window.qtbot.waitUntil(lambda: button.isEnabled() and "text" in button.text(), timeout=20_000)
    assert_letter_by_letter(all_words(window.find(ImportPage, "importPage")), at_least=3)
    window.click("confirmImport")
    window.qtbot.waitUntil(lambda: "html.jsonl" in window.notice() and "Read" in window.notice(), timeout=20_000)
    window.click("notice:Details")
    tree = window.find(QTreeView, "receiptRows")
    window.qtbot.waitUntil(window.find(QPushButton, "showReceiptTexts").isVisible)
    assert_letter_by_letter(list(map(shown, tips_of(tree.model()))), at_least=2)
    assert_letter_by_letter(all_words(window.main))


def test_what_a_model_gets_wrong():
    mistake = Mistake(1, Kind.OTHER_LABEL, Span(0, 21, HTML), Span(0, 21, "B"), HTML)
    model = MistakeModel(lambda _one: Decision.OPEN)
    model.show([mistake, CategoryMistake(1, HTML, None, TEXT)])
    assert_letter_by_letter(list(map(shown, tips_of(model))), at_least=4)
    confusion = ConfusionModel()
    confusion.show(Counter({(HTML, "B"): 1}), Counter({HTML: 2}), "none")
    assert_letter_by_letter(list(map(shown, tips_of(confusion))), at_least=2)


def test_the_scores_of_labels():
    model = LabelScoreModel()
    model.show([LabelScore(HTML, 0.5, 0.5, 0.5, 2, 2, 1)])
    assert shown(model.item(0, 0).toolTip()).startswith(HTML)
