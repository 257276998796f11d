"""One config describes a run: made from the settings, or the person's own; what can't be kept is refused in words."""

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
import spacy
from test_loop import assert_same_weights, train_and_save

from gadget_trainer.errors import UserError
from gadget_trainer.training.own_config import ConfigError
from gadget_trainer.training.run import TrainingRun
from gadget_trainer.training.run_config import config_text, with_config
from gadget_trainer.training.settings import TrainingSettings


@pytest.fixture
def made(settings):
    """The text of a config."""
    return config_text(settings(), 500)


@pytest.fixture
def base(tmp_path):
    nlp = spacy.blank("xx")
    nlp.add_pipe("ner").add_label("GADGET")
    nlp.initialize()
    nlp.to_disk(tmp_path / "base")
    return tmp_path / "base"


def section(text, name):
    """The lines under [name]."""
    return text.split(f"[{name}]\n")[1].split("\n\n")[0].splitlines()


def test_settings_are_in_the_config(settings):
    text = config_text(
        settings(optimizer="RAdam", learn_rate=0.005, accumulate=4, dropout=0.2, seed=9, evaluate_every=3), 400
    )
    assert {'@optimizers = "RAdam.v1"', "learn_rate = 0.005"} <= set(section(text, "training.optimizer"))
    training = section(text, "training")
    assert {"accumulate_gradient = 4", "dropout = 0.2", "eval_frequency = 30", "max_epochs = 2"} <= set(training)
    assert {"seed = 9"} <= set(section(text, "system"))


def test_vectors_are_in_the_config_and_in_the_pipeline(settings, gadget_texts, tmp_path):
    nlp = spacy.blank("xx")
    for word in ("Kindle", "iPhone", "sold"):
        nlp.vocab.set_vector(word, np.ones(3, dtype="f"))
    nlp.to_disk(tmp_path / "vectors")
    chosen = settings(vectors=str(tmp_path / "vectors"), iterations=1)
    assert "include_static_vectors = true" in config_text(chosen, 500)
    train_and_save(TrainingRun(lambda: gadget_texts[:40], chosen))
    assert spacy.load(chosen.output).vocab.get_vector("Kindle").tolist() == [1, 1, 1]


def test_vectors_that_are_none_are_a_sentence(settings, base):
    for wrong, said in ((base, "no word vectors"), (base / "nowhere", "no pipeline")):
        with pytest.raises(UserError, match=said):
            config_text(settings(vectors=str(wrong)), 500)


def test_an_unchanged_config_gives_the_same_run(settings, made):
    own = with_config(settings(), made)
    assert own.config == made
    # The automatic size of a batch and learn rate have become the numbers that the config holds.
    automatic = {"batch_size": settings().batch_size, "learn_rate": settings().learn_rate}
    assert replace(own, config="", **automatic) == settings()


def test_values_of_a_config_become_the_settings(settings, made):
    text = made.replace("dropout = 0.3", "dropout = 0.15").replace("max_epochs = 2", "max_epochs = 5")
    text = text.replace("learn_rate = 0.002", "learn_rate = 0.003").replace("seed = 0", "seed = 11")
    own = with_config(settings(), text)
    assert (own.dropout, own.iterations, own.learn_rate, own.seed) == (0.15, 5, 0.003, 11)


def test_a_short_config_is_filled_up(settings):
    text = '[nlp]\nlang = "de"\npipeline = ["ner"]\n\n[components]\n\n[components.ner]\nfactory = "ner"\n'
    text += '\n[corpora]\n\n[corpora.train]\n@readers = "spacy.Corpus.v1"\npath = ${paths.train}\n'
    text += '\n[corpora.dev]\n@readers = "spacy.Corpus.v1"\npath = ${paths.dev}\n'
    text += "\n[paths]\ntrain = null\ndev = null\n"
    own = with_config(settings(), text)
    assert own.language == "de"
    assert own.iterations == settings().iterations


def test_a_run_uses_the_own_config_and_spacy_train_repeats_it(settings, made, gadget_texts, tmp_path):
    text = made.replace("depth = 4", "depth = 1").replace("width = 96", "width = 32")
    chosen = with_config(settings(), text.replace("dropout = 0.3", "dropout = 0.2"))
    records = train_and_save(TrainingRun(lambda: gadget_texts[:40], replace(chosen, iterations=3, seed=4)))
    assert len(records) == 3
    saved = spacy.load(chosen.output)
    assert saved.config["components"]["tok2vec"]["model"]["encode"]["depth"] == 1
    assert saved.config["training"]["dropout"] == 0.2
    assert records[-1].best
    command = [sys.executable, "-m", "spacy", "train", "corpus/config.cfg", "--output", str(tmp_path / "again")]
    subprocess.run(command, cwd=chosen.output, check=True, capture_output=True)
    assert_same_weights(saved, spacy.load(tmp_path / "again" / "model-last"))


REFUSED = [
    ("dropout = 0.3", "dropout", "neither", "dropout"),
    ("dropout = 0.3", "dropout = high", "number", "dropout = high"),
    ("dropout = 0.3", "dropout = 3.0", "between 0 and 0.9", ""),
    ("dropout = 0.3", "dropout = 0.3\ndropout = 0.4", "twice", "dropout = 0.4"),
    ("dropout = 0.3", "dropout = 0.3\nmagic = 3", "knows no “magic”", "magic = 3"),
    ("[nlp]", "[nlq]", "nlp", ""),
    ('lang = "xx"', 'lang = "qq"', "qq", ""),
    ('lang = "xx"', 'lang = "ja"', "Japanese needs", ""),
    ("[paths]", "paths]", "section's name", "paths]"),
    ("width = 96", "width = ${a.b}", "a.b", "width = ${a.b}"),
    ("spacy.Tok2Vec.v2", "spacy.Tok9Vec.v2", "Tok9Vec", '@architectures = "spacy.Tok9Vec.v2"'),
    ("learn_rate = 0.002", "learnrate = 0.002", "unexpected", "learnrate = 0.002"),
    ('["tok2vec", "ner"]', '["tok2vec", "nerd"]', "nerd", 'pipeline = ["tok2vec", "nerd"]'),
    ("frozen_components = []", 'frozen_components = ["ner"]', "that learns", 'pipeline = ["tok2vec", "ner"]'),
    ('"spacy.Tokenizer.v1"', '"spacy.zh.ChineseTokenizer"', "tokenizer", ""),
    ("annotating_components = []", 'annotating_components = ["ner"]', "can't be kept", "annotating_components"),
    ("path = ${paths.train}", 'path = "mine.spacy"', "come from the project", "train_corpus"),
    ("ents_p = 0.0", "ents_p = 0.5", "F-score", "ents_p = 0.5"),
    ("vectors = null", 'vectors = "/nowhere"', "no pipeline", 'vectors = "/nowhere"'),
]


@pytest.mark.parametrize(("old", "new", "said", "line"), REFUSED, ids=[one[1] for one in REFUSED])
def test_what_cannot_be_kept_is_refused_with_its_line(settings, made, old, new, said, line):
    assert old in made
    text = made.replace(old, new, 1)
    with pytest.raises(UserError, match=said) as refused:
        with_config(settings(), text)
    if line:
        assert isinstance(refused.value, ConfigError)
        assert text.splitlines()[refused.value.line - 1].startswith(line)
        assert str(refused.value).startswith(f"Line {refused.value.line}: ")


def test_components_that_do_not_learn_from_spans_are_refused(settings, made):
    text = made.replace('"ner"]', '"ner", "tagger"]') + '\n\n[components.tagger]\nfactory = "tagger"\n'
    with pytest.raises(ConfigError, match=r"“tagger” .* does not learn from"):
        with_config(settings(), text)
    text = made.replace('["tok2vec", "ner"]', '["tok2vec", "sentencizer"]')
    text += '\n\n[components.sentencizer]\nfactory = "sentencizer"\n'
    with pytest.raises(ConfigError, match="needs a component “ner”"):
        with_config(settings(), text)


def test_the_training_of_a_base_can_be_changed_and_nothing_else(settings, base, gadget_texts):
    chosen = settings(base=str(base), iterations=1)
    made = config_text(chosen, 500)
    own = with_config(chosen, made.replace("dropout = 0.3", "dropout = 0.25"))
    assert own.dropout == 0.25
    train_and_save(TrainingRun(lambda: gadget_texts[:20], own))
    assert spacy.load(own.output).config["training"]["dropout"] == 0.25
    for old, new in (('pipeline = ["ner"]', 'pipeline = ["ner","ner2"]'), ('lang = "xx"', 'lang = "de"')):
        assert old in made
        with pytest.raises(ConfigError, match="as the base has it"):
            with_config(chosen, made.replace(old, new))


def test_a_graphics_processor_that_is_not_there_is_a_sentence(settings, gadget_texts):
    run = TrainingRun(lambda: gadget_texts, settings(gpu=True))
    with pytest.raises(UserError, match="graphics processor"):
        list(run.steps())
    run.close()


def test_defaults_make_the_config_of_before():
    default = TrainingSettings(output="model")
    assert (default.patience, default.accumulate, default.evaluate_every, default.optimizer) == (0, 1, 1, "Adam")


def test_the_learn_rate_follows_from_what_a_run_starts_from(settings, base):
    for of, rate in (("", "0.002"), (str(base), "0.001")):
        text = config_text(settings(base=of), 500)
        assert {f"learn_rate = {rate}", "use_averages = true"} <= set(section(text, "training.optimizer"))
