"""The command line: open the window, or import, export, train and package without one.

The exit status is 0 when it is done and 2 for what the person can mend, with one line on standard error.
"""

import argparse
import csv
import os
import sys
from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from gadget_trainer import __version__
from gadget_trainer.errors import UserError
from gadget_trainer.training.presets import Preset
from gadget_trainer.training.settings import OPTIMIZERS, TrainingSettings

if TYPE_CHECKING:  # no command waits for what it does not use
    from gadget_trainer.corpus.text_filter import TextFilter

_WINDOW_HELP = "Without one of these commands, the window opens, on PROJECT where it is given."


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}. Try {self.prog} --help.\n")


def main(arguments: Sequence[str]) -> int:
    """Do what the arguments say; gives the exit status."""
    commands: dict[str, Callable[[Sequence[str]], int]] = {
        "import": _import,
        "export": _export,
        "train": _train,
        "package": _package,
    }
    try:
        status = commands[arguments[0]](arguments[1:]) if arguments and arguments[0] in commands else _window(arguments)
        sys.stdout.flush()
    except UserError as error:
        option = f" On the command line: {error.option}" if error.option else ""
        print(" ".join(str(error).splitlines()) + option, file=sys.stderr)
        return 2
    except BrokenPipeError:  # whoever read the output has seen enough; Python would write the rest when it ends
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("Stopped. Nothing was changed by the step that was under way.", file=sys.stderr)
        return 2
    return status


def _window(arguments: Sequence[str]) -> int:
    parser = _Parser(
        prog="gadget-trainer",
        description="Highlight entity spans in your texts, press Train, and keep a spaCy pipeline in a folder.",
        epilog=f"Commands: import, export, train, package. {_WINDOW_HELP}",
    )
    parser.add_argument("project", nargs="?", type=Path, metavar="PROJECT", help="a project file, *.gadget")
    parser.add_argument("--sample", action="store_true", help="open a new project with the sample texts")
    parser.add_argument("--version", action="version", version=f"gadget-trainer {__version__}")
    options = parser.parse_args(arguments)
    from gadget_trainer.screen import check_screen

    check_screen()
    from gadget_trainer.app import run

    return run(options.project, sample=options.sample)


def _import(arguments: Sequence[str]) -> int:
    from gadget_trainer.formats.encodings import named_encoding
    from gadget_trainer.formats.gaps import GapRule
    from gadget_trainer.formats.mismatches import MismatchRule, OutsideRule
    from gadget_trainer.formats.offset_units import Reading
    from gadget_trainer.formats.overlaps import OverlapRule
    from gadget_trainer.formats.reading import FileChoice

    parser = _Parser(prog="gadget-trainer import", description="Import files into a project, and print the receipt.")
    parser.add_argument("project", type=Path, metavar="PROJECT", help="the project; a new one where there is none")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--format", metavar="NAME", help="instead of the one that the content shows")
    parser.add_argument(
        "--offsets", choices=list(Reading), metavar="UNIT", help=f"what offsets count, if known: {', '.join(Reading)}"
    )
    parser.add_argument("--encoding", metavar="NAME", help="of the characters, if they are not UTF-8 or UTF-16")
    _add_rule(parser, "--gaps", GapRule, "what is taken of spans with a gap")
    _add_rule(parser, "--overlaps", OverlapRule, "which of the spans that overlap stays")
    _add_rule(parser, "--mismatches", MismatchRule, "where spans are whose words are not where their offsets say")
    _add_rule(parser, "--outside", OutsideRule, "what becomes of spans outside their texts, else of the file")
    parser.add_argument("--text-column", metavar="NAME", help="the column of a table that the texts are in")
    parser.add_argument("--json", action="store_true", help="print the receipt as JSON")
    options = parser.parse_args(arguments)
    from gadget_trainer.commands import import_files

    decided = FileChoice(
        Path(),
        format_name=options.format,
        encoding=named_encoding(options.encoding) if options.encoding else None,
        offsets=Reading(options.offsets) if options.offsets else None,
        gaps=GapRule(options.gaps or GapRule.PARTS),
        overlaps=OverlapRule(options.overlaps or OverlapRule.LONGEST),
        mismatches=MismatchRule(options.mismatches) if options.mismatches else None,
        outside=OutsideRule(options.outside or OutsideRule.REFUSE),
    )
    return import_files(options.project, options.files, decided, options.text_column, as_json=options.json)


def _add_rule(parser: argparse.ArgumentParser, option: str, rules: type[StrEnum], what: str) -> None:
    """An option whose values are those of a rule, the first of which holds without it."""
    default, *_others = rules
    words = f"{what}: {', '.join(rules)}; default: {default}"
    parser.add_argument(option, choices=list(rules), metavar="RULE", help=words)


def _export(arguments: Sequence[str]) -> int:
    parser = _Parser(prog="gadget-trainer export", description="Export a project's texts to a file or folder.")
    parser.add_argument("project", type=Path, metavar="PROJECT")
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--format", metavar="NAME", help="instead of the one that the file's ending says")
    parser.add_argument("--language", default=None, help="cuts the texts into tokens where the format needs them")
    parser.add_argument("--states", type=_names, metavar="A,B", help="only texts that are so: todo, done, skipped")
    parser.add_argument("--labels", type=_names, metavar="A,B", help="only spans of these labels")
    parser.add_argument("--json", action="store_true", help="print the receipt as JSON")
    _add_filters(parser.add_argument_group("only some texts", "Each of these narrows what goes out further."))
    options = parser.parse_args(arguments)
    from gadget_trainer.commands import export_file

    chosen = options.states, options.labels, *_filter(options)
    return export_file(options.project, options.file, options.format, options.language, *chosen, as_json=options.json)


def _add_filters(group: argparse._ArgumentGroup) -> None:
    """What the window can be asked for, too."""
    add = group.add_argument
    add("--search", default="", metavar="WORDS", help="texts with these words, “phrases” or a /regular expression/")
    add("--source", default="", metavar="FILE", help="texts that came from this file")
    add("--with-label", default="", metavar="NAME", help="texts that have a span of this label")
    add("--without-label", default="", metavar="NAME", help="texts that have no span of this label")
    add("--with-category", default="", metavar="NAME", help="texts of this category")
    add("--flagged", action="store_const", const=True, help="texts with a flag")
    add("--noted", action="store_const", const=True, help="texts with a note")
    add("--shortest", type=int, metavar="N", help="texts of at least so many characters")
    add("--longest", type=int, metavar="N", help="texts of at most so many characters")
    add("--range", metavar="A-B", help="texts with these numbers, as in 1-500; the window shows a text's number")
    add("--ids", type=Path, metavar="FILE", help="texts whose numbers stand in this file")


def _filter(options: argparse.Namespace) -> "tuple[TextFilter, range | None]":
    """What is asked of the texts that go out, and which of their numbers do."""
    from gadget_trainer.corpus.text_filter import TextFilter
    from gadget_trainer.formats.choice import numbers_between, numbers_in

    fields = ("source", "with_label", "without_label", "with_category", "flagged", "noted", "shortest", "longest")
    asked = {name: getattr(options, name) for name in fields}
    listed = numbers_in(options.ids) if options.ids else None
    within = numbers_between(options.range) if options.range else None
    return TextFilter(words=options.search, only=listed, **asked), within


def _names(value: str) -> list[str]:
    """Names between commas; one that has a comma itself stands in quotation marks."""
    return [name.strip() for name in next(csv.reader([value], skipinitialspace=True), []) if name.strip()]


def _train(arguments: Sequence[str]) -> int:
    parser = _Parser(prog="gadget-trainer train", description="Train on a project, or on a file of annotated texts.")
    parser.add_argument("source", nargs="?", type=Path, metavar="PROJECT_OR_FILE")
    parser.add_argument(
        "--resume", type=Path, metavar="FOLDER", help="go on with the run to this output folder that was broken off"
    )
    parser.add_argument("--config", type=Path, metavar="FILE", help="a spaCy config, instead of one from the options")
    parser.add_argument("--preset", choices=_PRESETS, default="balanced", help="default: %(default)s")
    parser.add_argument("--json", action="store_true", help="print a JSON object an iteration")
    _add_settings(parser)
    options = vars(parser.parse_args(arguments))
    source, broken_off, config, preset, as_json = (
        options.pop(name, None) for name in ("source", "resume", "config", "preset", "json")
    )
    from gadget_trainer.commands import resume, train

    if broken_off is not None:
        return resume(source, broken_off, as_json=as_json)
    if source is None or "output" not in options:
        parser.error("a project or a file and --output are needed")
    return train(source, TrainingSettings(**options), _PRESETS[preset], config, chosen=options, as_json=as_json)


_PRESETS = {"quick": Preset.QUICK, "balanced": Preset.BALANCED, "thorough": Preset.THOROUGH}


def _add_settings(parser: argparse.ArgumentParser) -> None:
    """An option for each setting, under its name; those that are not given are not among the parsed."""
    default = TrainingSettings(output=Path("model"))
    parser.argument_default = argparse.SUPPRESS
    add = parser.add_argument
    add("--output", type=Path, metavar="FOLDER", help="where the pipeline is saved")
    add("--iterations", type=int, help="default: by the preset and the number of words")
    add("--base", metavar="MODEL", help="a pipeline to continue from")
    add("--language", help=f"default: {default.language}")
    add("--batch-size", type=int, help="in words; 0: by the corpus")
    add("--compounding", action="store_true", help="batches begin at a tenth and grow")
    add("--dropout", type=float, help=f"default: {default.dropout}")
    add("--held-out", type=float, help=f"share, default: {default.held_out}")
    add("--seed", type=int, help=f"default: {default.seed}")
    add("--no-mix-in", dest="mix_in", action="store_false", help="let a base forget what it knew")
    add("--mix-in-amount", type=float, help="words of a base's own predictions for each annotated word")
    add("--mix-in-file", metavar="FILE", help="texts, one a line, that are mixed in too")
    add("--second-recogniser", action="store_true", help="the new labels get one beside a base's, which stays as it is")
    add("--patience", type=int, help="iterations without a better score that end it; 0: never")
    add("--evaluate-every", type=int, help="iterations between two scores")
    add("--optimizer", choices=OPTIMIZERS, help=f"default: {default.optimizer}")
    add("--learn-rate", type=float, help="0: 0.002 from scratch, 0.001 on a base (default)")
    add("--accumulate", type=int, help="parts that a batch is learned in")
    add("--vectors", metavar="MODEL", help="a pipeline whose word vectors are used")
    add("--gpu", action="store_true", help="train on the graphics processor")
    add(
        "--numpy-blas",
        action="store_true",
        help="multiply matrices with numpy: often quicker",
    )


def _package(arguments: Sequence[str]) -> int:
    parser = _Parser(
        prog="gadget-trainer package", description="Write a saved pipeline as a wheel for pip, without its texts."
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="the pipeline's")
    parser.add_argument("--output", type=Path, default=None, metavar="FOLDER", help="default: beside the pipeline")
    options = parser.parse_args(arguments)
    from gadget_trainer.commands import package

    return package(options.folder, options.output)
