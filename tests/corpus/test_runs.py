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
