"""Neither side of the Train workspace is narrower than what it shows."""

from PySide6.QtWidgets import QScrollArea, QWidget

from gadget_trainer.ui.train.two_sides import two_sides


def test_a_side_grows_with_what_it_shows(qtbot):
    field, right = QWidget(), QWidget()
    field.setMinimumWidth(200)
    splitter = two_sides([field], right)
    qtbot.addWidget(splitter)
    splitter.resize(1000, 300)
    splitter.show()
    qtbot.waitExposed(splitter)
    field.setMinimumSize(620, 900)
    area = splitter.widget(0)
    assert isinstance(area, QScrollArea)
    qtbot.waitUntil(lambda: area.verticalScrollBar().isVisible() and area.viewport().width() >= 620)
    assert area.widget().width() == area.viewport().width(), "nothing is cut off at the right"
