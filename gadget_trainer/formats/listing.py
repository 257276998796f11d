"""The formats as a list for people: in the window's help and in the README, always as many as there are."""

from collections.abc import Iterable
from typing import NamedTuple

from gadget_trainer.formats.format import Format, Reader, Target

_FOLDER = "a folder"


class ListedFormat(NamedTuple):
    """A format as a line of the list."""

    title: str
    name: str
    """On the command line."""
    endings: str
    comes_in: bool
    goes_out: bool


def listed_formats(formats: Iterable[Format]) -> list[ListedFormat]:
    """The formats in the order of their titles; what is read and what is written under one name is one of them."""
    by_name: dict[str, list[Format]] = {}
    for one in formats:
        by_name.setdefault(one.name, []).append(one)
    found = (
        ListedFormat(
            alike[0].title,
            name,
            " ".join(dict.fromkeys(suffix for one in alike for suffix in one.suffixes)) or _FOLDER,
            any(isinstance(one, Reader) for one in alike),
            any(isinstance(one, Target) for one in alike),
        )
        for name, alike in by_name.items()
    )
    return sorted(found, key=lambda one: one.title.casefold())


def as_markdown(formats: Iterable[Format]) -> str:
    """The list as a table of Markdown."""
    rows = [
        f"| {one.title} | `{one.name}` | {one.endings} | {_yes(one.comes_in)} | {_yes(one.goes_out)} |"
        for one in listed_formats(formats)
    ]
    return "\n".join(("| format | name | files | in | out |", "|---|---|---|---|---|", *rows))


def as_text(formats: Iterable[Format]) -> str:
    """The list as lines to read."""
    return "\n".join(f"{one.title} ({one.endings}): {_ways(one)}; name: {one.name}" for one in listed_formats(formats))


def _yes(holds: bool) -> str:
    return "yes" if holds else ""


def _ways(one: ListedFormat) -> str:
    return " and ".join(["in"] * one.comes_in + ["out"] * one.goes_out)
