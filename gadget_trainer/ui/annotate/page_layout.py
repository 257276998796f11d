"""Where the parts of the Annotate workspace stand."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QSplitter, QVBoxLayout, QWidget

from gadget_trainer.ui.annotate.label_bar import LabelBar
from gadget_trainer.ui.annotate.shelf import Shelf
from gadget_trainer.ui.annotate.text_pane import TextPane


def lay_out_page(
    page: QWidget, texts: QWidget, labels: LabelBar, mistakes: QWidget, pane: TextPane, panels: Sequence[QWidget]
) -> None:
    """The texts at the left; at the right the labels, a mistake to look at, the text, and below it the lists."""
    right = QFrame()
    right.setProperty("surface", True)
    column = QVBoxLayout(right)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    below = QSplitter(Qt.Orientation.Vertical)
    below.setChildrenCollapsible(False)
    for widget in (pane, *panels):
        below.addWidget(widget)
    below.setSizes([400, *(320 for _ in panels)])
    shelf = Shelf(labels, "labelShelf", "Place of the labels")
    labels.look_requested.connect(shelf.look_at)
    for widget, stretch in ((shelf, 0), (_line(), 0), (mistakes, 0), (below, 1)):
        column.addWidget(widget, stretch)
    splitter = QSplitter()
    splitter.addWidget(texts)
    splitter.addWidget(right)
    splitter.setStretchFactor(1, 1)
    splitter.setSizes([400, 840])
    splitter.setChildrenCollapsible(False)
    whole = QVBoxLayout(page)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.addWidget(splitter)


def _line() -> QFrame:
    line = QFrame()
    line.setObjectName("line")
    line.setFixedHeight(1)
    return line
