"""A span's menu, its tooltip, and the bar that says what it cuts, in the window."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QPushButton, QTableView, QToolTip
from window_corpus import begin_project

from gadget_trainer.corpus.records import AnnotatedText, Origin, Span
from gadget_trainer.corpus.snapping import TokenEdges
from gadget_trainer.ui.annotate.cut_bar import CutBar

NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
RIGHT = Qt.MouseButton.RightButton
TEXT = "The Kindle3 and the Kindle <b>"


@pytest.fixture
def window(open_, tmp_path):
    """The window on a text with two spans, its tokens known."""
    path = tmp_path / "menu.gadget"
    project = begin_project(path)
    project.labels.add("GADGET")
    project.labels.add("BRAND & more")
    project.imports.add_texts([AnnotatedText(TEXT, (Span(4, 11, "GADGET"), Span(20, 26, "GADGET")))], "b")
    project.close()
    window = open_(path)
    window.wait_for_tokens()
    window.view.setFocus()
    return window


def right_click(window, start):
    """Where Qt itself makes a context menu of it: at the window."""
    place = window.view.viewport().mapTo(window.main, window.point(start, start + 1))
    # So that this is no double click together with that of the test before.
    QTest.mouseClick(window.main.windowHandle(), Qt.MouseButton.MiddleButton, NONE, place)
    QTest.mouseClick(window.main.windowHandle(), RIGHT, NONE, place)
    return menu(window)


def menu(window):
    window.qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu), timeout=5000)
    return QApplication.activePopupWidget()


def choose(window, shown, name):
    action = shown.findChild(QAction, name) or window.find(QAction, name)
    owner = next(one for one in (shown, *shown.findChildren(QMenu)) if action in one.actions())
    if owner is not shown:
        shown.setActiveAction(owner.menuAction())
        window.qtbot.waitUntil(owner.isVisible)
    QTest.mouseClick(owner, Qt.MouseButton.LeftButton, NONE, owner.actionGeometry(action).center())


def test_a_right_click_on_a_span_relabels_it(window):
    shown = right_click(window, 5)
    assert window.view.selected_span() == Span(4, 11, "GADGET")
    choose(window, shown, "give:BRAND & more")
    assert window.spans() == [(4, 11, "BRAND & more"), (20, 26, "GADGET")]


def test_of_many_labels_the_menu_shows_some_and_the_others_are_found_by_name(open_, tmp_path):
    path = tmp_path / "many.gadget"
    project = begin_project(path)
    for number in range(30):
        project.labels.add(f"L{number}" * 40)
    project.imports.add_texts([AnnotatedText(TEXT, (Span(4, 11, "L0" * 40),))], "b")
    project.close()
    window = open_(path)
    window.wait_for_tokens()
    shown = right_click(window, 5)
    labels = shown.findChild(QMenu, "spanLabels")
    given = [one for one in labels.actions() if one.objectName().startswith("give:")]
    assert len(given) == 20
    assert labels.sizeHint().width() < 400
    choose(window, shown, "findLabel")
    field = window.find(QLineEdit, "labelFinder:field")
    window.qtbot.waitUntil(field.hasFocus)
    window.qtbot.keyClicks(field, "L29L29")
    window.qtbot.keyClick(field, Qt.Key.Key_Return)
    assert window.spans() == [(4, 11, "L29" * 40)]


def test_the_menu_removes_one_span(window):
    choose(window, right_click(window, 5), "deleteSpan")
    assert window.spans() == [(20, 26, "GADGET")]


def test_all_spans_are_removed_in_one_step(window):
    shown = right_click(window, 5)
    assert shown.findChild(QAction, "removeSpans").text() == "Remove all 2 spans of this text"
    choose(window, shown, "removeSpans")
    assert window.spans() == []
    window.view.setFocus()
    window.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(window.spans()) == 2


def test_the_menu_key_and_shift_f10_show_the_menu_of_what_is_selected(window):
    window.key(Qt.Key.Key_Tab)
    # The offscreen platform makes no event of the menu key; others do.
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    QApplication.sendEvent(window.view, event)
    shown = menu(window)
    left = window.view.viewport().mapToGlobal(window.view.span_rects(4, 11)[0].topLeft()).x()
    furthest = shown.screen().availableGeometry().right() - shown.width()
    assert abs(shown.pos().x() - min(left, furthest)) < 8, "at the span, but on the screen"
    choose(window, shown, "copy")
    assert QApplication.clipboard().text() == "Kindle3"
    window.key(Qt.Key.Key_F10, SHIFT)
    menu(window).close()


def test_on_plain_text_the_selection_is_labelled(window):
    window.view.set_selection(12, 15)
    shown = right_click(window, 13)
    assert window.view.selection() == (12, 15), "a click on the selection keeps it"
    assert shown.findChild(QAction, "removeSpans") is None
    choose(window, shown, "give:GADGET")
    assert (12, 15, "GADGET") in window.spans()


def test_on_plain_text_the_paragraph_is_selected(window):
    shown = right_click(window, 13)
    assert not shown.findChild(QMenu, "spanLabels").isEnabled(), "nothing is selected that a label could go on"
    assert not shown.findChild(QAction, "copy").isEnabled()
    choose(window, shown, "selectParagraph")
    assert window.view.selection() == (0, len(TEXT))


@pytest.mark.parametrize(
    ("maker", "said"),
    [
        (Origin.IMPORT, "From an imported file"),
        (Origin.PERSON, "Highlighted by a person"),
        (Origin.MODEL, "Suggested by a model"),
    ],
)
def test_the_tooltip_says_label_words_and_who_made_it(window, maker, said):
    if maker is Origin.IMPORT:
        place, words = window.point(5, 6), "“Kindle3”"
    else:
        session = window.main._open.session
        session.do(lambda: session.project.edit.add_span(1, 20, len(TEXT), "GADGET", maker))
        place, words = window.point(20, 21), "“Kindle &lt;b&gt;”"
    event = QHelpEvent(QEvent.Type.ToolTip, place, window.view.viewport().mapToGlobal(place))
    QApplication.sendEvent(window.view.viewport(), event)
    assert QToolTip.text() == f"<span>GADGET<br>{words}<br>{said}</span>"
    QToolTip.hideText()


def cut(window):
    """Label “Kindle” of “Kindle3” in character mode."""
    window.key(Qt.Key.Key_C)
    window.drag(4, 10)
    return window.find(CutBar, "cutBar")


def test_a_span_that_cuts_a_token_is_said_at_once_and_snapped(window):
    bar = cut(window)
    assert bar.isHidden() is False
    assert window.find(QLabel, "cutSentence").text() == "“Kindle” ends inside the token “Kindle3”."
    assert (4, 10, "GADGET") in window.spans()
    window.click("snapToTokens")
    assert bar.isHidden()
    assert window.spans() == [(4, 11, "GADGET"), (20, 26, "GADGET")]
    window.view.setFocus()
    window.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (4, 10, "GADGET") in window.spans(), "one step"


def test_the_bar_is_there_for_a_selected_span_only(window):
    bar = cut(window)
    window.view.select_span(Span(20, 26, "GADGET"))
    assert bar.isHidden()
    window.key(Qt.Key.Key_Backtab, SHIFT)
    assert not bar.isHidden()


def test_a_word_is_always_split_from_the_bar_and_that_is_undone(window):
    bar = cut(window)
    window.click("alwaysSplit")
    window.qtbot.waitUntil(bar.isHidden)
    assert (4, 10, "GADGET") in window.spans(), "the span stays as it is"
    assert window.main.statusBar().currentMessage() == "Always split “Kindle3” into “Kindle” and “3”"
    window.view.setFocus()
    window.key(Qt.Key.Key_C)
    window.drag(10, 15, backwards=True)
    assert (10, 15, "GADGET") in window.spans(), "the rest is a token now"
    window.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    window.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    window.wait_for_tokens()
    window.view.select_span(Span(4, 10, "GADGET"))
    assert not bar.isHidden()
    assert window.main._open.train.form.settings().splits == ()


def test_split_words_are_listed_and_taken_back(window):
    bar = cut(window)
    choose(window, right_click(window, 5), "splitSpan")
    window.qtbot.waitUntil(bar.isHidden)
    window.trigger("showSplits")
    table = window.find(QTableView, "splits")
    assert [table.model().index(0, column).data() for column in (0, 1)] == ["Kindle3", "Kindle  ·  3"]
    window.qtbot.keyClick(table, Qt.Key.Key_Delete)
    assert table.model().rowCount() == 0
    assert not window.find(QPushButton, "takeBackSplits").isEnabled()
    window.qtbot.waitUntil(lambda: not bar.isHidden())
    window.qtbot.keyClick(table, Qt.Key.Key_Escape)
    assert table.isHidden() or not table.isVisible()
    choose(window, right_click(window, 5), "snapSpan")
    assert (4, 11, "GADGET") in window.spans()


def test_where_tokens_have_no_rules_only_snapping_is_offered(qtbot):
    bar = CutBar()
    qtbot.addWidget(bar)
    split, snap = (bar.findChild(QPushButton, name) for name in ("alwaysSplit", "snapToTokens"))
    for splits in (False, True):
        bar.look_at("Kindle3", TokenEdges([0], [7]), Span(0, 6, "GADGET"), splits=splits)
        assert split.isVisible() is splits
        assert snap.isVisible()
