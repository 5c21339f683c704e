"""The one sentence that the command line says to a refusal."""

from __future__ import annotations

from bulletin_study.domain.errors import Refusal
from bulletin_study.ui.wording import sentence_for


def sentence(refusal: Refusal) -> str:
    """The sentence of any expected refusal, those of files that come in included."""
    from bulletin_study.exchange.tables import refusal_words
    from bulletin_study.exchange.tables.refusals import BadMap, UnreadableFile

    if isinstance(refusal, BadMap | UnreadableFile):
        said = refusal_words.sentence(refusal)
    else:
        said = sentence_for(refusal)
    # What was typed is quoted in it, line breaks and all.
    return " ".join(said.split())
