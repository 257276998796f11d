"""A quiet button that stays pressed: one of a few lists is chosen with it."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QPushButton


class ChoiceButton(QPushButton):
    """Leaves room for its words in bold, as they are where it is chosen: Qt measures them as they are now."""

    def __init__(self, words: str, name: str) -> None:
        super().__init__(words)
        self.setObjectName(name)
        self.setCheckable(True)
        self.setProperty("quiet", True)

    def sizeHint(self) -> QSize:
        """Wide enough for either."""
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        more = QFontMetrics(bold).horizontalAdvance(self.text()) - self.fontMetrics().horizontalAdvance(self.text())
        return super().sizeHint() + QSize(max(more, 0), 0)
