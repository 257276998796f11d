"""Files in and out: one module a format, each with a receipt of what became of every text and span.

Adding a format means adding a module that defines ``FORMAT``: see :mod:`gadget_trainer.formats.format`.
Nothing here imports spaCy before a DocBin is read or written, because the window lists the formats.
"""
