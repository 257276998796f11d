"""A category is called one in every sentence, so that a label of the same name is told apart from it."""

from pathlib import Path

import pytest
from gadget_corpus import annotated

from gadget_trainer.corpus.records import CategoryScheme
from gadget_trainer.training.category_scores import CategoryScores
from gadget_trainer.training.check import quick_check
from gadget_trainer.training.held_out_words import few_labels, forgotten
from gadget_trainer.training.joining import _Newcomers
from gadget_trainer.training.kept_labels import KeptLabel, Reference, alarm, warning
from gadget_trainer.training.progress import IterationDone, LabelScore
from gadget_trainer.training.settings import TrainingSettings
from gadget_trainer.training.what_next import starving_categories, starving_labels

LOST = KeptLabel("LAW", 0.7, 0.2, 40, Reference.PEOPLE, (0.6, 0.8))
LOST_TEXTS = KeptLabel("LAW", 0.9, 0.3, 40, Reference.PEOPLE, (0.8, 0.95), of_texts=True)
DIFFERS = KeptLabel("TAX", 1.0, 0.8, 40, Reference.BASE, (0.72, 0.85))
DIFFERS_TEXTS = KeptLabel("TAX", 1.0, 0.8, 40, Reference.BASE, (0.72, 0.85), of_texts=True)
AGREES_NO_MORE = KeptLabel("SPORT", 1.0, 0.3, 40, Reference.BASE, (0.2, 0.4), of_texts=True)


@pytest.mark.parametrize(
    ("labels", "said"),
    [
        ([LOST], "LAW lost more than chance explains."),
        ([LOST_TEXTS], "The category LAW lost more than chance explains."),
        ([LOST, LOST_TEXTS], "LAW, the category LAW lost more than chance explains."),
    ],
)
def test_the_alarm(labels, said):
    assert alarm(labels) == said
    assert warning(labels).startswith(said)


def test_the_warning():
    said = warning([LOST, LOST_TEXTS, AGREES_NO_MORE])
    assert "LAW was at F 0.70 on the held-out texts" in said
    assert "The category LAW was at F 0.90 on the held-out texts" in said
    assert "The category SPORT agrees with what the base found only to F 0.30." in said
    assert warning([DIFFERS, DIFFERS_TEXTS]) == (
        "TAX agrees with the base to F 0.80 (likely between 0.72 and 0.85). Whether that is worse or better can't be "
        "said, because nobody marked TAX in these texts. Highlight it in finished texts to know. The category TAX "
        "agrees with the base to F 0.80 (likely between 0.72 and 0.85). Whether that is worse or better can't be said, "
        "because nobody said of these texts whether they are of the category TAX. Choose it for finished texts to know."
    )


def score(name, f_score, texts=5, **kind):
    return LabelScore(name, f_score, f_score, f_score, texts, texts, texts, (f_score - 0.01, f_score + 0.01), **kind)


def done(number, span, category):
    categories = CategoryScores(
        exclusive=True, macro_f=category, micro_f=category, macro_auc=None, texts=40,
        labels=(score("LAW", category, 40, of_texts=True),),
    )  # fmt: skip
    return IterationDone(
        iteration=number, iterations=9, loss=2.0, losses={}, loss_per_1000_words=1.0, precision=span, recall=span,
        f_score=span, labels=(score("LAW", span),), words_per_second=1.0, seconds=1.0, seconds_left=1.0, best=True,
        categories=categories, combined=span,
    )  # fmt: skip


def test_what_is_forgotten_and_what_is_too_little():
    records = [done(1, 0.5, 0.8), done(2, 0.6, 0.3)]
    said = forgotten(records, records[-1])
    assert said.startswith("The category “LAW” is being forgotten: F 0.30, and 0.80 before. Choose it for such texts")
    records = [done(1, 0.8, 0.5), done(2, 0.3, 0.6)]
    assert forgotten(records, records[-1]).startswith("“LAW” is being forgotten: F 0.30, and 0.80 before. Annotate it")
    enough = score("X", 0.5, 100, of_texts=True)
    few = [score(name, 0.5, of_texts=True) for name in "ABCDE"]
    assert few_labels([enough, few[0]]) == ("Too few texts of the category “A” are held out to say anything about it.")
    assert few_labels([enough, *few]) == (
        "Too few texts of the categories “A”, “B”, “C” and 2 more are held out to say anything about them."
    )
    assert "of “A”, “B”, “C” and 2 more labels are" in few_labels(
        [score("X", 0.5, 100), *map(score, "ABCDE", [0.5] * 5)]
    )


def test_what_starves():
    assert starving_labels({"LAW": 3})[0].startswith("LAW has 3 spans")
    assert starving_categories({"LAW": 3})[0].startswith("The category LAW has 3 texts")


def test_what_stays_out_of_a_run():
    unknown = _Newcomers(unknown=2, unknown_labels={"LAW"}, unknown_categories={"LAW"})
    assert "does not know “LAW”, the category “LAW”: a new run will" in unknown.sentence()


def said_of(texts, *names):
    scheme = CategoryScheme(names, exclusive=True)
    found = quick_check(lambda: texts, TrainingSettings(output=Path("nowhere"), language="xx"), ["LAW"], scheme)
    return {one.kind: one.message for one in found}


def test_what_the_check_finds():
    texts = [annotated(f"The law of {number}", (4, 7, "LAW"), id=number) for number in range(60)]
    all_law = [text._replace(categories=("LAW",)) for text in texts]
    assert said_of(all_law, "LAW", "TAX")["one category"].startswith("All texts with a category have the category LAW,")
    nearly = [*all_law[:58], *(text._replace(categories=("TAX",)) for text in texts[58:])]
    said = said_of(nearly, "LAW", "TAX", "ART", "SEA")
    assert " of the texts to learn from have the category LAW, so others" in said["one category prevails"]
    assert said["category without texts"] == (
        "No finished text has any of the categories ART, SEA, so they can't be learned. Give them to some."
    )
    assert (
        "No finished text has the category ART, so it" in said_of(nearly, "LAW", "TAX", "ART")["category without texts"]
    )
