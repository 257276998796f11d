"""What a pipeline says of itself in its meta.json and config.cfg. Loads no spaCy, so a form can show it at once."""

import json
from configparser import ConfigParser
from configparser import Error as ConfigParserError
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from gadget_trainer.errors import UserError
from gadget_trainer.training.installed import pipeline_folder
from gadget_trainer.training.languages import language_name

_RECOGNISERS = ("ner", "beam_ner")
_CATEGORISERS = ("textcat", "textcat_multilabel")
_LABELS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class BaseFacts:
    """A pipeline as it is on disk."""

    folder: Path
    name: str
    """As its meta.json has it, such as ``core_web_sm``; else the folder's."""
    language: str
    """The code, such as ``en``."""
    components: tuple[str, ...]
    """Their names, in the order in which they work."""
    recogniser: str
    """The name of the first component that finds entities; empty if there is none."""
    labels: tuple[str, ...]
    """Those of all components that find entities."""
    spacy_version: str
    """The versions of spaCy that it is for, such as ``>=3.7.2,<3.8.0``; empty if it does not say."""
    vectors: int
    """How many word vectors it has."""
    categories: tuple[str, ...] = ()
    """Those that it can give to whole texts."""

    def all_labels(self) -> str:
        """Each label and category, where ``sentences`` does not name all of them; else empty."""
        if max(len(self.labels), len(self.categories)) <= _LABELS_SHOWN:
            return ""
        finds = f"Finds {', '.join(self.labels)}." if self.labels else ""
        tells = f"Tells texts as {', '.join(self.categories)}." if self.categories else ""
        return "\n".join(filter(None, (finds, tells)))

    def sentences(self) -> str:
        """What a person wants to know before they continue from it, in a few sentences."""
        finds = f"Finds {_some(self.labels)}." if self.labels else "Its recogniser has no labels yet."
        mismatch = version_mismatch(self.spacy_version)
        parts = [
            finds if self.recogniser else "It has no entity recogniser, so it gets a new one.",
            f"Tells texts as {_some(self.categories, 'categories')}." if self.categories else "",
            f"{language_name(self.language)}; components: {', '.join(self.components) or 'none'}.",
            f"It has {self.vectors:,} word vectors." if self.vectors else "",
            f"Made for spaCy {self.spacy_version}." if self.spacy_version and not mismatch else "",
            f"{mismatch} It may not load, or find less than it did." if mismatch else "",
        ]
        return " ".join(part for part in parts if part)


def base_facts(base: str) -> BaseFacts:
    """What the pipeline in that folder, or of that package name, says of itself. Raises UserError."""
    folder = pipeline_folder(base)
    try:
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        config = ConfigParser(interpolation=None)
        config.read_string((folder / "config.cfg").read_text(encoding="utf-8"))
    except (OSError, ValueError, ConfigParserError) as error:
        raise UserError(f"The pipeline in “{folder}” can't be read: its meta.json or config.cfg is damaged.") from error
    return _facts(folder, meta if isinstance(meta, dict) else {}, config)


def version_mismatch(wanted: str) -> str:
    """A sentence when spaCy as it is installed here is none of the ``wanted`` versions; else empty."""
    if not wanted:
        return ""
    from packaging.specifiers import InvalidSpecifier, SpecifierSet  # noqa: PLC0415  # only a chosen base needs it

    here = version("spacy")
    try:
        if SpecifierSet(wanted).contains(here, prereleases=True):
            return ""
    except InvalidSpecifier:
        pass
    return f"It was made for spaCy {wanted}, but spaCy {here} is installed here."


def _facts(folder: Path, meta: dict[str, Any], config: ConfigParser) -> BaseFacts:
    components = _names(meta.get("pipeline") or meta.get("components"))
    recognisers = [name for name in components if _factory(config, name) in _RECOGNISERS]
    categoriser = next((name for name in reversed(components) if _factory(config, name) in _CATEGORISERS), "")
    labels = meta.get("labels")
    return BaseFacts(
        folder=folder,
        name=str(meta.get("name") or folder.name),
        language=str(meta.get("lang") or ""),
        components=components,
        recogniser=next(iter(recognisers), ""),
        labels=_labels_of(recognisers, labels) if isinstance(labels, dict) else (),
        spacy_version=str(meta.get("spacy_version") or ""),
        vectors=_vectors(meta.get("vectors")),
        categories=_names(labels.get(categoriser)) if isinstance(labels, dict) else (),
    )


def _labels_of(recognisers: list[str], labels: dict[str, Any]) -> tuple[str, ...]:
    """Those of all of them, each once."""
    return tuple(dict.fromkeys(label for name in recognisers for label in _names(labels.get(name))))


def _factory(config: ConfigParser, component: str) -> str:
    """The factory of a component; a config's values are JSON."""
    return config.get(f"components.{component}", "factory", fallback="").strip('"')


def _vectors(found: object) -> int:
    """The words that have one; where every word gets one from its parts (floret), the rows of the table."""
    counts = [found.get(key) for key in ("keys", "vectors")] if isinstance(found, dict) else []
    return next((count for count in counts if isinstance(count, int) and count > 0), 0)


def _names(found: object) -> tuple[str, ...]:
    return tuple(str(name) for name in found) if isinstance(found, list) else ()


def _some(labels: tuple[str, ...], what: str = "labels") -> str:
    shown = ", ".join(labels[:_LABELS_SHOWN])
    rest = len(labels) - _LABELS_SHOWN
    return f"{shown} and {rest:,} more {what}" if rest > 0 else shown
