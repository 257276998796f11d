"""What the window remembers between starts; a small front of QSettings, typed."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from gadget_trainer.ui.theme import Scheme

_MOST_RECENT = 8
SMALLEST_TEXT, LARGEST_TEXT = 8, 40
"""Sizes of texts, in points."""
_USUAL_TEXT = 13.0


class Preferences:
    """Read and kept at once; a value that makes no sense is the default."""

    def __init__(self) -> None:
        self._settings = QSettings(
            QSettings.Format.IniFormat, QSettings.Scope.UserScope, "Gadget Trainer", "Gadget Trainer"
        )

    @property
    def scheme(self) -> Scheme:
        """Light, dark, or as the desktop has it."""
        try:
            return Scheme(str(self._settings.value("scheme", Scheme.SYSTEM)))
        except ValueError:
            return Scheme.SYSTEM

    @scheme.setter
    def scheme(self, scheme: Scheme) -> None:
        self._settings.setValue("scheme", scheme.value)

    @property
    def text_size(self) -> float:
        """Size of the annotated text, in points."""
        try:
            points = float(str(self._settings.value("text_size", _USUAL_TEXT)))
        except ValueError:
            return _USUAL_TEXT
        return min(float(LARGEST_TEXT), max(float(SMALLEST_TEXT), points))

    @text_size.setter
    def text_size(self, points: float) -> None:
        self._settings.setValue("text_size", points)

    @property
    def geometry(self) -> QByteArray:
        """Place and size of the window, as Qt saved it."""
        value = self._settings.value("geometry")
        return value if isinstance(value, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._settings.setValue("geometry", geometry)

    def keys(self) -> dict[str, str]:
        """The keys that the person gave to actions, by the actions' names."""
        self._settings.beginGroup("keys")
        found = {name: str(self._settings.value(name, "")) for name in self._settings.childKeys()}
        self._settings.endGroup()
        return found

    def keep_keys(self, action: str, keys: str | None) -> None:
        """Remember an action's keys, as ``QKeySequence`` reads them; None: those that it was delivered with."""
        if keys is None:
            self._settings.remove(f"keys/{action}")
        else:
            self._settings.setValue(f"keys/{action}", keys)

    def recent_projects(self) -> list[Path]:
        """The projects opened last that are still there, the latest first."""
        return [path for path in self._paths("recent_projects") if path.is_file()]

    def remember_project(self, path: Path) -> None:
        """Put a project in front of the recent ones."""
        self._remember("recent_projects", path)

    def recent_models(self) -> list[Path]:
        """The pipelines saved or used last that are still there, the latest first."""
        return [path for path in self._paths("recent_models") if (path / "meta.json").is_file()]

    def remember_model(self, path: Path) -> None:
        """Put a pipeline's folder in front of the recent ones."""
        self._remember("recent_models", path)

    def _paths(self, key: str) -> list[Path]:
        value = self._settings.value(key, [])
        values = value if isinstance(value, list) else [value]
        return [Path(str(one)) for one in values if one]

    def _remember(self, key: str, path: Path) -> None:
        path = path.absolute()
        others = [one for one in self._paths(key) if one != path]
        self._settings.setValue(key, [str(one) for one in (path, *others)[:_MOST_RECENT]])
