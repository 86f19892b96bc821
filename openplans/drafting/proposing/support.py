"""A figure where it stands -> whether it only tells the terms of a support: who gets it, how much of what, how often.

给予5万元补贴, 按购房金额的80%给予, 同一机构每年最高10万元; 营业收入达到1亿元的，给予…. Such a figure promises nothing
that is to be reached. How many are chosen may be promised all the same (每年遴选不超过20名企业家，给予…), and so is
the money set aside (每年安排资金500万元). Apart from `reasons`, because measures are full of it and plans hold little.
"""

from __future__ import annotations

import re

from openplans.drafting.proposing.place import FigurePlace

_GRANT = "(?:给予|予以|奖励|奖补|补贴|补助|资助|贴息|扶持|返还)"
_PAID_IN = ("元", "%", "倍", "成", "平方米", "㎡", "元/年", "元/项")
_FOR_A_DEED = re.compile(
    "对[^,;。]{2,40}(?:,(?:给予|一次性|按|分别|予以|再)[^,;。]{0,16})?"
    "(?:奖励|奖补|给予[^,;。]{0,8}(?:奖励|补助)|罚款)[^,;。]{0,12}$"
    "|的(?:乡镇|镇街|镇|街道|行政村|村|社区|县区|单位|部门|企业|个人|学校)(?:,|分别|各|每个|每家|一次性|给予)*(?:奖励|奖补|罚款)$"
)
"""对超5万人次的旅行社奖励10万元; 排名前3位的乡镇分别奖励20万元."""
_TO_SOMEONE = re.compile("对[^,;。]{2,40}(?:给予|安排|按)[^,;。]{0,20}$")
_AS_REWARD = re.compile("[^,;。]{0,24}(?:奖励|奖补|奖金|补助|补贴)")
"""对前三名分别给予30万元、20万元奖励."""
_FOR_EACH = re.compile(
    "每[^,;。0-9]{1,6}(?:一次性)?(?:补贴|补助|奖补|奖励|给予)(?:不超过|不高于|最高)?$"
    "|奖[补励]标准[为按]?(?:每[^,;。0-9]{1,4})?$"
)
"""What is paid for each: 每匹补贴5万元, 奖补标准为每村500万元."""
_GIVEN = re.compile("(?<!财政)(?<!财政每年)(?:给予|予以)[^,;。:]{0,30}$")
"""给予每人最高30万元, 分别给予4000元、8000元; what the budget gives each year is set aside."""
_BY_RATE = re.compile("(?:按|参照)[^,;。:]{1,90}$")
_RATE_OF_GRANT = re.compile(
    f"[^,;。]{{0,12}}{_GRANT}|,(?:给予|予以|最高)|[^,;。]{{0,60}}的?(?:标准|比例|额度)[^,;。]{{0,4}}{_GRANT}|[^,;。]{{0,8}}(?:加计扣除|分摊)"
    "|[^,;。]{0,30}(?:确定|计算|计收|收取|征收|核定)"
)
"""按实际购房金额的80%给予, 按博士5万元、硕士3万元的标准给予, 按照100%在税前加计扣除."""
_OF_A_POLICY = re.compile("的?[^,;。0-9]{0,6}政策(?=[,;。]|$)")
"""实施下调工伤保险费率50%的政策."""
_LOOSENED = re.compile("放宽[到至][^,;。]{0,16}$")
"""裁员率放宽到不超过20%: who may get it."""
_SHARED_OUT = re.compile("按照?$")
_OF_A_RATIO = re.compile("的?(?:比例|标准)")
"""政府、企业按照1∶1比例共同出资."""
_PAID_OUT = re.compile("(?:拨付|支付|预付|预留|兑付)(?:(?!率|比例|份额)[^,;。]){0,12}$")
"""拨付至合同金额的85%, 预留3%作为质量保证金; 支付保证金缴存率, 支付比例, 预留份额 are to be reached."""
_AT_MOST = re.compile(
    f"(?:最高|上限)(?:可|能|为|达|至|到|不超过|支持|{_GRANT})*$"
    "|(?:同一|单[个家笔项台部])[^,;。]{0,24}(?:不超过|不高于)$"
    "|(?:奖励|奖补|补贴|补助|资助|扶持|支持)(?:金额|额度|总额|总金额)[^,;。]{0,4}(?:不超过|不高于)$"
)
"""最高300万元, 同一企业每年不高于500万元; where it is a share, the part tells of whose."""
_OFTEN = re.compile(
    "(?:最多|[仅只])(?:可以?|能)?(?:享受|申请|申报|奖励|补贴|补助|资助|支持|扶持)[^,;。]{0,4}$"
    "|(?:各|可)(?:补贴|奖励|申请|申领)[^,;。]{0,16}$|(?:奖励|补贴|补助|资助)的[^,;。]{1,8}(?:不超过|最多)$"
)
"""每家企业仅可享受一次奖励, 最多奖励3个项目, 可申请最高90平方米50%租金补贴的人才住房."""
_CONDITION = re.compile(
    f"(?P<own>[^;。]{{0,80}}?)的[^,;。的]{{0,16}},(?:(?!{_GRANT})[^;。]){{0,60}}?(?:{_GRANT}|拨付|支付|兑现|[^;。]{{0,8}}最高)"
)
"""Behind a figure: 营业收入达到1亿元的，经认定，给予…."""
_ANOTHER = re.compile(f"对|为|每年|力争|确保|{_GRANT}|,[^,]*,[^,]*,")
"""Between a figure and 的, this begins another statement: 建成示范村20个，对达标的村，给予奖励."""
_CHOSEN = re.compile(
    "(?:遴选|评选|选树|选拔|选派|认定|培育|培养|培训|打造|建设|建成|新建|创建|创成|引进|招引|改造|新增|开展|组织|设立|安排|投入|发放|支持|扶持)"
    "(?:不超过|不少于|不低于|至少|最多|约|近|超)?$"
)
"""Before a figure: so many are to be chosen or made, whatever they get."""
_PER_ONE = re.compile(
    "每(?:成功|新)?(?:引进|招收|招引|招聘|培育|培养|增加|新增|建成|建设|新建|认定|创建|获得|吸纳|输送|举办)$"
)
"""每引进1名人才，给予…: the number says for how many each."""
_TERMS = re.compile("(?:门槛|条件|标准)(?:如下|为|是):[^。]*$")
"""“首达标”对应门槛如下：年度营业额200万元以上，…"""
CONDITIONS_FOLLOW = re.compile(
    f"(?:以下|下列|如下)[^,;。:]{{0,6}}(?:条件|情形|标准)[^。;:]*?(?:{_GRANT}|支持)?[^。;:]*:$"
)
"""A line over a list of conditions: 对符合以下条件的企业，给予5万元支持："""


def is_paid(at: FigurePlace) -> bool:
    """Whether a figure is what somebody gets for a deed, a share, or a cap on it: 给予5万元, 最高不超过30%."""
    money = at.figure.unit.endswith("元")
    if at.figure.kind == "ratio" and _SHARED_OUT.search(at.before) and _OF_A_RATIO.match(at.after):
        return True
    if money and _TO_SOMEONE.search(at.sentence) and _AS_REWARD.match(at.after):
        return True
    if money and (_FOR_A_DEED.search(at.sentence) or _FOR_EACH.search(at.before)):
        return True
    if not (at.figure.unit.endswith(_PAID_IN)):
        return False
    if at.figure.unit == "%" and (_PAID_OUT.search(at.before) or _OF_A_POLICY.match(at.after)):
        return True
    by_rate = _BY_RATE.search(at.before) and _RATE_OF_GRANT.match(at.after)
    return bool(_GIVEN.search(at.before) or by_rate or (money and _AT_MOST.search(at.before)))


def is_how_often(at: FigurePlace) -> bool:
    """Whether a figure only says how often, or how many, may get a support."""
    return bool(_OFTEN.search(at.before))


def is_condition(at: FigurePlace) -> bool:
    """Whether a figure tells who gets a support: 营业收入达到1亿元的，给予…; 每引进1名，给予…."""
    if at.figure.value == 1 and _PER_ONE.search(at.before):
        return True
    if _TERMS.search(at.sentence) or _LOOSENED.search(at.before):
        return True
    if _CHOSEN.search(at.before) or not (said := _CONDITION.match(at.after)):
        return False
    return not _ANOTHER.search(said["own"])
