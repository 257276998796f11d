"""The learning curve and the starving labels, asked for by a click."""

import pytest
from PySide6.QtCore import Qt, QThread
from PySide6.QtWidgets import QAbstractButton, QLabel, QTabWidget

from gadget_trainer.training.what_next import CurvePoint
from gadget_trainer.ui.train.curve_chart import CurveChart


@pytest.fixture
def tab(trainer):
    """The window's tab “What next”, opened by a click on it."""
    tabs = trainer.window.find(QTabWidget, "runTabs")
    place = next(at for at in range(tabs.count()) if tabs.tabText(at) == "What next")
    trainer.qtbot.mouseClick(tabs.tabBar(), Qt.MouseButton.LeftButton, pos=tabs.tabBar().tabRect(place).center())
    assert tabs.currentIndex() == place
    return trainer.window


def sentence(window, name="curveSentence"):
    return window.find(QLabel, name).text()


def enabled(window, name):
    return window.find(QAbstractButton, name).isEnabled()


def test_a_curve_is_measured_and_read_in_a_sentence(tab, trainer):
    tab.click("learningCurve")
    assert not enabled(tab, "startTraining")
    chart = tab.find(CurveChart, "curveChart")
    tab.qtbot.waitUntil(lambda: enabled(tab, "learningCurve"), timeout=120_000)
    assert [share for share, _ in chart.points()] == [0.25, 0.5, 0.75, 1.0]
    assert "twice the texts" in sentence(tab).lower()
    assert enabled(tab, "startTraining")
    assert not trainer.rows(), "it is no run"


def test_a_curve_is_cancelled_and_can_be_asked_for_again(tab):
    tab.click("learningCurve")
    tab.qtbot.waitUntil(lambda: "Learning from" in sentence(tab), timeout=60_000)
    tab.click("cancelCurve")
    tab.qtbot.waitUntil(lambda: enabled(tab, "learningCurve"), timeout=60_000)
    assert sentence(tab) == "Stopped before there was anything to compare."


def test_closing_the_window_ends_a_curve(tab):
    tab.click("learningCurve")
    tab.qtbot.waitUntil(lambda: "Learning from" in sentence(tab), timeout=60_000)
    tab.main.close()
    assert not [thread for thread in tab.main.findChildren(QThread) if thread.isRunning()]


def test_labels_that_starve_are_named(tab):
    assert sentence(tab, "starvingLabels") == "GADGET has 40 spans; labels with fewer than 50 rarely get right."


def test_nothing_is_measured_beside_a_run(tab, trainer):
    trainer.start()
    assert not enabled(tab, "learningCurve")
    trainer.wait_until_saved()
    assert enabled(tab, "learningCurve")


def test_the_chart_draws_what_is_known(qtbot):
    chart = CurveChart()
    qtbot.addWidget(chart)
    chart.resize(320, 160)
    with qtbot.waitExposed(chart):
        chart.show()
    empty = chart.grab().toImage()
    chart.show_points([CurvePoint(0.25, 5, None, None), CurvePoint(0.5, 10, 0.4, (0.2, 0.6))])
    assert chart.points() == [(0.5, 0.4)]
    assert chart.accessibleDescription() == "50 %: F 0.40"
    assert chart.grab().toImage() != empty
