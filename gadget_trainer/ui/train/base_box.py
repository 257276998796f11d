"""What a run starts from: from scratch, an own earlier model, any pipeline folder or an installed package."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QComboBox, QStyledItemDelegate, QStyleOptionViewItem

from gadget_trainer.errors import UserError
from gadget_trainer.training.base_facts import base_facts
from gadget_trainer.ui.theme import UNIT
from gadget_trainer.ui.tool_tips import plain_tip
from gadget_trainer.ui.train.path_line import PathLine

SCRATCH = "From scratch"

_LIST_WIDTH = 40 * UNIT
_SHOWN = Qt.ItemDataRole.UserRole


class BaseBox(QComboBox):
    """Holds a path or a package's name; its list shows names and dates, with the whole path as the tooltip."""

    def __init__(self, packages: Sequence[str]) -> None:
        """``packages`` are the pipelines that are installed here."""
        super().__init__()
        self._packages = packages
        self.setEditable(True)
        self.setLineEdit(PathLine())
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setItemDelegate(_Names(self))
        self.view().setMinimumWidth(_LIST_WIDTH)
        self.addItem(SCRATCH, SCRATCH)

    def base(self) -> str:
        """As TrainingSettings has it: empty from scratch."""
        words = self.currentText().strip()
        return "" if words == SCRATCH else words

    def show_base(self, base: str) -> None:
        """Choose it, whether it is on the list or not."""
        self.setCurrentText(base or SCRATCH)

    def offer(self, folders: list[Path]) -> None:
        """List these folders and the installed packages; the choice stays."""
        chosen = self.currentText()
        self.blockSignals(True)
        self.clear()
        self.addItem(SCRATCH, SCRATCH)
        for folder in folders:
            self.addItem(str(folder), _name_and_date(folder))
            self.setItemData(self.count() - 1, plain_tip(str(folder)), Qt.ItemDataRole.ToolTipRole)
        for package in self._packages:
            self.addItem(package, f"{package}, installed")
        self.setCurrentText(chosen or SCRATCH)
        self.blockSignals(False)

    def facts(self) -> tuple[str, str]:
        """What the base that is chosen says of itself, or why there is none; empty from scratch.

        The second text is the whole list of its labels, where the first one does not name all.
        """
        if not self.base():
            return "", ""
        try:
            facts = base_facts(self.base())
        except UserError as error:
            return str(error), ""
        return facts.sentences(), facts.all_labels()


class _Names(QStyledItemDelegate):
    """Paints a base's name in place of its path."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Elide long names in the middle, where they differ least."""
        super().initStyleOption(option, index)
        option.text = str(index.data(_SHOWN) or index.data())
        option.textElideMode = Qt.TextElideMode.ElideMiddle


def _name_and_date(folder: Path) -> str:
    try:
        saved = datetime.fromtimestamp((folder / "meta.json").stat().st_mtime).astimezone()
    except OSError:
        return f"{folder.name}, not found"
    return f"{folder.name}, {saved.day} {saved:%b %Y}"
