"""How good the proposals are for documents of other provinces: against what a person wrote down before any was made.

Comes in: `documents/` in any format that `build.py new` takes, each with a `.tsv` of its targets (T), tasks (K), units
(R) and projects (P).
Goes out: the same table as for the five plans. `make bench` prints it; `python -m tests.drafting.fresh -v` shows what
is wrong.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from openplans.drafting import store
from openplans.drafting.new_plan import new_plan
from openplans.drafting.proposing import propose
from openplans.drafting.receiving import receive
from openplans.packages.link import World
from openplans.packages.quoted import stating
from openplans.packages.read import Package, Row, read_project, remember
from openplans.paths import HOUSE, Paths
from tests.drafting.score import measures

DOCUMENTS = Path(__file__).parent / "documents"
PLANS = {
    "阆中": ("511381", 2024, "阆中市农业农村现代化规划（2024—2028年）"),
    "连州": ("441882", 2025, "连州市县城补短板强弱项行动方案(2025-2027年)"),
    "潢川": ("411526", 2025, "潢川县养老服务体系建设三年行动计划（2025—2027年）"),
    "保康": ("420626", 2023, "保康县以县城为重要载体的就地城镇化和乡村振兴实施方案"),
    "荔波": ("522722", 2026, "荔波县“十五五”水利发展实施方案"),
    "沂南": ("371321", 2024, "沂南县推进乡村全面振兴实施方案（2024—2026年）"),
    "鹤岗": ("230400", 2025, "鹤岗市2025年民生实事项目责任分工方案"),
    "敦煌": ("620982", 2021, "敦煌市“十四五”生态环境与农业农村发展规划"),
    "石屏": ("532525", 2025, "石屏县推动县域经济高质量发展三年行动方案（2025—2027年）"),
    "会宁": ("620422", 2025, "会宁县推进乡村全面振兴实施方案（２０２５—２０２７年）"),
    "宁德": ("350900", 2023, "宁德市促进共同富裕行动计划（2023—2025年）"),
    "十都": ("430225103", 2026, "十都镇2026年重点工作任务清单"),
    "迁西": ("130227", 2025, "迁西县2025年乡村振兴工作要点"),
    "岳西": ("340828", 2026, "岳西县农业农村现代化推进方案（2026—2030年）"),
    "昭苏": ("654026", 2024, "昭苏县畜牧业高质量发展三年行动计划(2024-2026年)"),
    "丰顺": ("441423", 2025, "丰顺县实施“百县千镇万村高质量发展工程”三年行动方案（2025—2027年）"),
    "郯城": ("371322", 2023, "郯城县关于加快打造乡村振兴齐鲁样板县的意见"),
    "巴马": ("451227", 2025, "巴马瑶族自治县促进城乡居民增收三年行动方案（2025—2027年）"),
    "旬邑": ("610429", 2026, "旬邑县国民经济和社会发展第十五个五年规划纲要（2026—2030年）"),
    "安化": ("430923", 2026, "安化县２０２６年乡村振兴工作要点"),
    "腾冲": ("530581", 2025, "腾冲市康养旅游产业发展三年行动方案（2025—2027年）"),
    "赣州": ("360700", 2026, "赣州市2026年民生实事项目实施方案"),
    "敖汉": ("150430", 2026, "敖汉旗人民政府关于推动小米产业高质量发展的实施意见"),
    "紫金": ("441621", 2025, "紫金县县域商业体系建设三年行动方案（2025—2027年）"),
    "宣汉": ("511722", 2026, "宣汉县2026年民生实事实施方案"),
    "莒县": ("371122", 2025, "莒县养老服务高质量发展三年行动计划（2025-2027年）"),
    "兰考": ("410225", 2026, "关于明确2026年《政府工作报告》提出的重点工作责任单位的通知"),
    "湄潭": ("520328", 2026, "湄潭县“十五五”农业农村现代化规划（2026—2030年）"),
    "五原": ("150821", 2026, "五原县推动农牧业高质量发展和农村牧区建设行动方案（２０２６—２０２８年）"),
    "尉犁": ("652823", 2026, "尉犁县推进以县城为重要载体的城镇化建设实施方案（2026—2028年）"),
    "石门": ("430726", 2025, "石门县教育强县建设重点任务清单（2025—2027年）"),
    "镇安": ("611025", 2026, "2026年为民办实事实施方案"),
    "云和": ("331125", 2024, "云和县高质量发展促进共同富裕示范行动方案（2024—2027年）"),
    "拜泉": ("230231", 2026, "拜泉县2026年乡村振兴重点工作责任分解方案"),
    "铜仁": ("520600", 2026, "铜仁市新型工业化和开放型经济高质量发展规划（2026—2030年）"),
    "墨玉": ("653222", 2025, "墨玉县促进城乡居民持续增收三年行动方案（2025—2027年）"),
    "赤水": ("520381", 2026, "赤水市2026年重点工程项目推进方案"),
    "彭水": ("500243", 2023, "彭水苗族土家族自治县“十四五”节能减排综合工作实施方案"),
    "杭锦后旗": ("150826", 2026, "杭锦后旗2026年政府工作报告"),
    "平泉": ("130881", 2021, "平泉市“十四五”林业草原和食用菌产业发展专项规划（2021—2025 年）"),
    "沁水": ("140521", 2026, "沁水县城乡融合发展三年行动方案（2026—2028年）"),
    "宿迁": ("321300", 2026, "宿迁市“十五五”推进农业农村现代化规划"),
    "盐池": ("640323", 2026, "盐池县2026年推进乡村全面振兴暨为民办实事任务分工方案"),
    "梨树": ("220322", 2026, "梨树县推进县域经济高质量发展三年行动计划（2026—2028年）"),
    "湟源": ("630123", 2027, "湟源县2027年推进农业农村现代化重点工作实施方案"),
    "桓仁": ("210522", 2026, "桓仁满族自治县推进城乡融合发展若干措施"),
    "翁源": ("440229", 2025, "翁源县推进以人为本的新型城镇化目标任务分解表（２０２５—２０２７年）"),
    "海南": ("460000", 2026, "海南省推进县城城镇化补短板和城乡融合发展实施方案（2026—2030年）"),
    "江孜": ("540222", 2026, "江孜县促进农牧民持续增收三年行动计划(2026-2028年)"),
    "天津": ("120000", 2021, "天津市推进农业农村现代化“十四五”规划"),
    "景德镇": ("360200", 2026, "景德镇市2026年城乡融合发展和乡村全面振兴工作要点"),
    "密云": ("110118", 2026, "密云区2026年农业农村重点任务清单"),
    "沽源": ("130724", 2026, "沽源县关于加快推进农业强县建设的若干措施（2026—2028年）"),
    "凤庆": ("530921", 2026, "凤庆县推进和美乡村建设三年行动计划（2026—2028年）"),
    "罗田": ("421123", 2026, "罗田县2026年巩固拓展脱贫攻坚成果同乡村振兴有效衔接重点任务分工方案"),
    "民勤": ("620621", 2026, "民勤县2026年城乡融合发展和生态治理目标任务清单"),
    "朔州": ("140600", 2021, "朔州市“十四五”农业现代化规划"),
    "平和": ("350628", 2027, "平和县2027年“三农”工作要点"),
    "庆云": ("371423", 2026, "中共庆云县委　庆云县人民政府关于加快推进县域城乡融合发展的实施方案"),
    "榕江": ("522632", 2025, "榕江县推进县域经济与乡村全面振兴协同发展实施意见"),
    "柳城": ("450222", 2026, "柳城县2026年城乡融合发展重点任务分解表"),
    "织金": ("520524", 2026, "织金县乡村产业振兴三年行动方案（2026—2028年）"),
    "福鼎": ("350982", 2026, "福鼎市2026年全面推进乡村振兴重点任务分工方案"),
    "临邑": ("371424", 2025, "临邑县现代农业强县建设行动方案（2025—2027年）"),
    "汝南": ("411727", 2026, "汝南县2026年城乡建设和民生保障重点工作目标责任书"),
    "安康": ("610900", 2026, "安康市推进城乡融合和县域经济突破行动方案（2026—2030年）"),
    "苍溪": ("510824", 2026, "苍溪县农业农村现代化补短强链三年攻坚方案（2026—2028年）"),
    "林州": ("410581", 2025, "林州市县域富民产业三年行动计划（2025—2027年）"),
    "田东": ("451022", 2026, "田东县乡村全面振兴和城乡融合发展规划纲要（2026—2030年）"),
    "恩施": ("422800", 2026, "恩施州促进城乡居民增收和县域经济倍增实施意见（2026—2028年）"),
    "通渭": ("621121", 2026, "通渭县2026年“三农”工作责任清单"),
    "石河子": ("659001", 2026, "八师石河子市２０２６年连队振兴与城乡融合发展攻坚任务交办单"),
    "洪湖": ("421083", 2026, "洪湖市推进水产强市和城乡融合发展重点工作分工（2026—2028年）"),
    "通榆": ("220822", 2026, "通榆县2026年“三农”工作要点"),
    "泸水": ("533301", 2026, "泸水市2026年乡村建设和民生改善“百日攻坚”事项清单"),
    "西吉": ("640422", 2026, "西吉县“十五五”现代农业与乡村建设重点任务分解方案（2026—2030年）"),
    "库车": ("652902", 2026, "库车市促进农民增收和县域商业提质行动方案（2026—2028年）"),
    "饶平": ("445122", 2026, "饶平县镇村同建同治同美和现代化海洋牧场建设行动方案（2026—2028年）"),
    "沛县": ("320322", 2026, "沛县2026年城乡建设重点任务交办清单"),
    "馆陶": ("130433", 2026, "关于分解落实馆陶县2026年“三农”重点工作任务的通知"),
    "浏阳": ("430181", 2025, "浏阳市促进花炮产业转型升级和乡村全面振兴三年行动计划（2025—2027年）"),
    "青海": ("630000", 2026, "青海省农牧业农村2026年重点工作任务分工"),
    "班戈": ("540627", 2026, "班戈县2026年高原和美乡村建设重点任务分工方案"),
    "讷河": ("230281", 2026, "讷河市2026年农业强市建设部门责任清单"),
    "竹溪": ("420324", 2025, "竹溪县山区产业振兴三年行动方案（2025—2027年）"),
    "南江": ("511922", 2026, "南江县关于支持经济恢复和扩大消费的若干措施"),
    "凤山": ("451223", 2026, "凤山县2026年度乡村振兴绩效考核办法"),
    "疏附": ("653121", 2026, "疏附县2026年农业农村现代化重点工作台账"),
    "迭部": ("623024", 2026, "迭部县关于分解落实2026年县政府工作报告主要目标任务的通知"),
    "霍邱": ("341522", 2026, "霍邱县经济突破和民生改善攻坚行动任务分工方案（2026—2028年）"),
    "青冈": ("231223", 2026, "青冈县2026年县城功能提升和乡村建设工作任务交办方案"),
    "全州": ("450324", 2026, "全州县推进乡村全面振兴2026年重点任务和责任分工"),
    "石渠": ("513332", 2026, "石渠县2026年牧区民生改善工作实施办法"),
    "会泽": ("530326", 2024, "会泽县2024年推进乡村全面振兴重点任务分工方案"),
    "哈尔滨": ("230100", 2025, "哈尔滨市促进高质量充分就业若干措施"),
    "阳新": ("420222", 2025, "阳新县农村交通高质量发展三年行动方案（2025—2027年）"),
    "泉港": ("350505", 2024, "泉港区普惠托育服务三年行动实施方案"),
    "赫章": ("520526", 2025, "赫章县2025年生态文明建设和数字经济发展工作要点"),
    "西乡": ("610724", 2023, "2023年县政府重点工作任务分工表"),
    "连云": ("320703", 2025, "连云区关于推动海洋经济高质量发展的实施意见"),
    "若羌": ("652824", 2025, "若羌县2025年学前教育和托育服务提升行动任务清单"),
    "琼海": ("469002", 2025, "琼海市2025年“我为琼海添光彩”十件实事怎么干"),
    "安宁": ("530181", 2025, "安宁产业园区2025年营商环境提升任务清单"),
    "延川": ("610622", 2022, "延川县2022年乡村振兴重点工作责任清单"),
    "湛江": ("440800", 2022, "湛江市2022年建设“蓝色粮仓”任务市县两级责任清单"),
}
"""Region, year and title of each, as a person gives them to `build.py new`."""


@dataclass(frozen=True)
class Expected:
    """A target as a person reads it: `piece` is a text of one clause that ends with the figure or the word."""

    piece: str
    indicator: str
    comparator: str
    value: str
    unit: str
    measure: str
    basis: str
    year: str


@cache
def house() -> World:
    """The registry of this house; whoever lays a plan out only looks at it."""
    return store.world_of(Paths.of(HOUSE))


@cache
def _remembered() -> Mapping[str, bytes]:
    """What a check keeps of the real packages, by the names of its files: with it they are read as they are behind a
    check, three times as fast."""
    with tempfile.TemporaryDirectory() as folder:
        paths = Paths.of(Path(shutil.copytree(HOUSE / "datapackages", Path(folder) / "datapackages")).parent)
        for package in read_project(paths)[0].packages:
            remember(package, paths)
        files = (each for each in paths.build.rglob("*") if each.is_file())
        return {each.relative_to(paths.root).as_posix(): each.read_bytes() for each in files}


def copied(root: Path, *folders: str) -> Path:
    """Some of the real packages in a root of their own, as a check leaves them: the registry and the figures, unless
    told otherwise."""
    for each in folders or ("registry", "observations"):
        shutil.copytree(HOUSE / "datapackages" / each, root / "datapackages" / each)
    for name, content in _remembered().items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    return root


def laid_out(name: str, root: Path, table: Mapping[int, int] | None = None) -> tuple[World, Package]:
    """The package that `build.py new` makes of a document, with empty tables; its marks changed by a `table`."""
    paths = Paths.of(root)
    region, year, title = PLANS[name]
    file = _file(name)
    if table is not None:
        title, text = title.translate(table), file.read_text(encoding="utf-8").translate(table)
        file = root / file.name
        file.write_text(text, encoding="utf-8")
    level = re.match("(?:[\u4e00-\u9fff]{0,4}自治)?[省市县区旗州]", title.split(name, 1)[-1])
    called = name + (level[0] if level else "市" if region.endswith("00") else "县")
    made = new_plan(region, year, title, receive(file), house(), title_en="A plan", name=called)
    store.lay_out(paths.plans / made.plan_id, made)
    world = store.world_of(paths, made.plan_id)
    return world, world.project.plans[0]


def _file(name: str) -> Path:
    """A document as it came: a text (one in GB 18030), a page saved from a browser, a DOCX, a PDF of LibreOffice."""
    return next(each for each in sorted(DOCUMENTS.glob(f"{name}.*")) if each.suffix != ".tsv")


def score(name: str, verbose: bool = False) -> Counter[str]:
    """What was hit and what was missed, counted."""
    lines = [line.split("\t") for line in (DOCUMENTS / f"{name}.tsv").read_text(encoding="utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as folder:
        world, plan = laid_out(name, copied(Path(folder)))
        begun = time.perf_counter()
        draft = propose(world, plan)
    count: Counter[str] = Counter(seconds=round(1000 * (time.perf_counter() - begun)))
    expected = [Expected(*line[1:]) for line in lines if line[0] == "T"]
    _targets(count, world, plan, draft["targets"], expected, verbose)
    _tasks(count, draft, lines, verbose)
    _projects(count, draft, [line[1:] for line in lines if line[0] == "P"], verbose)
    return count


def _targets(
    count: Counter[str], world: World, plan: Package, rows: list[Row], expected: list[Expected], verbose: bool
) -> None:
    mine: dict[tuple[str, int, str], Row] = {}
    for row in rows:
        figure = stating(world, plan, row, "value_max" if row["value_max"] is not None else "value")
        clause = plan.by_id("clauses")[row["clause_id"]]["text"]
        wordless = clause.find(row["quote"]) + len(row["quote"])
        mine[row["clause_id"], figure.end if figure and row["value"] is not None else wordless, row["target_id"]] = row
    count["proposed"] += len(mine)
    for each in expected:
        printed = re.compile(" ?".join(map(re.escape, each.piece)))  # a PDF has blanks around its numbers
        homes = [(row["clause_id"], found.end()) for row in plan["clauses"] if (found := printed.search(row["text"]))]
        assert len(homes) == 1, f"in one clause: {each.piece}"
        home, end = homes[0]
        near = [place for place in mine if place[0] == home and abs(place[1] - end) <= 2]
        nearest = min(near, key=lambda at: (abs(at[1] - end), mine[at]["indicator"] != each.indicator), default=None)
        own = mine.pop(nearest) if nearest else None
        count["figures"] += 1
        count["found"] += own is not None
        if own is None:
            _say(verbose, "MISSED", each.piece)
        else:
            _compare(count, each, own, verbose)
    count["hits"] = count["proposed"] - len(mine)
    for row in mine.values():
        _say(verbose, "NO TARGET", row["rule"], row["indicator"], row["value"], row["unit"], "|", row["quote"][-40:])


def _compare(count: Counter[str], each: Expected, own: Row, verbose: bool) -> None:
    value = Decimal(each.value) if each.value else None
    checks = {
        "value and unit": ((value, each.unit), (own["value"], own["unit"])),
        "comparator": (each.comparator, own["comparator"]),
        "year": (each.year, own["period_end"]),
        "basis": (each.basis, own["period_basis"]),
        "measure": (each.measure, own["measure"]),
        "indicator": (each.indicator, own["indicator"]),
    }
    count["compared"] += 1
    for name, (wanted, found) in checks.items():
        count[name] += wanted == found
        if wanted != found:
            _say(verbose, name.upper(), wanted, "/", found, "|", each.piece)


def _tasks(count: Counter[str], draft: store.Draft, lines: list[list[str]], verbose: bool) -> None:
    titles = {row["task_id"]: row["title"] for row in draft["tasks"]}
    wanted = [line[1] for line in lines if line[0] == "K"]
    count["tasks real"], count["tasks proposed"] = len(wanted), len(titles)
    count["tasks found"] = sum(each in titles.values() for each in wanted)
    own = {(titles[row["task_id"]], row["role"], row["name_in_source"]) for row in draft["responsibilities"]}
    real = [(line[1], line[2], line[3]) for line in lines if line[0] == "R"]
    count["units"], count["units proposed"] = len(real), len(draft["responsibilities"])
    count["units found"] = sum((each[0], each[2]) in {(one[0], one[2]) for one in own} for each in real)
    count["roles right"] = sum(each in own for each in real)
    for kind, odd in (("TASK", {*wanted} ^ {*titles.values()}), ("UNIT", {*real} ^ own)):
        for one in sorted(odd, key=str):
            _say(verbose, kind, "missed" if one in wanted or one in real else "too many", one)


def _projects(count: Counter[str], draft: store.Draft, wanted: list[list[str]], verbose: bool) -> None:
    own = {(row["stage"], row["name"].replace(" ", "")) for row in draft["projects"]}
    count["projects real"], count["projects proposed"] = len(wanted), len(own)
    count["projects found"] = sum(each[1] in {name for _, name in own} for each in wanted)
    count["stages right"] = sum((each[0], each[1]) in own for each in wanted)
    for one in sorted({(each[0], each[1]) for each in wanted} ^ own):
        _say(verbose, "PROJECT", "missed" if list(one) in wanted else "too many", one)


def _say(verbose: bool, *words: object) -> None:
    if verbose:
        print(*words)


ROWS = (
    ("figures that are targets", "found", "figures"),
    ("proposals that are targets", "hits", "proposed"),
    ("value and unit", "value and unit", "compared"),
    ("comparator", "comparator", "compared"),
    ("year", "year", "compared"),
    ("measure", "measure", "compared"),
    ("basis", "basis", "compared"),
    ("indicator", "indicator", "compared"),
    ("tasks", "tasks found", "tasks real"),
    ("proposals that are tasks", "tasks found", "tasks proposed"),
    ("units", "units found", "units"),
    ("units with role", "roles right", "units"),
    ("proposals that are units", "units found", "units proposed"),
    ("projects", "projects found", "projects real"),
    ("projects with stage", "stages right", "projects real"),
    ("proposals that are projects", "projects found", "projects proposed"),
)


def table(verbose: bool = False) -> str:
    """The score of every document as text."""
    scores = {}
    for name in PLANS:
        _say(verbose, "=====", name)
        scores[name] = score(name, verbose)
    lines = ["fresh documents, in %".ljust(28) + "".join(f"{name:>10}" for name in PLANS) + f"{'all':>12}"]
    return "\n".join([*lines, *measures(scores, ROWS)])


if __name__ == "__main__":
    print(table(verbose="-v" in sys.argv))
