"""Keeps the scroll bar and the text in step, while the heights of what was never seen are still being measured.

The text knows better where it is than the bar: the bar is only told, except when the person moves it.
"""

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QAbstractScrollArea, QScrollBar

from gadget_trainer.ui.text_view.geometry import Geometry

# Short enough that no frame is late, with pauses for what the person does.
_SLICE_SECONDS = 0.004
_PAUSE_MS = 4


class Scrolling(QObject):
    """The vertical scroll bar of a view, and the measuring in the background."""

    def __init__(self, view: QAbstractScrollArea, geometry: Geometry) -> None:
        super().__init__(view)
        self._view = view
        self._geometry = geometry
        self._telling = False
        self._measuring = QTimer(self, interval=_PAUSE_MS)
        self._measuring.timeout.connect(self._measure)

    @property
    def _bar(self) -> QScrollBar:
        return self._view.verticalScrollBar()

    @property
    def is_measuring(self) -> bool:
        """Whether some heights are still estimates."""
        return self._measuring.isActive()

    def begin(self) -> None:
        """Show where the text is, and measure what has another height now."""
        self.tell_bar()
        self._measuring.start()

    def by(self, pixels: int) -> None:
        """Scroll down by so many pixels, as far as there is text."""
        self._bar.setValue(self._bar.value() + pixels)

    def follow_bar(self) -> None:
        """The bar was moved: bring that part of the text into sight."""
        if self._telling:
            return
        moved = self._geometry.scroll_to(self._bar.value())
        self.tell_bar()
        viewport = self._view.viewport()
        # What stays in sight is moved on the screen; with a broken scale its pixels would not fit their new place.
        if abs(moved) < self._geometry.height and self._view.devicePixelRatioF().is_integer():
            viewport.scroll(0, moved)
        else:
            viewport.update()

    def tell_bar(self) -> None:
        """Bring the scroll bar in line with the text."""
        bar = self._bar
        if bar.isSliderDown():
            # While the person holds the slider, it stays under the mouse.
            return
        self._telling = True
        bar.setPageStep(self._geometry.height)
        bar.setSingleStep(self._geometry.metrics.cell)
        bar.setRange(0, self._geometry.furthest_scroll)
        bar.setValue(self._geometry.scroll)
        self._telling = False

    def _measure(self) -> None:
        if not self._geometry.pages.measure(_SLICE_SECONDS):
            self._measuring.stop()
        self.tell_bar()
