"""Makes the recorded runs beside it, by real training on the corpora of ../shared/data. See README.md.

python tests/data/runs/record.py [NAME …]
"""

import json
import random
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from gadget_trainer.corpus.records import AnnotatedText, Span, TextState
from gadget_trainer.training import run as run_module
from gadget_trainer.training.progress import IterationDone
from gadget_trainer.training.run import TrainingRun
from gadget_trainer.training.run_records import iteration_to_json
from gadget_trainer.training.settings import TrainingSettings
from gadget_trainer.training.split import choose_split

_DATA = Path("/work/shared/data")
_HERE = Path(__file__).parent
_FOOD = _DATA / "prodigy_food" / "food_data.jsonl"
_PRODUCT = _DATA / "prodigy_reddit_product" / "annotated_reddit-PRODUCT-ner.jsonl"


@dataclass(frozen=True)
class Recipe:
    """How a run is made."""

    texts: Callable[[], list[AnnotatedText]]
    iterations: int
    base: Callable[[], list[AnnotatedText]] | None = None
    learn_rate: float | None = None
    changes: tuple[tuple[str, object], ...] = ()


def accepted(path: Path, skip: int, number: int) -> list[AnnotatedText]:
    texts = []
    for place, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        row = json.loads(line)
        if row["answer"] == "accept":
            spans = tuple(Span(span["start"], span["end"], span["label"]) for span in row.get("spans") or ())
            texts.append(AnnotatedText(row["text"], spans, TextState.DONE, place + 1, complete=True))
    return texts[skip : skip + number]


def food(number: int, skip: int = 0) -> list[AnnotatedText]:
    return accepted(_FOOD, skip, number)


def random_words(texts: Iterable[AnnotatedText]) -> list[AnnotatedText]:
    """Spans on words that a coin chose: there is nothing to learn from them."""
    chance = random.Random(1)
    found = []
    for text in texts:
        words = [word for word in text.text.split() if word.isalpha() and len(word) > 6]
        spans = set()
        for word in words:
            if chance.random() < 0.15:
                start = text.text.index(word)
                spans.add(Span(start, start + len(word), "THING"))
        found.append(text._replace(spans=tuple(sorted(spans))))
    return found


def wnut(number: int) -> list[AnnotatedText]:
    """The first texts of WNUT17 that have an entity."""
    texts = []
    for block in (_DATA / "wnut17" / "wnut17train.conll").read_text(encoding="utf-8").split("\n\t\n"):
        words, spans, place = [], [], 0
        for line in block.splitlines():
            word, tag = line.split("\t")[:2]
            if tag.startswith("B-"):
                spans.append(Span(place, place + len(word), tag[2:]))
            elif tag.startswith("I-"):
                spans[-1] = replace(spans[-1], end=place + len(word))
            words.append(word)
            place += len(word) + 1
        if spans:
            texts.append(AnnotatedText(" ".join(words), tuple(spans), TextState.DONE, len(texts) + 1, complete=True))
        if len(texts) == number:
            break
    return texts


def begun(texts: Iterable[AnnotatedText]) -> list[AnnotatedText]:
    """The same texts, none of them finished: nothing can be held out."""
    return [text._replace(state=TextState.TODO, complete=False) for text in texts]


def products_with_food_held_out() -> list[AnnotatedText]:
    """Texts with PRODUCT to learn from; those with INGRED are scored on only."""
    products, foods = accepted(_PRODUCT, 0, 150), food(250, 250)
    held = choose_split(products + foods, 0.2)
    return products + [text for text in foods if text.spans and held.scores_on(text)]


RECIPES = {
    "learning": Recipe(lambda: food(250), 3),
    "levelled_off": Recipe(lambda: food(250), 20),
    "memorising": Recipe(lambda: wnut(150), 30, changes=(("dropout", 0.0),)),
    "learned_nothing": Recipe(lambda: random_words(food(120)), 8),
    "too_little_held_out": Recipe(lambda: food(14), 12),
    "many_labels": Recipe(lambda: wnut(300), 8),
    "nothing_held_out": Recipe(lambda: begun(food(60)), 5),
    "loss_becomes_0": Recipe(lambda: wnut(40), 40, changes=(("dropout", 0.0),)),
    "no_number": Recipe(lambda: food(60), 4, learn_rate=1e25),
    "forgot": Recipe(products_with_food_held_out, 4, base=lambda: food(250), changes=(("mix_in", False),)),
    "forgetting": Recipe(
        products_with_food_held_out,
        4,
        base=lambda: food(250),
        learn_rate=5e-5,
        changes=(("mix_in", False),),
    ),
}


def record(recipe: Recipe, folder: Path) -> list[IterationDone]:
    base = ""
    if recipe.base is not None:
        base = str(folder / "base")
        _train(recipe.base(), TrainingSettings(output=Path(base), iterations=5), None, save=True)
    settings = TrainingSettings(output=folder / "model", iterations=recipe.iterations, base=base)
    settings = replace(settings, **dict(recipe.changes))
    return _train(recipe.texts(), settings, recipe.learn_rate, save=False)


def _train(
    texts: list[AnnotatedText], settings: TrainingSettings, learn_rate: float | None, *, save: bool
) -> list[IterationDone]:
    train = run_module.train

    def train_with_rate(course):
        if learn_rate is not None:
            course.optimizer.learn_rate = learn_rate
            course.optimizer.schedules = {}
        yield from train(course)

    run_module.train = train_with_rate
    run = TrainingRun(lambda: texts, settings)
    try:
        records = [one for one in run.steps() if isinstance(one, IterationDone)]
        if save:
            list(run.save())
    finally:
        run.close()
        run_module.train = train
    return records


def main() -> None:
    for name in sys.argv[1:] or RECIPES:
        with tempfile.TemporaryDirectory() as folder:
            records = record(RECIPES[name], Path(folder))
        lines = ",\n".join(json.dumps(iteration_to_json(one), allow_nan=False) for one in records)
        (_HERE / f"{name}.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")
        print(
            name,
            *(f"{one.loss:.3g}/{one.f_score if one.f_score is None else round(one.f_score, 2)}" for one in records),
            flush=True,
        )


if __name__ == "__main__":
    main()
