"""What bodies are called: a bureau, a township, a firm, all townships, the departments concerned; and who is a person.

Comes in: a folded name. Goes out: whether it can be that of a unit, and of one that is nothing else. Apart, because a
list of units is told from other brackets and sentences by the names in it alone.
"""

from __future__ import annotations

import re

_MASS = "总工会|团委|妇联|科协|残联|文联|侨联|工商联|红十字会|供销社"
_BUREAU_ENDS = (
    "(?<![布格全大变棋结僵当])(?<![^广]新)局|委|(?<![交督举承主创协兴包联开筹试查申补])办|(?<![大客餐舞展歌])厅|(?<![全内外干中东西南北上下])部|(?<!部)署|委员会"
    f"|办公室|政府|{_MASS}|(?:督查|研究|政研|党研)室"
)
_FIRM_ENDS = (
    "专班|管委会|办事处|联社|总社|联合[会社]|供电所|[银分支]行|农商行|公司|集团|调查队|[支大总中]队|海关|机关|法院|检察院"
    "|(?<![0-9一二三四五六七八九十几数多余好坏益到各此用深远近高低之何])处"
)
_BODY_ENDS = (
    f"{_BUREAU_ENDS}|{_FIRM_ENDS}|街道|镇|乡|[市县区旗]|信用社|中心|工作组|[导作]小组|指挥部|联席会议"
    "|学院|大学|[中小]学|职校|中专|医院|研究院|中队|站|馆|协会|[所院科股]|[农林茶牧团机]场|[0-9一二三四五六七八九〇]团"
)
_TOGETHER = (
    "(?:[省市县区州旗乡镇]级?|[省市县区州旗](?:直|政府))?(?:各级?|其他|所有|[有相]关|涉及|各[有相]关|职能|责任|成员){1,3}(?:职能)?"
    "(?:部门|单位|企业|处室|科室|股室)"
    "|[\u4e00-\u9fff“”]{2,24}(?:指挥部|小组|委员会|联席会议|专班|办公室)成员单位"
    "|(?:[省市县区州旗]级|[省市县区州旗]直)?各[\u4e00-\u9fff]{0,8}(?:部门|单位)"
    "|(?:[驻在][\u4e00-\u9fff]{1,3})?各[\u4e00-\u9fff]{0,8}(?:机构|学校|[高院]校|企业|园区|[中小]学|村|社区|公司|[农林茶牧团]?场|开发区)"
)
"""Those who are named as one: 县级有关部门, 各责任单位, 县防汛指挥部成员单位."""
_TOWNS = "各?(?:街道|乡镇|镇街|镇乡)"
_BUREAU = re.compile(f"(?:{_BUREAU_ENDS})$")
_FIRM = re.compile(f"(?:{_BUREAU_ENDS}|{_FIRM_ENDS})$")
_SHORT = (
    "[省市县区州旗]?(?:发改|发展改革|经信|工信|工业和信息化|科技|教育|教体|公安|交警|民政|司法|财政|人社|人力社保|人力资源社会保障|编制"
    "|自然资源|国土资源|国土|规划|生态环境|环保|住建|住房城乡建设|城管|城市管理|综合执法|交通|交通运输|公路|水利|水务|农业|农业农村"
    "|农牧|畜牧|林业|林草|园林|商务|文旅|文化|文化和旅游|旅游|体育|文体|广电|卫健|卫生健康|卫生|疾控|计生|人口计生|新闻出版|工商|工商管理|质监|质量技术监督|房管|安监|退役军人|应急|应急管理|消防|审计"
    "|国资|统计|医保|医疗保障|市场监管|金融|信访|税务|气象|海事|海关|供销|残联|妇联|工会|共青团|乡村振兴|扶贫|宣传|组织|统战|政法|网信"
    "|大数据|数据|民宗|粮食|档案|邮政|供电|电力|电信|移动|联通|铁塔|烟草)"
)
"""What bureaus and firms are called without their ends, where several are said to be such: 县住建、交通、公安等部门."""
_SHORT_NAME = re.compile(_SHORT)
_RANK = re.compile("[省市县区州旗]")
_BODY = re.compile(
    rf"{_TOWNS}|{_TOGETHER}|{_MASS}|{_SHORT}(?:主管)?部门|(?!以下|简称|牵头|责任|配合|[含原即如])[\u4e00-\u9fff·“”0-9]{{1,26}}(?:{_BODY_ENDS})"
)
EACH = "各|[0-9一二三四五六七八九十]{1,3}个"
"""Before a kind of which all are meant: 各街道, 13个街道."""
_EACH = re.compile(EACH)
_AND_ALL = re.compile("[、和及与/ ]")
"""What parts the kinds of which all are meant: 各乡镇、街道."""
_IN_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜"
    "范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文欧"
)
_PERSON = re.compile(rf"[{_SURNAMES}](?:[\u4e00-\u9fff]{{1,2}}|某某?|[×X*]{{1,2}})(?:同志)?")


def is_body(name: str) -> bool:
    """Whether a name can be that of a unit, what stands in brackets aside: 各镇(街道), 县发改局(县能源局); or that of
    all of several kinds: 各区、县级市.
    """
    name = _IN_BRACKETS.sub("", name)
    first, *others = _AND_ALL.split(name) if _EACH.match(name) else [name]
    return all(_BODY.fullmatch(each) for each in (first, *(f"各{other}" for other in others)))


def is_short(name: str) -> bool:
    """Whether a name is that of a bureau or a firm without its end: 县住建, 公安."""
    return bool(_SHORT_NAME.fullmatch(name))


def is_ranked(name: str) -> bool:
    """Whether a name is that of a bureau without its end, and says of which rank it is: 省新闻出版."""
    return bool(_RANK.match(name)) and is_short(name[1:])


def is_bureau(name: str) -> bool:
    """Whether a name is that of a bureau, a board, a government."""
    return bool(_BUREAU.search(_IN_BRACKETS.sub("", name)))


def is_firm(name: str) -> bool:
    """Whether a name can be that of nothing but a unit; that of a town or a school may be a place."""
    return bool(_FIRM.search(_IN_BRACKETS.sub("", name)))


def is_person(name: str) -> bool:
    """Whether a word is the name of a person (王某), not of a body."""
    return bool(_PERSON.fullmatch(name)) and not (is_body(name) or is_short(name))
