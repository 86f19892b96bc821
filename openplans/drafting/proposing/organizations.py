"""A unit's printed name -> its organization, or a proposal to register one, with the nearest known names beside it.

Apart, because a name is never guessed: whoever accepts decides whether it is a new unit or a spelling of a known one.
"""

from __future__ import annotations

import re

from openplans.drafting.proposing.reading import Reading
from openplans.packages.read import Row
from openplans.rules.advice import nearest

_RANK = re.compile("^(?:[省市县区州旗]|自治[区州县])(?=..)")
_KINDS = {
    "party": re.compile("[省市县区州旗]委(?!会)|党|纪委|宣传部|组织部|统战部|政法委|编办|巡察"),
    "mass": re.compile("工会|共青团|团委|妇联|科协|残联|文联|侨联|工商联|红十字会|社科联"),
    "enterprise": re.compile("公司|集团|银行|供电|电信|移动|联通|农商行|信用社"),
    "township": re.compile("乡|镇|街道"),
    "public": re.compile("医院|学校|学院|大学|中心|研究院|站$|馆$"),
}


class Missing:
    """What the registry lacks for the units of a plan; a name is proposed once."""

    def __init__(self, reading: Reading) -> None:
        self._world = reading.world
        self._region: str = reading.plan.descriptor["region_code"]
        self._chain = self._world.region_chain(self._region) or [self._region]
        self._ids: dict[str, str] = {}
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
        org_id = f"{self._region}-{slug}"
        common = {"confidence": "0.80", "rule": beside}
        if org_id not in self._world.organizations and all(row["org_id"] != org_id for row in self.organizations):
            kind = next((kind for kind, words in _KINDS.items() if words.search(name)), "government")
            self.organizations.append(
                Row(org_id=org_id, region_code=self._region, name_zh=name, name_en=english, kind=kind, **common)
            )
        self.names.append(Row(region_code=self._region, name=name, org_id=org_id, **common))
        return org_id

    def _english(self, stem: str) -> tuple[str, str]:
        """The id's words and the English name: those of a unit of another region that is called so, else pinyin."""
        for (code, name), ids in sorted(self._world.names.items()):
            if _RANK.sub("", name) == stem and len(ids) == 1:
                row = self._world.organizations[next(iter(ids))]
                there = self._world.regions.get(code, {}).get("name_en", "")
                here = self._world.regions.get(self._region, {}).get("name_en", "")
                return row["org_id"].split("-", 1)[1], row["name_en"].replace(there, here).strip() if there else row["name_en"]
        from pypinyin import lazy_pinyin

        spoken = [re.sub("[^a-z0-9]", "", each.lower()) for each in lazy_pinyin(stem)]
        return "-".join(each for each in spoken if each) or "unit", ""
