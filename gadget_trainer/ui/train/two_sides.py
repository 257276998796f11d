"""How the Train workspace is divided: what is chosen at the left, what comes of it at the right."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QSplitter, QVBoxLayout, QWidget

from gadget_trainer.ui.theme import UNIT

_WIDTHS = [400, 800]


def two_sides(left: Iterable[QWidget], right: QWidget) -> QSplitter:
    """The widgets of the ``left`` side one below the other, the ``right`` one beside them."""
    side = QWidget()
    column = QVBoxLayout(side)
    column.setContentsMargins(3 * UNIT, 3 * UNIT, 3 * UNIT, 3 * UNIT)
    column.setSpacing(2 * UNIT)
    for widget in left:
        column.addWidget(widget)
    column.addStretch()
    splitter = QSplitter()
    splitter.addWidget(_scrolled(side))
    splitter.addWidget(_scrolled(right))
    splitter.setStretchFactor(1, 1)
    splitter.setSizes(_WIDTHS)
    splitter.setChildrenCollapsible(False)
    return splitter


def _scrolled(content: QWidget) -> QScrollArea:
    """Room for more than a low window shows; never scrolled sideways."""
    area = QScrollArea()
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(content)
    area.setMinimumWidth(content.minimumSizeHint().width() + UNIT)
    return area
