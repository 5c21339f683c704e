"""Taking another store file in: checked as a copy, put in place in one step."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bulletin_study.config import private_dir
from bulletin_study.domain.errors import StorageDamaged, StorageFault, StorageUnavailable
from bulletin_study.storage.lock import ProcessLock
from bulletin_study.storage.office import open_office
from bulletin_study.usecases.ports import Services

_COMPANIONS = ("", "-wal", "-shm")


def adopt(source: Path, target: Path, services: Services) -> Path | None:
    """Put a checked copy of ``source`` at ``target``; gives where the former store lies now.

    The former file moves aside together with its write-ahead log: left beside the new one
    it would silently undo the change. Raises ``StorageUnavailable`` (IN_USE while a program has
    ``target`` open), ``StorageDamaged`` and ``StorageNewer``; then nothing was touched.
    """
    private_dir(target.parent)
    with TemporaryDirectory(dir=target.parent, prefix="adopt-") as folder:
        copy = Path(folder) / target.name
        try:
            for suffix in _COMPANIONS:
                beside = source.with_name(source.name + suffix)
                if not suffix or beside.exists():
                    shutil.copyfile(beside, copy.with_name(copy.name + suffix))
        except OSError as error:
            raise StorageUnavailable(StorageFault.CANNOT_OPEN, str(source)) from error
        if copy.stat().st_size == 0:
            raise StorageDamaged(str(source), "0 字节")
        office = open_office(copy, services)
        try:
            office.rebuild_kept()
            findings = office.check()
        finally:
            office.close()
        if findings:
            raise StorageDamaged(str(source), findings[0])
        # Held by whoever has the store open: a file must not be swapped under a running program.
        lock = ProcessLock(target)
        try:
            aside = _set_aside(target)
            # Closing the last connection folded the log into the copy: one file is the whole.
            copy.replace(target)
        finally:
            lock.release()
    return aside


def _set_aside(target: Path) -> Path | None:
    if not target.exists():
        return None
    stamp = f"{datetime.now():%Y%m%d-%H%M%S-%f}"
    aside = target.with_name(f"{target.stem}.before-{stamp}{target.suffix}")
    for suffix in _COMPANIONS:
        beside = target.with_name(target.name + suffix)
        if beside.exists():
            beside.replace(aside.with_name(aside.name + suffix))
    return aside
