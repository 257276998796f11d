"""The project's guidelines: what the active label means; in Markdown what is labelled; all labels and categories."""

from collections.abc import Sequence
from contextlib import suppress
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QFocusEvent, QShowEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import (
    QDockWidget,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QStackedWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from gadget_trainer.corpus.records import Category, Label
from gadget_trainer.errors import UserError
from gadget_trainer.ui.theme import UNIT

if TYPE_CHECKING:  # SQLAlchemy behind it takes longer to import than the window to paint
    from gadget_trainer.ui.session import Session

_NOTHING_YET = (
    "*There are no guidelines yet. Press Edit and write down what is labelled and what is not, with examples; "
    "whoever annotates later decides as you do.*"
)
_DIALECT = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML


class GuidelinesDock(QDockWidget):
    """Shows the guidelines beside the text, and lets them be edited there."""

    shown_changed = Signal(bool)
    """Whether it is open now; it can be closed by its own button."""

    def __init__(self, session: "Session") -> None:
        super().__init__("Guidelines")
        self.setObjectName("guidelinesDock")
        self._session = session
        self._guidelines = session.project.guidelines
        self._active = ""
        self._editing = False
        self._known = ""
        self._of_active = _of_active()
        self._page = _page()
        self._source = _Source()
        self._hint = QLabel("Markdown: # Heading, **bold**, - list")
        self._hint.setProperty("second", True)
        self._edit = QPushButton("Edit")
        self._edit.setObjectName("editGuidelines")
        self._edit.setAccessibleName("Edit the guidelines")
        self._edit.setCheckable(True)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._page)
        self._stack.addWidget(self._source)
        self._lay_out()
        self._edit.toggled.connect(self._switch)
        self._source.left.connect(self.keep)
        session.labels_changed.connect(self._refresh)
        session.categories_changed.connect(self._refresh)
        session.travelled.connect(self._reread)

    @Slot()
    def keep(self) -> bool:
        """Remember what was written, where something else was; False where that was refused, which is said."""
        words = self._source.toPlainText()
        if not self._editing or words == self._known:
            return True
        if not self._session.do(lambda: self._guidelines.write(words)):
            return False
        self._known = words
        return True

    def finish(self) -> None:
        """Remember it while the project is being closed, when nobody is told any more."""
        if self._editing and self._source.toPlainText() != self._known:
            with suppress(UserError):
                self._guidelines.write(self._source.toPlainText())

    @Slot(str)
    def follow(self, label: str) -> None:
        """Say above the guidelines what this label means; it is the one that new spans get."""
        self._active = label
        self._refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Show what the labels mean by now."""
        super().showEvent(event)
        self._show()
        self.shown_changed.emit(True)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Its own button was pressed."""
        self.keep()
        super().closeEvent(event)
        self.shown_changed.emit(False)

    @Slot(bool)
    def _switch(self, editing: bool) -> None:
        if not editing and not self.keep():
            with QSignalBlocker(self._edit):
                self._edit.setChecked(True)
            return
        self._editing = editing
        self._edit.setText("Done" if editing else "Edit")
        self._hint.setVisible(editing)
        if editing:
            self._known = self._guidelines.text()
            self._source.setPlainText(self._known)
            self._stack.setCurrentWidget(self._source)
            self._source.setFocus()
        else:
            self._show()
            self._stack.setCurrentWidget(self._page)

    @Slot()
    def _reread(self) -> None:
        """What was written is perhaps undone, or done again; what is being written stays."""
        kept = self._guidelines.text()
        if self._editing and self._source.toPlainText() == self._known:
            self._source.setPlainText(kept)
            self._known = kept
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        if self.isVisible():
            self._show()

    def _show(self) -> None:
        labels = self._session.project.read.labels()
        active = next((one for one in labels if one.name == self._active), None)
        self._of_active.setText(_explained(active) if active is not None else "")
        self._of_active.setVisible(active is not None)
        self._page.document().setMarkdown(self._guidelines.text().strip() or _NOTHING_YET, _DIALECT)
        cursor = QTextCursor(self._page.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        categories = self._session.project.categories.all()
        cursor.insertHtml("<br>" + _meanings(labels) + _meanings(categories, "Categories of texts"))
        self._page.moveCursor(QTextCursor.MoveOperation.Start)

    def _lay_out(self) -> None:
        self._hint.hide()
        below = QHBoxLayout()
        below.setContentsMargins(2 * UNIT, UNIT, 2 * UNIT, UNIT)
        below.addWidget(self._hint, 1)
        below.addStretch()
        below.addWidget(self._edit)
        whole = QWidget()
        whole.setProperty("surface", True)
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._of_active)
        column.addWidget(self._stack, 1)
        column.addLayout(below)
        self.setWidget(whole)
        self.setMinimumWidth(35 * UNIT)


class _Source(QPlainTextEdit):
    """The Markdown, while it is written."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("guidelinesSource")
        self.setAccessibleName("Guidelines in Markdown")
        self.setPlaceholderText("# What is a GADGET?\n\nA product that one can buy and hold.\n\n- not: **phone** alone")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Nothing that was written is lost."""
        super().focusOutEvent(event)
        self.left.emit()


def _page() -> QTextBrowser:
    page = QTextBrowser()
    page.setObjectName("guidelinesPage")
    page.setAccessibleName("Guidelines")
    page.setOpenExternalLinks(True)
    page.setFrameShape(QFrame.Shape.NoFrame)
    page.document().setDocumentMargin(2 * UNIT)
    return page


def _of_active() -> QLabel:
    label = QLabel()
    label.setObjectName("guidelineOfLabel")
    label.setAccessibleName("What the active label means")
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setWordWrap(True)
    label.setProperty("card", True)
    label.setContentsMargins(2 * UNIT, UNIT, 2 * UNIT, UNIT)
    label.hide()
    return label


def _explained(label: Label) -> str:
    return f"<b>{escape(label.name)}</b>{_meaning(label) or '<br>It has no guideline yet. Write one with F2.'}"


def _meanings(choices: Sequence[Label | Category], heading: str = "") -> str:
    """What labels or categories mean, as HTML; those of which nothing is said are named all the same."""
    above = f"<br><p><i>{heading}</i></p>" if heading and choices else ""
    return above + "".join(f"<p><b>{escape(one.name)}</b>{_meaning(one)}</p>" for one in choices)


def _meaning(choice: Label | Category) -> str:
    said = f"<br>{escape(choice.description)}" if choice.description else ""
    examples = ", ".join(f"“{escape(one)}”" for one in choice.examples) if isinstance(choice, Label) else ""
    return said + (f"<br><i>{examples}</i>" if examples else "")
