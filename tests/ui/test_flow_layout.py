"""Widgets side by side, and in the next row when a row is full."""

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QWidget

from gadget_trainer.ui.flow_layout import FlowLayout

GAP = 8


class Box(QWidget):
    def __init__(self, width=100, height=20):
        super().__init__()
        self._size = QSize(width, height)

    def sizeHint(self):
        return self._size

    def minimumSizeHint(self):
        return self._size


@pytest.fixture
def parent(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    return parent


def laid_out(parent, boxes, width):
    layout = FlowLayout(parent, gap=GAP)
    layout.setContentsMargins(0, 0, 0, 0)
    for box in boxes:
        layout.addWidget(box)
    layout.setGeometry(QRect(0, 0, width, 500))
    return layout


@pytest.mark.parametrize(("width", "rows"), [(1000, 1), (316, 1), (315, 2), (208, 2), (207, 3), (50, 3)])
def test_a_full_row_wraps(parent, width, rows):
    boxes = [Box(), Box(), Box()]
    layout = laid_out(parent, boxes, width)
    assert len({box.y() for box in boxes}) == rows
    assert layout.heightForWidth(width) == rows * 20 + (rows - 1) * GAP
    assert all(box.x() + box.width() <= max(width, 1) for box in boxes)
    assert layout.hasHeightForWidth()


def test_a_row_is_as_high_as_its_highest(parent):
    boxes = [Box(), Box(height=50), Box(width=300)]
    laid_out(parent, boxes, 300)
    assert boxes[2].y() == 50 + GAP


def test_widgets_are_put_in_order_and_taken(parent):
    first, last, between = Box(), Box(), Box()
    layout = laid_out(parent, [first, last], 1000)
    layout.addWidget(between)
    layout.put_in_order([first, between, last])
    assert [layout.itemAt(place).widget() for place in range(layout.count())] == [first, between, last]
    assert layout.takeAt(0).widget() is first
    assert layout.count() == 2
    assert layout.itemAt(2) is None
    assert layout.takeAt(-1) is None


def test_the_least_size_is_the_largest_widget(parent):
    layout = laid_out(parent, [Box(), Box(width=70, height=60)], 1000)
    assert layout.minimumSize() == QSize(100, 60)
