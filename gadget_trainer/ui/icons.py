"""Icons: SVG files drawn in the palette's colours, so that they fit light and dark.

They are drawn into pixmaps. An icon engine of our own would draw anew by itself when the palette changes, but one
written in Python ended in a crash: Qt and Python disagree about who deletes it.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize
from PySide6.QtGui import QAction, QGuiApplication, QPalette
from PySide6.QtWidgets import QAbstractButton

from gadget_trainer.paths import resources

if TYPE_CHECKING:  # icons are drawn after the window is painted, and then these are imported
    from PySide6.QtGui import QIcon, QPixmap

_SIZES = (16, 24)
_NAME, _ROLE = "iconName", "iconRole"

_Group = QPalette.ColorGroup
_Role = QPalette.ColorRole


def icon(name: str, role: QPalette.ColorRole = _Role.WindowText) -> "QIcon":
    """The icon ``resources/icons/NAME.svg`` in the colours that the palette has now; checked, in the accent colour."""
    from PySide6.QtGui import QIcon

    looks = (
        (QIcon.Mode.Normal, QIcon.State.Off, _Group.Active, role),
        (QIcon.Mode.Normal, QIcon.State.On, _Group.Active, _Role.Highlight),
        (QIcon.Mode.Disabled, QIcon.State.Off, _Group.Disabled, role),
    )
    made = QIcon()
    palette, ratio = QGuiApplication.palette(), _ratio()
    for mode, state, group, colour in looks:
        shade = palette.color(group, colour).name()
        for size in _SIZES:
            made.addPixmap(_pixmap(name, size, shade, ratio), mode, state)
    return made


def pixmap(name: str, size: int, role: QPalette.ColorRole, group: QPalette.ColorGroup = _Group.Active) -> "QPixmap":
    """The icon as a picture of ``size`` logical pixels in one colour of the palette."""
    return _pixmap(name, size, QGuiApplication.palette().color(group, role).name(), _ratio())


def _ratio() -> float:
    return QGuiApplication.primaryScreen().devicePixelRatio()


def _pixmap(name: str, size: int, colour: str, ratio: float) -> "QPixmap":
    """Drawn once in each colour."""
    from PySide6.QtGui import QPixmap, QPixmapCache

    key = f"{name} {size} {colour} {ratio}"
    picture = QPixmap()
    if not QPixmapCache.find(key, picture):
        picture = _drawn(name, size, colour, ratio)
        QPixmapCache.insert(key, picture)
    return picture


def _drawn(name: str, size: int, colour: str, ratio: float) -> "QPixmap":
    from PySide6.QtCore import QByteArray, QRectF, Qt
    from PySide6.QtGui import QPainter, QPixmap
    from PySide6.QtSvg import QSvgRenderer

    source = (resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    picture = QPixmap(QSize(size, size) * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    drawing = QSvgRenderer(QByteArray(source.replace("currentColor", colour).encode()))
    drawing.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return picture


def put_icon(target: QAction | QAbstractButton, name: str, role: QPalette.ColorRole = _Role.WindowText) -> None:
    """Give an action or button an icon that :func:`renew_icons` draws anew when the palette changed."""
    plan_icon(target, name, role)
    target.setIcon(icon(name, role))


def plan_icon(target: QAction | QAbstractButton, name: str, role: QPalette.ColorRole = _Role.WindowText) -> None:
    """The same, but it is not drawn before :func:`draw_planned_icons`."""
    target.setProperty(_NAME, name)
    target.setProperty(_ROLE, role)


def renew_icons(root: QObject) -> None:
    """Draw the icons of everything below ``root`` in the colours that the palette has now."""
    for one in _with_icons(root):
        one.setIcon(icon(one.property(_NAME), one.property(_ROLE)))


def draw_planned_icons(root: QObject) -> None:
    """Draw those icons below ``root`` that were planned only; the others are there."""
    for one in _with_icons(root):
        if one.icon().isNull():
            one.setIcon(icon(one.property(_NAME), one.property(_ROLE)))


def _with_icons(root: QObject) -> list[QAction | QAbstractButton]:
    found: list[QAction | QAbstractButton] = [*root.findChildren(QAction), *root.findChildren(QAbstractButton)]
    return [one for one in found if one.property(_NAME)]


def program_icon() -> "QIcon":
    """The program's own icon, in its own colours."""
    from PySide6.QtGui import QIcon

    return QIcon(str(resources() / "icons" / "gadget-trainer.svg"))
