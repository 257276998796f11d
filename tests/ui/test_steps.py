"""Work in a thread: every ending, pausing, stopping, and where things run."""

import threading

import pytest
from PySide6.QtCore import QObject, QThread, Slot

from gadget_trainer.errors import UserError
from gadget_trainer.ui.steps import Steps


class Listener(QObject):
    """Takes what a thread says, as the window's parts do: in bound slots."""

    def __init__(self):
        super().__init__()
        self.records = []
        self.sentences = []
        self.traces = []
        self.threads = set()

    def listen(self, steps):
        steps.stepped.connect(self.take)
        steps.failed.connect(self.fail)
        steps.crashed.connect(self.crash)
        return steps

    @Slot(object)
    def take(self, record):
        self.records.append(record)
        self.threads.add(QThread.currentThread())

    @Slot(str)
    def fail(self, sentence):
        self.sentences.append(sentence)

    @Slot(str)
    def crash(self, trace):
        self.traces.append(trace)


@pytest.fixture
def listener(qapp):
    return Listener()


def run(qtbot, steps):
    with qtbot.waitSignal(steps.finished, timeout=10_000):
        steps.start()


def test_each_record_arrives_in_order_in_the_windows_thread(qtbot, listener):
    steps = listener.listen(Steps(lambda: iter(range(100)), listener))
    run(qtbot, steps)
    assert listener.records == list(range(100))
    assert listener.threads == {QThread.currentThread()}
    assert not steps.broken


def test_records_keep_what_qt_would_change(qtbot, listener):
    odd = [{1: "a"}, 2**40, "\ufeffa", None]
    run(qtbot, listener.listen(Steps(lambda: iter(odd), listener)))
    assert listener.records == odd


def test_a_user_error_is_a_sentence(qtbot, listener):
    def fail():
        yield 1
        raise UserError("The disk is full. Make room.")

    steps = listener.listen(Steps(fail, listener))
    run(qtbot, steps)
    assert listener.records == [1]
    assert listener.sentences == ["The disk is full. Make room."]
    assert listener.traces == []
    assert steps.broken


@pytest.mark.parametrize("where", ["making", "stepping"])
def test_a_bug_is_a_traceback(qtbot, listener, where):
    def stepping():
        yield 1
        raise ZeroDivisionError("by nothing")

    def making():
        raise ZeroDivisionError("by nothing")

    steps = listener.listen(Steps(making if where == "making" else stepping, listener))
    run(qtbot, steps)
    assert listener.sentences == []
    assert "ZeroDivisionError: by nothing" in listener.traces[0]
    assert f"in {where}" in listener.traces[0]
    assert steps.broken


class Counter:
    """Counts without end, and knows where it was closed."""

    def __init__(self):
        self.count = 0
        self.closed_in = None
        self.made_in = None

    def __call__(self):
        self.made_in = threading.get_ident()
        try:
            while True:
                self.count += 1
                yield self.count
        finally:
            self.closed_in = threading.get_ident()


def test_stop_closes_the_generator_in_its_own_thread(qtbot, listener):
    counter = Counter()
    steps = listener.listen(Steps(counter, listener))
    steps.start()
    qtbot.waitUntil(lambda: counter.count > 10)
    steps.finish()
    assert steps.isFinished()
    assert counter.closed_in == counter.made_in
    assert counter.made_in != threading.get_ident()
    assert not steps.broken


def test_a_paused_thread_takes_no_step_until_it_is_resumed(qtbot, listener):
    counter = Counter()
    steps = Steps(counter, listener, passing=lambda _record: True)
    steps.pause()
    steps.start()
    qtbot.waitUntil(lambda: counter.count == 1)
    assert steps.is_paused()
    assert not steps.wait(200)
    assert counter.count == 1
    steps.resume()
    assert not steps.is_paused()
    qtbot.waitUntil(lambda: counter.count > 10)
    steps.pause()
    steps.finish()
    assert steps.isFinished()
    assert counter.closed_in == counter.made_in


def test_passing_records_come_at_most_ten_times_a_second_and_others_always(qtbot, listener):
    def count():
        yield from range(20_000)
        yield "the end"

    steps = listener.listen(Steps(count, listener, passing=lambda record: isinstance(record, int)))
    run(qtbot, steps)
    assert listener.records[0] == 0
    assert listener.records[-1] == "the end"
    assert len(listener.records) < 200


def test_finish_is_safe_before_the_start_and_after_the_end(qtbot, listener):
    Steps(lambda: iter(()), listener).finish()
    steps = Steps(lambda: iter(()), listener)
    run(qtbot, steps)
    steps.finish()
    assert steps.isFinished()


def test_what_is_iterable_and_cannot_be_closed_can_be_stepped(qtbot, listener):
    steps = listener.listen(Steps(lambda: iter([1, 2]), listener))
    run(qtbot, steps)
    assert listener.records == [1, 2]
