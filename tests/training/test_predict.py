"""Pipelines from folders, and what goes wrong with them in words."""

import json

import pytest
import spacy

from gadget_trainer.corpus.records import Span
from gadget_trainer.errors import UserError
from gadget_trainer.training.predict import Predictor, documents


@pytest.fixture
def folder(tmp_path):
    nlp = spacy.blank("xx")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "GADGET", "pattern": "Kindle"}])
    nlp.to_disk(tmp_path / "pipeline")
    return tmp_path / "pipeline"


def test_offsets_are_code_points_of_the_whole_text(folder):
    text = "👍🏿 my Kindle\r\n" * 3
    found = Predictor(folder).predict(text)
    assert [text[span.start : span.end] for span in found] == ["Kindle"] * 3
    assert found[0] == Span(6, 12, "GADGET")


def test_long_text_is_predicted_in_pieces(folder, monkeypatch):
    monkeypatch.setattr("gadget_trainer.training.predict._BATCH_TOKENS", 7)
    text = "I like my old Kindle a lot.\n" * 20
    found = Predictor(folder).predict(text)
    assert [text[span.start : span.end] for span in found] == ["Kindle"] * 20


def test_a_text_whose_category_is_asked_for_is_read_as_a_whole(monkeypatch):
    monkeypatch.setattr("gadget_trainer.training.predict._BATCH_TOKENS", 7)
    nlp, text = spacy.blank("xx"), "I like my old Kindle a lot.\n" * 20
    (docs,) = documents(nlp, [text])
    assert len(docs) > 10
    assert "".join(doc.text for doc in docs) == text
    categoriser = nlp.add_pipe("textcat")
    categoriser.add_label("GOOD")
    categoriser.add_label("BAD")
    nlp.initialize()
    (docs,) = documents(nlp, [text])
    assert [doc.text for doc in docs] == [text]


def test_what_is_no_pipeline_is_a_sentence(tmp_path, folder):
    (tmp_path / "empty").mkdir()
    for wrong in (tmp_path / "empty", tmp_path / "missing", folder / "meta.json"):
        with pytest.raises(UserError, match="pipeline"):
            Predictor(wrong)


@pytest.mark.filterwarnings("ignore:.*W095")
def test_broken_pipeline_says_what_is_wrong(folder):
    meta = json.loads((folder / "meta.json").read_text())
    (folder / "meta.json").write_text(json.dumps(meta | {"spacy_version": ">=9.1,<9.2"}))
    config = (folder / "config.cfg").read_text()
    (folder / "config.cfg").write_text(config.replace('factory = "entity_ruler"', 'factory = "telepathy"'))
    with pytest.raises(UserError, match=r"telepathy.* made for spaCy >=9\.1"):
        Predictor(folder)
