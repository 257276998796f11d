"""How the Train workspace is divided: what is chosen at the left, what comes of it at the right."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QScrollArea, QSplitter, QVBoxLayout, QWidget

from gadget_trainer.ui.theme import UNIT

_WIDTHS = [400, 800]


def two_sides(left: Iterable[QWidget], right: QWidget) -> QSplitter:
    """The widgets of the ``left`` side one below the other, the ``right`` one beside them."""
    side = QWidget()
    column = QVBoxLayout(side)
    column.setContentsMargins(3 * UNIT, 3 * UNIT, UNIT, 3 * UNIT)  # at the right, the bar has its place
    column.setSpacing(2 * UNIT)
    for widget in left:
        column.addWidget(widget)
    column.addStretch()
    splitter = QSplitter()
    splitter.addWidget(_Scrolled(side))
    splitter.addWidget(_Scrolled(right))
    splitter.setStretchFactor(1, 1)
    splitter.setSizes(_WIDTHS)
    splitter.setChildrenCollapsible(False)
    return splitter


class _Scrolled(QScrollArea):
    """Room for more than a low window shows; never scrolled sideways, and never narrower than what it shows."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._content = content
        self.setWidget(content)

    def minimumSizeHint(self) -> QSize:
        """As wide as the content needs, and the bar that it may get."""
        wide = self._content.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
        return QSize(wide, super().minimumSizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See when the content needs another width."""
        if watched is self._content and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)
