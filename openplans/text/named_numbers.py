"""Where a numeral is part of a name, an ordinal or a saying, and counts nothing: 5G, PM2.5, 一带一路, 第20次, 千家万户.

Comes in: folded text. Goes out: the places of such names. Apart, because what is left over is what a document promises
or reports, and a name too many here would pass a promise over: only what is sure stands here. Every repetition in the
patterns is bounded, so that the time grows with the text only.
"""

from __future__ import annotations

import re

from openplans.text.numerals import CHINESE_DIGITS

_HAN = "[\u4e00-\u9fff]"
_CN = f"[{CHINESE_DIGITS}十百千万亿]"
_SOME = _CN + "{1,12}"
_DIGITS = "[0-9]{1,8}"
_DECIMAL = r"[0-9]{1,8}(?:\.[0-9]{1,8})?"
_ALONE = "(?<![0-9.])"
"""No digit before: the number is whole."""

_LATIN_UNIT = (
    r"(?:k?Wh|MWh|GWh|TWh|kW|MW|GW|kV|V|kVA|MVA|kWp|MWp|Mbps|Gbps|[kMG]?Hz|M|[kmc]?m[23]?|mm|kg|g|mg|t|L|mL|ml|dB|[TGP]B|P|E?Flops|PFlops|[TPE]FLOPS)"
    r"(?![A-Za-z0-9])"
)

_KINDS = {
    "web addresses": "(?:https?://|www[.])[!-~]{1,400}",
    "files, by their path or by the digest that they are called by": (
        "[A-Za-z0-9_.%-]{1,80}(?:/[!-.0-~]{1,200}){1,8}[.](?:pdf|docx?|xlsx?|html?|jpg|png)|(?<![0-9A-Za-z])[0-9a-f]{24,64}(?![0-9A-Za-z])"
    ),
    "numbers of standards: GB 3838—2002, DB33/T 1234": (
        r"(?<![0-9A-Za-z])(?:GB|DB|CJJ?|JGJ|HJ|NY|SL|LY|ISO|IEC)[0-9]{0,4}(?:/[TZ])? ?[0-9]{2,6}(?:\.[0-9]{1,3})?"
        "(?: ?[-\u2014]{1,2} ?(?:19|20)[0-9]{2})?(?![0-9])"
    ),
    "letters and digits: PM2.5, G320, IPv6, COVID-19; m3 behind a number is a measure": (
        r"(?!(?<=[0-9 万亿])[kmc]?m[23](?![A-Za-z0-9]))"
        r"[A-Za-z]{1,12}[-.]?[0-9]{1,6}(?:\.[0-9]{1,4}){0,3}(?![0-9.]{0,9}[0-9%\u2030]| ?[万亿个家元])[A-Za-z]{0,12}"
    ),
    "digits and letters: 5G, 4A级, 415X; 500kV is a measure": (
        _ALONE + rf"{_DIGITS}(?!{_LATIN_UNIT})[A-Za-z][A-Za-z0-9]{{0,12}}"
    ),
    "formulas: 1+3+N, 9+X": _ALONE + r"(?:[0-9]{1,2}|[NX])(?:\+(?:[0-9]{1,2}|[A-Z])){1,6}(?![0-9.%])",
    "numbers of documents: 〔2023〕37号, (2023)5号": (
        rf"[〔(\[【\uff3b][12][0-9]{{3}}[〕)\]】\uff3d] ?第?{_DIGITS} ?号?"
    ),
    "numbers of things: 3号楼, 地铁1号线, 320国道": (rf"(?<![月0-9.]){_DIGITS} ?(?:号(?![召称])|国道|省道|县道|乡道)"),
    "numbers of indicators: 指标1、3为约束性": (
        "(?<=指标|序号|编号) ?[0-9]{1,2}(?:[、,和][0-9]{1,2}){0,9}(?=[为是属均系])"
    ),
    "units of rates, alone in brackets or a cell: (1/10万)": "(?<=[(\\[\u3000])1 ?/ ?10{0,3}[百千万](?=[)\\]\u3000])",
    "numbered annexes: 附件3, 专栏2": (
        rf"(?:附件|附表|附录|附图|专栏|(?<!{_HAN})[表图]|(?<=[见如])[表图]) ?{_DIGITS}(?:[-.]{_DIGITS})?"
    ),
    "lists of firms: 世界500强": (
        rf"{_DIGITS}强(?=[企榜县镇区村市和及与、,。;)”》行]|$)|(?<=世界|民企|企业|中国|全国){_DIGITS}强"
    ),
    "lines and schemes called by digits": (
        _ALONE + "(?:985|211|12345|12315|12328|12348|12369|12388|12393|110|119|120|122)"
        "(?=[/、]?(?:高校|大学|院校|工程|热线|政务|平台|急救|指挥|接警|便民|服务|211|985))"
    ),
    "digits alone in quotes: “141”": "(?<=[“\"'‘])[0-9]{1,5}(?=[”\"'’])",
    "round the clock: 7×24小时, 365天×24小时": "(?:7|365) ?天? ?[×xX*] ?24(?: ?小时)?",
    "one for one: 1对1": _ALONE + "(?<!结)[0-9]{1,2}对[0-9]{1,2}(?![0-9个名人])",
    "days called by a dot: 3·15": _ALONE + "[0-9]{1,2}[·•][0-9]{1,2}(?![0-9])",
    "telephones": "(?<![0-9])(?:0[0-9]{2,3}-[0-9]{7,8}|1[3-9][0-9]{9}|[48]00-[0-9]{3}-[0-9]{4})(?![0-9])",
    "versions: 2.0版, 工业4.0": (
        _ALONE + r"[0-9]{1,2}\.[0-9](?=版|时代)|[0-9]\.0(?=[”》]|行动|模式|改革|工程|计划)"
        r"|(?<=工业|制造|级版|改革|行动)[0-9]\.0(?![0-9%])"
    ),
    "circles of so many minutes: 15分钟生活圈": (
        rf"(?:{_DIGITS}|{_SOME}|半) ?[“”\"]?个?(?:分钟|小时)[“”\"]?(?=(?:{_HAN}|、){{0,12}}圈)"
    ),
    "list numbers: 1.推进, (2)加快, 1.2026年目标": (
        r"(?:^|(?<=[。;:!?,]))[ \u3000]{0,4}"
        rf"(?:\([0-9]{{1,2}}\)|[0-9]{{1,2}}(?:[.、](?= ?(?:{_HAN}|[“《]|(?:19|20)[0-9]{{2}} ?年))|\)))"
    ),
    "ordinals: 第20次, 第三产业; a rank in digits is a figure": (
        rf"第 ?(?:{_DIGITS}(?![0-9]| ?[位名])|{_SOME})(?:[\u2014~至到、-]第? ?(?:{_DECIMAL}|{_SOME}))?"
    ),
    "congresses: 二十届三中全会, 十三届二次全会, 市六届人大七次会议": (
        rf"{_SOME}届{_HAN}{{0,8}}?{_SOME}次(?:全体|常务|扩大){{0,2}}(?:会议|全会)"
        rf"|{_CN}{{1,3}}次(?=(?:、{_CN}{{1,3}}次){{0,3}}全会)"
        rf"|{_SOME}届(?:{_SOME}[次中](?:全会)?)?(?:[、和]{_CN}{{1,3}}中){{0,3}}"
    ),
    "sports: 冬季两项, 铁人三项": "(?<=冬季)两项|(?<=现代)五项|(?<=铁人)三项|[七十]项(?=全能)",
    "rates after so many years: 五年生存率": "(?:[一三五十]|[0-9]{1,2}) ?年(?=(?:相对)?(?:生存|存活|保存|留存)率)",
    "five-year plans: 十四五": '[“"]?十[一二三四五六七]五(?:[”"]|(?=[时规期初末以]))',
    "denominators: 每千人口, 每10万人": (
        rf"每 ?(?:{_DECIMAL}(?:[\u2014~至到-]{{1,2}}{_DECIMAL})? ?[十百千万亿]{{0,4}}|{_SOME})[余多]?"
        "(?:常住|户籍|服务|劳动力|老年|农业|就业|在校)?(?:人口|居民|人|名|家|户|亩|位|辆|元|吨|件|床|平方公里|平方米|公里|个(?![月小季工百]))"
    ),
    "denominators without 每: 千人托位数, 十万人死亡率": (
        rf"(?<!{_CN})(?:[百千万]|[十百千]万)(?:人(?=口|均|拥有|托位|床位|医[师生护]|专利|执业|注册|发明|常住|指标)|户(?=均|拥有))"
        rf"|(?<!{_CN})[十百千]?[万亿]人口?(?={_HAN}{{0,10}}(?:死亡|伤亡|发生|发病|患病|感染|报案)率)"
    ),
    "the same one: 同一家企业, 同一部作品": "(?<=同)一[家部个项名位户件]",
    "pairs of ones: 一带一路, 一县一策, 一件事一次办": rf"一(?:(?!个){_HAN}){{1,2}}一(?:个(?=[^月])|{_HAN})",
    "sayings with two scales: 千家万户, 百县千品, 万亩千亿, 成千上万": (
        rf"[百千万十]{_HAN}{{1,2}}[百千万亿][户村企品镇店园乡苗策水山里上城岗校](?!以)|[百千万][亩链项企园][百千万]亿"
        "|[百千万][亩吨人户家村][百千万][亩吨人户家村](?!以)|[百千万]亩(?=[方片区田])"
        "|成[百千]上[千万]|数以[百千万亿]{1,4}计|一成不变"
    ),
    "bodies of so many: 百人队, 千人大会": "[十百千万]人(?=队|团|大会|会场|合唱|讲师团)",
    "a clock behind a day: 2025-02-18 09:20": "(?<=[-/][0-9]{2}) [0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?![0-9:])",
    "doubles: 双百, 双千": "双[十百千万亿]{1,4}",
    "programmes called by a round number: 百家农业主体提升工程, 千人计划": (
        rf"(?<![0-9上近超过十百千万亿{CHINESE_DIGITS}])[十百千万]{{1,4}}[名家个户人条亩支场项村所](?!以[上下内])"
        rf"(?:(?!实施|开展|推进|列入|纳入|参与|参加|投入){_HAN}){{0,10}}?(?:工程|行动|计划|大赛|大会战)"
    ),
    "programmes called by an amount: 千亿斤粮食产能提升行动": (
        rf"(?<![0-9上近超过十百千万亿{CHINESE_DIGITS}])[十百千万亿]{{1,4}}(?:斤|吨|公里|千瓦|立方米)(?!以[上下内]|级)"
        rf"(?:(?!实施|开展|推进|列入|纳入|参与|参加|投入){_HAN}){{0,12}}?(?:工程|行动|计划|项目区)"
    ),
    "sayings that begin with one: 一张蓝图, 一盘棋": (
        rf"(?<!{_CN})一(?:张(?=蓝图|底图)|盘棋|条心|本账|竿子|揽子|股劲|支笔|门心思|把(?=手(?!术)|尺子|抓|钥匙)|件接着)"
    ),
    "policies called by their articles: 稳经济三十条": (
        rf"{_CN}{{0,8}}[十百]{_CN}{{0,8}}条(?=政策|措施|意见|举措|硬措施|新政|[”》])"
        rf"|(?<=[策政济业企才新商])(?:{_CN}{{0,8}}十{_CN}{{0,8}}|{_DIGITS})条"
    ),
    "sayings that count with 个: 四个意识": (
        rf"{_CN}个(?=维护|确立|意识|自信|全面|先行|一批|一百年|健康|毫不动摇|最严|务必|转变|振兴|坚持|服务|伟大|面向|不变"
        "|不能|相|更加|一(?![0-9])|关键词)"
    ),
    "spells of long standing: 百年名校, 千年古城, 百岁老人, 百日攻坚; schools of nine years: 九年一贯制": (
        rf"(?:[0-9]{{1,2}}|{_CN}{{1,3}})年(?=一贯制)|"
        "(?:两个)?(?:一百|[百千万])年(?!以)|百岁(?=老人|寿星)|百日(?=攻坚|行动|会战|竞赛|大战|冲刺|整治)"
    ),
    "all round: 三百六十度, 三百六十行": "三百六十(?=度|行)|(?<![0-9])360(?=度|行)",
    "errands and inspections: 最多跑一次, 只跑一趟, 综合查一次": "(?<=跑)一(?:次|趟|地)|(?<=综合查)一次",
    "villages called by miles: 二十里铺": f"{_SOME}里(?=[铺堡店河桥庙墩镇乡])",
    "places called by what once stood there: 四家子镇, 三道沟村, 五间房街道": (
        rf"{_CN}{{1,2}}(?:家|户|间|座|道|棵|块|口|面|条)(?:(?:营|铺|沟|岭|堡|台|桥)?[子铺店台沟河坝桥楼房营坪湾庄屯堡岭坡洼窑井树梁滩湖])"
        "(?=镇|乡|村|街道|社区|水库)"
    ),
    "once and again: 一次性, 三次产业, 二次供水": (
        rf"(?<!{_CN})[一二两三](?:次(?=产业|性|供水|创业|分配|污染|加压|办|能源|利用|开发|元|委托|申请|评估|申报|告知|会议|网"
        "|(?:验收|交验|交付|抽检|检测|检验)?(?:合格|通过|达标|成功|成活)率)"
        "|元(?=结构|体制|分割|对立)|条(?=龙|心|街|例)|家(?=亲|人)|项(?=一项)|个(?=窗口|样|[主重]要|有机|时期|阶段))|(?<=城乡)二元"
    ),
    "quoted words without a digit, but not “百亿产业”: “三个年”, “平阳五个鲜”": (
        rf"“(?![^“”]{{0,3}}{_SOME}[元万亿](?:元|级|产|村|工|强|企|俱)?)"
        "(?![^“”]{0,14}(?:分之|百分百|以上|以下|以内|半数|一半))[^“”0-9%]{1,16}”"
    ),
    "times of the day: 8:30-17:30": (
        r"(?<![0-9.:])[0-2]?[0-9]:[0-5][0-9] ?[-\u2014~至] ?[0-2]?[0-9]:[0-5][0-9]"
        "|(?<![0-9.:])[0-2]?[0-9]:00(?![0-9:])"
    ),
}
"""Each kind of name with what it is like; the first that fits a place is taken."""

_BEGIN = rf"(?=[0-9A-Za-z〔(\[【\uff3b第每附专表图双成数半“\"{CHINESE_DIGITS}十百千万亿 \u3000])"
"""What a name can begin with: most places of a text need no closer look."""

_NAMES = re.compile(_BEGIN + "(?:" + "|".join(f"(?:{pattern})" for pattern in _KINDS.values()) + ")")


_STRAIGHT = re.compile('"([^"]*)"')


def name_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Where the names begin and end in a folded text, in order. Straight quotation marks open and close in turn; where
    one is missing, nobody can tell which do what.
    """
    curled = text if text.count('"') % 2 else _STRAIGHT.sub(r"“\1”", text)
    return tuple(match.span() for match in _NAMES.finditer(curled))
