"""The curves: what is drawn, under the pointer too."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QRectF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from window_corpus import iteration

from gadget_trainer.ui.train.axis import ticks
from gadget_trainer.ui.train.chart_scale import Scale
from gadget_trainer.ui.train.loss_chart import LossChart


@pytest.fixture
def chart(qtbot):
    chart = LossChart()
    qtbot.addWidget(chart)
    chart.resize(640, 240)
    with qtbot.waitExposed(chart):
        chart.show()
    return chart


def picture(chart):
    return chart.grab().toImage()


def test_an_empty_chart_says_what_will_be_there(chart):
    blank = LossChart()
    blank.resize(chart.size())
    assert chart.points() == []
    assert chart.best() is None
    assert len({picture(chart).pixel(x, 120) for x in range(640)}) > 1, "the words are painted"


def test_points_are_added_one_by_one(chart):
    chart.show_run([], 3)
    empty = picture(chart)
    chart.add(iteration(1, 100.0, 0.2, iterations=3))
    one = picture(chart)
    chart.add(iteration(2, 50.0, 0.6, iterations=3))
    chart.add(iteration(3, 20.0, 0.5, iterations=3, best=False))
    assert chart.points() == [(1, 100.0, 0.2), (2, 50.0, 0.6), (3, 20.0, 0.5)]
    assert chart.best().iteration == 2
    assert chart.accessibleDescription() == "Iteration 3: loss 20.00, F 0.500"
    assert empty != one
    assert one != picture(chart)
    chart.show_run([], 0)
    assert chart.points() == []
    assert chart.accessibleDescription() == ""


@pytest.mark.parametrize("records", [[iteration(1, 0.0, None)], [iteration(1, 1e12, 1.0)], [iteration(1, 1e-9, 0.0)]])
def test_odd_numbers_are_drawn(chart, records):
    chart.show_run(records, 1)
    assert chart.points() == [(one.iteration, one.loss, one.f_score) for one in records]
    assert not picture(chart).isNull()


def test_a_loss_that_is_no_number_is_drawn(chart):
    chart.show_run([iteration(1, float("nan")), iteration(2, float("inf")), iteration(3, 5.0)], 3)
    assert not picture(chart).isNull()


def test_the_pointer_shows_the_numbers_of_the_nearest_iteration(chart):
    chart.show_run([iteration(number, 100.0 / number) for number in range(1, 6)], 5)
    plain = picture(chart)
    QTest.mouseMove(chart, QPoint(120, 100))
    chart.repaint()
    left = picture(chart)
    QTest.mouseMove(chart, QPoint(600, 100))
    right = picture(chart)
    assert plain != left
    assert left != right
    QApplication.sendEvent(chart, QEvent(QEvent.Type.Leave))
    assert picture(chart) == plain


def test_a_new_run_under_the_pointer_shows_none_of_the_old_numbers(chart):
    chart.show_run([iteration(number) for number in range(1, 6)], 5)
    QTest.mouseMove(chart, QPoint(600, 100))
    chart.show_run([iteration(1)], 5)
    assert not picture(chart).isNull()


@pytest.mark.parametrize("number", [1, 2, 10, 300])
def test_runs_of_any_length_have_a_range_and_another_run_beside_them(chart, number):
    records = [iteration(place, 100.0 / place, f_interval=None, iterations=number) for place in range(1, number + 1)]
    chart.show_run(records, number)
    plain = picture(chart)
    chart.show_run([replace(one, f_interval=(0.3, 0.7)) for one in records], number)
    ranged = picture(chart)
    assert plain != ranged
    chart.show_beside([iteration(place, 30.0, 0.9) for place in range(1, 4)], "12 Mar, 14:05")
    assert chart.beside() == [(place, 30.0, 0.9) for place in range(1, 4)]
    assert picture(chart) != ranged
    chart.show_beside([])
    assert picture(chart) == ranged


def test_a_curve_breaks_where_the_loss_is_no_number():
    records = [iteration(place, loss) for place, loss in enumerate((3.0, 2.0, float("nan"), 1.0), start=1)]
    pieces = Scale(QRectF(0, 0, 300, 100), 4, 3.0).losses(records, "")
    assert [len(piece) for piece in pieces] == [2, 1]
    assert pieces[1][0].x() == 300


@given(st.integers(1, 1000), st.floats(1, 2000), st.floats(8, 60))
def test_numbers_under_the_chart_have_room(iterations, width, widest):
    scale = Scale(QRectF(0, 0, width, 100), iterations, 1.0)
    numbers = scale.labelled_iterations(widest)
    assert numbers[0] == 1
    assert numbers[-1] == iterations
    gaps = [scale.x(after) - scale.x(before) for before, after in itertools.pairwise(numbers[:-1])]
    assert all(gap >= widest * 0.9 for gap in gaps)


@given(st.floats(min_value=1e-12, max_value=1e15), st.integers(min_value=2, max_value=12))
def test_ticks_go_from_zero_to_the_highest_in_equal_steps(highest, at_most):
    values = ticks(highest, at_most)
    assert values[0] == 0
    assert values[-1] >= highest * (1 - 1e-6)
    assert 2 <= len(values) <= at_most + 1
    steps = {round((after - before) / values[1], 6) for before, after in itertools.pairwise(values)}
    assert steps == {1.0}
    assert values[-2] < highest, "no step is drawn that nothing needs"
    assert f"{values[1]:.0e}"[0] in "125"


@pytest.mark.parametrize("highest", [0.0, -1.0, float("nan"), float("inf")])
def test_ticks_of_nothing(highest):
    assert ticks(highest) == [0.0, 1.0]
