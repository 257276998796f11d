"""How much memory training needs, beside what the same process holds before it. Run by hand, on Linux.

    python tests/benchmarks/bench_memory.py train [--texts 100000] [--data FILE.jsonl]
    python tests/benchmarks/bench_memory.py long

``train``: a project of so many annotated texts (Reddit's cooking comments of 63 tokens in the mean, or those of the
file, each with a number of its own) goes through one iteration and is saved. ``long``: twenty texts of 100,000
characters are trained on for an iteration, scored and saved. The peak is the process's VmHWM, which the system resets
before the run.
"""

import argparse
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path

from bench_training import DATA, accepted

from gadget_trainer.corpus.project import Project
from gadget_trainer.corpus.records import AnnotatedText, Span, TextState
from gadget_trainer.training.progress import IterationDone
from gadget_trainer.training.run import TrainingRun
from gadget_trainer.training.settings import TrainingSettings

_FOOD = DATA / "prodigy_food" / "food_data.jsonl"
_LONG_TEXTS, _LONG = 20, 100_000


def numbered(number: int, data: Path = _FOOD) -> Iterator[AnnotatedText]:
    """So many texts, no two of them alike."""
    found = [text for text in accepted(data) if text.spans]
    for place in range(number):
        one = found[place % len(found)]
        yield AnnotatedText(f"{one.text} No {place}.", one.spans, TextState.DONE, complete=True)


def long_texts() -> Iterator[AnnotatedText]:
    """Texts of at least 100,000 code points, of paragraphs that are comments."""
    parts = numbered(10**9)
    for _ in range(_LONG_TEXTS):
        content, length, spans = list[str](), 0, list[Span]()
        while length < _LONG:
            part = next(parts)
            spans += [Span(length + one.start, length + one.end, one.label) for one in part.spans]
            content.append(part.text)
            length += len(part.text) + 1
        yield AnnotatedText("\n".join(content), tuple(spans), TextState.DONE, complete=True)


def memory(name: str) -> float:
    """Megabytes that the system counts under that name for this process."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name)) / 1000


def measure(texts: Iterator[AnnotatedText], folder: Path) -> None:
    project = Project.create(folder / "texts.gadget")
    project.imports.add_texts(texts, "a benchmark")
    print(f"{project.read.counts().texts:,} texts in {project.path.stat().st_size / 1e6:.0f} MB")
    settings = TrainingSettings(output=folder / "model", iterations=1)
    idle = memory("VmRSS")
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    began = time.perf_counter()
    with closing(TrainingRun(project.read.texts, settings)) as run:
        kind = None
        for number, record in zip(count(), run.steps(), strict=False):
            if type(record) is not kind or number % 2000 == 0:
                kind = type(record)
                print(f"{time.perf_counter() - began:6.0f} s {kind.__name__:16} {memory('VmRSS'):6.0f} MB", flush=True)
            if isinstance(record, IterationDone):
                print(f"       F {record.f_score or 0:.3f}, {record.words_per_second:.0f} words/s")
        for _ in run.save():
            pass
        print(f"idle {idle:.0f} MB, peak {memory('VmHWM'):.0f} MB, after {time.perf_counter() - began:.0f} s")
    project.close()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=("train", "long"))
    parser.add_argument("--texts", type=int, default=100_000)
    parser.add_argument("--data", type=Path, default=_FOOD)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure(numbered(chosen.texts, chosen.data) if chosen.what == "train" else long_texts(), Path(folder))


if __name__ == "__main__":
    main()
