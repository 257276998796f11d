"""The view in which texts are read and spans are made: fast at a million characters, exact in every script."""

from gadget_trainer.ui.text_view.view import TextView

__all__ = ["TextView"]
