"""spaCy's own commands, in the saved folder, give the score that was shown."""

import json
import subprocess
import sys

import pytest
from gadget_corpus import annotated, sentences_with_gadgets
from spacy.cli.evaluate import evaluate
from test_loop import train_and_save

from gadget_trainer.training.run import TrainingRun
from gadget_trainer.training.settings import TrainingSettings


def texts():
    """Also spans that cut a word, and a long text that is cut into pieces."""
    plain = sentences_with_gadgets()
    cutting = [annotated(f"Well, {text.text} Oddly", (0, 2, "GADGET"), *moved(text, 6)) for text in plain[:20]]
    start, spans = 0, []
    for text in plain:
        spans += moved(text, start)
        start += len(text.text) + 1
    long = " ".join(text.text for text in plain)
    return [*plain, *cutting, *(annotated(f"{long} {ending}", *spans) for ending in ("One.", "Two.", "Three."))]


def moved(text, by):
    return [(span.start + by, span.end + by, span.label) for span in text.spans]


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """The folder of a run, and the record of the iteration that it holds, which is the last."""
    folder = tmp_path_factory.mktemp("saved") / "model"
    settings = TrainingSettings(output=folder, language="xx", iterations=2, batch_size=100, dropout=0.1, held_out=0.4)
    shown = train_and_save(TrainingRun(texts, settings))[-1]
    assert shown.best
    assert 0.3 < shown.f_score < 1, "a score that says something"
    return folder, shown


def spacy_command(folder, *arguments):
    subprocess.run([sys.executable, "-m", "spacy", *arguments], cwd=folder, check=True, capture_output=True)


def test_spacy_evaluate_gives_the_score(saved, tmp_path):
    folder, shown = saved
    spacy_command(folder, "evaluate", ".", "corpus/dev.spacy", "--output", str(tmp_path / "scores.json"))
    given = json.loads((tmp_path / "scores.json").read_text())
    assert given["ents_f"] == pytest.approx(shown.f_score, abs=1e-6)
    assert given["ents_p"] == pytest.approx(shown.precision, abs=1e-6)
    assert given["ents_r"] == pytest.approx(shown.recall, abs=1e-6)


def test_spacy_train_reproduces_the_score(saved, tmp_path):
    folder, shown = saved
    spacy_command(folder, "train", "corpus/config.cfg", "--output", str(tmp_path / "again"))
    given = evaluate(tmp_path / "again" / "model-last", folder / "corpus" / "dev.spacy")  # what the command calls
    assert given["ents_f"] == pytest.approx(shown.f_score, abs=0.02)
