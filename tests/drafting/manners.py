"""The manners in which documents say who answers: a grid of the words, the names, and the places where they stand.

Each wording says what a careful reader writes down: {lead} leads, {co} helps, {listed} answers without a word of who
leads; {co=各国有企业} is a name that the wording itself has. `test_manners` crosses them, so that most of what it
tries was written down by nobody.
"""

from __future__ import annotations

import re
from collections.abc import Callable

Answer = tuple[str, str]
"""A role and a name."""

LABELLED = """
责任单位：{listed}、{listed}、{listed}
牵头单位：{lead}；责任单位：{co}、{co}
牵头单位：{lead}；配合单位：{co}、{co}
牵头单位：{lead}，配合单位：{co}、{co}
牵头单位：{lead} 配合单位：{co}、{co}
牵头单位：{lead}。配合单位：{co}、{co}。
责任单位：{lead}；配合单位：{co}、{co}
主办单位：{lead}；协办单位：{co}、{co}
牵头部门：{lead}；参与部门：{co}、{co}
牵头：{lead}；配合：{co}、{co}
牵头：{lead}、{lead}；参与：{co}
责任：{listed}、{listed}、{listed}
责任单位：{lead}（牵头）、{co}、{co}
责任单位：{lead}（牵头单位）、{co}、{co}
责任单位：{lead}牵头，{co}、{co}配合
责任单位：{lead}（牵头），{co}、{co}（配合）
牵头责任单位：{lead}；配合责任单位：{co}、{co}
牵头单位为{lead}，配合单位为{co}、{co}
责任单位为{listed}、{listed}、{listed}
责任部门：{listed}、{listed}、{listed}
责任主体：{listed}、{listed}、{listed}
落实单位：{listed}、{listed}、{listed}
承办单位：{listed}、{listed}、{listed}
实施单位：{listed}、{listed}、{listed}
实施主体：{listed}、{listed}、{listed}
主管部门：{listed}、{listed}、{listed}
责任科室：{listed}、{listed}、{listed}
牵头处室：{lead}；配合处室：{co}、{co}
责任领导：王志强；牵头单位：{lead}；责任人：李春；配合单位：{co}、{co}
牵头领导：王志强 牵头单位：{lead} 配合单位：{co}、{co}
责任单位：{listed}、{listed}、{listed}；责任人：王志强；完成时限：2026年12月底
责任单位：{listed}、{listed}、{listed}，完成时限：2026年12月底前
完成时限：2026年12月底；责任单位：{listed}、{listed}、{listed}
第一责任单位：{lead}；责任单位：{co}、{co}
牵头（主办）单位：{lead}；配合（协办）单位：{co}、{co}
主要责任单位：{lead}；配合单位：{co}、{co}
责任单位：{listed}（王志强）、{listed}（李春）、{listed}（张玉兰）
牵头单位：{lead}、{lead}；参加单位：{co}
牵头单位：{lead}；参与单位：{co}；协同单位：{co}
牵头单位：{lead}；责任单位：{co}；配合单位：{co}
主责单位：{lead}；协同单位：{co}、{co}
牵头单位：{lead}，责任单位：{co}、{co}等
责任单位：{listed}、{listed}、{listed}等单位
责任单位：{listed}、{listed}、{listed}按职责分工负责
责任单位:{listed},{listed},{listed}
责任单位：{listed} {listed} {listed}
责任单位：{listed}/{listed}/{listed}
责任单位：{listed}；{listed}；{listed}
责任单位：{listed}、{listed}和{listed}
责任单位：{listed}、{listed}以及{listed}
责任单位：{listed}，{listed}、{listed}
牵头单位：{lead}、{lead}，{lead}
责任单位：{lead}（牵头） {co} {co}
责任单位：{lead}(牵头单位),{co},{co}
牵头单位 {lead} 责任单位 {co} {co}
责任单位　{listed}、{listed}、{listed}
【牵头单位】{lead}【配合单位】{co}、{co}
牵头单位：{lead}；{co}、{co}配合
责任单位：{listed}、{listed}、{listed}，2026年12月底前完成
责任单位：{listed}、{listed}、{listed}；2026年12月底前
牵头单位：{lead}，责任单位：{co}、{co}，完成时间：2026年
行业主管部门：{listed}；属地责任单位：{listed}、{listed}
县级牵头单位：{lead}；县级配合单位：{co}；属地责任单位：{co}
责任单位：{listed=各村（社区）}、{listed}、{listed}
责任单位：①{listed}②{listed}③{listed}
牵头单位：{lead}；参加单位：{co}、{co}等。
分管领导：王志强；主办单位：{lead}；协办单位：{co}、{co}
牵头单位及责任人：{lead}王志强；配合单位及责任人：{co}李春、{co}张玉兰
责任单位：{listed} 王志强
责任单位（责任人）：{listed}（王志强）、{listed}（李春）
牵头单位：{lead}（联系人：王志强，电话：5123456）；配合单位：{co}
责任单位：{listed}
牵头单位：{lead}
责任单位：{lead}牵头，{co=各相关部门}配合
责任单位：{listed}、{listed}、{listed}，{listed=各国有企业}
牵头单位：{lead}/配合单位：{co}、{co}
牵头责任单位：{lead}　配合责任单位：{co}、{co}　完成时限：2026年底
组长单位：{lead}；成员单位：{co}、{co}
责任单位：{listed}、{listed}、{listed}，{listed=县能源局}（农村电网）、{listed=县数据局（县信息中心）}
责任单位：{listed}、{listed}等省有关部门和{listed=各市人民政府}
责任单位：{listed}、{listed}等市直有关部门，{listed=各区、县级市}
牵头单位：{lead}，配合单位：{co}，{co=各有关区、县级市}
""".splitlines()[1:]
"""Behind labels: in a bracket, a line of its own, at the end of a paragraph, in a cell."""

TOLD = """
{lead}牵头，{co}、{co}配合
{lead}牵头，{co}、{co}等部门配合
{lead}牵头、{co}、{co}配合
{lead}牵头；{co}、{co}配合
{lead}、{lead}牵头，{co}配合
{lead}牵头，{co}、{co}按职责分工负责
{listed}、{listed}、{listed}按职责分工负责
{listed}、{listed}、{listed}按照职责分工负责
{listed}、{listed}、{listed}等按职责分工负责
{listed}、{listed}、{listed}等有关部门按职责分工负责
{listed}、{listed}、{listed}负责
{listed}、{listed}、{listed}分别负责
{listed}、{listed}、{listed}共同负责
{listed}、{listed}、{listed}按职责分工落实
{lead}牵头，{co}、{co}参与
{lead}牵头，{co}、{co}参加
{lead}牵头，{co}、{co}协助
{lead}牵头，{co}、{co}落实
{lead}牵头，{co}、{co}具体落实
{lead}牵头，{co}、{co}分工负责
{lead}牵头，{co}、{co}协同配合
{lead}牵头，{co}、{co}共同推进
{lead}牵头，{co}、{co}组织实施
{lead}牵头，{co}参与，{co}负责落实
{lead}负责，{co}、{co}配合
{lead}牵头负责，{co}、{co}配合
{lead}牵头督导，{co}、{co}参与
{lead}牵头抓总，{co}、{co}按职责分工抓好落实
{lead}牵头组织，{co}、{co}协同推进
{lead}总牵头，{co}、{co}配合
{lead}会同{co}、{co}负责
由{lead}会同{co}、{co}组织实施
由{lead}牵头，会同{co}、{co}组织实施
由{lead}牵头，{co}、{co}配合
由{lead}牵头负责，{co}、{co}配合
由{lead}负责，{co}、{co}配合
由{listed}、{listed}、{listed}负责
由{listed}、{listed}、{listed}按职责分工负责
{lead}牵头会同{co}、{co}落实
{lead}牵头，会同{co}、{co}落实
{lead}（牵头）、{co}、{co}
{lead}（牵头）、{co}、{co}按职责分工负责
{lead}、{lead}（共同牵头），{co}
{lead}主办，{co}、{co}协办
{lead}主责，{co}、{co}配合
{lead}为主，{co}、{co}配合
以{lead}为主，{co}、{co}配合
{lead}牵头，{co}，{co}配合
{lead}、{lead}、{lead}牵头
{lead}牵头，{co}配合，{co}协助
{lead}联合{co}、{co}实施
{lead}牵头，{co=各相关部门}及{co=各县区政府}按职责分工负责
{lead}主要负责，{co}、{co}配合
{lead}牵头，{co}、{co}配合，2026年底前完成
{listed}、{listed}、{listed}负责，2026年6月底前完成
{listed}、{listed}、{listed}按职责分工负责；完成时限：2026年12月
{lead}牵头，{co}、{co}及{co=各国有企业}配合
{listed}负责
由{listed}负责
{lead}牵头
由{lead}牵头
此项工作由{lead}牵头，{co}、{co}配合
具体由{listed}负责
该项任务由{listed}、{listed}、{listed}共同承担
{lead}、{lead}按职责分工负责，{co}配合
{lead}、{lead}、{lead}按职责分工分别牵头
{lead}、{lead}、{lead}按职责分工牵头落实
{lead}牵头、{co}和{co}配合
{lead}牵头，{co=各有关部门}配合
{lead}牵头，{co}、{co}等5个部门配合
{lead}牵头推进，{co}、{co}协作配合
{lead}牵头，{co}、{co}按职责分工做好相关工作
{lead}牵头，{co}、{co}协助做好
{listed}、{listed}、{listed}根据职责分工负责
{listed}、{listed}、{listed}依职责负责
{listed}、{listed}、{listed}各负其责
责任单位为{lead}，配合单位为{co}、{co}
{lead}牵头,{co},{co}配合
牵头单位是{lead}，配合单位是{co}、{co}
{lead}总负责，{co}、{co}配合
{lead}抓总，{co}、{co}具体实施
{lead}牵头，{co}、{co}为责任单位
{lead}为牵头单位，{co}、{co}为配合单位
{listed}为责任单位
{listed}、{listed}、{listed}等部门和单位按职责分工负责
{lead}会同{co=有关部门}负责
{lead}牵头，会同{co}、{co}等部门，{co=各国有企业}具体落实
由{lead}会同{co}、{co}等部门研究提出落实意见
{lead}牵头抓总，{co}、{co}等职能部门以及{co=某县经济开发区管委会}全力配合
{lead}会同{co}、{co}等单位研究制定实施细则
{listed}、{listed}按职责分工负责，{listed=各地级以上市人民政府}结合实际落实
{listed}、{listed}等有关部门，{listed=各乡镇人民政府、街道办事处}按职责负责
""".splitlines()[1:]
"""With what each does said behind the names: in a bracket, a sentence, a cell."""

BARE = """
{listed}、{listed}、{listed}
{listed}，{listed}，{listed}
{listed}；{listed}、{listed}
{listed}、{listed}、{listed}等
{listed}
{listed}、{listed}、{listed}，{listed=各国有企业}
{listed}、{listed}、{listed}、{listed=各国有企业}
{listed} {listed} {listed}
{listed}/{listed}/{listed}
{listed}、{listed}、{listed}等单位
{listed}、{listed}、{listed}；2026年底前完成
""".splitlines()[1:]
"""Names alone: in a bracket that ends a paragraph, in a cell."""

NAMES = (
    "县农业农村局 县财政局 县水利局",
    "县委组织部 县文化和旅游局 各乡镇人民政府",
    "农业农村局 财政局 文化和旅游局",
    "县人力资源和社会保障局 国网某县供电公司 各乡镇（街道）",
    "市发展改革委 市住房城乡建设局 各县（市、区）人民政府",
    "县农业农村局（县乡村振兴局） 县委宣传部（县文明办） 甲镇人民政府",
    "县城市建设投资集团有限公司 城关街道办事处 县第一中学",
    "团县委 县总工会 县妇联",
    "规划处 财务处 机关党委",
    "发改委 人社局 卫健委",
    "县委办 县政府办 高新区管委会",
    "国家税务总局某县税务局 人民银行某县支行 市生态环境局某县分局",
    "甲镇 乙乡 丙街道",
    "县市场监管局 县级有关部门 各县区政府",
    "县融媒体中心 县疾控中心 县人民医院",
    "县法院 县检察院 县人大常委会办公室",
    "中国移动某县分公司 中国铁塔某县分公司 县烟草专卖局",
    "市发展和改革委员会 市市场监督管理局 市政务服务和数字化建设管理局",
    "县“三农”工作专班 县河长办 县林长制办公室",
    "各驻县金融机构 各保险公司 各中小学校",
    "省发展改革委 省住房城乡建设厅 各设区市人民政府",
    "旗农牧局 苏木乡镇人民政府 盟生态环境局某旗分局",
    "农业农村部 国家发展改革委 中央网信办",
    "县农业农村局种植业股 县公安局交通警察大队 县人武部",
)
"""Three names each, as they stand in one list."""

NOT_BARE = ("甲镇 乙乡 丙街道", "县融媒体中心 县疾控中心 县人民医院", "各驻县金融机构 各保险公司 各中小学校")
"""Names that a bracket may hold for another reason, where nothing else is said: of works, of places."""


def title(number: int) -> str:
    """What the task of a number is called; no two alike, and without a figure."""
    stems = "甲乙丙丁戊己庚辛壬癸"
    return f"修整{stems[number // 10 % 10]}{stems[number % 10]}路"


PLACES: dict[str, tuple[str, Callable[[str, str], list[str]]]] = {
    "a bracket behind the last full stop": ("LTB", lambda task, who: [f"{task}。修路9公里。（{who}）"]),
    "a bracket before the full stop": ("LT", lambda task, who: [f"{task}。修路9公里（{who}）。"]),
    "tortoise brackets": ("LTB", lambda task, who: [f"{task}。修路9公里。〔{who}〕"]),
    "thick brackets": ("LTB", lambda task, who: [f"{task}。修路9公里。【{who}】"]),
    "a line of its own": ("LT", lambda task, who: [f"{task}。修路9公里。", who]),
    "a line with a full stop": ("LT", lambda task, who: [f"{task}。修路9公里。", who.rstrip("。") + "。"]),
    "a bracket in a line of its own": ("LTB", lambda task, who: [f"{task}。修路9公里。", f"（{who}）"]),
    "the end of the paragraph": ("LT", lambda task, who: [f"{task}。修路9公里。{who.rstrip('。')}。"]),
    "a bracket in the heading": ("LTB", lambda task, who: [f"{task}（{who}）", "修路9公里。"]),
    "a line behind a dash": ("L", lambda task, who: [f"{task}。修路9公里。", f"——{who}"]),
    "a line behind a dot": ("L", lambda task, who: [f"{task}。修路9公里。", f"●{who}"]),
    "a line behind the items": ("LT", lambda task, who: [f"{task}。", "（1）修路9公里。", "（2）建桥3座。", who]),
    "a bracket behind the last item": (
        "LT", lambda task, who: [f"{task}。", "（1）修路9公里。", f"（2）建桥3座。（{who}）"]
    ),
}  # fmt: skip
"""Where it stands, and which wordings do: (L)abelled, (T)old, (B)are."""


def filled(wording: str, names: str) -> tuple[str, list[Answer]]:
    """A wording with three names in it, and who answers by it."""
    given, answers = iter(names.split()), []

    def name(slot: re.Match[str]) -> str:
        said = slot["name"] or next(given)
        answers.append((slot["role"], said))
        return said

    return re.sub(r"\{(?P<role>lead|co|listed)(?:=(?P<name>[^}]*))?\}", name, wording), answers


def wordings(kinds: str) -> list[str]:
    """The wordings of some kinds, by their letters."""
    return [
        each for letter, those in zip("LTB", (LABELLED, TOLD, BARE), strict=True) if letter in kinds for each in those
    ]


COLUMN_HEADS = {
    "责任单位": "LTB",
    "责任部门": "TB",
    "责任分工": "LT",
    "牵头单位及配合单位": "LT",
    "牵头和责任单位": "LTB",
    "落实单位": "TB",
    "承办单位": "TB",
    "责任": "LTB",
    "单位": "TB",
}
"""Heads of the one column of a table that says who answers, and which wordings its cells may have."""

TWO_COLUMNS = {
    "牵头单位|配合单位": ("lead", "co"),
    "主办单位|协办单位": ("lead", "co"),
    "责任单位|配合单位": ("lead", "co"),
    "牵头部门|责任部门": ("lead", "co"),
    "第一责任单位|其他责任单位": ("lead", "co"),
    "牵头处室|协同处室": ("lead", "co"),
    "主责部门|参与部门": ("lead", "co"),
    "组长单位|成员单位": ("lead", "co"),
    "主管部门|属地责任": ("listed", "listed"),
    "责任领导|责任单位": ("", "listed"),
    "责任单位|责任人": ("listed", ""),
    "牵头领导|牵头单位": ("", "lead"),
}
"""Heads of two columns, and what those under each do; "" where people stand."""

MARKS = ("、", "，", "；", " ", "/")
"""What parts the names of a cell."""

FIRST_LEADS = """
列第一位的为牵头单位。
列在首位的为牵头单位。
责任单位中，排名第一的责任单位为牵头单位，其他列入单位为参与单位。
列首位的单位为牵头单位，其余为配合单位。
涉及多个单位的，第一个单位为牵头单位。
有多个责任单位的，由首个单位牵头。
责任单位排序第一的负责牵头。
各项任务的第一责任单位为牵头单位。
同一任务有多家单位的，排首位者为牵头单位。
列第一位的责任单位为牵头单位或汇总单位。
""".splitlines()[1:]
"""Sentences by which the first of each list leads."""

MARK_LEADS = """
标注{mark}的为牵头单位。
注：带“{mark}”的为牵头单位。
{mark}为牵头单位，其余为配合单位。
名称后加{mark}者牵头。
有{mark}标记的单位为牵头单位。
""".splitlines()[1:]
"""Sentences by which a mark says who leads."""
