"""What opens below the text: labels, categories, labelled and split words, matches; and schemes of labels."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from gadget_trainer.ui.actions import Actions
from gadget_trainer.ui.annotate.bottom_panel import BottomPanel
from gadget_trainer.ui.annotate.category_flow import CategoryFlow
from gadget_trainer.ui.annotate.category_overview import CategoryOverview
from gadget_trainer.ui.annotate.label_flow import LabelFlow
from gadget_trainer.ui.annotate.label_overview import LabelOverview
from gadget_trainer.ui.annotate.matches_panel import MatchesPanel
from gadget_trainer.ui.annotate.splits_panel import SplitsPanel
from gadget_trainer.ui.annotate.surfaces_panel import SurfacesPanel
from gadget_trainer.ui.notice import NoticeBar

if TYPE_CHECKING:  # SQLAlchemy behind it takes longer to import than the window to paint
    from gadget_trainer.ui.session import Session

_FILES = "Label schemes (*.json)"

KEYS_OF_LISTS = {
    "In the list of matches": MatchesPanel.KEYS,
    "In the labelled words": SurfacesPanel.KEYS,
    "In the labels": LabelOverview.KEYS,
    "In the categories": CategoryOverview.KEYS,
    "In the split words": SplitsPanel.KEYS,
}
"""The keys of the lists that stand below the text, by where they work."""


class LabelPanels(QObject):
    """Of the lists below the text one is open at a time."""

    closed = Signal()
    """None is open any more."""

    def __init__(
        self,
        session: "Session",
        actions: Actions,
        notice: NoticeBar,
        flow: LabelFlow,
        categories: CategoryFlow,
        matches: MatchesPanel,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._flow = flow
        self._window = parent
        self._matches = matches
        self._back_to_surfaces = False
        self.surfaces = SurfacesPanel(session, notice)
        self.overview = LabelOverview(session, actions, flow)
        self._categories = CategoryOverview(session, actions, categories)
        self.splits = SplitsPanel(session)
        for panel in self.panels():
            panel.opened.connect(self._close_others)
            panel.closed.connect(self._note_closed)
        self.surfaces.matches_requested.connect(self._show_matches)
        for name, slot in (
            ("showSurfaces", self.surfaces.begin),
            ("showLabels", self.overview.begin),
            ("showCategories", self._categories.begin),
            ("showSplits", self.splits.begin),
            ("findAllExamples", self._matches.begin_all_examples),
            ("exportLabels", self._export),
            ("importLabels", self._import),
        ):
            actions[name].triggered.connect(slot)

    def panels(self) -> tuple[BottomPanel, ...]:
        """All that can stand below the text."""
        return (self._matches, self.surfaces, self.overview, self._categories, self.splits)

    def finish(self) -> None:
        """End all threads."""
        for panel in (self._matches, self.surfaces, self.overview, self._categories):
            panel.finish()

    @Slot()
    def _close_others(self) -> None:
        opened = self.sender()
        self._back_to_surfaces = False
        for panel in self.panels():
            if panel is not opened and panel.isVisible():
                panel.hide()

    @Slot(object, object)
    def _show_matches(self, words: str, label: str) -> None:
        self._matches.begin(words, label)
        self._back_to_surfaces = True

    @Slot()
    def _note_closed(self) -> None:
        back, self._back_to_surfaces = self._back_to_surfaces, False
        if back:
            self.surfaces.begin()
        else:
            self.closed.emit()

    @Slot()
    def _export(self) -> None:
        folder = str(self._session.project.path.with_name("labels.json"))
        name, _kind = QFileDialog.getSaveFileName(self._window, "Export the labels", folder, _FILES)
        if name:
            self._flow.export_scheme(Path(name))

    @Slot()
    def _import(self) -> None:
        folder = str(self._session.project.path.parent)
        name, _kind = QFileDialog.getOpenFileName(self._window, "Import labels", folder, _FILES)
        if name:
            self._flow.import_scheme(Path(name))
