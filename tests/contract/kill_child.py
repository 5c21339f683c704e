"""A clerk at work in a process of its own, to be killed: says each thing before and after.

``kill_child.py FILE save|import|undo SEED`` prints ``ready``, then for each operation
``begin`` and, once it is saved, its number, until killed.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

from bulletin_study.domain.attendance import Attendance, Mark
from bulletin_study.domain.errors import NothingToUndo
from bulletin_study.domain.people import Group, Person
from bulletin_study.domain.sessions import Reflection
from bulletin_study.storage.office import SqlOffice
from bulletin_study.usecases.changes import Committed
from bulletin_study.usecases.history import redo, undo
from tests.helpers import make_office

IMPORTED = 3000
SIGNED = 200
SESSIONS = 10


def save(office: SqlOffice, chance: random.Random) -> Committed:
    """A sign-in of two hundred, a renamed group and what somebody said."""
    session = chance.randint(1, SESSIONS)
    with office.unit() as unit:
        unit.put(
            *(
                Attendance(session, person, 1, (1,), chance.choice(list(Mark)))
                for person in range(1, SIGNED + 1)
            )
        )
        unit.put(Group(1, f"第{chance.random()}组", 1))
        said = "".join(chr(chance.randint(0x4E00, 0x9FA5)) for _ in range(200))
        unit.put(Reflection(session, session, 1, text=said))
        return unit.commit("签到")


def bring_in(office: SqlOffice, chance: random.Random) -> Committed:
    """An import of some thousand people; every second time they go again."""
    with office.unit() as unit:
        there = unit.all(Person)[SIGNED:]
        if there:
            unit.remove(*there)
        else:
            ids = unit.new_ids(Person, IMPORTED)
            unit.put(*(Person(n, f"第{n}人", n, note=str(chance.random())) for n in ids))
        return unit.commit("导入")


def back_and_forth(office: SqlOffice, chance: random.Random) -> Committed:
    """Undo or redo, whichever chance says and the history allows."""
    first, second = (undo, redo) if chance.random() < 0.5 else (redo, undo)
    try:
        with office.unit() as unit:
            return first(unit)
    except NothingToUndo:
        with office.unit() as unit:
            return second(unit)


def say(line: str) -> None:
    """Tell whoever started this process, at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main(path: str, work: str, seed: str) -> None:
    """Work until killed."""
    chance = random.Random(int(seed))
    office = make_office(Path(path))
    act = {"save": save, "import": bring_in, "undo": back_and_forth}[work]
    say("ready")
    while True:
        say("begin")
        say(str(act(office, chance).operation_id))


if __name__ == "__main__":
    main(*sys.argv[1:])
