"""How well the cross-validation finds wrong annotations: a known share of the spans is damaged, and the first found are
looked at.

``python tests/benchmarks/bench_annotation_errors.py [file] [texts] [draws]`` damages 5 % of the spans of people's own
annotations (left out, an edge moved by a token, another label where there are several), cross-validates as the program
does, and prints for each draw how many of the first 20 and 50 disagreements are damaged ones: in the program's order,
the most confident first; in that order reversed; and how many of all are, what an order by chance has anywhere.
Errors that were in the data already count as wrong finds, so the figures are lower bounds.
"""

import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from gadget_trainer.corpus.records import AnnotatedText, Span
from gadget_trainer.formats.reading import read_files
from gadget_trainer.training.cross_validation import find_annotation_errors
from gadget_trainer.training.mistakes import Mistake, Mistakes
from gadget_trainer.training.settings import TrainingSettings
from gadget_trainer.training.split import choose_split
from gadget_trainer.training.tokens import TokenSource

DATA = Path("/work/shared/data/prodigy_food/food_data.jsonl")
SHARE = 0.05
"""Of the spans."""
FIRST = (20, 50)

Places = dict[int, list[tuple[Span, str]]]
"""Where something was damaged, and how, by the id of the text."""


def damaged(
    texts: Sequence[AnnotatedText], tokens: TokenSource, labels: Sequence[str], chance: random.Random
) -> tuple[list[AnnotatedText], Places]:
    """The texts with so many spans damaged as :data:`SHARE` says, drawn evenly from all."""
    all_spans = [(text.id, span) for text in texts for span in text.spans]
    drawn = set(chance.sample(all_spans, round(SHARE * len(all_spans))))
    changed, places = [], {}
    for text in texts:
        spans, wrong = list(text.spans), []
        for span in text.spans:
            if (text.id, span) in drawn:
                how = chance.choice(("left out", "edge", "label") if len(labels) > 1 else ("left out", "edge"))
                instead = list(instead_of(span, how, text, tokens, labels, chance))
                spans[spans.index(span) : spans.index(span) + 1] = instead
                reach = [span, *instead]
                wrong.append((Span(min(one.start for one in reach), max(one.end for one in reach), span.label), how))
        changed.append(text._replace(spans=tuple(sorted(spans))))
        places[text.id] = wrong
    return changed, places


def instead_of(
    span: Span, how: str, text: AnnotatedText, tokens: TokenSource, labels: Sequence[str], chance: random.Random
) -> Iterator[Span]:
    """What stands in the place of a damaged span."""
    if how == "label":
        yield replace(span, label=chance.choice([one for one in labels if one != span.label]))
    elif how == "edge":
        yield from moved(span, text, tokens, chance)


def moved(span: Span, text: AnnotatedText, tokens: TokenSource, chance: random.Random) -> Iterator[Span]:
    """The span, one token longer or shorter at one side; where it can't be, it is left out."""
    edges = [
        (int(start), int(end))
        for part in tokens.edges(text.text)
        for start, end in zip(part.token_starts, part.token_ends, strict=True)
    ]
    others = [other for other in text.spans if other != span]
    starts = [start for start, end in edges if start < span.end and end > span.start]
    ends = [end for start, end in edges if start < span.end and end > span.start]
    before = [start for start, end in edges if end <= span.start][-1:]
    after = [end for start, end in edges if start >= span.end][:1]
    ways = [replace(span, start=one) for one in (*before, *starts[1:2])]
    ways += [replace(span, end=one) for one in (*after, *ends[-2:-1])]
    ways = [one for one in ways if not any(other.touches(one.start, one.end) for other in others)]
    ways = [one for one in ways if text.text[one.start : one.end].strip() == text.text[one.start : one.end] != ""]
    if ways:
        yield chance.choice(ways)


def way_damaged(one: Mistake, places: Places) -> str:
    """How the place of a disagreement was damaged; empty where it was not."""
    return next((how for span, how in places[one.text_id] if one.start < span.end and span.start < one.end), "")


def precision(found: Sequence[Mistake], places: Places) -> float:
    """The share of damaged ones."""
    return sum(bool(way_damaged(one, places)) for one in found) / max(1, len(found))


def told(name: str, found: Sequence[Mistake], places: Places) -> str:
    return f"  {name:<28}" + "  ".join(f"at {first} {precision(found[:first], places):.2f}" for first in FIRST)


def main() -> None:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else DATA
    most = int(sys.argv[2]) if len(sys.argv) > 2 else 10**9
    draws = int(sys.argv[3]) if len(sys.argv) > 3 else 3
    texts = [one._replace(id=number) for number, one in enumerate(read_files([path]).texts()) if one.complete][:most]
    labels = sorted({span.label for text in texts for span in text.spans})
    settings = TrainingSettings(output=Path("unused"))
    split, tokens = choose_split(texts, settings.held_out), TokenSource(settings)
    learned = [text for text in texts if split.learns_from(text.text)]
    for draw in range(draws):
        changed, places = damaged(learned, tokens, labels, random.Random(draw))
        # Those that are held out are no part of the search, but the split must be the same.
        corpus = [*changed, *(text for text in texts if not split.learns_from(text.text))]
        began = time.perf_counter()
        *_, result = find_annotation_errors(lambda corpus=corpus: corpus, settings)
        assert isinstance(result, Mistakes)
        ways = Counter(how for one in places.values() for _, how in one)
        seen = Counter(filter(None, (way_damaged(one, places) for one in result.found)))
        print(
            f"draw {draw}: {result.texts} texts, {sum(len(one.spans) for one in learned)} spans, damaged {dict(ways)}; "
            f"{len(result.found)} disagreements, of them damaged {dict(seen)}; {time.perf_counter() - began:.0f} s"
        )
        print(told("the most confident first", result.found, places))
        print(told("reversed", result.found[::-1], places))
        print(f"  {'by chance (of all)':<28}{precision(result.found, places):.2f}", flush=True)


if __name__ == "__main__":
    main()
