"""How fast a folder of texts is annotated into a file, beside ``nlp.pipe`` alone. Run by hand.

    python tests/benchmarks/bench_annotating.py [REPEATS]

A pipeline is trained for one pass on prodigy_food; then the texts of that file, short and joined to long ones, are
annotated. ``nlp.pipe`` gets the same strings from memory, does nothing with what it finds, and writes nothing.
"""

import json
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

import spacy

from gadget_trainer.corpus.records import AnnotatedText, Span, TextState
from gadget_trainer.training.run import TrainingRun
from gadget_trainer.training.settings import TrainingSettings
from gadget_trainer.ui.try_out.annotating_job import annotate_files

_DATA = Path(__file__).parents[3] / "shared" / "data" / "prodigy_food" / "food_data.jsonl"
_JOINED = 200
"""Texts of the file that make a long one."""


def rows() -> list[dict[str, Any]]:
    path = _DATA if _DATA.exists() else Path("/work/shared/data/prodigy_food/food_data.jsonl")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def train(output: Path) -> None:
    texts = [
        AnnotatedText(
            row["text"],
            tuple(Span(span["start"], span["end"], span["label"]) for span in row.get("spans") or ()),
            TextState.DONE,
            number,
            complete=True,
        )
        for number, row in enumerate(rows(), start=1)
        if row["answer"] == "accept"
    ]
    run = TrainingRun(lambda: texts, TrainingSettings(output=output, iterations=1))
    list(run.steps())
    list(run.save())
    run.close()


def alone(model: Path, texts: list[str]) -> float:
    nlp = spacy.load(model)
    next(nlp.pipe(texts[:1]))
    started = time.perf_counter()
    words = sum(len(doc) for doc in nlp.pipe(texts))
    seconds = time.perf_counter() - started
    return words / seconds


def ours(model: Path, files: list[Path], target: Path) -> float:
    last = None
    for record in annotate_files(str(model), files, target):
        last = record
    return last.words / last.seconds


def main() -> None:
    repeats = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        train(folder / "model")
        short = [row["text"] for row in rows()]
        long = ["\n".join(short[at : at + _JOINED]) for at in range(0, len(short), _JOINED)]
        for kind, texts in (("short", short), ("long", long)):
            jsonl = folder / f"{kind}.jsonl"
            jsonl.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), encoding="utf-8")
            singles = folder / kind
            singles.mkdir()
            for number, text in enumerate(texts):
                (singles / f"{number:06}.txt").write_text(text, encoding="utf-8")
            for what, files, target in (
                ("JSONL to JSONL", [jsonl], folder / "out.jsonl"),
                ("JSONL to DocBin", [jsonl], folder / "out.spacy"),
                ("a text a file to JSONL", sorted(singles.iterdir()), folder / "out.jsonl"),
            ):
                pairs = [
                    (alone(folder / "model", texts), ours(folder / "model", files, target)) for _ in range(repeats)
                ]
                ratio = median(other / one for one, other in pairs)
                speed = median(other for _, other in pairs)
                print(f"{kind:5}  {what:24} {len(texts):6,} texts  {speed:8,.0f} words/s  {ratio:.2f} x nlp.pipe alone")


if __name__ == "__main__":
    main()
