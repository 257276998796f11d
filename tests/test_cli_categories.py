"""The command line trains on a project's categories, prints their scores, and exports them to be trained elsewhere."""

import json

import pytest
import spacy
from spacy.tokens import DocBin

from gadget_trainer.cli import main
from gadget_trainer.corpus.project import Project
from gadget_trainer.corpus.records import AnnotatedText, TextState


@pytest.fixture
def project(tmp_path):
    """Thirty texts on two topics, without spans."""
    words = (("buy", "buying"), ("sell", "selling"))
    texts = [
        AnnotatedText(f"I want to {word} number {'abcdefghijklmno'[number]}", (), TextState.DONE, categories=(topic,))
        for number in range(15)
        for word, topic in words
    ]
    path = tmp_path / "topics.gadget"
    with_project = Project.create(path)
    with_project.imports.add_texts([text._replace(complete=True) for text in texts], "a test")
    with_project.close()
    return path


def test_train_tells_of_categories(project, tmp_path, capsys):
    folder = tmp_path / "model"
    status = main(["train", str(project), "--output", str(folder), "--language", "xx", "--iterations", "1", "--json"])
    (told,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert status == 0
    assert told["f_score"] is None
    assert 0 <= told["categories_macro_f"] <= 1
    assert 0 <= told["categories_accuracy"] <= 1
    assert told["categories"].keys() == {"buying", "selling"}
    assert spacy.load(folder).pipe_names == ["textcat"]


def test_export_for_spacy_holds_categories(project, tmp_path):
    assert main(["export", str(project), str(tmp_path / "out"), "--format", "spacy-project"]) == 0
    assert 'factory = "textcat"' in (tmp_path / "out" / "config.cfg").read_text(encoding="utf-8")
    docs = DocBin().from_disk(tmp_path / "out" / "train.spacy").get_docs(spacy.blank("en").vocab)
    assert {tuple(sorted(doc.cats.items())) for doc in docs} == {
        (("buying", 1.0), ("selling", 0.0)),
        (("buying", 0.0), ("selling", 1.0)),
    }
