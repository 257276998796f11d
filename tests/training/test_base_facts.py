"""What a pipeline says of itself, read without spaCy and without being loaded."""

import json
import subprocess
import sys

import numpy as np
import pytest
import spacy

from gadget_trainer.errors import UserError
from gadget_trainer.training.base_facts import base_facts, version_mismatch
from gadget_trainer.training.installed import installed_pipelines, pipeline_folder
from gadget_trainer.training.loading import load_pipeline


@pytest.fixture
def folder(tmp_path):
    nlp = spacy.blank("de")
    nlp.add_pipe("sentencizer")
    recogniser = nlp.add_pipe("ner", name="finder")
    for label in ("GADGET", "BRAND"):
        recogniser.add_label(label)
    nlp.initialize()
    nlp.vocab.set_vector("Gerät", np.ones(2, dtype="f"))
    nlp.to_disk(tmp_path / "pipeline")
    return tmp_path / "pipeline"


def change_meta(folder, **changes):
    path = folder / "meta.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


def test_facts_are_those_of_the_loaded_pipeline(folder):
    nlp = load_pipeline(str(folder))
    facts = base_facts(str(folder))
    assert facts.components == tuple(nlp.pipe_names)
    assert facts.recogniser == "finder"
    assert facts.labels == nlp.get_pipe("finder").labels
    assert (facts.language, facts.vectors) == ("de", 1)
    assert facts.sentences() == (
        "Finds BRAND, GADGET. German; components: sentencizer, finder. It has 1 word vectors. "
        f"Made for spaCy {nlp.meta['spacy_version']}."
    )


def test_another_version_of_spacy_is_said_in_words(folder):
    change_meta(folder, spacy_version=">=2.1,<2.2")
    said = base_facts(str(folder)).sentences()
    assert f"made for spaCy >=2.1,<2.2, but spaCy {spacy.__version__} is installed" in said
    assert version_mismatch("nonsense") != ""
    assert version_mismatch("") == version_mismatch(f"=={spacy.__version__}") == ""


def test_a_base_without_a_recogniser_says_that_it_gets_one(tmp_path):
    spacy.blank("en").to_disk(tmp_path)
    assert "no entity recogniser" in base_facts(str(tmp_path)).sentences()


def test_many_labels_are_counted(folder):
    change_meta(folder, labels={"finder": [f"L{number}" for number in range(15)]})
    facts = base_facts(str(folder))
    assert "L11 and 3 more labels" in facts.sentences()
    assert facts.all_labels() == f"Finds {', '.join(f'L{number}' for number in range(15))}."
    change_meta(folder, labels={"finder": ["A", "B"]})
    assert base_facts(str(folder)).all_labels() == ""


@pytest.mark.parametrize("content", ["", "[]", '{"pipeline": 3, "labels": [], "vectors": null}'])
def test_a_strange_meta_is_no_crash(folder, content):
    (folder / "meta.json").write_text(content)
    if content:
        assert base_facts(str(folder)).labels == ()
    else:
        with pytest.raises(UserError, match="damaged"):
            base_facts(str(folder))


@pytest.mark.parametrize("base", ["", "json", "no such thing", "os.path", "/nowhere/at/all"])
def test_what_is_no_pipeline_is_a_sentence(base):
    with pytest.raises(UserError, match="pipeline"):
        base_facts(base)


def test_an_installed_package_is_found_without_importing_it(tmp_path, monkeypatch):
    inner = tmp_path / "xx_gadgets" / "xx_gadgets-1.0.0"
    inner.mkdir(parents=True)
    spacy.blank("xx").to_disk(inner)
    (tmp_path / "xx_gadgets" / "__init__.py").write_text("raise RuntimeError('imported')")
    about = tmp_path / "xx_gadgets-1.0.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: xx_gadgets\nVersion: 1.0.0\n")
    (about / "entry_points.txt").write_text("[spacy_models]\nxx_gadgets = xx_gadgets\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert installed_pipelines() == ["xx_gadgets"]
    assert pipeline_folder("xx_gadgets") == inner
    assert base_facts("xx_gadgets").language == "xx"


def test_no_spacy_is_needed(folder):
    code = (
        "import sys; from gadget_trainer.training.base_facts import base_facts\n"
        f"assert base_facts({str(folder)!r}).recogniser == 'finder'\n"
        "assert not {'spacy', 'thinc', 'numpy'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
