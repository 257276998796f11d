"""How well and how fast a run with default settings trains, beside ``python -m spacy train``. Run by hand.

    python tests/benchmarks/bench_training.py [food|product|all]

Both learn from the same texts and are scored on the same texts held out, for ten passes: ours with the defaults of
TrainingSettings, spaCy's with its quickstart configuration for an entity recogniser on a processor.
"""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import spacy
from spacy.cli.init_config import init_config

from gadget_trainer.corpus.records import AnnotatedText, Span, TextState
from gadget_trainer.training.progress import IterationDone
from gadget_trainer.training.run import TrainingRun
from gadget_trainer.training.settings import TrainingSettings

_PASSES = 10
DATA = next(up / "shared" / "data" for up in Path(__file__).parents if (up / "shared" / "data").is_dir())
_CORPORA = {
    "food": DATA / "prodigy_food" / "food_data.jsonl",
    "product": DATA / "prodigy_reddit_product" / "annotated_reddit-PRODUCT-ner.jsonl",
}


def accepted(path: Path) -> list[AnnotatedText]:
    """The accepted rows of a Prodigy file, as finished texts."""
    texts = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        row = json.loads(line)
        if row["answer"] == "accept":
            spans = tuple(Span(span["start"], span["end"], span["label"]) for span in row.get("spans") or ())
            texts.append(AnnotatedText(row["text"], spans, TextState.DONE, number, complete=True))
    return texts


def ours(texts: list[AnnotatedText], output: Path) -> None:
    started = time.perf_counter()
    run = TrainingRun(lambda: texts, TrainingSettings(output=output, iterations=_PASSES))
    records = []
    for record in run.steps():
        if isinstance(record, IterationDone):
            records.append(record)
            print(
                f"  {record.iteration:2}  loss {record.loss:9.1f}  F {record.f_score or 0:.3f}  "
                f"{record.words_per_second:6.0f} words/s  {record.seconds:5.1f} s"
            )
    trained = time.perf_counter() - started
    list(run.save())
    run.close()
    best = max(record.f_score or 0.0 for record in records)
    speed = sum(record.words_per_second for record in records) / len(records)
    saving = time.perf_counter() - started - trained
    print(f"ours:  best F {best:.3f}, {trained:.0f} s for all iterations, {saving:.1f} s to save, {speed:.0f} words/s")


def spacys(corpus: Path, output: Path) -> None:
    config = init_config(lang="en", pipeline=["ner"], optimize="efficiency", gpu=False)
    config["training"]["max_epochs"] = _PASSES
    config["paths"]["train"] = str(corpus / "train.spacy")
    config["paths"]["dev"] = str(corpus / "dev.spacy")
    config.to_disk(output.parent / "quickstart.cfg")
    command = [sys.executable, "-m", "spacy", "train", str(output.parent / "quickstart.cfg"), "--output", str(output)]
    started = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    seconds = time.perf_counter() - started
    best = spacy.load(output / "model-best").meta["performance"]["ents_f"]
    print(f"spaCy: best F {best:.3f}, {seconds:.0f} s, with loading and saving")


def main() -> None:
    asked = sys.argv[1] if len(sys.argv) > 1 else "food"
    for name in _CORPORA if asked == "all" else [asked]:
        texts = accepted(_CORPORA[name])
        print(f"{name}: {len(texts):,} texts, {sum(len(text.spans) for text in texts):,} spans, {_PASSES} passes")
        with tempfile.TemporaryDirectory() as folder:
            ours(texts, Path(folder) / "ours")
            spacys(Path(folder) / "ours" / "corpus", Path(folder) / "spacys")


if __name__ == "__main__":
    main()
