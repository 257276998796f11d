"""Every real file there is into a project, out in its own format, and into an empty project: what is not the same.

``python tests/benchmarks/round_trip_all.py [FOLDER [WORDS]]`` goes through the files of a folder, ``../shared/data``
beside the checkout unless another is named, of which ``WORDS`` are in their paths. It prints a line a file with what
was read and the format that it went out in, and below it every kind of difference, how often there is one, and the
first of them: in the files themselves (texts skipped, spans repaired or lost, fields not kept), on the way out (what
the receipt of the export counts), between the two projects, and between what stands in both files, of JSON by the keys
and else by the lines. Formats that are only read go out as JSONL. What round_trip_differences.py does not name with
its reason and its number is listed at the end, and the exit status is 1.
"""

import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from round_trip_differences import unknown

from gadget_trainer.corpus.project import Project
from gadget_trainer.corpus.records import AnnotatedText
from gadget_trainer.errors import UserError
from gadget_trainer.formats.export_receipt import ExportReceipt
from gadget_trainer.formats.folders import files_in
from gadget_trainer.formats.format import Target
from gadget_trainer.formats.reading import FileChoice, Import, read_alike
from gadget_trainer.formats.receipt import Receipt
from gadget_trainer.formats.registry import writers
from gadget_trainer.formats.writing import write

DATA = Path(__file__).parents[3] / "shared" / "data"
NAMES = {"txt-file": "jsonl", "patterns": ""}
"""What some formats go out as; empty: nothing of them is a text."""
FIELDS = ("spans", "refused", "state", "complete", "flagged", "note", "categories", "meta")
SHOWN = 90


class Differences:
    """Kinds of differences, each counted, with its first case."""

    def __init__(self) -> None:
        self.counts = Counter[str]()
        self.first: dict[str, str] = {}

    def add(self, kind: str, case: str = "", number: int = 1) -> None:
        self.counts[kind] += number
        self.first.setdefault(kind, " ".join(case.split())[:SHOWN])

    def show(self) -> None:
        for kind, number in self.counts.items():
            print(f"    {number:,} × {kind}" + (f": {self.first[kind]}" if self.first[kind] else ""))


def went(folder: Path, choice: FileChoice) -> Counter[tuple[str, str]]:
    """Take one file all the way, print what came of it, and give the kinds of differences of its format."""
    differences = Differences()
    reader = choice.reader()
    target = target_of(reader.name)
    if target is None:
        print(f"{choice.name or choice.path.name} | {reader.name} | has no texts")
        return Counter()
    ending = ".zip" if choice.path.is_dir() else (*target.suffixes, "")[0]
    path = folder / f"out{ending}"
    with closing(Project.create(folder / "first.gadget")) as project:
        reading = Import(((choice, reader),))
        project.imports.add_texts(reading.texts(), choice.path.name)
        of_reading(reading.receipts[0], differences)
        before = list(project.read.texts())
    of_writing(write(path, before, target), differences)
    again: list[AnnotatedText] = []
    if path.stat().st_size:
        with closing(Project.create(folder / "second.gadget")) as project:
            decided = FileChoice(path, format_name=reader.name if target.name == reader.name else None)
            project.imports.add_texts(read_alike([path], decided).texts(), path.name)
            again = list(project.read.texts())
    of_texts(before, again, differences)
    if target.name == reader.name and choice.path.is_file() and path.suffix != ".zip":
        of_files(choice.path, path, differences)
    spans = sum(len(one.spans) for one in before)
    verdict = "the same" if not differences.counts else f"{len(differences.counts)} kinds of differences"
    name = choice.name or str(choice.path)
    print(f"{name} | {reader.name} | {len(before):,} texts, {spans:,} spans | out as {target.name} | {verdict}")
    differences.show()
    return Counter({(reader.name, kind): number for kind, number in differences.counts.items()})


def target_of(name: str) -> Target | None:
    """The format's own writer, else JSONL."""
    wanted = NAMES.get(name, name)
    own = next((one for one in writers() if one.name == wanted), None)
    return own or (next(one for one in writers() if one.name == "jsonl") if wanted else None)


def of_reading(receipt: Receipt, differences: Differences) -> None:
    for heading, notes in (
        ("record skipped on the way in", receipt.texts_skipped),
        ("span repaired on the way in", receipt.spans_repaired),
        ("span lost on the way in", receipt.spans_lost),
        ("category lost on the way in", receipt.categories_lost),
    ):
        for reason, number in notes.reasons.items():
            first = next(one for one in notes.first if one.message.endswith(reason))
            differences.add(f"{heading}: {reason}", f"{first.where} {first.message.removesuffix(reason)}", number)
    for name, number in receipt.fields_dropped.items():
        differences.add(f"field not kept on the way in: {name}", number=number)


def of_writing(receipt: ExportReceipt, differences: Differences) -> None:
    for reason, number in receipt.texts_left_out.reasons.items():
        differences.add(f"text left out on the way out: {reason}", receipt.texts_left_out.first[0].where, number)
    for reason, number in receipt.spans_lost.reasons.items():
        differences.add(f"span lost on the way out: {reason}", receipt.spans_lost.first[0].message, number)
    for what, number in receipt.not_held.items():
        differences.add(f"not held on the way out: {what}", number=number)


def of_texts(before: list[AnnotatedText], after: list[AnnotatedText], differences: Differences) -> None:
    """Texts are matched by what they say, in their order; a text that is there twice is matched twice."""
    waiting: dict[str, list[AnnotatedText]] = {}
    for one in after:
        waiting.setdefault(one.text, []).append(one)
    for one in before:
        same = waiting.get(one.text)
        if not same:
            differences.add("text that did not come back", f"{one.source}: {one.text}")
            continue
        other = same.pop(0)
        for name in FIELDS:
            was, is_ = getattr(one, name), getattr(other, name)
            if was != is_:
                differences.add(f"{name} that are not the same", f"{one.source}: {was} became {is_}")
    for rest in waiting.values():
        for one in rest:
            differences.add("text that was not there", one.text)


def of_files(came: Path, went_out: Path, differences: Differences) -> None:
    """What stands in both files, whatever the order of lines and however JSON is spaced."""
    both = [records(path) for path in (came, went_out)]
    if all(isinstance(one, list) for one in both) and len(both[0] or ()) == len(both[1] or ()):
        for one, other in zip(*both, strict=True):
            of_values(one, other, "", differences)
        return
    lines = [Counter(path.read_bytes().splitlines()) for path in (came, went_out)]
    for kind, one, other in (("line of the file that is gone", *lines), ("line that is new", *reversed(lines))):
        for line, number in (one - other).items():
            differences.add(kind, line.decode(errors="replace"), number)


def records(path: Path) -> list[Any] | None:
    """The records of JSON or of JSONL; None of anything else."""
    content = path.read_bytes()
    for parse in (json.loads, lambda whole: [json.loads(line) for line in whole.splitlines()]):
        try:
            found = parse(content)
        except ValueError:
            continue
        return found if isinstance(found, list) else [found]
    return None


def of_values(one: Any, other: Any, key: str, differences: Differences) -> None:
    """Where two values differ, by the keys that lead there."""
    if isinstance(one, dict) and isinstance(other, dict):
        for name in {**one, **other}:
            inner = f"{key}.{name}"
            if name not in other:
                differences.add(f"key of the file that is gone: {inner}", json.dumps(one[name], ensure_ascii=False))
            elif name not in one:
                differences.add(f"key that is new: {inner}", json.dumps(other[name], ensure_ascii=False))
            else:
                of_values(one[name], other[name], inner, differences)
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for left, right in zip(sorted(one, key=_sorting), sorted(other, key=_sorting), strict=True):
            of_values(left, right, f"{key}[]", differences)
    elif one != other:
        differences.add(f"value that is another: {key}", f"{json.dumps(one)[:40]} became {json.dumps(other)[:40]}")


def _sorting(item: Any) -> str:
    """Spans may come in another order: they go by what they say, not by their ids."""
    return json.dumps(item.get("value", item) if isinstance(item, dict) else item, sort_keys=True)


def choices(folder: Path, words: str) -> Iterator[FileChoice]:
    """The files of each folder in that one."""
    for part in sorted(folder.iterdir()):
        found, unread = files_in([part])
        for one in unread:
            if words in one.name:
                print(f"{one.name} | not read: {one.sentence}")
        yield from (one for one in found if words in str(one.path) and one.path.suffix != ".md")


def main(arguments: list[str]) -> int:
    """Go through all of them; a file that is refused is named."""
    data = Path(arguments[0]) if arguments else DATA
    found: Counter[tuple[str, str]] = Counter()
    for choice in choices(data, arguments[1] if len(arguments) > 1 else ""):
        with tempfile.TemporaryDirectory() as folder:
            try:
                found += went(Path(folder), choice)
            except UserError as error:
                print(f"{choice.name or choice.path.name} | refused: {str(error)[:300]}")
    if arguments:
        return 0
    news = unknown(found)
    print("\n".join(news) if news else "All of it is known, and has its reason.")
    return len(news) > 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
