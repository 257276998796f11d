"""Everything that speaks to spaCy: tokens, examples, the loop, scores, saving and predicting. No Qt.

The rooms, in the order in which a run passes through them: ``settings`` (what the person chose), ``check``
(what cannot work, said before), ``split``, ``pieces`` and ``examples`` (texts become spaCy's documents), ``base``,
``mixing`` and ``keeping`` (a pipeline to continue from, and what it must not forget), ``corpus`` and ``config`` (the
files that describe a run), ``loop``, ``score`` and ``weights`` (iterations), ``saving``, and ``run``, which leads
through all of them one record at a time. ``packaging`` makes a wheel of what was saved.
"""
