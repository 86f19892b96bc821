"""A figure where it stands -> whether it is of the rules of an assessment: 产业发展占30分, 90分以上为优秀.

Apart from `reasons`, as `support` is, because rules are full of it and plans hold little. 群众满意度达到90分 is a
promise.
"""

from __future__ import annotations

import re

from openplans.drafting.proposing.place import FigurePlace

_POINTS = re.compile("(?:[占扣加减得记计评赋满设]|基[本础]|权重|满分|总分)(?:为|共|计)?$")
_GRADED = re.compile(
    "(?:以[上下])?(?:的)?(?:[^,;。]{0,6})?(?:为|评为|确定为|列为)(?:优|良|合格|不合格|一般|较?差|[一二三四]等)"
)
"""Behind a number of points: 90分以上为优秀等次."""
_SHARE_OF_GRADES = re.compile(
    "(?:优秀|良好|合格|先进)(?:等[次级]|档次)?[\u4e00-\u9fff]{0,4}(?:比例|名额|占比)(?:不超过|不高于|控制在|为|占)?$"
)


def is_score(at: FigurePlace) -> bool:
    """Whether a figure is a number of points, the grade that it is worth, or how many may have a grade."""
    if _SHARE_OF_GRADES.search(at.before):
        return True
    return at.figure.unit == "分" and bool(_POINTS.search(at.before) or _GRADED.match(at.after))
