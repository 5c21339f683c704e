"""The files of a session: its photos as pictures, the others by kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from bulletin_study.domain.evidence import Evidence, EvidenceKind, FileState
from bulletin_study.ui.cells import GroupRow
from bulletin_study.ui.controls import label, link_button
from bulletin_study.ui.thumbnails import Thumbnails
from bulletin_study.ui.tokens import GROUP_ROW, ROW_TWO
from bulletin_study.ui.widgets.evidence_list import EvidenceList
from bulletin_study.ui.widgets.photo_grid import PhotoGrid

_FOLDED: Final = 12
"""So many photos are shown at once: four rows of three."""


class EvidenceGallery(EvidenceList):
    """An :class:`EvidenceList` that shows photos above rows under the names of their kinds;
    ``above`` stands over everything."""

    def __init__(self, hint: str, thumbnails: Thumbnails, above: QWidget) -> None:
        self._thumbnails = thumbnails
        self._all_photos = False
        self._shown: list[Evidence] = []
        self.photos = PhotoGrid(thumbnails)
        self._head = label("", "bold")
        self.more_photos = link_button("", on_click=self._unfold_photos)
        super().__init__(hint)
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        for at, part in enumerate((above, self._head, self.photos, self.more_photos)):
            column.insertWidget(at, part)
        self.photos.opened.connect(self.opened)
        self.photos.removed.connect(self.removed)
        self.photos.menu_wanted.connect(self.menu_wanted)
        self.photos.kind_wanted.connect(self.kind_wanted)
        self.photos.photos.edited.connect(self.renamed)

    def show_files(self, files: Sequence[Evidence], *, takes: bool = True) -> None:
        """Show these; ``takes``: more may be added."""
        if not {file.id for file in files} & {file.id for file in self._files}:
            self._all_photos = False
        super().show_files(files, takes=takes)

    def show_states(self, states: Mapping[int, FileState]) -> None:
        """Mark the files that are no longer what they were; a photo put back is read again."""
        for file in self._shown:
            was = self._states.get(file.id, FileState.FINE)
            if was is not states.get(file.id, FileState.FINE):
                self._thumbnails.forget(file)
        super().show_states(states)
        self.photos.show_states(states)
        self._thumbnails.want(self._shown)

    def edit(self, file: Evidence) -> None:
        """Edit the caption of a photo or the name of a file in place."""
        if file in self._shown:
            self.photos.edit_caption(file)
        else:
            super().edit(file)

    def place_of(self, kind: EvidenceKind | None) -> QWidget:
        """Where files of a kind are shown, or dropped while there are none."""
        if kind is EvidenceKind.PHOTO and self._shown:
            return self.photos
        mine = next((file for file in self.model.rows() if kind in (None, file.kind)), None)
        if mine is not None:
            self.rows.select_key(mine.id)
            return self.rows
        return self.zone if not self._files else self.photos if self._shown else self.rows

    def _listed(self) -> Sequence[Evidence]:
        kinds = [kind for kind in EvidenceKind if kind is not EvidenceKind.PHOTO]
        return [file for kind in kinds for file in self._files if file.kind is kind]

    def _arrange(self) -> None:
        super()._arrange()
        self._show_photos([file for file in self._files if file.kind is EvidenceKind.PHOTO])

    def _fill(self, shown: Sequence[Evidence]) -> None:
        totals = Counter(file.kind for file in self._files)
        groups = [
            (GroupRow(kind, str(kind), kind.counted(totals[kind])), list(rows))
            for kind, rows in groupby(shown, key=lambda file: file.kind)
        ]
        self.model.set_groups(groups)
        self.rows.expandAll()
        self.rows.setFixedHeight(ROW_TWO * len(shown) + GROUP_ROW * len(groups) + 2)

    def _show_photos(self, photos: list[Evidence]) -> None:
        folded = len(photos) > _FOLDED + 1 and not self._all_photos
        self._shown = photos[:_FOLDED] if folded else photos
        self._head.setText(f"照片 {len(photos)} 张")
        for part in (self._head, self.photos):
            part.setVisible(bool(photos))
        self.more_photos.setVisible(folded)
        self.more_photos.set_caption(f"再显示 {len(photos) - len(self._shown)} 张")
        self.photos.show_files(self._shown)
        self.photos.show_states(self._states)
        self._thumbnails.want(self._shown)

    def _unfold_photos(self) -> None:
        self._all_photos = True
        self._arrange()
        self.photos.setFocus(Qt.FocusReason.OtherFocusReason)
        self.photos.setCurrentIndex(self.photos.photos.index(_FOLDED, 0))
