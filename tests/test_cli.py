"""The command line: import, export and train without a window."""

import io
import json
import os
import re
import signal
import subprocess
import sys
from contextlib import closing

import pytest
import spacy
from spacy.tokens import DocBin

from gadget_trainer import __version__
from gadget_trainer.cli import main
from gadget_trainer.corpus.imports import Imports
from gadget_trainer.corpus.project import Project
from gadget_trainer.errors import UserError

SOON_MADE = ("--language", "xx")  # the tokenizer that is soonest made
KEYS = ["iteration", "loss", "precision", "recall", "f_score", "words_per_second", "seconds"]
GADGETS = ("iPhone X", "Pixel 6", "Galaxy S9", "Kindle", "Game Boy")


def row(text, *spans):
    found = [{"start": start, "end": end, "label": "GADGET"} for start, end in spans]
    return json.dumps({"text": text, "spans": found, "answer": "accept"}, ensure_ascii=False)


@pytest.fixture
def annotated(tmp_path):
    """Forty short texts with a gadget each."""
    names = [GADGETS[number % 5] for number in range(40)]
    texts = [f"Is the {name} worth it, number {number}?" for number, name in enumerate(names)]
    rows = [row(text, (7, 7 + len(name))) for text, name in zip(texts, names, strict=True)]
    path = tmp_path / "gadgets.jsonl"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def project(annotated, tmp_path, capsys):
    path = tmp_path / "texts.gadget"
    assert main(["import", str(path), str(annotated)]) == 0
    capsys.readouterr()
    return path


@pytest.fixture
def run(capsys):
    """Run a command line in this process: its status, standard output and standard error."""

    def run(*arguments):
        try:
            status = main([str(one) for one in arguments])
        except SystemExit as end:
            status = end.code
        shown = capsys.readouterr()
        return status, shown.out, shown.err

    return run


def refused(result):
    """The one line that a refused command prints."""
    status, out, err = result
    assert status == 2
    assert out == ""
    assert len(err.splitlines()) == 1
    assert "Traceback" not in err
    return err


def test_import_makes_a_project_and_prints_the_receipt(run, annotated, tmp_path):
    status, out, err = run("import", tmp_path / "new.gadget", annotated)
    assert (status, err) == (0, "")
    assert out.startswith("Read 40 texts with 40 spans from gadgets.jsonl.")
    project = Project.open(tmp_path / "new.gadget")
    assert project.read.counts().texts == 40
    project.close()


def test_import_adds_to_a_project_and_prints_json(run, project, tmp_path):
    (tmp_path / "lines.txt").write_text("One\nTwo\n", encoding="utf-8")
    (tmp_path / "lost.jsonl").write_text(row("A Kindle", (2, 2)) + "\n", encoding="utf-8")
    status, out, _err = run("import", project, tmp_path / "lines.txt", tmp_path / "lost.jsonl", "--json")
    assert status == 0
    receipts = json.loads(out)
    assert [one["texts_read"] for one in receipts] == [2, 1]
    assert receipts[1]["spans_lost"]["count"] == 1
    opened = Project.open(project)
    assert opened.read.counts().texts == 43
    opened.close()


@pytest.mark.parametrize("broken", ["{broken", row("A Kindle", (2, 80))])
def test_a_bad_file_makes_no_project_and_changes_none(run, project, tmp_path, broken):
    (tmp_path / "bad.jsonl").write_text(row("fine") + "\n" + broken + "\n", encoding="utf-8")
    said = refused(run("import", tmp_path / "new.gadget", tmp_path / "bad.jsonl"))
    assert "bad.jsonl" in said
    assert "2" in said
    assert sorted(path.name for path in tmp_path.glob("new*")) == []
    refused(run("import", project, tmp_path / "bad.jsonl"))
    opened = Project.open(project)
    assert opened.read.counts().texts == 40
    opened.close()


@pytest.mark.parametrize("error", [KeyboardInterrupt, ZeroDivisionError])
def test_an_import_that_is_cut_off_makes_no_project(run, annotated, tmp_path, monkeypatch, error):
    def cut_off(_imports, texts, _source, _examples):
        next(iter(texts))
        raise error

    monkeypatch.setattr(Imports, "add_texts", cut_off)
    if error is KeyboardInterrupt:
        assert "Nothing was changed" in refused(run("import", tmp_path / "new.gadget", annotated))
    else:
        with pytest.raises(error):
            run("import", tmp_path / "new.gadget", annotated)
    assert sorted(path.name for path in tmp_path.glob("new*")) == []


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        (["--search", "Kindle"], [4, 9, 14, 19, 24, 29, 34, 39]),
        (["--search", "/number 1[0-2]/"], [11, 12, 13]),
        (["--range", "38-500"], [38, 39, 40]),
        (["--range", "7"], [7]),
        (["--ids", "ids.txt"], [3, 9, 40]),
        (["--ids", "ids.txt", "--range", "1-10", "--with-label", "GADGET"], [3, 9]),
        (["--without-label", "GADGET"], []),
        (["--source", "gadgets.jsonl", "--longest", "33"], [4, 9]),
        (["--flagged"], []),
    ],
)
def test_some_of_the_texts_go_out(run, project, tmp_path, monkeypatch, asked, numbers):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ids.txt").write_text("9, 3\n40\n", encoding="utf-8")
    status, _out, _err = run("export", project, tmp_path / "out.jsonl", *asked)
    assert status == 0
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert [int(re.search(r"number (\d+)", one["text"])[1]) + 1 for one in rows] == numbers


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["--with-label", "GADGETS"], "no label “GADGETS”. It has: GADGET."),
        (["--with-category", "X"], "no category “X”. It has: none."),
        (["--source", "b.jsonl"], "It has: gadgets.jsonl."),
        (["--range", "9-3"], "“9-3” is no range"),
        (["--range", "all"], "“all” is no range"),
        (["--ids", "nowhere.txt"], "nowhere.txt cannot be read"),
        (["--ids", "gadgets.jsonl"], "gadgets.jsonl:1 has"),
        (["--ids", "ids.txt"], "no text No. 41"),
        (["--search", "/(/"], "regular expression has a mistake"),
    ],
)
def test_a_choice_that_cannot_be_is_refused(run, project, tmp_path, monkeypatch, asked, said):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ids.txt").write_text("9\n41\n", encoding="utf-8")
    status, _out, err = run("export", project, tmp_path / "out.jsonl", *asked)
    assert (status, err.count("\n")) == (2, 1)
    assert said in err
    assert not (tmp_path / "out.jsonl").exists()


def test_what_a_format_cannot_hold_is_said_before_it_is_written(run, project, tmp_path, monkeypatch):
    def write(*_arguments):
        raise UserError("Not yet.")

    monkeypatch.setattr("gadget_trainer.commands.write", write)
    status, _out, err = run("export", project, tmp_path / "out", "--format", "brat")
    assert status == 2
    assert "brat standoff (.txt and .ann): Skipped texts are left out." in err
    assert "refused spans" in err


@pytest.mark.parametrize("name", ["latin-1", "cp1252", "windows-1252"])
def test_the_encoding_can_be_said(run, tmp_path, name):
    (tmp_path / "a.txt").write_bytes("Zoë".encode("cp1252"))
    status, out, _err = run("import", tmp_path / "p.gadget", tmp_path / "a.txt", "--encoding", name)
    assert status == 0
    assert "Encoding: " in out
    with closing(Project.open(tmp_path / "p.gadget")) as project:
        assert [text.text for text in project.read.texts()] == ["Zoë"]


def test_the_rule_for_overlaps_can_be_said(run, tmp_path):
    spans = [{"start": 0, "end": 5, "label": "A"}, {"start": 3, "end": 18, "label": "B"}]
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": "University of Oslo", "spans": spans}), encoding="utf-8")
    for rule, kept in (("first", "A"), ("longest", "B")):
        path = tmp_path / f"{rule}.gadget"
        assert run("import", path, tmp_path / "a.jsonl", "--overlaps", rule)[0] == 0
        with closing(Project.open(path)) as project:
            assert [span.label for text in project.read.texts() for span in text.spans] == [kept]


def test_export_to_jsonl_and_spacy(run, project, tmp_path):
    status, out, _err = run("export", project, tmp_path / "out.jsonl")
    assert status == 0
    assert out.startswith("Wrote 40 texts with 40 spans to out.jsonl")
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert rows[0]["text"] == "Is the iPhone X worth it, number 0?"

    status, out, _err = run("export", project, tmp_path / "out.spacy", "--json")
    assert status == 0
    assert json.loads(out)["spans_written"] == 40
    docs = list(DocBin().from_disk(tmp_path / "out.spacy").get_docs(spacy.blank("en").vocab))
    assert [ent.text for ent in docs[1].ents] == ["Pixel 6"]

    status, _out, _err = run("export", project, tmp_path / "named", "--format", "jsonl")
    assert status == 0
    assert (tmp_path / "named").read_text(encoding="utf-8") == (tmp_path / "out.jsonl").read_text(encoding="utf-8")


def test_train_prints_an_object_an_iteration_and_saves(run, annotated, tmp_path):
    folder = tmp_path / "model"
    status, out, err = run("train", annotated, "--output", folder, "--iterations", 2, "--seed", 3, "--json", *SOON_MADE)
    assert status == 0
    assert "\r" not in err
    lines = [json.loads(line) for line in out.splitlines()]
    assert [list(line) for line in lines] == [KEYS, KEYS]
    assert [line["iteration"] for line in lines] == [1, 2]
    assert "is saved in" in err.splitlines()[-1]
    assert spacy.load(folder).get_pipe("ner").labels == ("GADGET",)


def test_train_on_a_project_prints_a_line_an_iteration(run, project, tmp_path):
    folder = tmp_path / "model"
    status, out, _err = run("train", project, "--output", folder, "--iterations", 1, "--held-out", 0, *SOON_MADE)
    assert status == 0
    first, last = out.splitlines()
    assert first.startswith("iteration 1/1  loss ")
    assert "F –" in first
    assert f"is saved in {folder}" in last


def test_train_shows_on_a_terminal_how_far_it_is(run, annotated, tmp_path, monkeypatch):
    terminal = io.StringIO()
    terminal.isatty = lambda: True
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr("gadget_trainer.progress_line._SECONDS_BETWEEN", 0)
    status, out, _err = run("train", annotated, "--output", tmp_path / "model", "--iterations", 2, "--json", *SOON_MADE)
    assert status == 0
    assert [list(json.loads(line)) for line in out.splitlines()] == [KEYS, KEYS]
    shown = [line.strip() for line in terminal.getvalue().split("\r")]
    assert any(re.fullmatch(r"iteration 2/2  \d+ %  \d+ s left", line) for line in shown), shown
    assert "is saved in" in shown[-1]
    lines = terminal.getvalue().split("\n")
    left = lines[-2].rpartition("\r")[2]
    assert left.startswith("Iteration "), "nothing of the progress stays"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--iterations", "0"), "iterations must be between 1 and 1,000"),
        (("--dropout", "2"), "dropout must be between"),
        (("--language", "tlh"), "language “tlh” can't be used"),
        (("--base", "nowhere"), "There is no pipeline “nowhere”"),
        (("--iterations", "many"), "invalid int value"),
        (("--no-such-option",), "unrecognized arguments"),
    ],
)
def test_train_refuses_in_one_line(run, annotated, tmp_path, options, said):
    status, out, err = run("train", annotated, "--output", tmp_path / "model", *options)
    assert (status, out) == (2, "")
    assert "Traceback" not in err
    assert said in err.splitlines()[-1]
    assert [line for line in err.splitlines() if not line.startswith("Note: ")] == err.splitlines()[-1:]
    assert not (tmp_path / "model").exists()


def test_what_cannot_be_trained_is_one_line(run, tmp_path):
    (tmp_path / "lines.txt").write_text("One\nTwo\n", encoding="utf-8")
    assert "No text is annotated yet." in refused(run("train", tmp_path / "lines.txt", "--output", tmp_path / "m"))
    assert "does not exist" in refused(run("train", tmp_path / "nowhere", "--output", tmp_path / "m"))
    assert "--output" in refused(run("train", tmp_path / "lines.txt"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("import", "p.gadget", "gadgets.jsonl", "--encoding", "hex"), "no encoding “hex”"),
        (("import", "p.gadget", "gadgets.jsonl", "--encoding", "none"), "no encoding “none”"),
        (("export", "nowhere.gadget", "out.jsonl"), "no file nowhere.gadget"),
        (("import", "new.gadget", "nowhere.txt"), "nowhere.txt does not exist"),
        (("import", "new.gadget"), "FILE"),
        (("export", "texts.gadget", "out.unknown"), "out.unknown"),
        (("export", "texts.gadget", "out.jsonl", "--format", "stone"), "“stone”"),
        (("import", "texts.gadget", "gadgets.jsonl", "--format", "stone"), "“stone”"),
        (("export", "gadgets.jsonl", "out.jsonl"), "is not a Gadget Trainer project"),
        (("--colour",), "unrecognized arguments"),
    ],
)
def test_errors_are_one_line(run, project, tmp_path, monkeypatch, arguments, said):
    monkeypatch.chdir(tmp_path)
    assert said in refused(run(*arguments))
    assert not (tmp_path / "new.gadget").exists()


def test_a_project_in_use_is_refused(run, project, annotated, tmp_path):
    holder = Project.open(project)
    for arguments in (
        ("import", project, annotated),
        ("export", project, tmp_path / "out.jsonl"),
        ("train", project, "--output", tmp_path / "model"),
    ):
        assert "open in another window" in refused(run(*arguments))
    holder.close()


@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")  # spaCy's own
def test_package_writes_a_wheel(run, tmp_path):
    spacy.blank("de").to_disk(tmp_path / "My model")
    status, out, _ = run("package", tmp_path / "My model")
    assert status == 0
    assert (tmp_path / "de_my_model-0.0.0-py3-none-any.whl").is_file()
    assert 'spacy.load("de_my_model")' in out
    assert "holds no spaCy pipeline" in refused(run("package", tmp_path))


def test_version(run):
    assert run("--version") == (0, f"gadget-trainer {__version__}\n", "")


@pytest.mark.skipif(os.name == "nt", reason="a console sends Ctrl+C another way there")
def test_ctrl_c_saves_the_best_so_far(annotated, tmp_path):
    folder = tmp_path / "model"
    # What a shell starts in the background, a test run for one, ignores Ctrl+C, and what that starts does too.
    heed = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    program = f"{heed}; from gadget_trainer.__main__ import main; raise SystemExit(main())"
    command = [sys.executable, "-c", program, "train", annotated, "--output", folder, "--json", *SOON_MADE]
    with subprocess.Popen(
        [*command, "--iterations", "1000"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as training:
        first = training.stdout.readline()
        training.send_signal(signal.SIGINT)
        rest, err = training.communicate(timeout=60)
    assert training.returncode == 0, err
    assert list(json.loads(first)) == KEYS
    assert len(rest.splitlines()) < 500
    assert "Traceback" not in err
    assert "Stopping; the best so far is saved." in err
    assert spacy.load(folder).pipe_names
    assert sorted(path.name for path in tmp_path.iterdir()) == ["gadgets.jsonl", "model"]


def test_a_killed_training_goes_on(run, project, tmp_path):
    folder = tmp_path / "model"
    command = [sys.executable, "-m", "gadget_trainer", "train", project, "--output", folder, "--json", *SOON_MADE]
    with subprocess.Popen([*command, "--iterations", "1000"], stdout=subprocess.PIPE, text=True) as training:
        killed = [json.loads(training.stdout.readline()) for _ in range(2)]
        training.kill()
        killed += [json.loads(line) for line in training.stdout.read().splitlines()]
    (left,) = tmp_path.glob(".model.run-*")
    # Nobody waits for a thousand.
    settings = json.loads((left / "run.json").read_text())
    settings["settings"]["iterations"] = len(killed) + 2
    (left / "run.json").write_text(json.dumps(settings))
    status, out, err = run("train", project, "--resume", folder, "--json")
    assert status == 0, err
    records = [json.loads(line) for line in out.splitlines()]
    assert records[-1]["iteration"] == len(killed) + 2
    assert records[0]["iteration"] > 1
    again = [one for one in records if one["iteration"] <= len(killed)]
    assert [one["loss"] for one in again] == [one["loss"] for one in killed[len(killed) - len(again) :]]
    assert spacy.load(folder).pipe_names
    opened = Project.open(project)
    assert [one.status for one in opened.runs.all()] == ["saved"]
    opened.close()
    assert "there is nothing to go on with" in refused(run("train", project, "--resume", folder))
