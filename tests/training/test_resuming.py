"""A run that is broken off at any moment goes on as if nothing had happened."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import spacy
from gadget_corpus import sentences_with_gadgets
from test_loop import assert_same_weights, losses, train_and_save

from gadget_trainer.corpus.records import Span
from gadget_trainer.errors import UserError
from gadget_trainer.training import checkpoint_writer
from gadget_trainer.training.checkpoint import CHECKPOINT_FILE
from gadget_trainer.training.progress import BatchDone, IterationDone, Noted, Resumed, Saved
from gadget_trainer.training.run import TrainingRun
from gadget_trainer.training.settings import TrainingSettings

ITERATIONS = 4

_TRAINS = f"""
import sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from pathlib import Path
from test_resuming import chosen, texts
from gadget_trainer.training.progress import BatchDone, IterationDone
from gadget_trainer.training.run import TrainingRun
run = TrainingRun(texts, chosen(Path(sys.argv[1])))
for record in run.steps():
    if isinstance(record, (BatchDone, IterationDone)):
        print(type(record).__name__, record.iteration, flush=True)
        sys.stdin.readline()
"""


def texts():
    return sentences_with_gadgets()[:40]


def chosen(folder: Path) -> TrainingSettings:
    """Batches that grow, and weights that are averaged or not as the quickstart has it."""
    return TrainingSettings(
        output=folder / "model",
        language="xx",
        iterations=ITERATIONS,
        batch_size=80,
        compounding=True,
        seed=7,
        accumulate=2,
    )


def run_folder(folder: Path) -> Path:
    (found,) = folder.glob(".model.run-*")
    return found


def killed(folder: Path, record: str, iteration: int) -> Path:
    """The folder of a run whose process was killed as soon as it told of ``record`` in ``iteration``."""
    process = subprocess.Popen(
        [sys.executable, "-c", _TRAINS, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    for line in process.stdout:
        if line.split() == [record, str(iteration)]:
            break
        process.stdin.write("\n")
        process.stdin.flush()
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    return run_folder(folder)


@pytest.fixture(scope="module")
def unbroken(tmp_path_factory):
    """The folder and the records of a run that nothing disturbed."""
    settings = chosen(tmp_path_factory.mktemp("unbroken"))
    return settings.output, train_and_save(TrainingRun(texts, settings))


def resumed_records(folder):
    """The records of the run in ``folder`` after it went on and was saved, and those that it was resumed with."""
    run = TrainingRun.broken_off(folder, texts)
    before, after = [], []
    try:
        for record in run.steps():
            if isinstance(record, Resumed):
                before = list(record.records)
            elif isinstance(record, IterationDone):
                after.append(record)
        list(run.save())
    finally:
        run.close()
    return before, after


def test_a_killed_run_goes_on_with_the_losses_and_weights_of_an_unbroken_one(unbroken, tmp_path):
    saved, records = unbroken
    # Within the third iteration: the second one's checkpoint was begun some batches ago.
    before, after = resumed_records(killed(tmp_path, "BatchDone", 3))
    assert [record.iteration for record in after][-1] == ITERATIONS
    assert 1 <= len(before) <= 2
    assert losses(before + after) == losses(records)
    assert [one.f_score for one in before + after] == [one.f_score for one in records]
    assert [one.best for one in before + after] == [one.best for one in records]
    assert_same_weights(spacy.load(tmp_path / "model"), spacy.load(saved))
    assert [path.name for path in tmp_path.iterdir()] == ["model"], "nothing temporary is left"


def left_after(folder, iteration):
    """The folder of a run that was left after ``iteration``."""
    settings = chosen(folder)
    run = TrainingRun(texts, settings)
    for record in run.steps():
        if isinstance(record, IterationDone) and record.iteration == iteration:
            break
    run.leave()
    return run_folder(folder)


def test_a_run_that_was_killed_before_its_first_checkpoint_cannot_go_on(tmp_path):
    folder = killed(tmp_path, "BatchDone", 1)
    with pytest.raises(UserError, match="before its first iteration was done"):
        TrainingRun.broken_off(folder, texts)


def test_what_is_no_run_cannot_go_on(tmp_path):
    with pytest.raises(UserError, match="There is no run in"):
        TrainingRun.broken_off(tmp_path, texts)
    folder = left_after(tmp_path, 1)
    (folder / CHECKPOINT_FILE).write_bytes(b"PK\x03\x04 half a file")
    run = TrainingRun.broken_off(folder, texts)
    with pytest.raises(UserError, match="checkpoint can't be read"):
        list(run.steps())
    run.leave()


def test_a_run_that_lives_cannot_go_on_elsewhere(tmp_path):
    run = TrainingRun(texts, chosen(tmp_path))
    next(record for record in run.steps() if isinstance(record, IterationDone) and record.iteration == 2)
    second = TrainingRun.broken_off(run_folder(tmp_path), texts)
    with pytest.raises(UserError, match="in another window"):
        list(second.steps())
    second.close()
    assert run.can_go_on()
    run.close()


def test_another_run_spares_the_folders_that_it_is_told_to(tmp_path):
    folder = left_after(tmp_path, 1)
    sparing = TrainingRun(texts, chosen(tmp_path), spared=[folder])
    next(record for record in sparing.steps() if isinstance(record, BatchDone))
    sparing.close()
    assert folder.exists()
    other = TrainingRun(texts, chosen(tmp_path))
    next(record for record in other.steps() if isinstance(record, BatchDone))
    other.close()
    assert not folder.exists()


def test_all_iterations_done_the_run_can_still_be_saved(unbroken, tmp_path):
    saved, records = unbroken
    before, after = resumed_records(left_after(tmp_path, ITERATIONS))
    assert after == []
    assert losses(before) == losses(records)
    assert_same_weights(spacy.load(tmp_path / "model"), spacy.load(saved))


def test_a_full_disk_ends_no_run_and_is_told_once(tmp_path, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(checkpoint_writer, "write_checkpoint", full)
    run = TrainingRun(texts, chosen(tmp_path))
    records = list(run.steps())
    run.close()
    (told,) = (record.sentence for record in records if isinstance(record, Noted))
    assert "No space left on device" in told
    assert [one.iteration for one in records if isinstance(one, IterationDone)][-1] == ITERATIONS


def test_a_run_that_continues_from_a_base_goes_on_too(unbroken, tmp_path):
    base, _ = unbroken
    names = [text._replace(spans=(name_in(text.text),)) for text in texts()]
    settings = replace(chosen(tmp_path), base=str(base), iterations=3)
    whole = TrainingRun(lambda: names, replace(settings, output=tmp_path / "whole"))
    expected = train_and_save(whole)
    first = TrainingRun(lambda: names, settings)
    next(record for record in first.steps() if isinstance(record, IterationDone) and record.iteration == 2)
    first.leave()
    again = TrainingRun.broken_off(run_folder(tmp_path), tuple)
    after = [record for record in again.steps() if isinstance(record, IterationDone)]
    (saved,) = (record for record in again.save() if isinstance(record, Saved))
    again.close()
    assert losses(after) == losses(expected)[2:]
    assert [one.choice for one in after] == [one.choice for one in expected][2:]
    assert [label.label for label in saved.kept] == ["GADGET"]
    assert_same_weights(spacy.load(tmp_path / "model"), spacy.load(tmp_path / "whole"))


def name_in(text):
    """Who speaks: the last word before the mark at the end."""
    start = text.rindex(" ") + 1
    return Span(start, len(text) - 1, "NAME")
