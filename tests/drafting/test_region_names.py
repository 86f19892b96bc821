"""What a document calls its region, by who issued it and by its title."""

from __future__ import annotations

import pytest

from openplans.drafting.cutting import Clause
from openplans.drafting.receiving import FileRefused
from openplans.drafting.region_names import called, missing_regions, romanized


@pytest.mark.parametrize(
    ("code", "issuer", "title", "name"),
    [
        ("130825", "隆化县人民政府", "", "隆化县"),
        ("620702", "张掖市甘州区人民政府办公室", "", "甘州区"),  # the word of a rank in its name
        ("440100", "广州市人民政府办公厅", "", "广州市"),
        ("430781", "津市市人民政府", "", "津市市"),
        ("421003", "荆州市沙市区人民政府", "", "沙市区"),
        ("650104", "乌鲁木齐市新市区人民政府办公室", "", "新市区"),
        ("410702", "新乡市红旗区人民政府", "", "红旗区"),
        ("360704", "赣州市赣县区人民政府", "", "赣县区"),
        ("370402", "枣庄市市中区人民政府", "", "市中区"),
        ("140302", "阳泉市城区人民政府", "", "城区"),
        ("620422", "会宁县人民政府", "", "会宁县"),
        ("450332", "中共恭城瑶族自治县委员会 恭城瑶族自治县人民政府", "", "恭城瑶族自治县"),  # two issuers
        ("371423", "中共庆云县委　庆云县人民政府", "", "庆云县"),
        ("530925", "云南省双江拉祜族佤族布朗族傣族自治县人民政府", "", "双江拉祜族佤族布朗族傣族自治县"),
        ("150722", "莫力达瓦达斡尔族自治旗人民政府", "", "莫力达瓦达斡尔族自治旗"),
        ("222406", "延边朝鲜族自治州和龙市人民政府", "", "和龙市"),
        ("653001", "克孜勒苏柯尔克孜自治州阿图什市人民政府", "", "阿图什市"),
        ("152500", "锡林郭勒盟行政公署", "", "锡林郭勒盟"),
        ("542500", "阿里地区行政公署", "", "阿里地区"),
        ("310115", "上海市浦东新区人民政府", "", "浦东新区"),
        ("429021", "神农架林区人民政府", "", "神农架林区"),
        ("430225103", "炎陵县十都镇人民政府", "", "十都镇"),
        ("330100", "", "杭州市2025年工作要点", "杭州市"),
        ("620702", "张掖市人民政府", "甘州区城乡融合发展方案", "甘州区"),  # a district's plan by its city
        ("440882", "雷州市人民政府", "城乡融合发展示范区建设方案", "雷州市"),
        ("310110", "上海市科学技术委员会 上海市杨浦区人民政府", "", "杨浦区"),
        ("659001", "八师石河子市党委办公室", "", "石河子市"),
        ("620000", "甘肃省人民政府办公厅", "", "甘肃省"),
    ],
)
def test_a_region_is_called_as_its_government_is(code: str, issuer: str, title: str, name: str) -> None:
    assert called(code, issuer, title) == name


@pytest.mark.parametrize(
    ("code", "issuer", "title"),
    [
        ("320100", "", "关于促进南京市发展的意见"),  # begins with no place
        ("532900", "", "大理州市场主体培育行动方案"),  # not its full name
        ("620702", "甘肃省人民政府", ""),  # a province, and the code of a county
        ("310110", "上海市人民政府", ""),
        ("440112", "", "广州开发区（黄埔区）促进人才高质量发展的政策措施"),  # none of GB/T 2260
    ],
)
def test_what_nobody_says_is_asked_for(code: str, issuer: str, title: str) -> None:
    with pytest.raises(FileRefused):
        called(code, issuer, title)


@pytest.mark.parametrize(
    ("name", "pinyin"),
    [
        ("安吉县", "Anji"),
        ("赵县", "Zhaoxian"),
        ("甘州区", "Ganzhou"),
        ("阿里地区", "Ali"),
        ("恭城瑶族自治县", "Gongcheng"),
        ("双江拉祜族佤族布朗族傣族自治县", "Shuangjiang"),
        ("博尔塔拉蒙古自治州", "Boertala"),
        ("东乡族自治县", "Dongxiang"),  # named after its people
        ("白沙黎族自治县", "Baisha"),
        ("三都水族自治县", "Sandou"),
        ("彭水苗族土家族自治县", "Pengshui"),
        ("土默特右旗", "Tumoteyou"),
    ],
)
def test_the_pinyin_of_a_name_is_without_its_rank(name: str, pinyin: str) -> None:
    assert romanized(name) == pinyin


@pytest.mark.parametrize(
    ("code", "name", "line", "rows"),
    [
        (
            "620702",
            "甘州区",
            "张掖市甘州区人民政府办公室关于印发方案的通知",
            {"620000": "甘肃省", "620700": "张掖市", "620702": "甘州区"},
        ),
        ("430225103", "十都镇", "炎陵县十都镇人民政府", {"430225": "炎陵县", "430225103": "十都镇"}),
        ("230826", "桦川县", "推动佳木斯市桦川县发展", {"230800": "", "230826": "桦川县"}),  # no name of a government
        ("310115", "浦东新区", "上海市浦东新区人民政府", {"310000": "上海市", "310115": "浦东新区"}),
        ("429021", "神农架林区", "神农架林区人民政府", {"420000": "湖北省", "429021": "神农架林区"}),
    ],
)
def test_superiors_are_called_as_the_document_calls_them(code: str, name: str, line: str, rows: dict[str, str]) -> None:
    found = missing_regions(code, name, [Clause("paragraph", line)], {"430000", "430200", "230000"})
    assert {row["region_code"]: row["name_zh"] for row in found} == rows
