"""Where things lie: the data folder, the database and log inside it, and the shipped resources.

Nothing here touches the disk except `private_dir`, and nothing heavy is imported, so that the
command line can answer `--help` at once.
"""

import os
import sys
from pathlib import Path

APP_NAME = "bulletin_study"
DATA_VARIABLE = "BULLETIN_STUDY_DATA"
DATABASE_NAME = "bulletin_study.sqlite3"
LOG_FOLDER = "logs"
FILES_FOLDER = "files"
RESOURCE_FOLDER = "resources"


def data_dir(explicit: Path | None = None) -> Path:
    """Name the folder that holds database, backups and attachments, as an absolute path.

    The explicit choice wins, then the environment variable BULLETIN_STUDY_DATA (an empty one
    counts as unset), then the user's own application folder. The folder need not exist yet:
    `private_dir` makes it.
    """
    if explicit is not None:
        return at_home(explicit)
    from_environment = os.environ.get(DATA_VARIABLE, "")
    if from_environment:
        return at_home(Path(from_environment))
    import appdirs

    # Without an author Windows would get the name twice: …\bulletin_study\bulletin_study.
    return Path(appdirs.user_data_dir(APP_NAME, appauthor=False))


def at_home(path: Path) -> Path:
    """An absolute path, its ``~`` the user's own folder; an unknown user's stays as written."""
    try:
        return path.expanduser().absolute()
    except RuntimeError:
        return path.absolute()


def database_path(data: Path) -> Path:
    """Name the SQLite file inside a data folder."""
    return data / DATABASE_NAME


def files_dir(database: Path) -> Path:
    """Name the folder for the files of sessions, which lies beside their database."""
    return database.parent / FILES_FOLDER


def log_dir(data: Path) -> Path:
    """Name the folder for log files inside a data folder."""
    return data / LOG_FOLDER


def private_dir(path: Path) -> Path:
    """Make a folder that only its owner may enter, parents included, and return it.

    A folder that already stands keeps its permissions: an office may have shared it on purpose.
    Raises OSError (FileExistsError for a file of that name) when it cannot be made.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    path.mkdir(mode=0o700, exist_ok=True)
    return path


def resource(relative: str) -> Path:
    """Find a shipped file or folder by its name under `resources`, e.g. "icons/plus.svg".

    Looks in a frozen bundle, in the installed package, then beside it (a checkout).
    Raises FileNotFoundError when none has it, which means that the program was packed wrongly.
    """
    for root in _resource_roots():
        found = root / relative
        if found.exists():
            return found
    raise FileNotFoundError(f"{RESOURCE_FOLDER}/{relative}")


def _resource_roots() -> list[Path]:
    package = Path(__file__).resolve().parent
    roots = [package / RESOURCE_FOLDER, package.parent / RESOURCE_FOLDER]
    bundle = getattr(sys, "_MEIPASS", None)
    if bundle is not None:
        roots.insert(0, Path(bundle) / RESOURCE_FOLDER)
    return roots
