"""Everything that speaks to spaCy: tokens, examples, the loop, scores, saving and predicting. No Qt.

The rooms, in the order in which a run passes through them: ``settings`` (what the person chose), ``check``
(what cannot work, said before), ``split``, ``pieces`` and ``examples`` (texts become spaCy's documents), ``base``,
``mixing`` and ``keeping`` (a pipeline to continue from, and what it must not forget), ``gathering`` (all of it read),
``corpus`` and ``config`` (the files that describe a run), ``beginning`` (what else is kept of it), ``building``,
``loop``, ``score`` and ``weights`` (iterations), ``state``, ``checkpoint`` and ``joining`` (what happens between two of
them), ``saving``, and ``run``, which leads through all of them one record at a time. ``kept_run`` is a run that its
project knows of, ``readings`` what it found in the texts held out, and ``broken_off`` finds those that can go on.
``packaging`` makes a wheel of what was saved. ``categories`` says what is known of whole texts, which goes through all
of these rooms beside the entities.
"""
