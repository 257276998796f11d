"""Gadget Trainer: highlight entity spans, press Train, keep a spaCy pipeline in a folder."""

__version__ = "0.1.0"
