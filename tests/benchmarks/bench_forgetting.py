"""What a recogniser keeps, and what it learns, when it is taught further labels. Run by hand, alone on the machine.

    python tests/benchmarks/bench_forgetting.py [food|wnut] [--ways "new only" "mixed in" beside] [--cache FOLDER]

``food``: a recogniser of INGRED (Reddit's cooking comments) is taught PRODUCT (Reddit comments of all kinds); the rows
that were rejected for PRODUCT are the project's texts to do, and a fifth of the cooking comments, which the base did
not learn from, the text file that the person adds.

``wnut``: a recogniser of three labels is taught the other three in further texts of the same kind, in which the old
labels' mentions are not highlighted; a tenth of the texts is to do, and there is no file.

Each is taught without mixing in, with it, and to a recogniser of its own beside the first. The scores are F against
people's annotations in a fifth of the texts that nothing else uses, the old labels' and the new labels' on their own. A
seed draws the texts and trains. The models taught first are kept in the cache folder.
"""

import argparse
import json
import random
import tempfile
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import mean

from bench_training import DATA, accepted

from gadget_trainer.corpus.records import AnnotatedText, Span, TextState
from gadget_trainer.training.predict import Predictor
from gadget_trainer.training.run import TrainingRun
from gadget_trainer.training.settings import TrainingSettings, suggested_iterations
from gadget_trainer.training.sources import words_of

_FOOD = DATA / "prodigy_food" / "food_data.jsonl"
_PRODUCT = DATA / "prodigy_reddit_product" / "annotated_reddit-PRODUCT-ner.jsonl"
_WNUT = (DATA / "wnut17" / "wnut17train.conll", DATA / "wnut17" / "emerging.dev.conll")
_WNUT_FIRST = frozenset({"person", "group", "product"})
_WNUT_THEN = frozenset({"location", "corporation", "creative-work"})


@dataclass(frozen=True)
class Case:
    """Texts for a base, for what it is taught, and for scoring both."""

    base: list[AnnotatedText]
    taught: list[AnnotatedText]
    to_do: list[str]
    file: list[str]
    old_labels: frozenset[str]
    old_test: list[AnnotatedText]
    new_labels: frozenset[str]
    new_test: list[AnnotatedText]


def food(seed: int) -> Case:
    old, new = shuffled(accepted(_FOOD), seed), shuffled(merged(accepted(_PRODUCT)), seed)
    fifth, part = len(old) // 5, len(new) // 4
    known = {text.text for text in new}
    rows = [json.loads(line) for line in _PRODUCT.read_text(encoding="utf-8").splitlines()]
    to_do = sorted({row["text"] for row in rows if row["answer"] != "accept"} - known)
    return Case(
        base=old[2 * fifth :],
        taught=new[part:],
        to_do=to_do,
        file=[text.text for text in old[fifth : 2 * fifth]],
        old_labels=frozenset({"INGRED"}),
        old_test=old[:fifth],
        new_labels=frozenset({"PRODUCT"}),
        new_test=new[:part],
    )


def wnut(seed: int) -> Case:
    texts = shuffled([text for path in _WNUT for text in posts(path)], seed)
    tenth = len(texts) // 10
    test = texts[: 2 * tenth]
    rest = texts[3 * tenth :]
    half = len(rest) // 2
    return Case(
        base=only(rest[:half], _WNUT_FIRST),
        taught=only(rest[half:], _WNUT_THEN),
        to_do=[text.text for text in texts[2 * tenth : 3 * tenth]],
        file=[],
        old_labels=_WNUT_FIRST,
        old_test=test,
        new_labels=_WNUT_THEN,
        new_test=test,
    )


def posts(path: Path) -> Iterable[AnnotatedText]:
    """The posts of a CoNLL file, their words put together with spaces."""
    for number, block in enumerate(path.read_text(encoding="utf-8").replace("\t\n", "\n").split("\n\n")):
        text, spans = "", list[Span]()
        for line in block.splitlines():
            word, _, tag = line.partition("\t")
            if not word.strip():
                continue
            start = len(text) + bool(text)
            text = f"{text} {word}" if text else word
            if tag.startswith("I-") and spans:
                spans[-1] = replace(spans[-1], end=len(text))
            elif tag != "O":
                spans.append(Span(start, len(text), tag[2:]))
        if text:
            yield AnnotatedText(text, tuple(spans), TextState.DONE, number, complete=True)


def merged(texts: Iterable[AnnotatedText]) -> list[AnnotatedText]:
    """A text that has a row for each of its spans, once."""
    found: dict[str, AnnotatedText] = {}
    for text in texts:
        before = found.get(text.text)
        found[text.text] = before._replace(spans=tuple(sorted({*before.spans, *text.spans}))) if before else text
    return list(found.values())


def shuffled(texts: Iterable[AnnotatedText], seed: int) -> list[AnnotatedText]:
    """In an order of chance, each text once."""
    once = list({text.text: text for text in texts}.values())
    random.Random(seed).shuffle(once)
    return once


def only(texts: Iterable[AnnotatedText], labels: frozenset[str]) -> list[AnnotatedText]:
    return [text._replace(spans=tuple(span for span in text.spans if span.label in labels)) for text in texts]


def train(texts: list[AnnotatedText], settings: TrainingSettings, to_do: list[str]) -> None:
    iterations = min(suggested_iterations(words_of(texts)), 12)
    with closing(TrainingRun(lambda: texts, replace(settings, iterations=iterations), unlabelled=lambda: to_do)) as run:
        for _ in run.steps():
            pass
        for _ in run.save():
            pass


def f_score(folder: Path, texts: list[AnnotatedText], labels: frozenset[str]) -> float:
    """Micro-averaged over ``labels``, between 0 and 1."""
    predictor = Predictor(folder)
    marked = predicted = correct = 0
    for text in texts:
        gold = {span for span in text.spans if span.label in labels}
        found = {span for span in predictor.predict(text.text) if span.label in labels}
        marked, predicted, correct = marked + len(gold), predicted + len(found), correct + len(gold & found)
    return 2 * correct / (marked + predicted) if marked + predicted else 0.0


_WAYS: dict[str, dict[str, bool]] = {
    "new only": {"mix_in": False},
    "mixed in": {},
    "beside": {"second_recogniser": True},
}


def run_case(name: str, make: Callable[[int], Case], ways: Sequence[str], seeds: int, cache: Path) -> None:
    print(f"{name:6} {'':9} {'old before':>10} {'old after':>10} {'new':>6}")
    before: list[float] = []
    kept, learned = {way: list[float]() for way in ways}, {way: list[float]() for way in ways}
    for seed in range(seeds):
        case = make(seed)
        base = taught_first(case, seed, cache / f"{name}-{seed}")
        before.append(f_score(base, case.old_test, case.old_labels))
        for way in ways:
            with tempfile.TemporaryDirectory() as folder:
                file = Path(folder) / "texts.txt"
                file.write_text("\n".join(" ".join(text.split()) for text in case.file), encoding="utf-8")
                settings = TrainingSettings(
                    output=Path(folder) / "taught",
                    base=str(base),
                    seed=seed,
                    mix_in_file=str(file) if case.file else "",
                )
                settings = replace(settings, **_WAYS[way])
                train(case.taught, settings, case.to_do)
                kept[way].append(f_score(settings.output, case.old_test, case.old_labels))
                learned[way].append(f_score(settings.output, case.new_test, case.new_labels))
            old, new = kept[way][-1], learned[way][-1]
            print(f"seed {seed} {way:9} {before[-1]:10.3f} {old:10.3f} {new:6.3f}", flush=True)
    for way in ways:
        old, new, share = (
            mean(kept[way]) / mean(before),
            mean(learned[way]),
            mean(learned[way]) / mean(learned[ways[0]]),
        )
        print(f"{name}, {way}: {old:.0%} of the old F; new F {new:.3f}, {share:.0%} of “{ways[0]}”.", flush=True)


def taught_first(case: Case, seed: int, folder: Path) -> Path:
    """The base, trained unless it is in the cache."""
    if not folder.exists():
        train(case.base, TrainingSettings(output=folder, seed=seed), [])
    return folder


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("case", choices=("food", "wnut"))
    parser.add_argument("--ways", nargs="+", choices=_WAYS, default=list(_WAYS))
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "bench_forgetting")
    chosen = parser.parse_args()
    chosen.cache.mkdir(parents=True, exist_ok=True)
    run_case(chosen.case, food if chosen.case == "food" else wnut, chosen.ways, chosen.seeds, chosen.cache)


if __name__ == "__main__":
    main()
