"""The one sentence that the command line says to a refusal."""

from __future__ import annotations

from bulletin_study.domain.errors import Refusal
from bulletin_study.ui.wording import sentence_for


def sentence(refusal: Refusal) -> str:
    """The sentence of any expected refusal, those of files that come in included."""
    # Its import teaches the wording what the file readers say; late, as refusals are rare.
    import bulletin_study.app  # noqa: F401

    # What was typed is quoted in it, line breaks and all.
    return " ".join(sentence_for(refusal).split())
