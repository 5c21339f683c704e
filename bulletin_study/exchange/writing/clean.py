"""Text that every file format can hold."""

from __future__ import annotations

import re

# XML knows no control characters but tab and line ends.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def clean(text: str) -> str:
    """Without lone surrogates, which no file can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def clean_xml(text: str) -> str:
    """The same, and without control characters."""
    return _NOT_XML.sub("", clean(text))
