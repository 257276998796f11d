"""Label all matches, by keys and by mouse, in the real window."""

from dataclasses import replace
from threading import Event

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QLabel, QLineEdit, QTableView, QWidget
from window_corpus import begin_project

from gadget_trainer.corpus.records import AnnotatedText, Span
from gadget_trainer.ui import session
from gadget_trainer.ui.annotate.match_model import STANDING, WANTED, WORDS
from gadget_trainer.ui.annotate.matches_panel import MatchesPanel
from gadget_trainer.ui.annotate.text_list import TextList

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def path(tmp_path):
    made = tmp_path / "phones.gadget"
    project = begin_project(made)
    project.labels.add("GADGET")
    project.labels.add("BRAND")
    texts = [
        AnnotatedText("The iPhone X is here"),
        AnnotatedText("An iphone X, the iPhone X and\nthe iPhone Xs"),
        AnnotatedText("Nothing", (Span(0, 7, "BRAND"),)),
        AnnotatedText("My iPhone X!", (Span(3, 11, "BRAND"),)),
    ]
    project.imports.add_texts(texts, "phones")
    project.close()
    return made


@pytest.fixture
def matches(window):
    """The list of matches of “iPhone X”, looked for as GADGET by keys alone."""
    window.view.setFocus()
    window.view.set_selection(4, 12)
    window.key(Key.Key_M, CONTROL)
    table = window.find(QTableView, "matches")
    window.qtbot.waitUntil(lambda: table.model().rowCount() == 4)
    window.qtbot.waitUntil(lambda: window.main.focusWidget() is table)
    return table


def standing(matches: QTableView) -> list[str]:
    return [matches.model().index(row, STANDING).data() for row in range(matches.model().rowCount())]


def said(window) -> str:
    return window.find(QLabel, "matchesSaid").text()


def test_matches_stand_in_their_context(window, matches):
    assert [matches.model().index(1, column).data() for column in range(3)] == ["An ", "iphone X", ", the iPhone X and"]
    assert standing(matches) == ["", "", "", "BRAND"]
    assert said(window) == "“iPhone X” as GADGET: 3 to decide, 1 labelled"


def test_they_are_accepted_and_refused_one_by_one_by_key(window, matches):
    window.key(Key.Key_Return)
    window.key(Key.Key_Delete)
    window.key(Key.Key_Return)
    assert standing(matches) == ["GADGET", "refused", "GADGET", "BRAND"]
    assert said(window) == "“iPhone X” as GADGET: 0 to decide, 3 labelled, 1 refused"
    window.key(Key.Key_Escape)
    assert not matches.isVisible()
    assert window.main.focusWidget() is window.view
    assert window.spans() == [(4, 12, "GADGET")]


def test_what_was_refused_does_not_come_back(window, matches):
    window.key(Key.Key_Delete)
    window.key(Key.Key_Escape)
    window.view.set_selection(4, 12)
    window.key(Key.Key_M, CONTROL)
    window.qtbot.waitUntil(lambda: standing(matches) == ["refused", "", "", "BRAND"])
    assert matches.currentIndex().row() == 1


def test_all_are_accepted_in_one_step(window, matches):
    window.key(Key.Key_Return, CONTROL)
    assert standing(matches) == ["GADGET"] * 3 + ["BRAND"]
    window.trigger("undo")
    window.qtbot.waitUntil(lambda: standing(matches) == ["", "", "", "BRAND"])
    assert window.spans() == []


@pytest.mark.parametrize("decide", [Key.Key_Return, Key.Key_Delete])
def test_a_decision_is_undone_where_it_was_made(window, matches, decide):
    window.key(Key.Key_Return)
    window.key(decide)
    assert matches.currentIndex().row() == 2
    window.trigger("undo")
    window.qtbot.waitUntil(lambda: standing(matches) == ["GADGET", "", "", "BRAND"])
    assert matches.currentIndex().row() == 1, "it is asked again"
    assert window.main.focusWidget() is matches
    window.key(decide)
    assert standing(matches)[1] == ("GADGET" if decide == Key.Key_Return else "refused")


def test_another_edit_leaves_the_person_at_the_same_match(window, matches):
    window.key(Key.Key_Down)
    window.key(Key.Key_Down)
    assert matches.currentIndex().row() == 2
    window.trigger("toggleFlag")
    window.qtbot.waitUntil(lambda: matches.currentIndex().row() == 2)
    window.key(Key.Key_Return)
    assert standing(matches) == ["", "", "GADGET", "BRAND"]


def test_very_many_are_labelled_in_a_thread(window, matches, monkeypatch):
    monkeypatch.setattr(session, "_AT_ONCE", 1)
    window.click("acceptAllMatches")
    window.qtbot.waitUntil(lambda: standing(matches) == ["GADGET"] * 3 + ["BRAND"])
    assert window.view.isEnabled()
    assert not window.find(QAbstractButton, "acceptAllMatches").isEnabled(), "none is left"
    assert window.spans() == [(4, 12, "GADGET")]
    window.trigger("undo")
    window.qtbot.waitUntil(lambda: window.spans() == [])


def test_case_and_parts_of_words(window, matches):
    window.find(QCheckBox, "matchCase").click()
    window.qtbot.waitUntil(lambda: matches.model().rowCount() == 3)
    window.find(QCheckBox, "matchWords").click()
    window.qtbot.waitUntil(lambda: matches.model().rowCount() == 4)
    assert "Xs" in matches.model().index(2, 1).data() + matches.model().index(2, 2).data()


def test_a_double_click_leads_to_the_place(window, matches):
    place = matches.visualRect(matches.model().index(2, 0)).center()
    window.qtbot.mouseClick(matches.viewport(), Qt.MouseButton.LeftButton, pos=place)
    window.qtbot.mouseDClick(matches.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.view.text().startswith("An iphone X")
    assert window.view.selection() == (17, 25)


EXAMPLES = {"GADGET": ("iphone x", "iPhone"), "BRAND": ("Nothing", "here")}


@pytest.fixture
def with_examples(window):
    """The window on a project whose labels have examples."""
    for one in window.main._open.session.project.read.labels():
        changed = replace(one, examples=EXAMPLES[one.name])
        window.main._open.session.do(lambda label=changed: window.main._open.session.project.labels.change(label))
    return window


def look_for_all(window) -> QTableView:
    window.trigger("findAllExamples")
    table = window.find(QTableView, "matches")
    window.qtbot.waitUntil(lambda: table.model().rowCount() == 7)
    window.qtbot.waitUntil(lambda: window.main.focusWidget() is table)
    return table


def wanted(matches: QTableView) -> list[str]:
    rows = range(matches.model().rowCount())
    return [" ".join(matches.model().index(row, column).data() for column in (WORDS, WANTED)) for row in rows]


def test_the_examples_of_the_active_label_are_found_by_key(with_examples):
    window = with_examples
    window.click("label:GADGET")
    window.key(Key.Key_X, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    matches = window.find(QTableView, "matches")
    window.qtbot.waitUntil(lambda: said(window) == "Examples of GADGET: 4 to decide, 1 labelled")
    assert matches.isColumnHidden(WANTED)
    assert [matches.model().index(row, WORDS).data() for row in range(3)] == ["iPhone X", "iphone X", "iPhone X"]


def test_the_examples_of_a_label_are_found_from_its_menu(with_examples):
    window = with_examples
    button = window.find(QAbstractButton, "label:BRAND")

    def choose() -> None:
        menu = QApplication.activePopupWidget()
        action = menu.findChild(QAction, "findExamplesOf")
        assert action.text() == "Find the examples of BRAND in all texts"
        window.qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())

    QTimer.singleShot(0, choose)
    button.customContextMenuRequested.emit(button.rect().center())
    window.qtbot.waitUntil(lambda: said(window) == "Examples of BRAND: 1 to decide, 1 labelled")


def test_the_examples_of_all_labels_are_found_each_with_its_label(with_examples):
    matches = look_for_all(with_examples)
    assert not matches.isColumnHidden(WANTED)
    assert wanted(matches) == [
        *("iPhone X GADGET", "here BRAND", "iphone X GADGET", "iPhone X GADGET", "iPhone GADGET"),
        *("Nothing BRAND", "iPhone X GADGET"),
    ]
    assert standing(matches) == ["", "", "", "", "", "BRAND", "BRAND"]
    assert said(with_examples) == "Examples of all labels: 5 to decide, 2 labelled"


def test_examples_are_accepted_and_refused_by_key_and_stay_refused(with_examples):
    matches = look_for_all(with_examples)
    with_examples.key(Key.Key_Return)
    with_examples.key(Key.Key_Delete)
    assert standing(matches)[:3] == ["GADGET", "refused", ""]
    with_examples.key(Key.Key_Escape)
    assert with_examples.spans() == [(4, 12, "GADGET")]
    matches = look_for_all(with_examples)
    assert standing(matches)[:3] == ["GADGET", "refused", ""]


@pytest.mark.parametrize("at_once", [1, 1000])
def test_all_examples_are_accepted_in_one_step_each_with_its_label(with_examples, monkeypatch, at_once):
    monkeypatch.setattr(session, "_AT_ONCE", at_once)
    matches = look_for_all(with_examples)
    with_examples.key(Key.Key_Return, CONTROL)
    with_examples.qtbot.waitUntil(
        lambda: standing(matches) == ["GADGET", "BRAND", "GADGET", "GADGET", "GADGET", "BRAND", "BRAND"]
    )
    assert with_examples.spans() == [(4, 12, "GADGET"), (16, 20, "BRAND")]
    with_examples.trigger("undo")
    said = with_examples.main.statusBar().currentMessage
    with_examples.qtbot.waitUntil(lambda: said() == "Undid: Labelled 5 examples with 2 labels")
    with_examples.qtbot.waitUntil(lambda: standing(matches) == ["", "", "", "", "", "BRAND", "BRAND"])
    assert with_examples.spans() == []


def test_labelling_very_many_examples_can_be_cancelled(with_examples, monkeypatch):
    monkeypatch.setattr(session, "_AT_ONCE", 1)
    matches = look_for_all(with_examples)
    project = with_examples.main._open.session.project
    held, begun = Event(), Event()

    def label_steps(_matches):
        begun.set()
        held.wait(30)
        yield 0.5
        raise AssertionError("it was cancelled")

    monkeypatch.setattr(project.matches, "label_steps", label_steps)
    with_examples.click("acceptAllMatches")
    assert begun.wait(30)
    assert not with_examples.view.isEnabled()
    with_examples.qtbot.waitUntil(with_examples.find(QWidget, "busyBar").isVisible)
    with_examples.click("cancelBusy")
    held.set()
    with_examples.qtbot.waitUntil(with_examples.view.isEnabled)
    assert standing(matches)[0] == ""


def test_without_examples_it_says_what_to_do(window):
    window.trigger("findAllExamples")
    assert window.notice() == (
        "No label has examples yet. Change a label and write down words that are likely to have it, or import a file "
        "of patterns."
    )
    window.click("label:BRAND")
    window.trigger("findExamples")
    assert window.notice().startswith("BRAND has no examples yet. Change the label and write down")
    assert not window.find(MatchesPanel, "matchesPanel").isVisible()


def test_when_the_examples_go_the_list_closes(with_examples):
    with_examples.click("label:BRAND")
    with_examples.trigger("findExamples")
    matches = with_examples.find(QTableView, "matches")
    with_examples.qtbot.waitUntil(lambda: matches.model().rowCount() == 2)
    with_examples.trigger("undo")
    assert not matches.isVisible()


def test_with_nothing_selected_it_says_what_to_do(window):
    window.trigger("labelAllMatches")
    assert "Select words or a span first" in window.main.statusBar().currentMessage()


def number(window) -> str:
    return window.find(QLabel, "textNumber").text()


def test_the_row_that_is_walked_to_shows_its_text_and_the_keys_stay_with_the_list(window, matches):
    window.choose_text(2)
    matches.setFocus()
    window.key(Key.Key_Down)
    assert (number(window), window.view.selection()) == ("No. 2", (3, 11))
    window.key(Key.Key_Down)
    window.qtbot.waitUntil(lambda: window.view.selection() == (17, 25))
    window.key(Key.Key_Down)
    window.qtbot.waitUntil(lambda: number(window) == "No. 4")
    assert window.view.selected_span() == Span(3, 11, "BRAND")
    assert window.main.focusWidget() is matches
    window.key(Key.Key_Escape)
    assert number(window) == "No. 3", "where it began"
    assert window.main.focusWidget() is window.view


def test_what_was_selected_is_selected_again_when_the_list_is_left(window, matches):
    window.key(Key.Key_Down)
    window.key(Key.Key_Escape)
    assert (number(window), window.view.selection()) == ("No. 1", (4, 12))
    window.key(Key.Key_M, CONTROL)
    window.qtbot.waitUntil(lambda: matches.model().rowCount() == 4)
    window.key(Key.Key_Return)
    window.key(Key.Key_Escape)
    assert (number(window), window.view.selection(), window.spans()) == ("No. 1", None, [(4, 12, "GADGET")])


def test_the_first_row_is_not_shown_before_it_is_chosen(window):
    window.choose_text(3)
    window.view.select_span(window.view.spans()[0])
    window.view.setFocus()
    window.key(Key.Key_M, CONTROL)
    matches = window.find(QTableView, "matches")
    window.qtbot.waitUntil(lambda: matches.model().rowCount() == 4)
    assert (matches.currentIndex().row(), number(window)) == (0, "No. 4")
    window.key(Key.Key_Return)
    assert number(window) == "No. 2", "the first is labelled, and the next one shown"
    window.key(Key.Key_Escape)
    assert number(window) == "No. 4"


def test_a_click_shows_the_place_and_a_double_click_stays_there(window, matches):
    place = matches.visualRect(matches.model().index(3, 1)).center()
    window.qtbot.mouseClick(matches.viewport(), Qt.MouseButton.LeftButton, pos=place)
    window.qtbot.waitUntil(lambda: number(window) == "No. 4")
    assert window.main.focusWidget() is matches
    window.qtbot.mouseDClick(matches.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.main.focusWidget() is window.view
    window.click("closeMatches")
    assert number(window) == "No. 4"


def test_while_a_key_is_held_down_only_some_texts_are_shown_and_the_last(window, matches):
    seen, pause = [], window.main._open.annotate._match_walk._pause
    window.main.findChild(TextList).chosen.connect(seen.append)
    pause.setInterval(100_000)  # so that no machine is too slow for it
    for key in (Key.Key_Down, *(Key.Key_Up, Key.Key_Down) * 3, Key.Key_Down, Key.Key_Down):
        window.key(key)
    assert (matches.currentIndex().row(), seen) == (3, [2])
    pause.start(0)
    window.qtbot.waitUntil(lambda: number(window) == "No. 4")
    assert seen == [2, 4]


def test_a_match_in_a_text_that_was_left_out_lifts_the_filter_and_says_so(window, matches):
    window.find(QLineEdit, "findField").setText("Nothing")
    window.qtbot.waitUntil(lambda: window.find(QTableView, "textTable").model().rowCount() == 1)
    matches.setFocus()
    window.key(Key.Key_Down)
    window.qtbot.waitUntil(lambda: number(window) == "No. 2")
    assert window.find(QLineEdit, "findField").text() == ""
    assert window.main.statusBar().currentMessage().startswith("All texts are shown again: the match is in one")
