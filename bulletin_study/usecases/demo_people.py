"""The people of the sample office: invented names, posts, pairs and absences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bulletin_study.domain.people import (
    AbPair,
    Absence,
    AbsenceKind,
    Group,
    Membership,
    MentorKind,
    MentorPair,
    Person,
    Role,
    StaffCategory,
)
from bulletin_study.usecases.ports import UnitOfWork

# 姓名, 职务; 部领导 come first in every list and have the last staff numbers.
_LEADERS = (("秦维新", "部长"), ("贺立春", "常务副部长"), ("方同舟", "副部长"))

# 组室, 分管领导 (a number of the above), people, the head first: 姓名, 职务, years in the office.
_GROUPS: tuple[tuple[str, int, tuple[tuple[str, str, int], ...]], ...] = (
    ("办公室", 1, (
        ("陈思远", "办公室主任", 16), ("李晓雯", "办公室副主任", 13),
        ("王立言", "一级科员", 8), ("赵雨桐", "四级主任科员", 11),
        ("孙嘉禾", "一级科员", 7), ("周敏之", "一级科员", 6),
        ("吴知行", "工作人员", 5), ("郑可心", "二级科员", 3),
    )),
    ("干部组", 0, (
        ("林卓然", "干部组组长", 15), ("何一帆", "一级科员", 8),
        ("黄若溪", "四级主任科员", 10), ("徐景明", "三级主任科员", 12),
        ("马思齐", "一级科员", 7), ("高文博", "二级科员", 4),
        ("罗婉清", "一级科员", 9),
    )),
    ("组织组", 0, (
        ("梁守正", "组织组组长", 17), ("宋佳怡", "组织组副组长", 13),
        ("唐子墨", "一级科员", 9), ("许念慈", "一级科员", 7),
        ("韩牧野", "试用期", 0), ("冯雅宁", "四级主任科员", 11),
        ("邓启明", "二级科员", 6),
    )),
    ("人才组", 2, (
        ("曹恒之", "人才组组长", 10), ("彭书瑶", "二级科员", 4),
        ("曾向阳", "工作人员", 2), ("萧雨晴", "一级科员", 8),
        ("田家瑞", "二级主任科员", 1),
    )),
    ("公务员组", 1, (
        ("董若谷", "公务员组组长", 14), ("袁清扬", "三级主任科员", 12),
        ("潘静姝", "一级科员", 8), ("于海宁", "一级科员", 7),
        ("蒋一诺", "二级科员", 5), ("蔡文轩", "四级主任科员", 10),
    )),
    ("教育组", 2, (
        ("余承志", "教育组组长", 16), ("杜明月", "四级主任科员", 11),
        ("叶知秋", "四级主任科员", 10), ("程晓东", "一级科员", 6),
        ("魏子衿", "二级科员", 4), ("苏沐晨", "一级科员", 7),
    )),
    ("监督组", 1, (
        ("吕正平", "监督组组长", 15), ("丁思涵", "一级科员", 9),
        ("任可为", "一级科员", 6), ("沈亦舟", "二级科员", 5),
    )),
    ("老干组", 2, (
        ("卢德昌", "老干组组长", 18), ("崔国栋", "三级主任科员", 13),
        ("姜慧敏", "一级科员", 8),
    )),
)

_CATEGORIES = {
    "吴知行": StaffCategory.OUTSIDE,
    "曾向阳": StaffCategory.SHADOWING,
    "田家瑞": StaffCategory.BORROWED,
}
_NOT_IN_PARTY = ("吴知行", "周敏之", "高文博", "沈亦舟")
NEWCOMER, GONE, MOVED = "韩牧野", "蔡文轩", "苏沐晨"
_GONE_SINCE = timedelta(days=60)

_OLD, _STRONG, _HEAD = (
    MentorKind.OLD_WITH_NEW,
    MentorKind.STRONG_WITH_WEAK,
    MentorKind.HEAD_WITH_MEMBERS,
)
_PAIRS: tuple[tuple[str, str, MentorKind], ...] = (
    ("陈思远", "赵雨桐", _HEAD), ("陈思远", "王立言", _HEAD), ("李晓雯", "孙嘉禾", _OLD),
    ("赵雨桐", "郑可心", _OLD), ("王立言", "周敏之", _STRONG), ("林卓然", "黄若溪", _HEAD),
    ("林卓然", "何一帆", _HEAD), ("徐景明", "马思齐", _OLD), ("黄若溪", "高文博", _OLD),
    ("徐景明", "罗婉清", _STRONG), ("梁守正", "宋佳怡", _HEAD), ("梁守正", "许念慈", _HEAD),
    ("宋佳怡", "唐子墨", _OLD), ("宋佳怡", "韩牧野", _OLD), ("唐子墨", "冯雅宁", _STRONG),
    ("许念慈", "邓启明", _OLD), ("曹恒之", "彭书瑶", _HEAD), ("曹恒之", "萧雨晴", _HEAD),
    ("董若谷", "潘静姝", _HEAD), ("董若谷", "于海宁", _HEAD), ("袁清扬", "蒋一诺", _OLD),
    ("余承志", "杜明月", _HEAD), ("余承志", "魏子衿", _HEAD), ("叶知秋", "程晓东", _OLD),
    ("杜明月", "苏沐晨", _STRONG), ("吕正平", "沈亦舟", _HEAD), ("吕正平", "丁思涵", _HEAD),
    ("丁思涵", "任可为", _OLD), ("卢德昌", "崔国栋", _HEAD), ("卢德昌", "姜慧敏", _HEAD),
)

# 姓名, 类别, first and last day as days from the Monday of this week, 事由.
_ABSENCES: tuple[tuple[str, AbsenceKind, int, int, str], ...] = (
    ("罗婉清", AbsenceKind.MATERNITY, -46, 111, ""),
    ("任可为", AbsenceKind.POSTED_DOWN, -168, -79, "青石镇墩苗"),
    ("任可为", AbsenceKind.TRAVEL, 14, 18, "跨县交叉检查"),
    ("邓启明", AbsenceKind.POSTED_DOWN, 14, 25, "青石镇"),
    ("沈亦舟", AbsenceKind.SICK, 1, 4, "肺炎住院"),
    ("曾向阳", AbsenceKind.TRAVEL, 2, 3, "到市里送人才项目材料"),
    ("于海宁", AbsenceKind.FULL_TIME_TRAINING, -140, -112, "市委党校中青班"),
    ("冯雅宁", AbsenceKind.LONG_SICK, -225, -183, "骨折休养"),
    ("杜明月", AbsenceKind.TRAINING, -33, -29, "省里干部教育业务培训"),
    ("董若谷", AbsenceKind.TRAINING, -12, -10, "公务员管理信息系统培训"),
    ("王立言", AbsenceKind.TRAVEL, -54, -52, "赴邻县学习办文办会"),
    ("梁守正", AbsenceKind.TRAVEL, -96, -94, "乡镇换届考察"),
    ("宋佳怡", AbsenceKind.LEAVE, -62, -60, "年休假"),
    ("高文博", AbsenceKind.SICK, -88, -86, "感冒发烧"),
    ("潘静姝", AbsenceKind.LEAVE, -19, -17, "年休假"),
    ("卢德昌", AbsenceKind.TRAVEL, -110, -107, "陪同老干部疗养"),
    ("孙嘉禾", AbsenceKind.LEAVE, -131, -129, "婚假"),
    ("袁清扬", AbsenceKind.SICK, -152, -150, "门诊手术"),
    ("黄若溪", AbsenceKind.TRAVEL, -173, -171, "干部档案专项审核"),
    ("萧雨晴", AbsenceKind.TRAVEL, -201, -199, "高校引才宣讲"),
    ("周敏之", AbsenceKind.LEAVE, 8, 9, "年休假"),
    ("叶知秋", AbsenceKind.TRAVEL, 21, 23, "外出考察干部教育基地"),
)


@dataclass(frozen=True, slots=True)
class DemoPeople:
    """Who was made, by name; ``first`` is the day from which the sample's records run."""

    by_name: dict[str, int]
    group_ids: tuple[int, ...]
    first: date


def put_people(unit: UnitOfWork, monday: date, first: date) -> DemoPeople:
    """Store groups, people, pairs and absences (not committed here).

    ``monday`` begins the present week, ``first`` is the day of the first session.
    """
    posts = list(_posts())
    ids = unit.new_ids(Person, len(posts))
    # 工号 go by group, the leaders' come last; 排名 puts the leaders first.
    by_name = {post.name: ids[post.number - 1] for post in posts}
    people = DemoPeople(by_name, tuple(unit.new_ids(Group, len(_GROUPS))), first)
    persons = [_person(unit, post, by_name[post.name], monday) for post in posts]
    unit.put(*persons)
    unit.put(*_groups(people))
    unit.put(*_memberships(unit, people, persons, monday))
    unit.put(*_pairs(unit, people))
    unit.put(*_absences(unit, people, monday))
    return people


@dataclass(frozen=True, slots=True)
class _Post:
    name: str
    title: str
    role: Role
    rank: int
    number: int
    years: int


def _posts() -> Iterator[_Post]:
    members = [(one, not place) for _, _, group in _GROUPS for place, one in enumerate(group)]
    for rank, (name, title) in enumerate(_LEADERS, start=1):
        yield _Post(name, title, Role.LEADER, rank, len(members) + rank, 20 - rank)
    for number, ((name, title, years), heads) in enumerate(members, start=1):
        role = Role.HEAD if heads else Role.MEMBER
        yield _Post(name, title, role, len(_LEADERS) + number, number, years)


def _person(unit: UnitOfWork, post: _Post, person_id: int, monday: date) -> Person:
    pinyin, initials = unit.services.pinyin(post.name)
    joined = _joined(post, monday)
    gone = post.name == GONE
    return Person(
        id=person_id,
        name=post.name,
        rank=post.rank,
        staff_number=f"{post.number:03}",
        role=post.role,
        category=_CATEGORIES.get(post.name, StaffCategory.ESTABLISHED),
        title=post.title,
        joined=joined,
        left=monday - _GONE_SINCE if gone else None,
        party_joined=None if post.name in _NOT_IN_PARTY else date(joined.year - 2, 7, 1),
        pinyin=pinyin,
        initials=initials,
        note="调离到县委办公室" if gone else "",
    )


def _joined(post: _Post, monday: date) -> date:
    """入部日期: before the records begin, the newcomer's excepted."""
    if post.name == NEWCOMER:
        return monday - timedelta(days=83)
    joined = date(monday.year - post.years, 3 + post.number % 8, 1 + post.number % 27)
    return min(joined, monday - timedelta(days=400))


def _groups(people: DemoPeople) -> list[Group]:
    return [
        Group(
            id=group_id,
            name=name,
            order=order,
            head_id=people.by_name[members[0][0]],
            leader_id=people.by_name[_LEADERS[leader][0]],
        )
        for order, (group_id, (name, leader, members)) in enumerate(
            zip(people.group_ids, _GROUPS, strict=True), start=1
        )
    ]


def _memberships(
    unit: UnitOfWork, people: DemoPeople, persons: Sequence[Person], monday: date
) -> list[Membership]:
    groups = {
        name: group_id
        for group_id, (_, _, members) in zip(people.group_ids, _GROUPS, strict=True)
        for name, _, _ in members
    }
    spans: list[tuple[Person, int, date | None, date | None]] = []
    for person in persons:
        if person.name not in groups:
            continue
        start = person.joined
        if person.name == MOVED:
            # Came over from another group in the course of the year.
            moved_on = monday - timedelta(days=105)
            spans.append((person, people.group_ids[0], start, moved_on - timedelta(days=1)))
            start = moved_on
        spans.append((person, groups[person.name], start, person.left))
    ids = unit.new_ids(Membership, len(spans))
    return [
        Membership(span_id, person.id, group_id, start, end)
        for span_id, (person, group_id, start, end) in zip(ids, spans, strict=True)
    ]


def _pairs(unit: UnitOfWork, people: DemoPeople) -> list[MentorPair | AbPair]:
    by_name = people.by_name
    mentors = [
        MentorPair(pair_id, by_name[mentor], by_name[mentee], kind, None)
        for pair_id, (mentor, mentee, kind) in zip(
            unit.new_ids(MentorPair, len(_PAIRS)), _PAIRS, strict=True
        )
    ]
    partners: list[tuple[str, str]] = []
    for _, _, members in _GROUPS:
        staying = [name for name, _, _ in members if name != GONE]
        for place, name in enumerate(staying):
            other = place ^ 1 if place ^ 1 < len(staying) else 0
            partners.append((name, staying[other]))
    stand_ins = [
        AbPair(pair_id, by_name[one], by_name[other])
        for pair_id, (one, other) in zip(
            unit.new_ids(AbPair, len(partners)), partners, strict=True
        )
    ]
    return [*mentors, *stand_ins]


def _absences(unit: UnitOfWork, people: DemoPeople, monday: date) -> list[Absence]:
    return [
        Absence(
            absence_id,
            people.by_name[name],
            kind,
            monday + timedelta(days=first),
            monday + timedelta(days=last),
            reason,
        )
        for absence_id, (name, kind, first, last, reason) in zip(
            unit.new_ids(Absence, len(_ABSENCES)), _ABSENCES, strict=True
        )
    ]
