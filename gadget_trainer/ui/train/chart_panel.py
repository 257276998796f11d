"""The chart of a run, with a choice of whose loss it draws where several components learn."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from gadget_trainer.training.progress import IterationDone
from gadget_trainer.ui.train.loss_chart import LossChart

_MAIN = "Loss of the recogniser"


class ChartPanel(QWidget):
    """Hands the records to the chart, and offers the components that they tell of."""

    def __init__(self) -> None:
        super().__init__()
        self.chart = LossChart()
        self._component = QComboBox()
        self._component.setObjectName("lossComponent")
        self._component.setAccessibleName("Component whose loss is drawn")
        self._component.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._component.activated.connect(self._choose)
        # In the chart's own corner: a row above it would take the height that the curves need.
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.addWidget(self.chart, 0, 0)
        grid.addWidget(self._component, 0, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
        self._offer([])

    def show_run(self, records: Sequence[IterationDone], iterations: int) -> None:
        """Draw these iterations of ``iterations`` in all."""
        self._offer(records)
        self.chart.show_run(records, iterations)

    def add(self, record: IterationDone) -> None:
        """Draw one more iteration."""
        if not self.chart.points():
            self._offer([record])
        self.chart.add(record)

    def _offer(self, records: Sequence[IterationDone]) -> None:
        """The components that learn; the choice stays, where it is still there."""
        names = sorted({name for one in records for name in one.losses})
        chosen = self.chart.component()
        self._component.clear()
        self._component.addItem(_MAIN, "")
        for name in names:
            self._component.addItem(f"Loss of {name}", name)
        self._component.setCurrentIndex(max(self._component.findData(chosen), 0))
        self._component.setVisible(len(names) > 1)
        if records and chosen not in names:
            self.chart.show_component("")

    @Slot(int)
    def _choose(self, place: int) -> None:
        self.chart.show_component(str(self._component.itemData(place)))
