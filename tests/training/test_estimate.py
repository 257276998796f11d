"""How long a run will take is said with all that is in it: what comes before the first iteration, and the saving."""

from itertools import count

import pytest
import spacy
from gadget_corpus import sentences_with_gadgets
from spacy.training import Corpus

from gadget_trainer.corpus.records import CategoryScheme
from gadget_trainer.training.categories import NO_CATEGORIES
from gadget_trainer.training.check import Findings, check_steps
from gadget_trainer.training.check.around import Around, Slice, passes
from gadget_trainer.training.check.beside import Beside
from gadget_trainer.training.check.pace import Measured, times_gone_through
from gadget_trainer.training.check.size import Size
from gadget_trainer.training.check.stage_times import StageTimes
from gadget_trainer.training.config import CONFIG_FILE
from gadget_trainer.training.progress import Preparing
from gadget_trainer.training.run import TrainingRun
from gadget_trainer.training.run_stages import Stage


def timed(*stages):
    """The times of stages that take so many seconds, on a clock that nothing else moves."""
    seconds = iter([0.0, *(took for _, took in stages)])
    now = [0.0]

    def records():
        for stage, _ in stages:
            now[0] += next(seconds)
            yield Preparing(stage, 0.0)
        now[0] += next(seconds)

    times = StageTimes(lambda: now[0])
    for _record in times.passing(records()):
        now[0] += 100.0  # whoever takes the records does not count
    return times


def test_what_is_done_after_a_record_belongs_to_its_stage():
    times = timed(("Starting", 1.0), (Stage.TEXTS, 2.0), (Stage.TEXTS, 3.0), (Stage.MODEL, 4.0))
    assert (times.of(Stage.TEXTS), times.of(Stage.MODEL), times.of(Stage.MIXING)) == (5.0, 4.0, 0.0)
    assert times.named() == times.total() == 10.0


def test_a_slice_tells_the_time_of_a_corpus_around_its_iterations():
    before = timed(
        ("Starting", 1.0),
        (Stage.NOTING, 2.0),
        (Stage.TEXTS, 3.0),
        (Stage.MIXING, 4.0),
        (Stage.FILES, 0.5),
        (Stage.MODEL, 7.0),
        (Stage.EXAMPLES, 5.0),
    )
    after = timed(("Writing the pipeline", 2.0), (Stage.TRYING, 1.0))
    read = Slice(learned=60, held_out=20, mixed=20, offered=40, noted=10, tried=4)
    around = Around.of(before, after, read, passes=1)
    same = Size(8, 4, 60, 20, Beside(20, 10, 40))
    assert around.before(same) == pytest.approx(22.5), "as long as it took"
    assert around.after(same) == pytest.approx(3.0)
    ten_times = Size(80, 40, 600, 200, Beside(200, 100, 400))
    assert around.before(ten_times) == pytest.approx(1.0 + 3.0 + 10 * (22.5 - 4.0)), "3 of the model's 7 are fixed"
    assert around.after(ten_times) == pytest.approx(2.0 + 10 * 1.0)
    few_there = Size(80, 40, 600, 200, Beside(200, 100, 220))
    assert around.before(ten_times) - around.before(few_there) == pytest.approx(0.1 * 180), "no more than there is"
    many_texts = Size(8_000, 4_000, 600, 200)
    assert around.after(many_texts) == pytest.approx(2.0 + 50 * 0.25), "so many are tried at most"


def test_the_sentence_says_what_the_time_contains(settings):
    *_, found = check_steps(sentences_with_gadgets, settings(iterations=4))
    assert isinstance(found, Findings)
    measured = found.measured
    assert measured is not None
    around, dividing = measured.around, measured.dividing
    for part in (around.starting, around.preparing, around.packing, around.reading, around.saving, around.trying):
        assert part > 0
    assert dividing > 0
    whole = measured.before(found.size) + 4 * measured.iteration(found.size) + measured.after(found.size)
    assert found.seconds(4) == pytest.approx(whole)
    slow = Findings((), Size(8, 2, 100, 40), Measured(0.5, 0.25, 10.0, Around(starting=30.0, saving=20.0), 15.0))
    assert slow.headline(4) == (
        "Ready: 8 texts to learn from, 2 held out, 100 words an iteration; about 6 min in all: 45 s to prepare, 30 s "
        "to save and prove, and 5 min for 4 iterations"
    )


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    nlp = spacy.blank("xx")
    nlp.add_pipe("ner").add_label("CITY")
    nlp.initialize()
    nlp.to_disk(folder := tmp_path_factory.mktemp("base") / "model")
    return str(folder)


@pytest.mark.parametrize(
    ("categories", "continued"),
    [
        (NO_CATEGORIES, False),
        (CategoryScheme(("A", "B"), exclusive=True), False),
        (CategoryScheme(("A", "B"), exclusive=False), False),
        (NO_CATEGORIES, True),
    ],
)
def test_texts_and_files_are_gone_through_as_often_as_is_reckoned(settings, monkeypatch, base, categories, continued):
    texts = [text._replace(categories=(("A", "B")[text.id % 2],)) for text in sentences_with_gadgets()]
    chosen = settings(base=base if continued else "")
    read, looked = count(), count()
    make = Corpus.make_examples

    def counted(corpus, nlp, docs):
        for example in make(corpus, nlp, docs):
            next(read)
            yield example

    def all_texts():
        next(looked)
        yield from texts

    monkeypatch.setattr(Corpus, "make_examples", counted)
    run = TrainingRun(all_texts, chosen, categories=categories)
    try:
        for record in run.steps():
            if isinstance(record, Preparing) and record.message == Stage.EXAMPLES:
                break
        learned = len(texts) - len(run.held_out)
        times = passes((run.folder / CONFIG_FILE).read_text(encoding="utf-8"))
    finally:
        run.close()
    assert next(looked) == times_gone_through(chosen, categories)
    # Beside them a few each time, to look at the shapes.
    assert times * learned < next(read) < times * learned + learned
