"""When the focus ring is to be seen, and how to hand the focus on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

_REASON = Qt.FocusReason
_KEYBOARD = frozenset({
    _REASON.TabFocusReason, _REASON.BacktabFocusReason, _REASON.ShortcutFocusReason,
    _REASON.OtherFocusReason, _REASON.MenuBarFocusReason,
})  # fmt: skip


def ring_after(event: QFocusEvent, before: bool) -> bool:
    """Whether a widget shows its ring after the focus came to it.

    The keyboard brings the ring, the mouse takes it away; a window or popup that closes
    leaves it as it was.
    """
    if event.reason() in _KEYBOARD:
        return True
    return before and event.reason() != _REASON.MouseFocusReason


def focus_first(widget: QWidget) -> bool:
    """Give the keyboard focus to the part of a widget that stands for it, else to the first
    that takes it; tell if there was one."""
    stands = widget
    while (proxy := stands.focusProxy()) is not None:
        stands = proxy
    if stands is not widget and stands.isVisibleTo(widget) and stands.isEnabled():
        stands.setFocus(_REASON.ShortcutFocusReason)
        return True
    for part in (widget, *widget.findChildren(QWidget)):
        takes = part.focusPolicy() & Qt.FocusPolicy.TabFocus
        if takes and part.isVisibleTo(widget) and part.isEnabled():
            part.setFocus(_REASON.ShortcutFocusReason)
            return True
    return False
