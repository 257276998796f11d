"""Adding, changing and deleting labels: dialogs and questions around the edits."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QWidget

from gadget_trainer.corpus.palette import next_colour
from gadget_trainer.corpus.records import Label
from gadget_trainer.errors import UserError
from gadget_trainer.ui.actions import Actions
from gadget_trainer.ui.annotate.choice_keys import key_holders
from gadget_trainer.ui.annotate.label_bar import LabelBar
from gadget_trainer.ui.annotate.label_dialog import LabelDialog
from gadget_trainer.ui.annotate.label_finder import LabelFinder
from gadget_trainer.ui.annotate.label_keys import keys_of
from gadget_trainer.ui.notice import NoticeBar

if TYPE_CHECKING:  # SQLAlchemy behind these takes longer to import than the window to paint
    from gadget_trainer.corpus.outcomes import Outcome
    from gadget_trainer.ui.session import Session


@dataclass(frozen=True, slots=True)
class _Marked:
    """What has a label."""

    spans: int
    refusals: int

    @property
    def rows(self) -> int:
        """How much changes with the label."""
        return self.spans + self.refusals

    def what_goes(self) -> str:
        """As in “its 3 spans and what was refused of it at 2 places too”."""
        parts = [f"its {_many(self.spans, 'span')}"] if self.spans else []
        parts += [f"what was refused of it at {_many(self.refusals, 'place')}"] if self.refusals else []
        return f"{' and '.join(parts)} too" if parts else "no span"

    def handed_over_to(self, label: Label) -> str:
        """As in “makes its 3 spans BRAND; what was refused of it at 2 places is refused of BRAND then”."""
        spans = f"makes its {_many(self.spans, 'span')} {label.name}" if self.spans else "changes no span"
        if not self.refusals:
            return spans
        return f"{spans}; what was refused of it at {_many(self.refusals, 'place')} is refused of {label.name} then"


class LabelFlow(QObject):
    """Leads through a change of the labels."""

    def __init__(self, session: "Session", bar: LabelBar, notice: NoticeBar, actions: Actions, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._bar = bar
        self._notice = notice
        self._actions = actions
        self._window = window
        self._merged: Label | None = None
        self._finder = LabelFinder(window, "mergeTarget")
        self._finder.label_chosen.connect(self._take_merge_target)
        bar.add_requested.connect(self.add)
        bar.change_requested.connect(self.change)
        bar.delete_requested.connect(self.delete)
        bar.merge_requested.connect(self.merge)
        bar.merge_target_requested.connect(self.find_merge_target)
        bar.order_requested.connect(self.reorder)

    @Slot()
    def add(self) -> None:
        """Ask for a new label and make it the active one."""
        self.add_for(lambda _name: None)

    def add_for(self, then: Callable[[str], None]) -> None:
        """Ask for a new label, make it the active one, and go on with its name."""
        colour = next_colour([label.colour for label in self._bar.labels()])
        dialog = self._dialog("New label", Label(0, "", colour))

        def add() -> None:
            label, edits = dialog.label(), self._session.project.labels
            wish = partial(
                edits.add,
                label.name,
                label.colour,
                description=label.description,
                examples=label.examples,
                key=label.key,
            )
            if self._session.do(wish):
                self._bar.activate(label.name)
                then(label.name)

        dialog.accepted.connect(add)
        dialog.open()

    @Slot(object)
    def change(self, label: Label) -> None:
        """Ask for what the label should be, and make it that in one step."""
        dialog = self._dialog(f"Change {label.name}", label)

        def change() -> None:
            changed, was_active = dialog.label(), self._bar.active() == label.name
            if self._session.do(lambda: self._session.project.labels.change(changed)) and was_active:
                self._bar.activate(changed.name)

        dialog.accepted.connect(change)
        dialog.open()

    @Slot(object)
    def reorder(self, label_ids: list[int]) -> None:
        """Put the labels into this order."""
        self._session.do(lambda: self._session.project.labels.reorder(label_ids))

    @Slot(object)
    def find_merge_target(self, label: Label) -> None:
        """Let another label be found by its name, and lead on to merging into it."""
        self._merged = label
        others = [one for one in self._bar.labels() if one.id != label.id]
        self._finder.open_at(others, QCursor.pos())

    @Slot(str)
    def _take_merge_target(self, name: str) -> None:
        into = next((one for one in self._bar.labels() if one.name == name), None)
        if into is not None and self._merged is not None:
            self.merge(self._merged, into)

    @Slot(object, object)
    def merge(self, label: Label, into: Label) -> None:
        """Say what becomes of the spans and what goes, and merge two labels when that is wanted."""
        edits, marked = self._session.project.labels, self._marked(label)

        def merge() -> None:
            self._session.do_steps(
                f"Merging {label.name} into {into.name}",
                marked.rows,
                lambda: edits.merge_steps(label.id, into.id),
                lambda done: self._bar.activate(into.name) if done else None,
            )

        self._notice.ask(
            f"Merging {label.name} into {into.name} {marked.handed_over_to(into)}, and {label.name} is gone"
            f"{_with_what(label)}. It can be undone.",
            Merge=merge,
            Keep_both=lambda: None,
        )

    @Slot(object)
    def delete(self, label: Label) -> None:
        """Say what goes with a label, and delete it when that is wanted."""
        edits, marked = self._session.project.labels, self._marked(label)
        self._notice.ask(
            f"Deleting {label.name} removes {marked.what_goes()}. It can be undone.",
            Delete=lambda: self._session.do_steps(
                f"Deleting {label.name}", marked.rows, lambda: edits.delete_steps(label.id)
            ),
            Keep=lambda: None,
        )

    def _marked(self, label: Label) -> "_Marked":
        spans = self._session.counts().spans.get(label.id, 0)
        return _Marked(spans, self._session.project.by_label.refusals(label.id))

    def export_scheme(self, path: Path) -> None:
        """Write the labels into a file, for another project."""
        from gadget_trainer.corpus.label_scheme import write_scheme  # start-up need not wait for it

        labels = self._bar.labels()
        try:
            write_scheme(path, labels)
        except UserError as error:
            self._session.failed.emit(str(error))
        else:
            many = f"{len(labels):,} {'label' if len(labels) == 1 else 'labels'}"
            self._session.told.emit(f"Exported {many} to {path.name}.")

    def import_scheme(self, path: Path) -> None:
        """Take the labels of a file into the project, in one step; those of the same name become one."""
        from gadget_trainer.corpus.label_scheme import read_scheme  # start-up need not wait for it

        taken = key_holders([], self._actions)

        def take() -> "Outcome | None":
            outcome = self._session.project.labels.take_scheme(read_scheme(path), taken)
            if outcome is None:
                self._session.told.emit(f"Nothing changed: the labels of {path.name} are in the project as they are.")
            return outcome

        self._session.do(take)

    def _dialog(self, title: str, label: Label) -> LabelDialog:
        labels = self._bar.labels()
        others = {one.name for one in labels if one.id != label.id}
        after = [replace(one, key="") if one.id == label.id else one for one in labels]
        digit = keys_of(after if label.id else [*labels, label], self._actions.taken_keys())[label.name]
        categories = self._session.project.categories.all()
        holders = key_holders([*(one for one in labels if one.id != label.id), *categories], self._actions)
        dialog = LabelDialog(title, label, others, holders, self._window, digit=digit)
        dialog.finished.connect(dialog.deleteLater)
        return dialog


def _with_what(label: Label) -> str:
    """What a label loses when it goes beside its spans, as in “ with its description and its 2 examples”."""
    examples = len(label.examples)
    lost = [
        *(["its description"] if label.description else []),
        *([f"its {_many(examples, 'example')}"] if examples else []),
        *([f"its key {label.key}"] if label.key else []),
    ]
    *first, last = lost or [""]
    return f", with {', '.join(first)} and {last}" if first else f", with {last}" if last else ""


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
