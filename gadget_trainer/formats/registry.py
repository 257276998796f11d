"""Which formats there are, and which of them a file is in.

The modules of this package are the list: whichever defines ``FORMAT`` is a format, and one that defines ``FORMATS``
is several, which differ in little. What is read and what is written under one name may stand in two modules.
"""

import pkgutil
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from itertools import islice
from pathlib import Path

from gadget_trainer import formats as package
from gadget_trainer.errors import UserError
from gadget_trainer.formats.format import Fit, Format, Reader, Target
from gadget_trainer.formats.json_rows import sample_values
from gadget_trainer.formats.source import Sample, Source
from gadget_trainer.formats.telling_rows import telling_samples


@cache
def formats() -> tuple[Format, ...]:
    """All formats, in the order of their modules' names."""
    names = sorted(module.name for module in pkgutil.iter_modules(package.__path__))
    modules = (import_module(f"{package.__name__}.{name}") for name in names)
    found = (each for module in modules for each in (getattr(module, "FORMAT", None), *getattr(module, "FORMATS", ())))
    return tuple(each for each in found if isinstance(each, Format))


def readers() -> tuple[Reader, ...]:
    """The formats that can be imported."""
    return tuple(each for each in formats() if isinstance(each, Reader))


def writers() -> tuple[Target, ...]:
    """The formats that can be exported."""
    return tuple(each for each in formats() if isinstance(each, Target))


def reader_named(name: str) -> Reader:
    """The reader of that name on the command line.

    Raises:
        UserError: there is none.
    """
    for reader in readers():
        if reader.name == name:
            return reader
    raise UserError(f"There is no import format “{name}”. Choose one of: {_names(readers())}.")


def writer_named(name: str) -> Target:
    """The writer of that name on the command line.

    Raises:
        UserError: there is none.
    """
    return named(name, writers())


def named(name: str, targets: tuple[Target, ...]) -> Target:
    """That of the formats which has the name.

    Raises:
        UserError: there is none.
    """
    for target in targets:
        if target.name == name:
            return target
    raise UserError(f"There is no export format “{name}”. Choose one of: {_names(targets)}.")


def writer_for(path: Path) -> Target:
    """The writer whose files usually end as this one does.

    Raises:
        UserError: no format has that ending.
    """
    suffix = path.suffix.lower()
    for writer in writers():
        if writer.by_ending and suffix in writer.suffixes:
            return writer
    endings = ", ".join(f"{each.suffixes[0]} ({each.title})" for each in writers() if each.by_ending)
    raise UserError(
        f"The ending of {path.name} does not say in which format to export. "
        f"Use one of these endings, or name the format: {endings}."
    )


def recognise(path: Path, encoding: str | None = None) -> Reader:
    """The format that the content of the file, in that encoding, fits best; the name is not asked.

    Where its beginning tells nothing, as with texts that nobody has labelled yet, it is looked through for what does.

    Raises:
        UserError: it fits none, or the file is empty.
        OSError: the file cannot be read.
    """
    sample = Source(path, encoding=encoding).sample()
    if sample.is_blank():
        raise UserError(f"{path} is empty. Choose a file that holds texts.")
    fit, reader = _best(sample)
    if fit in (Fit.NO, Fit.SHAPE):
        further = telling_samples(Source(path, encoding=encoding))
        # The first record alone says less than all that the sample holds, unless that holds none to its end.
        fit, reader = _told(islice(further, int(bool(sample_values(sample))), None)) or (fit, reader)
    if fit is Fit.NO:
        raise UserError(
            f"{path.name} is in no format that can be imported. "
            f"These can: {', '.join(each.title for each in readers())}. "
            "If it is text in another encoding than UTF-8, choose that.",
            option="--encoding NAME",
        )
    return reader


def _told(samples: Iterable[Sample]) -> tuple[Fit, Reader] | None:
    """What the first sample that proves a format says, or else the first that fits one; None where none does."""
    first: tuple[Fit, Reader] | None = None
    for sample in samples:
        found = _best(sample)
        if found[0] >= Fit.LIKELY:
            return found
        first = first or (found if found[0] is not Fit.NO else None)
    return first


def _best(sample: Sample) -> tuple[Fit, Reader]:
    fits = [(reader.recognises(sample), reader) for reader in readers()]
    return max(fits, key=lambda pair: pair[0])


def _names(choices: tuple[Format, ...]) -> str:
    return ", ".join(sorted(each.name for each in choices))
