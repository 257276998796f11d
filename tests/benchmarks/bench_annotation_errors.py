"""How well the cross-validation finds wrong annotations: some are injected, then the first 20 and 50 are looked at.

``python tests/benchmarks/bench_annotation_errors.py [food_data.jsonl] [texts]`` prints, for three draws, the share of
injected errors among the most confident disagreements, and what a list in the order of the texts would give.
Errors that were in the data already count as wrong finds, so the figures are lower bounds.
"""

import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from gadget_trainer.corpus.records import AnnotatedText, Span
from gadget_trainer.formats.reading import read_files
from gadget_trainer.training.cross_validation import find_annotation_errors
from gadget_trainer.training.mistakes import Mistake, Mistakes
from gadget_trainer.training.settings import TrainingSettings
from gadget_trainer.training.split import choose_split

DATA = Path("/work/shared/data/prodigy_food/food_data.jsonl")
SHARE = 0.06
"""Of the spans."""


def spoilt(text: AnnotatedText, chance: random.Random) -> tuple[AnnotatedText, set[tuple[int, int]]]:
    """A text with some spans left out, moved, or invented, and the places of that (code points)."""
    spans, places = [], set()
    for span in text.spans:
        if chance.random() >= SHARE:
            spans.append(span)
            continue
        places.add((span.start, span.end))
        kind = chance.choice(("missing", "edges", "elsewhere"))
        if kind == "edges" and " " in text.text[span.start : span.end]:
            spans.append(Span(span.start, span.start + text.text[span.start : span.end].index(" "), span.label))
        elif kind == "elsewhere":
            words = [word for word in text.text.split() if len(word) > 3 and word.isalpha()]
            start = text.text.index(chance.choice(words)) if words else span.start
            end = start + len(text.text[start:].split()[0])
            if not any(other.touches(start, end) for other in text.spans):
                spans += [span, Span(start, end, span.label)]
                places = (places - {(span.start, span.end)}) | {(start, end)}
    return text._replace(spans=tuple(sorted(spans))), places


def precision(found: Sequence[Mistake], wrong: dict[int, set[tuple[int, int]]], first: int) -> float:
    hits = sum(any(one.start < end and start < one.end for start, end in wrong[one.text_id]) for one in found[:first])
    return hits / max(1, min(first, len(found)))


def main() -> None:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else DATA
    most = int(sys.argv[2]) if len(sys.argv) > 2 else 10**9
    texts = [one._replace(id=number) for number, one in enumerate(read_files([path]).texts()) if one.complete][:most]
    settings = TrainingSettings(output=Path("unused"))
    split = choose_split(texts, settings.held_out)
    for draw in range(3):
        chance = random.Random(draw)
        changed, wrong = [], {}
        for text in texts:
            other, wrong[text.id] = spoilt(text, chance)
            changed.append(other)
        injected = sum(len(wrong[one.id]) for one in texts if split.learns_from(one.text))
        began = time.perf_counter()
        *_, result = find_annotation_errors(lambda changed=changed: changed, settings)
        assert isinstance(result, Mistakes)
        in_order = sorted(result.found, key=lambda one: (one.text_id, one.start))
        at_20, at_50, all_of_them = (
            precision(result.found, wrong, 20),
            precision(result.found, wrong, 50),
            precision(in_order, wrong, len(in_order)),
        )
        print(
            f"draw {draw}: {result.texts} texts, {injected} injected, {len(result.found)} disagreements, "
            f"precision at 20 {at_20:.2f}, at 50 {at_50:.2f}, of all {all_of_them:.2f}; "
            f"{time.perf_counter() - began:.0f} s",
            flush=True,
        )


if __name__ == "__main__":
    main()
