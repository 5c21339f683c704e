"""The columns of a roster and the words people put into them."""

from __future__ import annotations

import re

from bulletin_study.domain.people import MentorKind, Role, StaffCategory
from bulletin_study.exchange.tables.columns import Field

ROSTER_FIELDS: tuple[Field, ...] = (
    Field("rank", "序号", ("排名", "排序", "顺序号", "编号", "No", "No.")),
    Field("name", "姓名", ("干部姓名", "人员姓名", "名字"), required=True),
    Field("number", "工号", ("学工号", "工作证号", "人员编号", "职工号", "员工编号", "工作证编号")),
    Field(
        "group",
        "组室",
        (
            "科室",
            "部门",
            "所在单位",
            "所在科室",
            "所在组室",
            "所属组室",
            "内设机构",
            "组别",
            "股室",
        ),
    ),
    Field("title", "职务", ("职务职级", "职级职务", "现任职务", "职级", "岗位", "职务（职级）")),
    Field("role", "身份", ("角色", "参学身份", "组内身份")),
    Field("category", "人员类别", ("人员性质", "编制类型", "编制性质", "用工性质", "人员类型")),
    Field(
        "joined",
        "入部日期",
        ("入部时间", "到岗日期", "到岗时间", "到部时间", "到部日期", "入职日期", "入职时间"),
        offered=("参加工作时间", "参加工作日期", "工作时间", "参工时间"),
    ),
    Field("party_joined", "入党日期", ("入党时间", "入党年月", "加入党组织时间")),
    Field("moved", "调入日期", ("调组日期", "调入本组日期", "调入时间", "调组时间", "调整日期")),
    Field("mentor", "帮带人", ("帮带导师", "导师", "带教人", "带教老师", "结对导师")),
    Field("mentor_kind", "帮带方式", ("帮带类型", "结对方式", "带教方式")),
    Field("partner", "AB岗", ("A/B岗", "AB角", "A/B角", "B岗", "B角", "AB岗人员", "B岗人员")),
    Field("order", "组序", ("组室序号", "组室顺序", "科室序号", "组室排序")),
)

ROLE_WORDS: dict[str, Role] = {
    "部领导": Role.LEADER,
    "班子成员": Role.LEADER,
    "领导班子": Role.LEADER,
    "领导": Role.LEADER,
    "副组长": Role.MEMBER,
    "组长": Role.HEAD,
    "科室负责人": Role.HEAD,
    "组室负责人": Role.HEAD,
    "负责人": Role.HEAD,
    "组员": Role.MEMBER,
    "成员": Role.MEMBER,
    "干部": Role.MEMBER,
}

CATEGORY_WORDS: dict[str, StaffCategory] = {
    "编外": StaffCategory.OUTSIDE,
    "非在编": StaffCategory.OUTSIDE,
    "不在编": StaffCategory.OUTSIDE,
    "聘": StaffCategory.OUTSIDE,
    "临时": StaffCategory.OUTSIDE,
    "合同": StaffCategory.OUTSIDE,
    "派遣": StaffCategory.OUTSIDE,
    "公益": StaffCategory.OUTSIDE,
    "跟班": StaffCategory.SHADOWING,
    "跟岗": StaffCategory.SHADOWING,
    "借": StaffCategory.BORROWED,
    "抽调": StaffCategory.BORROWED,
    "帮助工作": StaffCategory.BORROWED,
    "在编": StaffCategory.ESTABLISHED,
    "编内": StaffCategory.ESTABLISHED,
    "正式": StaffCategory.ESTABLISHED,
    "公务员": StaffCategory.ESTABLISHED,
    "参公": StaffCategory.ESTABLISHED,
    "行政": StaffCategory.ESTABLISHED,
    "事业": StaffCategory.ESTABLISHED,
    "工勤": StaffCategory.ESTABLISHED,
}

LEADER_TITLE = re.compile(r"(?<!原)部长(?!助理)|部务委员|部务会委员")
HEAD_TITLE = re.compile(r"(?!.*副组长|原)\S*组长")
"""职务 that tell the 身份 of somebody new when a file has no column for it."""

MENTOR_WORDS: dict[str, MentorKind] = {
    "组长": MentorKind.HEAD_WITH_MEMBERS,
    "长带短": MentorKind.STRONG_WITH_WEAK,
    "老带新": MentorKind.OLD_WITH_NEW,
    "以老带新": MentorKind.OLD_WITH_NEW,
    "以长带短": MentorKind.STRONG_WITH_WEAK,
}

LEADERS_AS_GROUP = frozenset({"部领导", "领导", "领导班子", "班子成员", "部务会", "部班子"})
"""Group cells that say 部领导 instead of naming a group."""

NO_PARTY = frozenset({"群众", "否", "非党员", "团员", "共青团员", "不是", "民主党派", "非中共党员"})
"""Party cells that say: not a member."""
