"""A unit's printed name -> its organization, or a proposal to register one, with the nearest known names beside it.

Apart, because a name is never guessed: whoever accepts decides whether it is a new unit or a spelling of a known one.
"""

from __future__ import annotations

import re

from openplans.drafting import store
from openplans.drafting.proposing.reading import Reading
from openplans.packages.cells import LONGEST_ID
from openplans.packages.read import Row
from openplans.text.likeness import nearest

_RANK = re.compile("^(?:[省市县区州旗]|自治[区州县])(?=..)")
_KINDS = {
    "mass": re.compile("工会|共青团|团[省市县区州旗]?委|妇联|妇女联合会|科协|残联|文联|侨联|工商联|红十字会|社科联"),
    "party": re.compile("[省市县区州旗]委(?!会)|党|纪委|宣传部|组织部|统战部|政法委|编办|巡察"),
    "enterprise": re.compile("公司|集团|银行|供电|电信|移动|联通|农商行|信用社"),
    "township": re.compile("(?:乡|镇|街道|街办)(?:人民)?(?:政府|办事处|党[工委]*)?$|^各.{0,8}(?:乡|镇|街道)|苏木"),
    "public": re.compile("医院|学校|学院|大学|中心|研究院|站$|馆$"),
}


_WORDS = dict(
    each.split(" ", 1)
    for each in [
        "农业农村 Agriculture and Rural Affairs",
        "发展和改革 Development and Reform",
        "发改 Development and Reform",
        "工业和信息化 Industry and Information Technology",
        "工信 Industry and Information Technology",
        "经信 Economy and Information",
        "商务 Commerce",
        "城市管理 Urban Management",
        "城管 Urban Management",
        "综合执法 Comprehensive Law Enforcement",
        "交通运输 Transport",
        "交通 Transport",
        "水利 Water Resources",
        "住房和城乡建设 Housing and Urban-Rural Development",
        "住建 Housing and Urban-Rural Development",
        "自然资源和规划 Natural Resources and Planning",
        "自然资源 Natural Resources",
        "规划 Planning",
        "林业 Forestry",
        "生态环境 Ecology and Environment",
        "教育 Education",
        "科技 Science and Technology",
        "卫生健康 Health",
        "卫健 Health",
        "民政 Civil Affairs",
        "人力资源和社会保障 Human Resources and Social Security",
        "人社 Human Resources and Social Security",
        "人力社保 Human Resources and Social Security",
        "财政 Finance",
        "税务 Taxation",
        "审计 Audit",
        "统计 Statistics",
        "公安 Public Security",
        "司法 Justice",
        "医保 Healthcare Security",
        "医疗保障 Healthcare Security",
        "文化 Culture",
        "旅游 Tourism",
        "文旅 Culture and Tourism",
        "体育 Sport",
        "文体 Culture and Sport",
        "广电 Radio and Television",
        "市场监管 Market Regulation",
        "应急管理 Emergency Management",
        "应急 Emergency Management",
        "退役军人 Veterans Affairs",
        "数据 Data",
        "大数据 Big Data",
        "乡村振兴 Rural Revitalization",
        "国资 State-owned Assets",
        "行政审批 Administrative Approval",
        "信访 Petitions",
        "气象 Meteorology",
        "海洋 Ocean",
        "渔业 Fisheries",
        "粮食 Grain",
        "供销 Supply and Marketing",
        "茶业 Tea",
        "林草 Forestry and Grassland",
        "林业和草原 Forestry and Grassland",
        "水务 Water Affairs",
        "水利和湖泊 Water Resources and Lakes",
        "住房城乡建设 Housing and Urban-Rural Development",
        "住房和城乡建设 Housing and Urban-Rural Development",
        "城乡建设 Urban-Rural Development",
        "发展改革 Development and Reform",
        "经济和信息化 Economy and Information Technology",
        "经济信息化 Economy and Information Technology",
        "工业信息化 Industry and Information Technology",
        "科学技术 Science and Technology",
        "文化和旅游 Culture and Tourism",
        "文化广电旅游 Culture, Radio, Television and Tourism",
        "文化广电 Culture, Radio and Television",
        "文广旅 Culture, Radio, Television and Tourism",
        "文广旅体 Culture, Radio, Television, Tourism and Sport",
        "退役军人事务 Veterans Affairs",
        "人力资源社会保障 Human Resources and Social Security",
        "城市管理和综合执法 Urban Management and Law Enforcement",
        "城管执法 Urban Management and Law Enforcement",
        "综合行政执法 Comprehensive Administrative Law Enforcement",
        "畜牧 Animal Husbandry",
        "畜牧兽医 Animal Husbandry and Veterinary",
        "农牧 Agriculture and Animal Husbandry",
        "农业 Agriculture",
        "民族宗教 Ethnic and Religious Affairs",
        "民宗 Ethnic and Religious Affairs",
        "粮食和物资储备 Grain and Material Reserves",
        "招商 Investment Promotion",
        "投资促进 Investment Promotion",
        "园林 Parks",
        "机关事务 Government Offices Administration",
        "地方金融 Local Finance",
        "金融 Finance Affairs",
        "邮政 Post",
        "公路 Highway",
        "档案 Archives",
        "市场监督管理 Market Regulation",
        "政务服务 Government Services",
        "政务服务和数据 Government Services and Data",
        "外事 Foreign Affairs",
        "广播电视 Radio and Television",
        "消防救援 Fire and Rescue",
    ]
)
"""What bureaus are for, in English."""

_ENDS = {
    "管理局": "Bureau", "委员会": "Commission", "办公室": "Office", "局": "Bureau", "委": "Commission", "办": "Office",
    "厅": "Department", "部": "Department", "中心": "Center", "社": "Cooperative",
}  # fmt: skip

_GROUPS = re.compile("各(?:[乡镇街道开发园区、和()（）办事处人民政府]+)")


def kind_of(name: str) -> str:
    """The kind of a unit by its name: 团县委 is a mass organization, 县委宣传部 one of the Party."""
    return next((kind for kind, words in _KINDS.items() if words.search(name)), "government")


def english(stem: str) -> str:
    """The English of a bureau's name where every word of it is known; "" otherwise."""
    if _GROUPS.fullmatch(stem):
        return "Towns and Subdistricts" if "街道" in stem else "Towns"
    end = next((each for each in _ENDS if stem.endswith(each)), "")
    rest, found = stem.removesuffix(end), []
    while rest and end:
        word = next((each for each in sorted(_WORDS, key=len, reverse=True) if rest.startswith(each)), "")
        if not word:
            return ""
        found.append(_WORDS[word])
        rest = rest[len(word) :].lstrip("和与、")
    return f"{' and '.join(found)} {_ENDS[end]}" if found else ""


def _short_enough(org_id: str) -> str:
    """An id without its last words, where it would be longer than a table takes: a bureau of four tasks has such."""
    return org_id if len(org_id) <= LONGEST_ID else org_id[: LONGEST_ID + 1].rpartition("-")[0]


class Missing:
    """What the registry lacks for the units of a plan; a name is proposed once."""

    def __init__(self, reading: Reading) -> None:
        self._world = reading.world
        self._region: str = reading.plan.descriptor["region_code"]
        self._chain = self._world.region_chain(self._region) or [self._region]
        self._ids: dict[str, str] = {}
        known = {row["region_code"]: row["name_en"] for row in store.read_draft(reading.plan.folder)["regions"]}
        region = self._world.regions.get(self._region)
        self._here: str = (region["name_en"] if region else "") or known.get(self._region, "")
        self.organizations: list[Row] = []
        self.names: list[Row] = []

    def found(self, name: str) -> tuple[str, bool]:
        """The organization of a name, and whether the registry knows it."""
        known = self._world.organizations_named(self._region, name)
        if len(known) == 1:
            return next(iter(known)), True
        if name not in self._ids:
            self._ids[name] = self._proposed(name)
        return self._ids[name], False

    def _proposed(self, name: str) -> str:
        near = nearest(name, (each for code in self._chain for each in self._world.names_of.get(code, ())))
        beside = f"unregistered; 最接近 nearest: {'、'.join(near)}" if near else "unregistered"
        slug, english = self._english(_RANK.sub("", name))
        org_id = _short_enough(f"{self._region}-{slug}")
        common = {"confidence": "0.80", "rule": beside}
        if org_id not in self._world.organizations and all(row["org_id"] != org_id for row in self.organizations):
            own = {"org_id": org_id, "region_code": self._region, "name_zh": name, "name_en": english}
            self.organizations.append(Row(**own, kind=kind_of(name), **common))
        self.names.append(Row(region_code=self._region, name=name, org_id=org_id, **common))
        return org_id

    def _english(self, stem: str) -> tuple[str, str]:
        """The id's words and the English name: those of a unit of another region that is called so, else pinyin."""
        for (code, name), ids in sorted(self._world.names.items()):
            if _RANK.sub("", name) == stem and len(ids) == 1:
                row = self._world.organizations[next(iter(ids))]
                there = self._world.regions[code]["name_en"] if code in self._world.regions else ""
                words = row["name_en"].replace(f" of {there}", "").replace(there, "") if there else row["name_en"]
                return row["org_id"].split("-", 1)[1], " ".join([self._here, *words.split()]).strip()
        if words := english(stem):
            return re.sub("[^a-z0-9]+", "-", words.lower()).strip("-"), f"{self._here} {words}".strip()
        from pypinyin import lazy_pinyin

        spoken = [re.sub("[^a-z0-9]", "", each.lower()) for each in lazy_pinyin(stem)]
        return "-".join(each for each in spoken if each) or "unit", ""
