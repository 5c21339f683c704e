"""Past sessions (``lines``, ``talks``, ``changes``) and the study plan (``plan``, ``weeks``);
``kinds`` and ``names`` are how both speak of kinds and people.
"""
