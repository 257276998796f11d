"""What goes out of a project: chosen states and labels, and folders that spaCy trains on as they are."""

import json
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
import spacy
from cities_base import made_base
from spacy.tokens import DocBin
from thinc.api import Config

from gadget_trainer.cli import main
from gadget_trainer.corpus.project import Project
from gadget_trainer.corpus.records import AnnotatedText, Span, TextState
from gadget_trainer.errors import UserError
from gadget_trainer.exporting import export, targets
from gadget_trainer.formats.choice import Choice, choice_of
from gadget_trainer.training.progress import BatchDone, IterationDone
from gadget_trainer.training.run import TrainingRun
from gadget_trainer.training.settings import TrainingSettings
from gadget_trainer.training.sources import unlabelled_texts

SETTINGS = TrainingSettings(output=Path("model"), iterations=1)
GADGETS = ("iPhone X", "Pixel 6", "Galaxy S9", "Kindle", "Game Boy")


def gadget_text(number: int) -> AnnotatedText:
    name = GADGETS[number % 5]
    text = f"Is the {name} worth it, number {'abcdefghij'[number % 10]}{'klmn'[number // 10]}?"
    return AnnotatedText(text, (Span(7, 7 + len(name), "GADGET"),), TextState.DONE, id=number + 1, complete=True)


@pytest.fixture
def corpus() -> list[AnnotatedText]:
    """Forty texts that are done, and three that nothing or not all can be learned from."""
    return [
        *(gadget_text(number) for number in range(40)),
        AnnotatedText("It takes 3x300 g", (Span(11, 14, "NUMBER"),), TextState.DONE, id=41, complete=True),
        AnnotatedText("Nobody looked", id=42),
        AnnotatedText("Nobody wants it", (), TextState.SKIPPED, id=43),
    ]


def docs(path: Path) -> list[spacy.tokens.Doc]:
    return list(DocBin().from_disk(path).get_docs(spacy.blank("en").vocab))


def test_a_choice_of_states_and_labels() -> None:
    both = AnnotatedText("Ana in Oslo", (Span(0, 3, "PERSON"), Span(7, 11, "CITY")), TextState.DONE, complete=True)
    todo = AnnotatedText("Oslo", (Span(0, 4, "CITY"),))
    assert list(Choice().of([both, todo])) == [both, todo]
    (only,) = Choice(frozenset({TextState.DONE}), frozenset({"CITY"})).of([both, todo])
    assert (only.spans, only.complete) == ((Span(7, 11, "CITY"),), True)


@pytest.mark.parametrize(
    ("states", "labels", "said"),
    [
        (["finished"], None, "“finished” is no state of a text. Choose of: todo, done, skipped."),
        (None, ["TOWN"], "The project has no label “TOWN”. It has: CITY, PERSON."),
        ([], None, "Name at least one state"),
        (None, [], "Name at least one state"),
    ],
)
def test_a_choice_that_cannot_be_is_said(states: list[str] | None, labels: list[str] | None, said: str) -> None:
    with pytest.raises(UserError) as caught:
        choice_of(states, labels, ["PERSON", "CITY"])
    assert said in str(caught.value)


def test_the_two_files_have_the_sides_of_a_run(tmp_path: Path, corpus: list[AnnotatedText]) -> None:
    receipt = export(tmp_path / "out", corpus, "spacy-split", SETTINGS)
    train, dev = docs(tmp_path / "out" / "train.spacy"), docs(tmp_path / "out" / "dev.spacy")
    assert len(train) + len(dev) == receipt.texts_written == 41
    assert {doc.text for doc in train}.isdisjoint(doc.text for doc in dev)
    assert 1 < len(dev) < len(train)
    assert sum(len(doc.ents) for doc in (*train, *dev)) == receipt.spans_written == 40
    assert [note.where for note in receipt.texts_left_out.first] == ["text 42", "text 43"]
    assert [note.message.partition(":")[0] for note in receipt.spans_lost.first] == ["11–14 “NUMBER”, “300”"]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["dev.spacy", "train.spacy"]


def content(path: Path) -> list[tuple[str, list[int], list[str]]]:
    """What the recogniser learns from, or is scored on."""
    return [(doc.text, [token.ent_iob for token in doc], [ent.label_ for ent in doc.ents]) for doc in docs(path)]


def assert_files_are_those_of_a_run(run: TrainingRun, out: Path) -> None:
    """Texts on both sides, and a config, with which spaCy trains what the run does (see test_reproducing)."""
    assert run.folder is not None
    of_run = run.folder / "corpus"
    made, exported = (
        {**Config().from_disk(one / "config.cfg", interpolate=False), "paths": {}} for one in (of_run, out)
    )
    assert exported == made
    for name in ("train.spacy", "dev.spacy"):
        assert content(out / name) == content(of_run / name)


def test_spacy_reaches_the_scores_of_a_run_with_the_project_as_it_is(
    tmp_path: Path, corpus: list[AnnotatedText]
) -> None:
    (tmp_path / "more.txt").write_text("Tim went to Oslo\nUwe went to Lima\nEva went to Rome\n", encoding="utf-8")
    corpus.append(AnnotatedText("Zoe went to Bonn", id=44))
    settings = TrainingSettings(
        output=tmp_path / "model",
        base=str(made_base(tmp_path / "base", "en")),
        mix_in_file=str(tmp_path / "more.txt"),
        iterations=6,
        batch_size=60,
    )
    export(tmp_path / "out", corpus, "spacy-project", settings)
    with closing(TrainingRun(lambda: corpus, settings, unlabelled=lambda: unlabelled_texts(corpus))) as run:
        best = max(record.f_score or 0.0 for record in run.steps() if isinstance(record, IterationDone))
        assert_files_are_those_of_a_run(run, tmp_path / "out")
    learned = docs(tmp_path / "out" / "train.spacy")
    assert {"Tim went to Oslo", "Zoe went to Bonn"} <= {doc.text for doc in learned if doc.ents[0].label_ == "CITY"}
    command = [sys.executable, "-m", "spacy", "project", "run", "all"]
    done = subprocess.run(command, cwd=tmp_path / "out", capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    metrics = json.loads((tmp_path / "out" / "training" / "metrics.json").read_text("utf-8"))
    assert metrics["ents_per_type"]["GADGET"]["f"] == pytest.approx(best, abs=0.05)
    assert spacy.load(tmp_path / "out" / "training" / "model-best").pipe_names == ["ner"]
    with pytest.raises(UserError, match=r"which is not of an export and would be lost"):
        export(tmp_path / "out", corpus, "spacy-project", SETTINGS)


def test_a_project_from_scratch_is_what_a_run_would_train(tmp_path: Path, corpus: list[AnnotatedText]) -> None:
    settings = TrainingSettings(output=tmp_path / "model", language="xx", iterations=1, batch_size=60)
    export(tmp_path / "out", corpus, "spacy-project", settings)
    with closing(TrainingRun(lambda: corpus, settings)) as run:
        next(record for record in run.steps() if isinstance(record, BatchDone))
        assert_files_are_those_of_a_run(run, tmp_path / "out")


def test_a_base_goes_into_the_project(tmp_path: Path, corpus: list[AnnotatedText]) -> None:
    base = spacy.blank("en")
    base.add_pipe("ner").add_label("CITY")
    base.initialize()
    base.to_disk(tmp_path / "base")
    settings = TrainingSettings(output=Path("model"), base=str(tmp_path / "base"))
    export(tmp_path / "out", corpus, "spacy-project", settings)
    started = spacy.load(tmp_path / "out" / "corpus" / "start")
    assert set(started.get_pipe("ner").labels) >= {"CITY", "GADGET"}
    config = (tmp_path / "out" / "config.cfg").read_text("utf-8")
    assert 'source = "corpus/start"' in config
    assert 'train = "train.spacy"' in config


def test_without_a_span_there_is_no_project(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no span to learn from"):
        export(tmp_path / "out", [AnnotatedText("Nothing", state=TextState.DONE)], "spacy-project", SETTINGS)
    assert list(tmp_path.iterdir()) == []


def test_every_format_says_what_it_cannot_hold() -> None:
    names = [target.name for target in targets(SETTINGS)]
    assert len(set(names)) == len(names)
    everything = [target for target in targets(SETTINGS) if target.limits.startswith("This format holds everything.")]
    assert [target.name for target in everything] == ["jsonl"]
    assert "texts that are to do have none" in everything[0].limits  # which Prodigy's db-in takes for accepted
    assert all(target.limits.endswith(".") for target in targets(SETTINGS))


def test_the_command_line_exports_what_is_chosen(tmp_path: Path, corpus: list[AnnotatedText]) -> None:
    project = Project.create(tmp_path / "a.gadget")
    project.imports.add_texts(corpus, "a")
    project.close()
    arguments = ["export", str(tmp_path / "a.gadget"), str(tmp_path / "out.jsonl")]
    assert main([*arguments, "--states", "done,skipped", "--labels", "NUMBER"]) == 0
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert len(rows) == 42
    assert [row["spans"] for row in rows if row["spans"]] == [[{"start": 11, "end": 14, "label": "NUMBER"}]]
    assert main([*arguments, "--states", "finished"]) == 2
    assert main(["export", str(tmp_path / "a.gadget"), str(tmp_path / "out"), "--format", "spacy-split"]) == 0
    assert (tmp_path / "out" / "train.spacy").is_file()
