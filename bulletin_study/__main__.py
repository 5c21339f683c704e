"""Start-up: the words of the command line, exit codes, and the last resort for bugs."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence

from bulletin_study.cli.output import (
    BUG,
    REFUSED,
    WRONG_USAGE,
    OutputLost,
    flush,
    give_up_output,
    tell,
    use_utf8,
)
from bulletin_study.cli.parser import parse
from bulletin_study.cli.words import sentence
from bulletin_study.domain.errors import Cancelled, Refusal


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command, or the window without one.

    Gives the exit code: 0 done, 1 refused or found wanting, 2 wrong usage, 70 a bug.
    """
    use_utf8()
    args = Namespace()
    try:
        code, args = _parsed(argv)
        if code is None:
            code = args.run(args)
        flush()
    except Refusal as refusal:
        tell(sentence(refusal))
        return REFUSED
    except KeyboardInterrupt:
        tell(sentence(Cancelled()))
        return REFUSED
    except BrokenPipeError:
        # Whoever read the output (head, less) has gone; there is nobody to tell.
        give_up_output()
        return REFUSED
    except OutputLost:
        give_up_output()
        tell("结果没能全部写出来，可能是磁盘满了；要保存的已经保存，可以用 history 核对。")
        return REFUSED
    except Exception as error:  # noqa: BLE001 - the last resort
        _log_bug(args, error)
        return BUG
    return code


def _parsed(argv: Sequence[str] | None) -> tuple[int | None, Namespace]:
    """The command, or the exit code of --help (0) and of wrong usage (2)."""
    try:
        return None, parse(argv)
    except SystemExit as done:
        return (done.code if isinstance(done.code, int) else WRONG_USAGE), Namespace()


def _log_bug(args: Namespace, error: Exception) -> None:
    from bulletin_study import crash
    from bulletin_study.cli.store import data_of

    written = crash.record(error, data_of(args))
    where = f"详情记在 {written}，可以发给维护人员。" if written else ""
    tell(f"程序出了问题（{type(error).__name__}），这一步没有完成，以前保存的都在。{where}")


if __name__ == "__main__":
    sys.exit(main())
