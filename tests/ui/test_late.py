"""What is seen late is taken into the window when it is seen."""

from PySide6.QtWidgets import QComboBox, QLabel, QTableView, QTabWidget, QWidget

from gadget_trainer.ui.late import LateFrame, late


def test_the_content_comes_with_the_first_showing(qtbot):
    window, content = QWidget(), QLabel("here")
    qtbot.addWidget(window)
    frame = LateFrame(window)
    frame.hold(content)
    frame.hide()
    with qtbot.waitExposed(window):
        window.show()
    assert content.parent() is None
    frame.show()
    assert content.parent() is frame
    assert content.isVisible()
    frame.hide()
    frame.show()
    assert content.isVisible()


def test_a_tab_is_filled_when_it_is_opened(qtbot):
    tabs, content = QTabWidget(), QLabel("here")
    qtbot.addWidget(tabs)
    tabs.addTab(QLabel("first"), "First")
    tabs.addTab(late(content), "Second")
    with qtbot.waitExposed(tabs):
        tabs.show()
    assert content.parent() is None
    tabs.setCurrentIndex(1)
    assert content.isVisible()


def test_what_is_held_while_it_is_shown_is_taken_in_at_once(qtbot):
    frame, content = LateFrame(), QLabel("here")
    qtbot.addWidget(frame)
    frame.resize(200, 100)
    with qtbot.waitExposed(frame):
        frame.show()
    frame.hold(content)
    qtbot.waitUntil(content.isVisible)


def test_what_few_people_open_is_not_in_the_window_until_they_do(window):
    fields, tables = (len(window.main.findChildren(kind)) for kind in (QComboBox, QTableView))
    window.click("moreFilters")
    assert len(window.main.findChildren(QComboBox)) > fields
    window.trigger("showLabels")
    assert len(window.main.findChildren(QTableView)) == tables + 1
