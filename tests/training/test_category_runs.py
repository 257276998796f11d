"""A run teaches categories beside entities, and spaCy's own commands agree with it."""

from statistics import mean

import pytest
import spacy
from category_corpus import TOPICS, TRAITS, with_topics, with_traits, without_spans
from spacy.cli.evaluate import evaluate
from spacy.cli.train import train as spacy_train
from spacy.tokens import DocBin
from test_loop import assert_same_weights, train_and_save

from gadget_trainer.corpus.records import AnnotatedText, CategoryScheme, TextState
from gadget_trainer.training.categories import Taught, taught_categories
from gadget_trainer.training.config import CONFIG_FILE, HELD_OUT_FILE, TRAIN_FILE, config_from_scratch
from gadget_trainer.training.run import TrainingRun
from gadget_trainer.training.settings import TrainingSettings


def run_on(texts, scheme, folder, **changes):
    settings = TrainingSettings(
        output=folder, **{"language": "xx", "iterations": 2, "batch_size": 80, "held_out": 0.3, **changes}
    )
    return TrainingRun(lambda: texts, settings, categories=scheme)


def written(texts, scheme, folder):
    """The documents to learn from and to score on, as a run would write them."""
    run = run_on(texts, scheme, folder / "model", iterations=1)
    try:
        for _ in run.steps():
            if (run.folder is not None) and (run.folder / CONFIG_FILE).is_file():
                break
        vocab = spacy.blank("xx").vocab
        return [list(DocBin().from_disk(run.folder / name).get_docs(vocab)) for name in (TRAIN_FILE, HELD_OUT_FILE)]
    finally:
        run.close()


@pytest.fixture(scope="module", params=["topics", "traits"])
def trained(request, tmp_path_factory):
    """A folder, the last iteration, which it holds, and the name of what learned the categories."""
    folder = tmp_path_factory.mktemp("trained") / "model"
    texts, scheme = (with_topics(40), TOPICS) if request.param == "topics" else (with_traits(40), TRAITS)
    last = train_and_save(run_on(texts, scheme, folder, iterations=2))[-1]
    assert last.best
    return folder, last, "textcat" if scheme.exclusive else "textcat_multilabel"


def test_spacy_receives_what_is_known(tmp_path):
    texts = with_topics(12)
    texts[0] = texts[0]._replace(state=TextState.TODO, complete=False)
    texts[1] = texts[1]._replace(categories=())
    found = {doc.text: doc.cats for docs in written(texts, TOPICS, tmp_path) for doc in docs}
    nothing_known = {texts[0].text, texts[1].text}
    for text in texts[2:]:
        assert found[text.text] == {name: float(name in text.categories) for name in TOPICS.names}
    assert all(found[text] == {} for text in nothing_known & found.keys())


def test_of_a_category_that_came_later_the_texts_done_before_teach_and_score_nothing(tmp_path):
    decided = with_traits(40)
    later = [text._replace(undecided=("past",)) if "past" not in text.categories else text for text in decided]
    for docs in written(later, TRAITS, tmp_path):
        assert {tuple(doc.cats) for doc in docs} == {("question",), ("past", "question")}
    probable = {}
    for name, texts in (("decided", decided), ("later", later)):
        last = train_and_save(run_on(texts, TRAITS, tmp_path / name, iterations=4))[-1]
        nlp = spacy.load(tmp_path / name)
        probable[name] = mean(nlp(text.text).cats["past"] for text in decided)
    assert probable["later"] > 0.5 > probable["decided"], "all that say something of it have it"
    assert next(one for one in last.categories.labels if one.label == "past").precision == 1.0


def test_exclusive_category_is_needed_to_be_scored_on(tmp_path):
    texts = [one._replace(categories=()) if number % 2 else one for number, one in enumerate(with_topics())]
    learned, held_out = written(texts, TOPICS, tmp_path)
    assert len(held_out) > 3
    assert all(sum(doc.cats.values()) == 1 for doc in held_out)
    assert any(not doc.cats and doc.ents for doc in learned)


def test_none_of_several_is_known_too(tmp_path):
    learned, held_out = written(with_traits(), TRAITS, tmp_path)
    assert {"past": 0.0, "question": 0.0} in [doc.cats for doc in learned]
    assert all(set(doc.cats) == set(TRAITS.names) for doc in [*learned, *held_out])


def test_long_text_is_scored_as_a_whole(tmp_path):
    texts = with_topics()
    sentences = " ".join(text.text for text in texts)
    long = [
        AnnotatedText(f"{sentences} {end}", (), TextState.DONE, complete=True, categories=("buying",)) for end in "abcd"
    ]
    learned, held_out = written([*texts[:20], *long], TOPICS, tmp_path)
    pieces = [doc for doc in learned if len(doc) > 100]
    assert pieces
    assert all(len(doc) <= 500 and doc.cats["buying"] == 1 for doc in pieces)
    assert max(map(len, held_out)) > 500


def test_spacy_evaluate_gives_the_scores(trained):
    folder, last, _ = trained
    given = evaluate(str(folder), folder / HELD_OUT_FILE, silent=True)
    shown = last.categories
    assert given["cats_macro_f"] == pytest.approx(shown.macro_f, abs=1e-6)
    assert given["cats_micro_f"] == pytest.approx(shown.micro_f, abs=1e-6)
    assert given["ents_f"] == pytest.approx(last.f_score, abs=1e-6)
    for one in shown.labels:
        assert given["cats_f_per_type"][one.label]["f"] == pytest.approx(one.f_score or 0.0, abs=1e-6)
    assert last.combined == pytest.approx((given["cats_macro_f"] + given["ents_f"]) / 2, abs=1e-6)
    assert shown.micro_f > 0.3
    meta = spacy.load(folder).meta
    assert meta["performance"]["cats_macro_f"] == pytest.approx(shown.macro_f)


def test_weights_are_those_of_spacy_train(trained, tmp_path, monkeypatch):
    folder, _, name = trained
    if name != "textcat":
        pytest.skip("one of the two is enough")
    monkeypatch.chdir(folder)
    spacy_train(CONFIG_FILE, tmp_path)
    again = spacy.load(tmp_path / "model-last")
    assert again.get_pipe_meta(name).factory == name
    assert_same_weights(spacy.load(folder), again)


def test_only_categories(tmp_path):
    records = train_and_save(run_on(without_spans(with_topics(24)), TOPICS, tmp_path / "model"))
    nlp = spacy.load(tmp_path / "model")
    assert nlp.pipe_names == ["textcat"]
    assert records[-1].f_score is None
    assert records[-1].loss > 0
    assert records[-1].score == records[-1].categories.macro_f > 0


@pytest.mark.parametrize("scheme", [CategoryScheme(), TOPICS], ids=["no scheme", "none chosen"])
def test_without_categories_a_run_is_what_it_was(scheme, tmp_path):
    """All that follows is made from these files."""
    texts = [one._replace(categories=()) for one in with_topics(20)]
    docs = written(texts, scheme, tmp_path)
    assert {one.text for side in docs for one in side} == {one.text for one in texts}
    assert not any(doc.cats for side in docs for doc in side)
    settings = TrainingSettings(output=tmp_path / "model", language="xx", iterations=1, batch_size=80, held_out=0.3)
    config = config_from_scratch(settings, 100, Taught(categories=taught_categories(texts, scheme)))
    assert config.to_str() == config_from_scratch(settings, 100).to_str()
    assert config["nlp"]["pipeline"] == ["tok2vec", "ner"]
    assert {name for name, weight in config["training"]["score_weights"].items() if weight} == {"ents_f"}
