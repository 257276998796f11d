"""From a base, on texts of the sample, in the window: what became of its labels is told, and kept with the run."""

import json
from itertools import islice

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView, QTabWidget
from trainer import Trainer
from window_corpus import done_texts, make_project

from gadget_trainer.corpus.records import AnnotatedText, Span
from gadget_trainer.formats.reading import read_files
from gadget_trainer.paths import resources
from gadget_trainer.training.run import TrainingRun
from gadget_trainer.training.settings import TrainingSettings


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    """A pipeline that was taught, on a few texts, to find people."""
    texts = []
    for number, one in enumerate(done_texts(40), start=1):
        start = one.text.rindex(", ") + 2
        texts.append(one._replace(id=number, spans=(Span(start, len(one.text) - 1, "PERSON"),)))
    folder = tmp_path_factory.mktemp("bases") / "people"
    settings = TrainingSettings(output=folder, language="xx", iterations=6, batch_size=60, held_out=0.0)
    run = TrainingRun(lambda: texts, settings)
    try:
        list(run.steps())
        list(run.save())
    finally:
        run.close()
    return folder


@pytest.fixture
def trainer(open_, tmp_path):
    """Some of the sample's texts, and some that nobody began, which hold what the base knows."""
    sample = islice(read_files([resources() / "samples" / "gadgets.jsonl"]).texts(), 60)
    people = [AnnotatedText(one.text.replace("The", "My")) for one in done_texts(40)]
    return Trainer(open_(make_project(tmp_path / "sample.gadget", [*sample, *people], batch_size=200)))


def rows(trainer):
    """The table of the base's labels."""
    trainer.open_tab("Before and after")
    model = trainer.window.find(QTableView, "keptTable").model()
    return [[model.index(row, column).data() for column in range(5)] for row in range(model.rowCount())]


def has_tab(trainer):
    tabs = trainer.window.find(QTabWidget, "runTabs")
    return tabs.isTabVisible(next(place for place in range(tabs.count()) if tabs.tabText(place) == "Before and after"))


def test_what_the_base_knew_is_told_and_kept_with_the_run(trainer, open_, base, tmp_path):
    trainer.fill(tmp_path / "model", 2)
    trainer.type_into("baseModel", base)
    trainer.type_into("iterations", 2)
    trainer.start()
    trainer.wait_until_saved()
    told = rows(trainer)
    assert [(one[0], one[4]) for one in told] == [("PERSON", "the base")]
    assert int(told[0][1]) > 0
    assert has_tab(trainer)
    meta = json.loads((tmp_path / "model" / "meta.json").read_text(encoding="utf-8"))
    assert [one["label"] for one in meta["gadget_trainer"]["kept_labels"]] == ["PERSON"]
    trainer.window.main.close()
    again = Trainer(open_(tmp_path / "sample.gadget"))
    assert not has_tab(again)
    tabs = again.window.find(QTabWidget, "runTabs")
    tabs.setCurrentIndex(2)
    runs = again.window.find(QTableView, "runs")
    again.qtbot.waitUntil(lambda: runs.model().rowCount() == 1)
    cell = runs.visualRect(runs.model().index(0, 0)).center()
    again.qtbot.mouseClick(runs.viewport(), Qt.MouseButton.LeftButton, pos=cell)
    assert has_tab(again)
    assert rows(again) == told
