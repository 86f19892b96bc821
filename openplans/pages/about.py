"""What the project is, how it is made, the search: the pages that are no list of the data."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TypedDict

from openplans import routes
from openplans.charts.chart import MANY
from openplans.facts.records import Plan
from openplans.facts.registry_records import Region, Theme
from openplans.pages.common import Shared
from openplans.pages.page import Page
from openplans.problems import Rule, rules

_RANK = re.compile("(?<=..)(?:自治[区州县]|[省市县区旗盟])$")
"""What a place's name ends with and people leave out: 建德 for 建德市."""

LEADS = {
    routes.PROGRESS: "进展,未达到,没达到,没有达到,达到了,已达到,没完成,未完成,没有完成,完成了,完成情况,完成率,"
    "逾期,超期,过期,实际完成,实际值,落后,按进度,兑现,做到,预警,到期,督办,考核,"
    "progress,missed,overdue,behind,on track,on course,not reached,reached,kept,broken promises",
    routes.CALENDAR: "到期,期限,什么时候,哪年,哪一年,今年,明年,去年,后年,截止,底前,日历,"
    "due,deadline,deadlines,this year,next year,last year,calendar",
    routes.FINDINGS: "矛盾,不一致,不一样,对不上,打架,错别字,写错,疑点,"
    "contradiction,contradictions,inconsistent,conflict,typo,errors",
    routes.COMPARE: "对比,比较,排名,排行,最高的,最低的,最多的,最少的,最好,最差,哪个县,哪个区,哪里最,"
    "compare,comparison,ranking,rank,which county,highest,lowest",
    routes.DATA: "下载,表格,电子表,数据库,excel,csv,json,api,download,downloads,spreadsheet,open data",
}
"""The words, between commas, that ask for what a page answers: typed into the search, they lead there."""

LISTS: dict[routes.PlanPage, str] = {
    "targets": "目标,指标,承诺,达到多少,targets,target,goals,indicators,promises",
    "tasks": "任务,干什么,做什么,做哪些,干哪些,要做,要干,重点工作,工作安排,举措,tasks,measures",
    "projects": "项目,工程,projects,project",
    "units": "单位,部门,哪个局,哪些局,谁负责,谁牵头,谁管,责任,bureau,bureaus,departments,who is responsible",
}
"""The words that ask for a list of a plan: typed with the name of a place, they lead to those of its plans."""


class SearchPlace(TypedDict):
    """A place as a search knows it: what it is called in short, all its names, the ids of its plans, the years of each,
    and the region whose index has them ("": that of all)."""

    name: str
    name_en: str
    names: list[str]
    plans: list[str]
    years: list[str]
    index: str


class Search(TypedDict):
    """The search page: what a search can be narrowed to. `kinds`: kinds of records, of which there are any; `regions`:
    those whose rows are asked for one by one, where the plans are too many for one index; `places`: those that the
    search can say what their plans do not write; `leads`: by its address, the words that a page answers; `lists`: the
    same of the lists of a plan; `years`: those in which something is due."""

    kinds: list[str]
    regions: list[Region]
    plans: list[Plan]
    themes: list[Theme]
    places: list[SearchPlace]
    leads: Mapping[str, str]
    lists: Mapping[routes.PlanPage, str]
    years: list[int]


class About(TypedDict):
    """What the project is."""


class Method(TypedDict):
    """How the data is made, and the rules of the check; `many`: how many places a chart draws one by one."""

    rules: list[Rule]
    many: int


class Contribute(TypedDict):
    """How to help. `example`: the id of some row."""

    example: str


def pages(shared: Shared) -> Iterator[Page]:
    """Search, about, method and contribute."""
    facts = shared.facts
    themes = facts.registry.in_order(set(shared.found_themes))
    regions = [facts.registry.regions[code] for code in shared.found_regions]
    plans = [] if regions else list(facts.plan.values())  # a list of thousands helps nobody: their search is by region
    found = Search(
        kinds=list(shared.found_kinds),
        regions=regions,
        plans=plans,
        themes=themes,
        places=_places(shared),
        leads=LEADS,
        lists=LISTS,
        years=list(facts.due),
    )
    yield Page(routes.SEARCH, "search", found)
    yield Page(routes.ABOUT, "about", About())
    yield Page(routes.METHOD, "method", Method(rules=list(rules().values()), many=MANY))
    yield Page(routes.CONTRIBUTE, "contribute", Contribute(example=next(iter(facts.targets), "")))


def _places(shared: Shared) -> list[SearchPlace]:
    """Every place of the registry, with its plans and the index that they are in."""
    registry, plans = shared.facts.registry, defaultdict[str, list[Plan]](list)
    for plan in shared.facts.plan.values():
        plans[plan.region.region_code].append(plan)
    return [
        SearchPlace(
            name=(short := _RANK.sub("", region.name_zh)),
            name_en=region.name_en,
            names=list(dict.fromkeys([short, region.name_zh, region.name_en, *registry.called("region", code)])),
            plans=[plan.id for plan in plans[code]],
            years=["–".join(dict.fromkeys(plan.years)) for plan in plans[code]],
            index=next((each for each in registry.region_chain(code) if each in shared.found_regions), ""),
        )
        for code, region in registry.regions.items()
    ]
