import threading

import pytest

from gadget_trainer.errors import UserError
from gadget_trainer.ui.latest import LatestSteps


@pytest.fixture
def latest(qapp):
    latest = LatestSteps(qapp)
    yield latest
    latest.finish()
    latest.deleteLater()


def test_only_the_latest_is_told_and_those_between_are_never_begun(latest, qtbot):
    told, begun, gate = [], [], threading.Event()
    latest.stepped.connect(told.append)

    def job(name):
        def make():
            begun.append(name)
            assert gate.wait(10)
            yield name

        return make

    for name in ("first", "second", "third"):
        latest.ask(job(name))
    gate.set()
    qtbot.waitUntil(lambda: told == ["third"])
    assert begun == ["first", "third"]


def test_what_was_cancelled_is_not_told(latest, qtbot):
    told, gate, ended = [], threading.Event(), threading.Event()
    latest.stepped.connect(told.append)

    def make():
        assert gate.wait(10)
        yield "too late"
        ended.set()

    latest.ask(make)
    latest.cancel()
    gate.set()
    latest.ask(lambda: iter(["next"]))
    qtbot.waitUntil(lambda: told == ["next"])


def test_a_sentence_is_told_and_the_next_job_runs(latest, qtbot):
    def fails():
        raise UserError("No such folder.")
        yield

    with qtbot.waitSignal(latest.failed) as failed:
        latest.ask(fails)
    assert failed.args == ["No such folder."]
    with qtbot.waitSignal(latest.stepped) as stepped:
        latest.ask(lambda: iter([1]))
    assert stepped.args == [1]


def test_it_says_when_nothing_runs_any_more(latest, qtbot):
    told, gate = [], threading.Event()
    latest.stepped.connect(told.append)
    latest.ended.connect(lambda: told.append("ended"))

    def first():
        assert gate.wait(10)
        yield "first"

    assert not latest.is_busy()
    latest.ask(first)
    latest.ask(lambda: iter(["second"]))
    assert latest.is_busy()
    gate.set()
    qtbot.waitUntil(lambda: "ended" in told)
    assert told == ["second", "ended"]
    assert not latest.is_busy()


def test_nothing_begins_once_it_is_finished(latest, qapp):
    begun = []
    latest.finish()
    latest.ask(lambda: iter([begun.append("too late")]))
    qapp.processEvents()
    assert not latest.is_busy()
    assert begun == []
