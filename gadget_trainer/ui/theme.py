"""How the window looks: two palettes, light and dark, and the measures that everything is laid out with.

The palettes are explicit, because a desktop may not say which scheme it has and Qt changes nothing then.
Roles are used as follows: Mid for lines between parts, PlaceholderText for text of second rank, Highlight for
the one accent colour, AlternateBase for raised surfaces.
"""

from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from gadget_trainer.paths import resources

UNIT = 8
"""The grid, in logical pixels: margins and gaps are multiples of it."""

STYLE_ARGUMENTS = ("-style", "Fusion")
"""For the QApplication, so that the program looks alike on every desktop.

``QApplication.setStyle`` does the same, but returns the style, and wrapping that for Python takes 17 ms.
"""

_Role = QPalette.ColorRole

_LIGHT = {
    _Role.Window: "#f5f6f8",
    _Role.WindowText: "#1b2027",
    _Role.Base: "#ffffff",
    _Role.AlternateBase: "#eef0f4",
    _Role.Text: "#1b2027",
    _Role.Button: "#ffffff",
    _Role.ButtonText: "#1b2027",
    _Role.BrightText: "#b3261e",
    _Role.PlaceholderText: "#5a6370",
    _Role.Highlight: "#4f46e5",
    _Role.HighlightedText: "#ffffff",
    _Role.Link: "#4338ca",
    _Role.LinkVisited: "#4338ca",
    _Role.ToolTipBase: "#1b2027",
    _Role.ToolTipText: "#ffffff",
    _Role.Light: "#ffffff",
    _Role.Midlight: "#e8ebef",
    _Role.Mid: "#d5dae1",
    _Role.Dark: "#a8b0bb",
    _Role.Shadow: "#7d8590",
}

_DARK = {
    _Role.Window: "#15181c",
    _Role.WindowText: "#e7eaef",
    _Role.Base: "#1c2025",
    _Role.AlternateBase: "#262b32",
    _Role.Text: "#e7eaef",
    _Role.Button: "#262b32",
    _Role.ButtonText: "#e7eaef",
    _Role.BrightText: "#ff8a80",
    _Role.PlaceholderText: "#a0a9b5",
    _Role.Highlight: "#8e95ff",
    _Role.HighlightedText: "#101216",
    _Role.Link: "#a5abff",
    _Role.LinkVisited: "#a5abff",
    _Role.ToolTipBase: "#e7eaef",
    _Role.ToolTipText: "#15181c",
    _Role.Light: "#323941",
    _Role.Midlight: "#2b3138",
    _Role.Mid: "#363d46",
    _Role.Dark: "#5b6572",
    _Role.Shadow: "#8b95a1",
}

_DISABLED = (_Role.WindowText, _Role.Text, _Role.ButtonText)


class Scheme(StrEnum):
    """What the person chose: as the desktop has it, or one of the two."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


def light_palette() -> QPalette:
    """Dark text on a light ground."""
    return _palette(_LIGHT, disabled="#98a0ab")


def dark_palette() -> QPalette:
    """Light text on a dark ground."""
    return _palette(_DARK, disabled="#66707c")


def apply_scheme(application: QApplication, window: QWidget, scheme: Scheme) -> None:
    """Give the whole program one of the two palettes, and the window its style sheet.

    The sheet is the window's and its dialogs', not the program's: with one of the program's, Qt looks through all of
    a page's parts each time one of them is put into another, which was more than half of the time to open a project.
    """
    if scheme is Scheme.SYSTEM:
        dark = application.styleHints().colorScheme() == Qt.ColorScheme.Dark
    else:
        dark = scheme is Scheme.DARK
    palette = dark_palette() if dark else light_palette()
    application.setPalette(palette)
    window.setStyleSheet(_style_sheet(palette))


def is_dark(palette: QPalette) -> bool:
    """Whether text is lighter than its ground."""
    return palette.color(_Role.Base).lightness() < 128


def _style_sheet(palette: QPalette) -> str:
    """The style sheet, with the path of its pictures and the one colour that is no role of a palette."""
    source = (resources() / "styles" / "window.qss").read_text(encoding="utf-8")
    soft = mixed(palette.color(_Role.Highlight), palette.color(_Role.Base), 0.16)
    return source.replace("@icons@", (resources() / "icons").as_posix()).replace("@soft@", soft.name())


def mixed(colour: QColor, ground: QColor, share: float) -> QColor:
    """``colour`` laid thinly over ``ground``: ``share`` of it, from 0 to 1."""

    def part(one: float, other: float) -> float:
        return share * one + (1 - share) * other

    return QColor.fromRgbF(
        part(colour.redF(), ground.redF()), part(colour.greenF(), ground.greenF()), part(colour.blueF(), ground.blueF())
    )


def _palette(colours: dict[QPalette.ColorRole, str], disabled: str) -> QPalette:
    palette = QPalette()
    for role, colour in colours.items():
        palette.setColor(role, QColor(colour))
    palette.setColor(_Role.Accent, QColor(colours[_Role.Highlight]))
    for role in _DISABLED:
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(disabled))
    return palette
