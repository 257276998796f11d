"""Saved means proven; and whatever fails, what was there before is there."""

import gc
import json
import math
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
import spacy
from gadget_corpus import sentences_with_gadgets
from spacy.language import Language

from gadget_trainer import replacing
from gadget_trainer.errors import UserError
from gadget_trainer.training import saving
from gadget_trainer.training.predict import Predictor
from gadget_trainer.training.progress import IterationDone, Saved
from gadget_trainer.training.run import TrainingRun
from gadget_trainer.training.settings import TrainingSettings


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """A run that has gone through its iterations, and the last one's record."""
    output = tmp_path_factory.mktemp("run") / "model"
    settings = TrainingSettings(output=output, language="xx", iterations=4, batch_size=40, dropout=0.1)
    run = TrainingRun(sentences_with_gadgets, settings)
    last = [record for record in run.steps() if isinstance(record, IterationDone)][-1]
    yield run, last
    run.close()


@pytest.fixture
def trained(finished, tmp_path, monkeypatch):
    """A run that is ready to be saved in a folder of the test's own."""
    run, _ = finished
    monkeypatch.setattr(run, "_settings", replace(run._settings, output=tmp_path / "model"))
    return run


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_saved_pipeline_loads_and_finds_what_it_learned(trained, finished, tmp_path):
    *saving_records, saved = trained.save()
    assert isinstance(saved, Saved)
    assert saved.checked_texts > 0
    fractions = [record.fraction for record in saving_records]
    assert fractions == sorted(fractions)
    assert names(tmp_path) == ["model"], "nothing temporary is left"
    (entity,) = spacy.load(saved.folder)("Is the Kindle worth it, Dua?").ents
    assert (entity.text, entity.label_) == ("Kindle", "GADGET")
    assert [span.label for span in Predictor(saved.folder).predict("Is the Kindle worth it, Dua?")] == ["GADGET"]
    meta = json.loads((saved.folder / "meta.json").read_text())
    assert meta["performance"]["ents_f"] == finished[1].f_score
    assert meta["gadget_trainer"]["seed"] == 0
    assert {"config.cfg", "dev.spacy", "train.spacy"} == set(names(saved.folder / "corpus"))
    assert "python -m spacy train corpus/config.cfg" in (saved.folder / "README.md").read_text()
    assert str(tmp_path) not in (saved.folder / "config.cfg").read_text(), "the folder can be moved"


def test_files_that_came_meanwhile_are_never_replaced(trained, tmp_path):
    (tmp_path / "model").write_text("thesis")
    with pytest.raises(UserError, match="is a file"):
        list(trained.save())
    assert (tmp_path / "model").read_text() == "thesis"
    assert names(tmp_path) == ["model"]


def test_no_garbage_is_collected_while_saving(trained):
    for _ in trained.save():
        assert gc.get_threshold()[0] == 0, "spaCy's reading of files turns collecting on again"


def test_existing_pipeline_is_replaced(trained, tmp_path):
    spacy.blank("de").to_disk(tmp_path / "model")
    (tmp_path / "model" / "old").write_text("")
    list(trained.save())
    assert names(tmp_path) == ["model"]
    assert not (tmp_path / "model" / "old").exists()


@pytest.mark.parametrize("failing", ["to_disk", "copytree", "put_in_place"])
def test_failing_disk_leaves_the_old_pipeline(trained, tmp_path, monkeypatch, failing):
    spacy.blank("de").to_disk(tmp_path / "model")
    before = names(tmp_path / "model")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    owner = {"to_disk": Language, "copytree": shutil, "put_in_place": saving}[failing]
    monkeypatch.setattr(owner, failing, full)
    with pytest.raises(UserError, match="No space left on device"):
        list(trained.save())
    monkeypatch.undo()
    assert names(tmp_path / "model") == before
    assert spacy.load(tmp_path / "model").lang == "de"
    assert isinstance(list(trained.save())[-1], Saved), "it can be saved again"


def test_pipeline_that_predicts_otherwise_when_loaded_is_not_saved(trained, tmp_path, monkeypatch):
    monkeypatch.setattr(saving.spacy, "load", lambda _: spacy.blank("en"))
    with pytest.raises(UserError, match="predicted something else"):
        list(trained.save())
    assert not (tmp_path / "model").exists()


def test_undefined_numbers_never_reach_the_meta():
    assert saving._finite({"a": math.nan, "b": None, "c": math.inf, "d": 0.5}) == {"d": 0.5}


@pytest.mark.parametrize("exchanges", [True, False])
def test_folder_takes_the_place_of_another(tmp_path, monkeypatch, exchanges):
    if not exchanges:
        monkeypatch.setattr(replacing, "_exchange", lambda *_: False)
    old, new = tmp_path / "target", tmp_path / "new"
    for folder in (old, new):
        folder.mkdir()
        (folder / folder.name).write_text("")
    replacing.put_in_place(new, old)
    assert names(tmp_path) == ["target"]
    assert names(old) == ["new"]


@pytest.mark.parametrize("exchanges", [True, False])
def test_folder_behind_a_link_is_replaced_and_the_link_stays(tmp_path, monkeypatch, exchanges):
    if not exchanges:
        monkeypatch.setattr(replacing, "_exchange", lambda *_: False)
    (tmp_path / "elsewhere" / "real").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere" / "real")
    partial = replacing.HiddenFolder(tmp_path / "link", "partial")
    (partial.path / "link").mkdir()
    (partial.path / "link" / "new").write_text("")
    replacing.put_in_place(partial.path / "link", tmp_path / "link")
    partial.remove()
    assert (tmp_path / "link").is_symlink()
    assert names(tmp_path) == ["elsewhere", "link"]
    assert names(tmp_path / "elsewhere") == ["real"]
    assert names(tmp_path / "elsewhere" / "real") == ["new"]


def test_once_in_place_nothing_is_called_a_failure(tmp_path, monkeypatch):
    def refuse(_handle):
        raise OSError(5, "Input/output error")

    old, new = tmp_path / "target", tmp_path / "new"
    old.mkdir()
    new.mkdir()
    monkeypatch.setattr(replacing.os, "fsync", refuse)
    replacing.put_in_place(new, old)
    assert names(tmp_path) == ["target"]


@pytest.mark.skipif(sys.platform == "win32", reason="it has no way to ask for it")
def test_names_of_files_are_written_through_too(tmp_path, monkeypatch):
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "file").write_text("")
    synced = set()
    monkeypatch.setattr(replacing.os, "fsync", lambda handle: synced.add(os.fstat(handle).st_ino))
    replacing.write_through(tmp_path)
    places = (tmp_path, tmp_path / "inner", tmp_path / "inner" / "file")
    assert synced == {path.stat().st_ino for path in places}


_HIDES = """
import sys
from pathlib import Path
from gadget_trainer.replacing import HiddenFolder
hidden = HiddenFolder(Path(sys.argv[1]), sys.argv[2])
(hidden.path / "target").mkdir()
print("ready", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def process_with_folder(tmp_path):
    """Starts processes that hold a hidden folder beside ``target`` until they are killed."""
    processes = []

    def start(purpose: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-c", _HIDES, str(tmp_path / "target"), purpose]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        processes.append(process)
        assert process.stdout.readline() == b"ready\n"
        return process

    yield start
    for process in processes:
        process.kill()
        process.communicate()


def age(folder):
    """Let everything in ``folder`` be of last week."""
    for path in folder.iterdir():
        os.utime(path, (time.time() - 7 * 24 * 3600,) * 2)


def test_folder_of_a_run_that_was_paused_for_a_week_stays(tmp_path, process_with_folder):
    live = process_with_folder("run")
    own = replacing.HiddenFolder(tmp_path / "target", "run")
    age(tmp_path)
    replacing.clear_leftovers(tmp_path / "target")
    assert len(names(tmp_path)) == 2
    own.remove()
    live.kill()
    live.wait()
    replacing.clear_leftovers(tmp_path / "target")
    assert names(tmp_path) == [], "a killed run's folder goes at once"


def test_what_a_killed_process_set_aside_is_put_back(tmp_path, process_with_folder):
    live = process_with_folder("old")
    replacing.recover(tmp_path / "target")
    assert not (tmp_path / "target").exists(), "it is about to do so itself"
    live.kill()
    live.wait()
    replacing.recover(tmp_path / "target")
    assert names(tmp_path) == ["target"]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems need recover()")
def test_process_killed_while_replacing_leaves_one_whole_folder(tmp_path):
    """Two folders of ten files each take each other's place until the process is killed."""
    code = f"""
import sys
from pathlib import Path
from gadget_trainer.replacing import put_in_place
target, number = Path({str(tmp_path / "target")!r}), 0
while True:
    number += 1
    new = target.parent / "new"
    new.mkdir(exist_ok=True)
    for name in range(10):
        (new / str(name)).write_text(str(number))
    put_in_place(new, target)
    print(number, flush=True)
"""
    for replacements in (1, 4, 9):
        process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
        for _ in range(replacements):
            process.stdout.readline()
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        contents = {(tmp_path / "target" / str(name)).read_text() for name in range(10)}
        assert len(contents) == 1
        shutil.rmtree(tmp_path / "new", ignore_errors=True)


_KILLED_WHILE_SAVING = """
import os, shutil, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from gadget_corpus import sentences_with_gadgets
from gadget_trainer.training.progress import BatchDone
from gadget_trainer.training.run import TrainingRun
from gadget_trainer.training.settings import TrainingSettings

folder, moments = Path(sys.argv[2]), int(sys.argv[3])
run = TrainingRun(sentences_with_gadgets, TrainingSettings(output=folder / "model", language="xx", batch_size=200))
next(record for record in run.steps() if isinstance(record, BatchDone))
events, kill_at = 0, None

def count(event, arguments):
    global events
    if event in ("open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.listdir", "ctypes.dlsym"):
        events += 1
        if events == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

def save_in_child(at):
    global kill_at, events
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1]
    events, kill_at = 0, at
    sys.addaudithook(count)
    list(run.save())
    (folder / "events").write_text(str(events))
    os._exit(0)

assert save_in_child(None) == 0
total = int((folder / "events").read_text())
shutil.move(folder / "model", folder / "old")
for moment in range(moments):
    shutil.rmtree(folder / "model", ignore_errors=True)
    shutil.copytree(folder / "old", folder / "model")
    (folder / "model" / "old").write_text("")
    # The last tenth is where the folders change places.
    at = total - moment * 2 if moment % 2 else 1 + total * moment // moments
    print(save_in_child(at), (folder / "model" / "old").exists(), flush=True)
    import spacy
    assert spacy.load(folder / "model").pipe_names == ["tok2vec", "ner"]
    assert (folder / "model" / "corpus" / "config.cfg").exists()
run.close()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="fork, and other systems need recover()")
def test_killed_at_any_moment_of_saving_the_old_folder_or_the_new_one_is_there(tmp_path):
    command = [sys.executable, "-c", _KILLED_WHILE_SAVING, str(Path(__file__).parent), str(tmp_path), "6"]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    ends = [line.split() for line in result.stdout.splitlines()]
    assert len(ends) == 6
    assert {int(status) for status, _ in ends} == {signal.SIGKILL}
    assert {old for _, old in ends} == {"True", "False"}, "before the folders change places and after"
