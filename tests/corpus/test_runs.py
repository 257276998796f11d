from gadget_trainer.corpus.project import Project
from gadget_trainer.corpus.runs import RunStatus


def test_runs_are_kept_over_a_restart_and_not_undone(tmp_path):
    project = Project.create(tmp_path / "a.gadget")
    first = project.runs.begin({"iterations": 3})
    project.runs.note_iterations(first, [{"iteration": 1, "loss": 7.5}])
    second = project.runs.begin({"iterations": 5}, {"data": "abc"})
    project.runs.end(first, RunStatus.SAVED, {"folder": "x"})
    assert project.journal.undo() is None
    project.close()

    project = Project.open(tmp_path / "a.gadget")
    latest, earlier = project.runs.all()
    project.close()
    assert (latest.id, latest.status, latest.ended, latest.outcome) == (
        second,
        RunStatus.RUNNING,
        None,
        {"data": "abc"},
    )
    assert (earlier.status, earlier.settings, earlier.outcome) == (RunStatus.SAVED, {"iterations": 3}, {"folder": "x"})
    assert earlier.iterations == ({"iteration": 1, "loss": 7.5},)
    assert earlier.ended >= earlier.began


def test_what_a_run_found_is_kept_beside_it(tmp_path):
    project = Project.create(tmp_path / "a.gadget")
    first, second = project.runs.begin({}), project.runs.begin({})
    assert project.runs.found(second) is None
    for _time in range(2):
        project.runs.keep_found(second, {"text": {"spans": [[0, 2, "A"]]}})
    project.close()

    project = Project.open(tmp_path / "a.gadget")
    assert [(run.id, run.has_found) for run in project.runs.all()] == [(second, True), (first, False)]
    assert project.runs.found(second) == {"text": {"spans": [[0, 2, "A"]]}}
    project.close()
