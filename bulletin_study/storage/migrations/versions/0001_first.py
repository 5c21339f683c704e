"""The first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table."""
    _log()
    _office()
    _people()
    _pairs()
    _kinds()
    _sessions()
    _session_links()
    _said()
    _present()
    _sums()


def _whole(name: str, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable, autoincrement=False)


def _real(name: str, nullable: bool = False) -> sa.Column[float]:
    return sa.Column(name, sa.Float(), nullable=nullable)


def _text(name: str, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*(columns or ("id",)), name=f"pk_{table}")


def _link(table: str, column: str, parent: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column],
        [f"{parent}.id"],
        name=f"fk_{table}_{column}",
        deferrable=True,
        initially="DEFERRED",
    )


def _check(table: str, name: str, text: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(text, name=op.f(f"ck_{table}_{name}"))


def _index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))


def _log() -> None:
    """The operation log and the counters of fresh ids."""
    op.create_table(
        "operation",
        _whole("id"),
        _text("label"),
        _text("actor"),
        _text("at"),
        _text("revision"),
        _whole("reverts", nullable=True),
        _whole("changes"),
        _key("operation"),
        sa.ForeignKeyConstraint(["reverts"], ["operation.id"], name="fk_operation_reverts"),
    )
    _index("operation", "reverts")
    op.create_table(
        "change_set",
        _whole("operation_id"),
        _whole("seq"),
        _text("entity"),
        _text("columns"),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        _key("change_set", "operation_id", "seq"),
        sa.ForeignKeyConstraint(
            ["operation_id"], ["operation.id"], name="fk_change_set_operation_id"
        ),
    )
    op.create_table(
        "id_counter",
        _text("entity"),
        _whole("next"),
        _key("id_counter", "entity"),
    )


def _office() -> None:
    """The office itself and its own holiday table."""
    op.create_table(
        "unit",
        _whole("id"),
        _text("name"),
        _text("short_name"),
        _text("head_line"),
        _text("distribution"),
        _key("unit"),
    )
    op.create_table(
        "setting",
        _text("key"),
        _text("value"),
        _key("setting", "key"),
    )
    op.create_table(
        "holiday_day",
        _text("day"),
        _whole("working"),
        _text("name"),
        _key("holiday_day", "day"),
    )


def _people() -> None:
    """People, groups, and what is dated about them."""
    op.create_table(
        "person",
        _whole("id"),
        _text("name"),
        _whole("rank"),
        _text("staff_number", nullable=True),
        _text("role"),
        _text("category"),
        _text("title"),
        _text("joined", nullable=True),
        _text("left", nullable=True),
        _text("party_joined", nullable=True),
        _whole("speaks", nullable=True),
        _text("pinyin"),
        _text("initials"),
        _text("note"),
        _key("person"),
        sa.UniqueConstraint("staff_number", name="uq_person_staff_number"),
    )
    op.create_table(
        "group",
        _whole("id"),
        _text("name"),
        _whole("order"),
        _whole("head_id", nullable=True),
        _whole("leader_id", nullable=True),
        _key("group"),
        _link("group", "head_id", "person"),
        _link("group", "leader_id", "person"),
    )
    _index("group", "head_id")
    _index("group", "leader_id")
    op.create_table(
        "membership",
        _whole("id"),
        _whole("person_id"),
        _whole("group_id"),
        _text("start", nullable=True),
        _text("end", nullable=True),
        _key("membership"),
        _check("membership", "span", '"end" >= start'),
        _link("membership", "group_id", "group"),
        _link("membership", "person_id", "person"),
    )
    _index("membership", "group_id")
    _index("membership", "person_id")
    op.create_table(
        "absence",
        _whole("id"),
        _whole("person_id"),
        _text("kind"),
        _text("start"),
        _text("end", nullable=True),
        _text("reason"),
        _whole("exempt", nullable=True),
        _key("absence"),
        _check("absence", "span", '"end" >= start'),
        _link("absence", "person_id", "person"),
    )
    _index("absence", "person_id")


def _pairs() -> None:
    """Who helps whom, who stands in for whom."""
    op.create_table(
        "mentor_pair",
        _whole("id"),
        _whole("mentor_id"),
        _whole("mentee_id"),
        _text("kind"),
        _text("start", nullable=True),
        _text("end", nullable=True),
        _key("mentor_pair"),
        _check("mentor_pair", "span", '"end" >= start'),
        _link("mentor_pair", "mentee_id", "person"),
        _link("mentor_pair", "mentor_id", "person"),
    )
    _index("mentor_pair", "mentee_id")
    _index("mentor_pair", "mentor_id")
    op.create_table(
        "ab_pair",
        _whole("id"),
        _whole("person_id"),
        _whole("partner_id"),
        _key("ab_pair"),
        _link("ab_pair", "partner_id", "person"),
        _link("ab_pair", "person_id", "person"),
    )
    _index("ab_pair", "partner_id")
    _index("ab_pair", "person_id")


def _kinds() -> None:
    """Kinds of sessions and recurrences."""
    op.create_table(
        "session_kind",
        _whole("id"),
        _text("name"),
        _whole("order"),
        _text("family"),
        _text("audience"),
        _text("closing"),
        _real("hours", nullable=True),
        _whole("retired"),
        _key("session_kind"),
    )
    op.create_table(
        "opening_figure",
        _whole("kind_id"),
        _whole("year"),
        _whole("count"),
        _key("opening_figure", "kind_id", "year"),
        _check("opening_figure", "count", "count >= 0"),
        _link("opening_figure", "kind_id", "session_kind"),
    )
    op.create_table(
        "series",
        _whole("id"),
        _text("kind_ids"),
        _text("rrule"),
        _text("start"),
        _whole("minutes"),
        _text("until"),
        _text("holiday"),
        _text("venue"),
        _whole("talk_places"),
        _key("series"),
        _check("series", "minutes", "minutes >= 0"),
    )


def _sessions() -> None:
    """One meeting."""
    op.create_table(
        "study_session",
        _whole("id"),
        _text("day"),
        _text("start"),
        _text("end"),
        _text("theme"),
        _text("venue"),
        _text("form", nullable=True),
        _whole("lead_id", nullable=True),
        _text("lead_name"),
        _whole("host_id", nullable=True),
        _text("host_name"),
        _whole("recorder_id", nullable=True),
        _text("recorder_name"),
        _text("status"),
        _text("status_reason"),
        _text("moved_from", nullable=True),
        _whole("archived"),
        _text("waiver"),
        _whole("series_id", nullable=True),
        _text("occurrence", nullable=True),
        _whole("excepted"),
        _whole("talk_places"),
        _real("hours", nullable=True),
        _text("materials"),
        _text("agenda"),
        _text("speeches"),
        _text("decisions"),
        _text("note"),
        _whole("expected_total", nullable=True),
        _whole("present_total", nullable=True),
        _whole("leave_total", nullable=True),
        _key("study_session"),
        _check("study_session", "span", '"end" >= start'),
        _link("study_session", "host_id", "person"),
        _link("study_session", "lead_id", "person"),
        _link("study_session", "recorder_id", "person"),
        _link("study_session", "series_id", "series"),
    )
    _index("study_session", "day", "start")
    _index("study_session", "host_id")
    _index("study_session", "lead_id")
    _index("study_session", "recorder_id")
    _index("study_session", "series_id")


def _session_links() -> None:
    """What kinds a session is held as, and the study plan."""
    op.create_table(
        "session_kind_link",
        _whole("session_id"),
        _whole("kind_id"),
        _whole("ordinal", nullable=True),
        _key("session_kind_link", "session_id", "kind_id"),
        _link("session_kind_link", "kind_id", "session_kind"),
        _link("session_kind_link", "session_id", "study_session"),
        sqlite_with_rowid=False,
    )
    _index("session_kind_link", "kind_id")
    op.create_table(
        "study_plan_item",
        _whole("id"),
        _whole("kind_id"),
        _text("theme"),
        _text("day", nullable=True),
        _text("week", nullable=True),
        _text("form", nullable=True),
        _whole("lead_id", nullable=True),
        _text("lead_name"),
        _text("venue"),
        _whole("session_id", nullable=True),
        _key("study_plan_item"),
        _link("study_plan_item", "kind_id", "session_kind"),
        _link("study_plan_item", "lead_id", "person"),
        _link("study_plan_item", "session_id", "study_session"),
    )
    _index("study_plan_item", "kind_id")
    _index("study_plan_item", "lead_id")
    _index("study_plan_item", "session_id")


def _said() -> None:
    """Talks, and what leaders say about them."""
    op.create_table(
        "talk",
        _whole("id"),
        _whole("session_id"),
        _whole("place"),
        _whole("speaker_id", nullable=True),
        _text("guest"),
        _text("title"),
        _text("category", nullable=True),
        _whole("mentor_id", nullable=True),
        _whole("group_id", nullable=True),
        _whole("round", nullable=True),
        _whole("pinned"),
        _whole("planned_id", nullable=True),
        _text("reasons"),
        _key("talk"),
        _check("talk", "place", "place >= 1"),
        _link("talk", "group_id", "group"),
        _link("talk", "mentor_id", "person"),
        _link("talk", "planned_id", "person"),
        _link("talk", "session_id", "study_session"),
        _link("talk", "speaker_id", "person"),
    )
    _index("talk", "group_id")
    _index("talk", "mentor_id")
    _index("talk", "planned_id")
    _index("talk", "session_id")
    _index("talk", "speaker_id")
    op.create_table(
        "comment",
        _whole("id"),
        _whole("session_id"),
        _whole("leader_id", nullable=True),
        _text("text"),
        _whole("talk_id", nullable=True),
        _whole("group_id", nullable=True),
        _key("comment"),
        _link("comment", "group_id", "group"),
        _link("comment", "leader_id", "person"),
        _link("comment", "session_id", "study_session"),
        _link("comment", "talk_id", "talk"),
    )
    _index("comment", "group_id")
    _index("comment", "leader_id")
    _index("comment", "session_id")
    _index("comment", "talk_id")


def _present() -> None:
    """What people learned, and who was there."""
    op.create_table(
        "reflection",
        _whole("id"),
        _whole("session_id"),
        _whole("person_id"),
        _text("kind"),
        _text("text"),
        _whole("talk_id", nullable=True),
        _whole("written"),
        _key("reflection"),
        _link("reflection", "person_id", "person"),
        _link("reflection", "session_id", "study_session"),
        _link("reflection", "talk_id", "talk"),
    )
    _index("reflection", "person_id")
    _index("reflection", "session_id")
    _index("reflection", "talk_id")
    op.create_table(
        "attendance",
        _whole("session_id"),
        _whole("person_id"),
        _whole("group_id", nullable=True),
        _text("expected_by"),
        _text("mark", nullable=True),
        _text("reason"),
        _whole("premarked"),
        _key("attendance", "session_id", "person_id"),
        _link("attendance", "group_id", "group"),
        _link("attendance", "person_id", "person"),
        _link("attendance", "session_id", "study_session"),
        sqlite_with_rowid=False,
    )
    _index("attendance", "person_id")


_MARKS = ("present", "late", "left_early", "leave", "official", "absent", "unmarked")


def _sums() -> None:
    """What sign-ins add up to, kept beside them."""
    op.create_table(
        "session_tally",
        _whole("session_id"),
        _text("expected_by"),
        *map(_whole, _MARKS),
        _key("session_tally", "session_id", "expected_by"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "person_tally",
        _whole("person_id"),
        _text("quarter"),
        *map(_whole, _MARKS),
        _key("person_tally", "person_id", "quarter"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "group_tally",
        _whole("group_id"),
        _text("quarter"),
        *map(_whole, ("held", *_MARKS, "rated_came", "rated_expected")),
        _key("group_tally", "group_id", "quarter"),
        sqlite_with_rowid=False,
    )
