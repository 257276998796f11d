"""How soon a run is nearly as good as ``python -m spacy train`` gets, start-up included. Run by hand.

    python tests/benchmarks/bench_speed.py [food|wnut17|politics|all] [seconds]

``gadget-trainer train`` with its defaults goes first; ``spacy train`` then learns from the same files with its
quickstart configuration for an entity recogniser on a processor, until its patience or the seconds (600) are over. Both
are timed from the start of their processes. Nearly as good is 97 % of the best F that ``spacy train`` reached.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from spacy.cli.init_config import init_config

DATA = next(up / "shared" / "data" for up in Path(__file__).parents if (up / "shared" / "data").is_dir())
_CORPORA = {
    "food": DATA / "prodigy_food" / "food_data.jsonl",
    "wnut17": DATA / "wnut17" / "wnut17train.conll",
    "politics": DATA / "crossner_politics" / "train.txt",
}
_NEARLY = 0.97

Curve = list[tuple[float, float]]
"""Seconds since the start of the process, and the F of that moment."""


def ours(source: Path, output: Path) -> Curve:
    command = [sys.executable, "-m", "gadget_trainer", "train", str(source), "--output", str(output), "--json"]
    return [(seconds, json.loads(line)["f_score"] or 0.0) for seconds, line in _lines(command) if line.startswith("{")]


def spacys(folder: Path, limit: float) -> Curve:
    config = init_config(lang="en", pipeline=["ner"], optimize="efficiency", gpu=False)
    config.to_disk(folder / "quickstart.cfg")
    paths = [f"--paths.{name}={folder / 'corpus' / name}.spacy" for name in ("train", "dev")]
    curve: Curve = []
    for seconds, line in _lines([sys.executable, "-m", "spacy", "train", str(folder / "quickstart.cfg"), *paths]):
        cells = line.split()
        # E, #, LOSS TOK2VEC, LOSS NER, ENTS_F, ENTS_P, ENTS_R, SCORE
        if len(cells) == 8 and cells[0].isdigit():
            curve.append((seconds, float(cells[4]) / 100))
        if seconds > limit:
            break
    return curve


def _lines(command: list[str]) -> Iterator[tuple[float, str]]:
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, bufsize=1)
    assert process.stdout is not None
    try:
        for line in process.stdout:
            yield time.perf_counter() - began, line
    finally:
        process.kill()
        process.wait()


def first(curve: Curve, f_score: float) -> float:
    return next((seconds for seconds, reached in curve if reached >= f_score), float("nan"))


def main() -> None:
    which = sys.argv[1] if len(sys.argv) > 1 else "all"
    limit = float(sys.argv[2]) if len(sys.argv) > 2 else 600.0
    for name in _CORPORA if which == "all" else (which,):
        with tempfile.TemporaryDirectory() as folder:
            output = Path(folder) / "model"
            mine = ours(_CORPORA[name], output)
            theirs = spacys(output, limit)
        best = max(f_score for _, f_score in theirs)
        wanted = _NEARLY * best
        here, there = first(mine, wanted), first(theirs, wanted)
        print(
            f"{name:9} spacy train: best F {best:.3f}, F {wanted:.3f} after {there:5.1f} s of {theirs[-1][0]:5.1f} s · "
            f"gadget-trainer: best F {max(one for _, one in mine):.3f}, F {wanted:.3f} after {here:5.1f} s of "
            f"{mine[-1][0]:5.1f} s · {here / there:.2f} x"
        )


if __name__ == "__main__":
    main()
