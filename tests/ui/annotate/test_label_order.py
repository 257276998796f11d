"""Labels are put into another order, by drag and by menu."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget
from window_corpus import begin_project

from gadget_trainer.ui.annotate.label_bar import LabelBar
from gadget_trainer.ui.annotate.label_drag import place_at

LEFT = Qt.MouseButton.LeftButton
NAMES = ["PERSON", "PLACE", "PRODUCT", "PRICE"]


@pytest.fixture
def path(tmp_path):
    made = tmp_path / "labels.gadget"
    project = begin_project(made)
    for name in NAMES:
        project.labels.add(name)
    project.close()
    return made


@pytest.fixture
def window(open_, path):
    return open_(path)


def names(window) -> list[str]:
    return [label.name for label in window.find(LabelBar, "labelBar").labels()]


def button(window, name) -> QAbstractButton:
    return window.find(QAbstractButton, f"label:{name}")


def carry(window, name, to: QPoint) -> QAbstractButton:
    """Press on a label and move to that point of the bar, without letting go."""
    held = button(window, name)
    middle = held.rect().center()
    QTest.mousePress(held, LEFT, pos=middle)
    for step in range(1, 4):
        QTest.mouseMove(held, middle + (held.mapFromParent(to) - middle) * step / 3)
    return held


@pytest.mark.parametrize(
    ("name", "beside", "right", "order"),
    [
        ("PRICE", "PERSON", False, ["PRICE", "PERSON", "PLACE", "PRODUCT"]),
        ("PERSON", "PRODUCT", True, ["PLACE", "PRODUCT", "PERSON", "PRICE"]),
        ("PLACE", "PRICE", True, ["PERSON", "PRODUCT", "PRICE", "PLACE"]),
    ],
)
def test_a_label_goes_where_it_is_dragged_in_one_step(window, name, beside, right, order):
    mark, goal = window.find(QWidget, "labelDropMark"), button(window, beside).geometry()
    to = QPoint(goal.right() - 4 if right else goal.left() + 4, goal.center().y())
    active = window.find(LabelBar, "labelBar").active()
    held = carry(window, name, to)
    assert mark.isVisible()
    assert abs(mark.geometry().center().x() - (goal.right() if right else goal.left())) < 8
    QTest.mouseRelease(held, LEFT, pos=held.mapFromParent(to))
    assert not mark.isVisible()
    assert names(window) == order
    assert window.find(LabelBar, "labelBar").active() == active
    window.trigger("undo")
    assert names(window) == NAMES


def test_escape_and_its_own_place_leave_it_where_it_is(window):
    held = carry(window, "PRICE", button(window, "PERSON").geometry().topLeft())
    QTest.keyClick(held, Qt.Key.Key_Escape)
    assert not window.find(QWidget, "labelDropMark").isVisible()
    QTest.mouseRelease(held, LEFT, pos=QPoint(-200, 5))
    held = carry(window, "PRICE", button(window, "PRODUCT").geometry().center() + QPoint(20, 0))
    QTest.mouseRelease(held, LEFT, pos=held.mapFromParent(button(window, "PRODUCT").geometry().center()))
    assert names(window) == NAMES
    assert not button(window, "PRICE").isDown()


def test_a_short_wobble_is_a_click(window):
    held = button(window, "PLACE")
    QTest.mousePress(held, LEFT, pos=QPoint(20, 10))
    QTest.mouseMove(held, QPoint(22, 11))
    QTest.mouseRelease(held, LEFT, pos=QPoint(22, 11))
    assert window.find(LabelBar, "labelBar").active() == "PLACE"
    assert names(window) == NAMES


def test_the_active_label_is_moved_by_menu(window):
    window.click("label:PLACE")
    window.trigger("moveLabelRight")
    assert names(window) == ["PERSON", "PRODUCT", "PLACE", "PRICE"]
    for _ in range(3):
        window.trigger("moveLabelLeft")
    assert names(window) == ["PLACE", "PERSON", "PRODUCT", "PRICE"]
    window.trigger("undo")
    assert names(window) == ["PERSON", "PLACE", "PRODUCT", "PRICE"]


def test_what_is_dropped_goes_into_the_nearest_row():
    rects = [QRect(0, 0, 50, 20), QRect(60, 0, 50, 20), QRect(0, 30, 50, 20)]
    places = {(-5, -9): 0, (70, 5): 1, (300, 8): 2, (5, 33): 2, (90, 90): 3}
    for at, place in places.items():
        assert place_at(rects, QPoint(*at)) == place


def test_among_many_labels_the_one_to_merge_into_is_found_by_its_name(window):
    bar = window.find(LabelBar, "labelBar")
    bar.merge_target_requested.emit(bar.labels()[0])
    field = window.find(QLineEdit, "mergeTarget:field")
    window.qtbot.waitUntil(field.isVisible)
    window.qtbot.keyClicks(field, "pri")
    window.qtbot.keyClick(field, Qt.Key.Key_Return)
    assert window.notice().startswith("Merging PERSON into PRICE changes no span, and PERSON is gone")
    window.click("notice:Merge")
    assert names(window) == ["PLACE", "PRODUCT", "PRICE"]
