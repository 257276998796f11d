"""Words that are always split: what spaCy receives, what is saved, and what ``spacy train`` makes of it."""

import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from gadget_corpus import annotated
from spacy.tokens import DocBin
from test_loop import train_and_save

from gadget_trainer.training.base import load_base, start_from_base
from gadget_trainer.training.run import TrainingRun
from gadget_trainer.training.settings import TrainingSettings
from gadget_trainer.training.tokens import TokenSource
from gadget_trainer.training.training_files import write_training_files
from gadget_trainer.word_splits import add_splits, takes_splits

SPLITS = (("Kindle", "3"), ("Game", "Boy"))
NAMES = ("Ana", "Ben", "Chidi", "Dua", "Ed", "Fay", "Gus", "Hana", "Ines", "Jo")


def texts():
    """Finished texts with a gadget whose edge is inside a token, unless that is split."""
    gadgets = ("Kindle3", "GameBoy")
    made = []
    for number in range(20):
        gadget, name = gadgets[number % 2], NAMES[number // 2]
        text = f"{name} sold the (mini-{gadget}), {name}."
        start = text.index(gadget)
        made.append(annotated(text, (start, start + (6 if number % 2 == 0 else 4), "GADGET"), id=number + 1))
    return made


def words(nlp, text):
    return [token.text for token in nlp.tokenizer(text)]


@pytest.mark.parametrize("text", ["Kindle3", "(Kindle3),", "mini-Kindle3", '"Kindle3"', "Kindle3's", "Kindle3…"])
def test_a_word_is_split_wherever_it_stands(text):
    nlp = spacy.blank("en")
    add_splits(nlp, SPLITS)
    assert words(nlp, text).count("Kindle") == text.count("Kindle3")


def test_other_words_stay_whole(tmp_path):
    nlp, plain = spacy.blank("en"), spacy.blank("en")
    add_splits(nlp, (*SPLITS, ("a+", "b.c")))
    for text in ("Kindle33 myKindle3 Gameboy kindle3 Game Boy", "don't (U.K.) $1,000 x-y a.b 10am", "aa+b.c a+bxc"):
        assert words(nlp, text) == words(plain, text)
    nlp.to_disk(tmp_path / "pipeline")
    assert words(spacy.load(tmp_path / "pipeline"), "a Kindle3") == ["a", "Kindle", "3"]


def test_a_tokenizer_without_rules_stays_as_it_is():
    nlp = spacy.blank("zh")
    add_splits(nlp, SPLITS)
    assert words(nlp, "Kindle3") == ["K", "i", "n", "d", "l", "e", "3"]
    assert not takes_splits(nlp)
    assert not TokenSource(TrainingSettings(output=Path("model"), language="zh", splits=SPLITS)).takes_splits


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """The folder of a run, and what it began with."""
    folder = tmp_path_factory.mktemp("split") / "model"
    settings = TrainingSettings(output=folder, iterations=2, batch_size=40, held_out=0.3, splits=SPLITS)
    run = TrainingRun(texts, settings)
    record = train_and_save(run)[-1]
    return folder, record


def entities_of(path):
    docs = DocBin().from_disk(path).get_docs(spacy.blank("en").vocab)
    return [ent.text for doc in docs for ent in doc.ents]


def test_spacy_learns_from_the_pieces(saved):
    folder, record = saved
    learned = entities_of(folder / "corpus" / "train.spacy")
    held_out = entities_of(folder / "corpus" / "dev.spacy")
    assert sorted(learned + held_out) == ["Game"] * 10 + ["Kindle"] * 10
    assert record.f_score is not None


def test_the_saved_pipeline_splits_as_well(saved):
    folder, _record = saved
    nlp = spacy.load(folder)
    assert words(nlp, "the (mini-Kindle3)") == ["the", "(", "mini", "-", "Kindle", "3", ")"]
    assert nlp.config["initialize"]["before_init"] is None


def test_spacy_train_reproduces_it(saved, tmp_path):
    folder, _record = saved
    arguments = ("train", "corpus/config.cfg", "--output", str(tmp_path / "again"))
    subprocess.run([sys.executable, "-m", "spacy", *arguments], cwd=folder, check=True, capture_output=True)
    again, ours = (spacy.load(one) for one in (tmp_path / "again" / "model-last", folder))
    assert words(again, "a Kindle3") == ["a", "Kindle", "3"]
    for text in texts():
        assert [ent.text for ent in again(text.text).ents] == [ent.text for ent in ours(text.text).ents]


def test_a_base_splits_from_now_on(saved, settings, tmp_path):
    folder, _record = saved
    chosen = settings(base=str(folder), splits=(*SPLITS, ("Pixel", "6")))
    config = start_from_base(chosen, load_base(chosen, texts), 1000, tmp_path / "start")
    assert config["initialize"]["before_init"]["tokenizer"] == "corpus/start"
    assert words(spacy.load(tmp_path / "start"), "Pixel6 Kindle3") == ["Pixel", "6", "Kindle", "3"]
    assert words(spacy.load(folder), "Pixel6 Kindle3") == ["Pixel6", "Kindle", "3"], "the base itself is as it was"


def test_exported_training_files_carry_the_rules(settings, tmp_path):
    folder = tmp_path / "files"
    folder.mkdir()
    placed = list(write_training_files(folder, texts(), settings(splits=SPLITS), with_config=True))
    assert not [one for one in placed if one.lost]
    assert words(spacy.load(folder / "corpus" / "tokenizer"), "Kindle3") == ["Kindle", "3"]
    assert "corpus/tokenizer" in (folder / "config.cfg").read_text()


def test_the_rules_are_kept_with_a_run_and_anything_else_is_left_out(settings):
    chosen = settings(splits=SPLITS)
    assert TrainingSettings.from_json(chosen.to_json(), settings()) == chosen
    kept = {**chosen.to_json(), "splits": [["Kindle", "3"], ["whole"], ["a", 1], ["", "b"], "ab", 7]}
    assert TrainingSettings.from_json(kept, settings()).splits == SPLITS[:1]
    assert TrainingSettings.from_json({"splits": 7}, chosen) == chosen
