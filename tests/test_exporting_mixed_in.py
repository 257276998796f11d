"""The receipt of an exported spaCy project adds up where a base's own predictions are mixed in, and says so."""

from pathlib import Path

import pytest
import spacy
from cities_base import CITIES, made_base
from spacy.cli.train import train as spacy_train
from spacy.tokens import DocBin

from gadget_trainer.corpus.records import AnnotatedText, Span, TextState
from gadget_trainer.exporting import export
from gadget_trainer.training.settings import TrainingSettings

ADDED = ("Tim went to Oslo", "Uwe went to Lima", "Ida went to Rome")


@pytest.fixture(scope="module")
def base(tmp_path_factory) -> Path:
    """One that finds four cities."""
    return made_base(tmp_path_factory.mktemp("base") / "model", "xx")


@pytest.fixture
def corpus() -> list[AnnotatedText]:
    """Thirty finished texts; nine that nobody began, of which two say nothing; and a skipped one."""
    done = [
        AnnotatedText(f"Gadget {number} is here", (Span(0, 6, "GADGET"),), TextState.DONE, number, complete=True)
        for number in range(1, 31)
    ]
    untouched = [*[f"{who} went to {city}" for who in ("Dan", "Eva") for city in CITIES][:7], "Well", "So it is"]
    begun = [AnnotatedText(text, id=number) for number, text in enumerate(untouched, start=31)]
    return [*done, *begun, AnnotatedText("Nobody wants it", state=TextState.SKIPPED, id=50)]


def docs(folder: Path) -> list[str]:
    vocab = spacy.blank("xx").vocab
    files = (folder / "train.spacy", folder / "dev.spacy")
    return [doc.text for file in files for doc in DocBin().from_disk(file).get_docs(vocab)]


def test_what_is_mixed_in_is_no_text_left_out(tmp_path, base, corpus):
    (tmp_path / "more.txt").write_text("\n".join(ADDED), encoding="utf-8")
    settings = TrainingSettings(
        output=tmp_path / "model", base=str(base), language="xx", mix_in_file=str(tmp_path / "more.txt")
    )
    receipt = export(tmp_path / "out", corpus, "spacy-project", settings)
    assert receipt.texts_written + receipt.texts_left_out.count == len(corpus)
    written = docs(tmp_path / "out")
    mixed = [one for one in corpus[30:39] if one.text in written]
    added = [text for text in ADDED if text in written]
    assert mixed
    assert added
    assert receipt.texts_written == 30 + len(mixed)
    assert receipt.spans_written == 30, "the person's"
    assert receipt.not_held["that only the base annotated a text"] == len(mixed)
    assert receipt.not_held["that a text comes from the file that is mixed in"] == len(added)
    assert len(written) == receipt.texts_written + len(added)
    left_out = {f"text {one.id}" for one in corpus if one.text not in written}
    assert {note.where for note in receipt.texts_left_out.first} == left_out
    said = "\n".join(receipt.lines())
    assert f"that only the base annotated a text ({len(mixed)})" in said


def test_without_mixing_in_they_are_left_out(tmp_path, base, corpus):
    settings = TrainingSettings(output=tmp_path / "model", base=str(base), language="xx", mix_in=False)
    receipt = export(tmp_path / "out", corpus, "spacy-project", settings)
    assert (receipt.texts_written, receipt.texts_left_out.count) == (30, 10)
    assert not receipt.not_held


def test_with_a_second_recogniser_nothing_is_mixed_in_and_spacy_trains_the_second(tmp_path, base, corpus, monkeypatch):
    settings = TrainingSettings(
        output=tmp_path / "model", base=str(base), language="xx", iterations=1, second_recogniser=True
    )
    receipt = export(tmp_path / "out", corpus, "spacy-project", settings)
    assert (receipt.texts_written, receipt.texts_left_out.count) == (30, 10)
    monkeypatch.chdir(tmp_path / "out")
    spacy_train("config.cfg", tmp_path / "trained")
    trained = spacy.load(tmp_path / "trained" / "model-last")
    assert trained.pipe_names == [*spacy.load(base).pipe_names, "ner_"]
    assert "GADGET" in trained.get_pipe("ner_").labels
    assert "GADGET" not in trained.get_pipe("ner").labels
