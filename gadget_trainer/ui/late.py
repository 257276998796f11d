"""Parts of the window that most people never open cost nothing until they are.

Whatever stands below a window with a style sheet is looked through rule by rule: a combo box takes a millisecond and a
table two, shown or not. So what is not seen at first is kept out of the window until it is.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from gadget_trainer.ui.icons import renew_icons


class LateFrame(QFrame):
    """A frame that takes its content in when it is first shown."""

    def __init__(self, parent: QWidget | None = None, kind: Qt.WindowType = Qt.WindowType.Widget) -> None:
        """As a QFrame."""
        super().__init__(parent, kind)
        self._content: QWidget | None = None
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)

    def hold(self, content: QWidget) -> None:
        """Show ``content``, once the frame is shown."""
        self._content = content
        if self.isVisible():
            self._take_in()

    def setVisible(self, visible: bool) -> None:
        """Shown for the first time, it is filled."""
        if visible:
            self._take_in()
        super().setVisible(visible)

    def _take_in(self) -> None:
        if self._content is not None:
            renew_icons(self._content)  # the colours may have changed meanwhile
            self._whole.addWidget(self._content)
            self._content = None


def late(content: QWidget) -> LateFrame:
    """``content`` in a frame that takes it in when it is first shown."""
    frame = LateFrame()
    frame.hold(content)
    return frame
