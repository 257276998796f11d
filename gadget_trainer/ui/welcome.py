"""The first page: open the sample, begin a project, open one, or go on with a recent one."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gadget_trainer.ui.icons import program_icon
from gadget_trainer.ui.theme import UNIT
from gadget_trainer.ui.tool_tips import plain_tip

_STEPS = (
    ("1", "Highlight", "Drag over the words that matter in your texts."),
    ("2", "Train", "Press one button and watch the pipeline learn."),
    ("3", "Keep", "Take the spaCy pipeline home in a folder."),
)


_PICTURE = QSize(56, 56)
_PICTURE_NAME = "programPicture"


class WelcomePage(QWidget):
    """Says what the program does, and where to begin."""

    project_requested = Signal(object)
    """The Path of a recent project that was clicked."""

    def __init__(self, sample: QAction, new: QAction, open_: QAction, import_: QAction) -> None:
        super().__init__()
        self.setObjectName("welcomePage")
        self._recent = QVBoxLayout()
        self._recent.setSpacing(UNIT // 2)
        card = QFrame()
        card.setProperty("card", True)
        card.setFixedWidth(720)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(5 * UNIT, 5 * UNIT, 5 * UNIT, 4 * UNIT)
        inside.setSpacing(3 * UNIT)
        inside.addLayout(_heading())
        inside.addLayout(_steps())
        buttons = QHBoxLayout()
        buttons.setSpacing(UNIT)
        for action, primary in ((sample, True), (new, False), (open_, False), (import_, False)):
            buttons.addWidget(_button(action, primary=primary))
        buttons.addStretch()
        inside.addLayout(buttons)
        inside.addLayout(self._recent)
        hint = QLabel("You can also drop a project or files of texts on this window.")
        hint.setProperty("second", True)
        inside.addWidget(hint)
        whole = QVBoxLayout(self)
        whole.addWidget(card, 0, Qt.AlignmentFlag.AlignCenter)

    def draw_picture(self) -> None:
        """Draw the program's icon: after the first paint, which need not wait for it."""
        picture = self.findChild(QLabel, _PICTURE_NAME)
        if picture is not None:
            picture.setPixmap(program_icon().pixmap(_PICTURE))

    def show_recent(self, projects: list[Path]) -> None:
        """Offer these projects."""
        while (item := self._recent.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        if projects:
            heading = QLabel("Recent projects")
            heading.setProperty("heading", True)
            self._recent.addWidget(heading)
        for path in projects[:5]:
            row = _RecentRow(path)
            row.button.clicked.connect(self._request)
            self._recent.addWidget(row)

    def tell_broken_off(self) -> None:
        """Say beside the recent projects which of them has a run that can go on: after the first paint, too."""
        from gadget_trainer.training.unfinished import broken_off_in  # not before the window is painted

        for row in self.findChildren(_RecentRow):
            row.tell(broken_off_in(row.button.path))

    @Slot()
    def _request(self) -> None:
        button = self.sender()
        if isinstance(button, _RecentButton):
            self.project_requested.emit(button.path)


class _RecentButton(QPushButton):
    """A recent project's name; its folder is in the tooltip."""

    def __init__(self, path: Path) -> None:
        super().__init__(path.stem)
        self.path = path
        self.setProperty("quiet", True)
        self.setObjectName(f"recent:{path.name}")
        self.setToolTip(plain_tip(str(path)))


class _RecentRow(QWidget):
    """A recent project, and what there is to say of it."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.button = _RecentButton(path)
        self._words = QLabel()
        self._words.setObjectName(f"brokenOff:{path.name}")
        self._words.setProperty("second", True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._words.hide()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(UNIT)
        line.addWidget(self.button)
        line.addWidget(self._words, 1)
        line.addStretch()

    def tell(self, sentence: str) -> None:
        """Say of which run it was broken off; with an empty sentence there is none."""
        self._words.setText(f"{sentence} It can go on." if sentence else "")
        self._words.setVisible(bool(sentence))
        self.button.setAccessibleDescription(self._words.text())


def _heading() -> QHBoxLayout:
    picture = QLabel()
    picture.setFixedSize(_PICTURE)
    picture.setObjectName(_PICTURE_NAME)
    title = QLabel("Gadget Trainer")
    title.setProperty("title", True)
    second = QLabel("Make your own entity recogniser from your own texts.")
    second.setProperty("second", True)
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(title)
    words.addWidget(second)
    row = QHBoxLayout()
    row.setSpacing(2 * UNIT)
    row.addWidget(picture)
    row.addLayout(words, 1)
    return row


def _steps() -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(3 * UNIT)
    for number, name, words in _STEPS:
        heading = QLabel(f"{number}  {name}")
        heading.setProperty("heading", True)
        text = QLabel(words)
        text.setWordWrap(True)
        text.setProperty("second", True)
        column = QVBoxLayout()
        column.setSpacing(UNIT // 2)
        column.addWidget(heading)
        column.addWidget(text)
        column.addStretch()
        row.addLayout(column, 1)
    return row


def _button(action: QAction, *, primary: bool) -> QPushButton:
    button = QPushButton(action.text().rstrip("…"))
    button.setObjectName(f"welcome:{action.objectName()}")
    button.setAccessibleName(action.text().rstrip("…"))
    button.setToolTip(action.toolTip())
    button.setProperty("primary", primary)
    button.clicked.connect(action.trigger)
    return button
