"""Runs as a project keeps them, as a person compares them."""

from dataclasses import asdict, replace
from pathlib import Path

import pytest
from gadget_corpus import sentences_with_gadgets

from gadget_trainer.corpus.project import Project
from gadget_trainer.corpus.runs import RunStatus
from gadget_trainer.training.kept_labels import KeptLabel, Reference
from gadget_trainer.training.past_runs import (
    HELD_OUT,
    KEPT_LABELS,
    TEXTS,
    Folder,
    held_out_by_both,
    past_runs,
    settings_that_differ,
)
from gadget_trainer.training.progress import IterationDone, LabelScore
from gadget_trainer.training.run_records import iteration_to_json
from gadget_trainer.training.split import choose_split

LABELS = (LabelScore.of_counts("GADGET", 20, 20, 10),)
RECORD = IterationDone(1, 1, 5.0, {"ner": 5.0}, 9.0, 0.5, 0.5, 0.5, LABELS, 100.0, 1.0, 0.0, best=True)


@pytest.fixture
def project(tmp_path):
    project = Project.create(tmp_path / "runs.gadget")
    yield project
    project.close()


def keep(project: Project, status: RunStatus = RunStatus.SAVED, folder: Path | None = None, **settings: object) -> None:
    run_id = project.runs.begin({"iterations": 10, **settings})
    project.runs.note_iterations(run_id, [iteration_to_json(RECORD)])
    outcome = {HELD_OUT: [2**64 - 1, 7], "held_out": 0.2, "data": str(settings), TEXTS: 40}
    project.runs.end(run_id, status, outcome | ({"folder": str(folder)} if folder else {}))


def pipeline(folder: Path) -> Path:
    folder.mkdir()
    (folder / "config.cfg").touch()
    return folder


def test_what_a_project_keeps_is_read_back(project, tmp_path):
    keep(project, folder=pipeline(tmp_path / "model"))
    (run,) = past_runs(project.runs.all())
    assert run.iterations == (RECORD,)
    assert run.best == RECORD
    assert run.labels == ("GADGET",)
    assert run.held_out == {2**64 - 1, 7}
    assert (run.texts, run.path, run.folder, run.status) == (40, tmp_path / "model", Folder.HERE, "saved")


def test_what_became_of_each_folder_is_told(project, tmp_path):
    shared = pipeline(tmp_path / "model")
    keep(project, folder=shared)
    keep(project, folder=tmp_path / "gone")
    keep(project, RunStatus.DISCARDED)
    keep(project, folder=shared)
    latest, discarded, gone, first = past_runs(project.runs.all())
    assert latest.folder is Folder.HERE
    assert (discarded.path, discarded.folder, discarded.ended_words) == (None, Folder.NONE, "not kept")
    assert gone.folder is Folder.MISSING
    assert first.folder is Folder.REPLACED


def test_a_run_that_was_broken_off_before_anything_is_read(project):
    project.runs.begin({})
    (run,) = past_runs(project.runs.all())
    assert (run.best, run.labels, run.path, run.texts, run.held_out) == (None, (), None, None, frozenset())
    assert run.ended_words == "broken off"


def test_settings_that_differ_are_said_in_words(project, tmp_path):
    keep(project, folder=tmp_path / "a", batch_size=0, mix_in=True, output="/a")
    keep(project, folder=tmp_path / "b", batch_size=1000, mix_in=False, base="/models/old", output="/b")
    second, first = past_runs(project.runs.all())
    assert settings_that_differ(first, second) == [
        "Batch size: 0, then 1,000",
        "Mix in: yes, then no",
        "Base: none, then /models/old",
        "The texts: 40, then 40",
    ]
    assert settings_that_differ(first, first) == []


def test_texts_that_neither_learned_from(project):
    texts = sentences_with_gadgets()
    by_share = choose_split(texts, 0.1).held_out
    keep(project, held_out=0.1)
    (known,) = past_runs(project.runs.all())
    assert held_out_by_both(known, known, lambda: texts) == {2**64 - 1, 7}
    unknown = replace(known, held_out=frozenset())
    wider = replace(unknown, settings={"held_out": 0.4})
    assert held_out_by_both(unknown, wider, lambda: texts) == by_share
    assert held_out_by_both(replace(known, held_out=frozenset(sorted(by_share)[:2])), wider, lambda: texts) == set(
        sorted(by_share)[:2]
    )


def test_what_became_of_a_bases_labels_and_what_was_found_come_back(project):
    keep(project)
    run_id = project.runs.begin({})
    lost = KeptLabel("INGRED", 0.7, 0.2, 1234, Reference.PEOPLE, (0.6, 0.8))
    project.runs.end(run_id, RunStatus.SAVED, {KEPT_LABELS: [asdict(lost)]})
    project.runs.keep_found(run_id, {})
    latest, earlier = past_runs(project.runs.all())
    assert (latest.kept, latest.has_found, latest.can_be_read) == ((lost,), True, True)
    assert (earlier.kept, earlier.has_found, earlier.can_be_read) == ((), False, False)
    project.runs.end(run_id, RunStatus.SAVED, {KEPT_LABELS: [{"label": "of a later version"}]})
    assert next(iter(past_runs(project.runs.all()))).kept == ()
