"""Documents as they come: each format gives the same lines, letter by letter; what is none is refused."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from playwright.sync_api import Browser

from openplans.confined import Overrun
from openplans.drafting import receiving
from openplans.drafting.cutting import Clause, clauses, squeezed
from openplans.drafting.new_plan import new_plan
from openplans.drafting.receiving import FileRefused, Line, Received, receive
from openplans.paths import Paths
from openplans.text.folding import CELL
from tests.conftest import command
from tests.drafting.conftest import DOCUMENTS, TITLE
from tests.drafting.fresh import house

TEXT = (DOCUMENTS / "安溪.txt").read_text(encoding="utf-8")


def received(tmp_path: Path, name: str, data: bytes) -> Received:
    (tmp_path / name).write_bytes(data)
    return receive(tmp_path / name)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "big5"])
def test_plain_text_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    text = "關於印發實施方案的通知\n各鄉鎮人民政府的工作" if encoding == "big5" else TEXT
    assert received(tmp_path, "a.txt", text.encode(encoding)).source.split() == text.split()


def test_a_menu_is_the_pages_and_a_list_of_annexes_the_documents(tmp_path: Path) -> None:
    menu = "<ul><li><a>首页</a></li><li><a>政务公开</a></li></ul>"
    kept = "<ul><li><a>附件1</a></li><li><a>附件2</a></li></ul><ul><li>加强领导</li><li>做好宣传</li></ul>"
    found = received(tmp_path, "a.html", f"<html><body>{menu}<p>{TITLE}</p>{kept}</body></html>".encode())
    assert found.boilerplate == ["首页", "政务公开"]
    assert [line.text for line in found.lines if not line.page][1:] == ["附件1", "附件2", "加强领导", "做好宣传"]


def test_the_title_of_a_page_is_not_joined_to_that_of_the_notice(tmp_path: Path) -> None:
    notice = f"某县人民政府关于印发{TITLE}的通知"
    found = received(tmp_path, "a.txt", f"{TITLE}\n{notice}\n各乡镇：\n".encode())
    assert [clause.text for clause in clauses(found.lines, TITLE)][:2] == [TITLE, notice]


FLOW = """— 1 —
某县人民政府文件
一、主要目标
到2026年末，粮食综合生产能力稳定在26亿斤以上，高
标准农田占耕地比重提高到58%，村级集体经济总收入达到
1.6亿元，秸秆综合利用率达到96%。到2028年末，粮食综合
生产能力达到27.5亿斤，黑土地保护利用面积达到160万亩以
— 2 —
上，城乡居民收入倍差控制在1.4以内。
二、重点任务
1.提高服务水平。行政村卫生室标准化率每年都达到
95%，乡镇卫生院中医诊疗量占比达三成，农村特困人员集
中供养床位增加120张。
2.加强领导。"""


def test_a_text_copied_from_a_pdf_has_its_lines_joined_over_the_numbers_of_sheets(tmp_path: Path) -> None:
    found = received(tmp_path, "a.txt", FLOW.encode())
    assert found.boilerplate == ["— 1 —", "— 2 —"]
    texts = [clause.text for clause in clauses(found.lines, TITLE)]
    assert [text[:4] for text in texts] == ["某县人民", "一、主要", "到202", "二、重点", "1.提高", "2.加强"]
    assert (
        texts[2].endswith("达到160万亩以上，城乡居民收入倍差控制在1.4以内。") and "标准化率每年都达到95%，" in texts[4]
    )


COPIED = """专栏 1 主要指标
类别 序号 指标 2020 年 2025 年 年均增速 属性
经济发展 1 地区生产总值（亿元） 62 80 5.2% 预期性
2 每千人口拥有 3 岁以下婴幼儿
托位数（个） 3.2 4.5 〔1.3〕 预期性
绿色发展 3 森林覆盖率（%） 54 ≥55 〔1〕 约束性
注：〔〕内为五年累计数。
各单位 要 抓好 目标 落实。
附件 2 项目表
序号  项目名称  建设内容  总投资（万元）  责任单位
1  城北水厂  新建水厂 1 座，管网
20 公里  5200  县水利局、县
财政局
2  城南水厂  新建水厂 1 座  3200  县水利局"""


def test_a_table_copied_from_a_pdf_has_its_rows_put_together(tmp_path: Path) -> None:
    """Cells are parted by blanks, some of them broken over lines; what only looks like a head is text."""
    found = received(tmp_path, "a.txt", COPIED.encode())
    assert [line.text for line in found.lines if line.row] == [
        "类别　序号　指标　2020年　2025年　年均增速　属性",
        "经济发展　1　地区生产总值（亿元）　62　80　5.2%　预期性",
        "　2　每千人口拥有3岁以下婴幼儿托位数（个）　3.2　4.5　〔1.3〕　预期性",
        "绿色发展　3　森林覆盖率（%）　54　≥55　〔1〕　约束性",
        "序号　项目名称　建设内容　总投资（万元）　责任单位",
        "1　城北水厂　新建水厂 1 座，管网20 公里　5200　县水利局、县财政局",
        "2　城南水厂　新建水厂 1 座　3200　县水利局",
    ]
    assert found.source.split() != [] and "".join(found.source.split()) == "".join(COPIED.split())


def test_lines_with_blanks_are_no_table(tmp_path: Path) -> None:
    text = "目标 任务 内容 时限\n第一 项 工作\n第二 项 工作 完成 时间\n到 2025 年 建成 园区 5 个\n"
    assert not any(line.row for line in received(tmp_path, "a.txt", text.encode()).lines)


def test_blanks_inside_brackets_part_no_cells(tmp_path: Path) -> None:
    lines = ["1.修路。（牵头单位：甲局　责任单位：乙局）", "2.造林。【牵头单位：丙局　责任单位：丁局】"]
    found = received(tmp_path, "a.txt", "\n".join(lines).encode())
    assert [(line.text, line.row) for line in found.lines] == [(line, False) for line in lines]


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        (["推广适宜机械化的技术，优化完善各类作物的生产模式和操作规范，选育或引进2-3", "个品种。"], 1),
        (["县农业农村局、县水利局、", "县财政局负责。"], 1),
        (["完善操作规范（包括播种、", "收割）。"], 1),
        (["县农业农村局、县水利局、", "　　县财政局负责。"], 2),
        (["完善操作规范，", "（二）选育品种。"], 2),
        (["某县三年行动计划2025", "本县实际如下。"], 2),
    ],
)  # fmt: skip
def test_a_line_that_ends_inside_a_sentence_goes_on(tmp_path: Path, lines: list[str], count: int) -> None:
    found = clauses(received(tmp_path, "a.txt", "\n".join(lines).encode()).lines, "无")
    assert [each.text for each in found] == (["".join(lines)] if count == 1 else [each.strip("　") for each in lines])


CARD = """索 引 号：\t000014349/2025-00061
主题分类：劳动、人事、监察\\劳动就业
发文机关：
某县人民政府办公室
成文日期：2025年07月03日
标　　题：某县行动计划

发文字号：某政办发〔2025〕25号
正文
"""


def test_the_card_of_a_site_is_none_of_the_document(tmp_path: Path) -> None:
    found = received(tmp_path, "a.txt", f"{CARD}{TEXT}".encode())
    assert found.boilerplate == [line.strip() for line in CARD.splitlines() if line.strip()]
    assert [line.text for line in found.lines if not line.page and line.text] == [
        line for line in TEXT.splitlines() if line
    ]


NOTICE = "某县人民政府办公室关于印发某县行动计划的通知"


@pytest.mark.parametrize(
    "card",
    [
        f"返回顶部\n\n{NOTICE}\n\n  • 索引号:\n\n    6107/2024-001005\n  • 主题分类:\n\n  • 发文机构:\n\n    县政府网\n"
        "  • 内容概述:\n",
        "首页 > 政务公开\n索引号\t0114/2024-8\t主题分类\t农业、畜牧业\n发布机构\t某县人民政府\t成文日期\t2025-03-12\n"
        "统一编号\tYF-3\t有效性\t有效\n",
        "新闻详情\n",
        "来源：某局\n日期：2025-03-04\n牵头单位：组织部\n文件状态：有效\n链接：https://www.example.gov.cn/a\n---\n政策全文\n",
    ],
)
def test_a_card_as_it_is_copied_from_a_browser_is_the_pages(tmp_path: Path, card: str) -> None:
    below = (
        "2022-05-19 14:17\n浏览量：1023 字体：大 中 小\n来源：本网  发布时间：2025-03-18 09:32:11  【字体：大 中 小】\n"
    )
    text = f"{card}{NOTICE}\n{below}\n各镇人民政府：\n现印发给你们。\n一、目标\n新增床位500张。\n"
    found = received(tmp_path, "a.txt", text.encode())
    kept = [line.text.strip() for line in found.lines if not line.page and line.text.strip()]
    assert kept == [NOTICE, "各镇人民政府：", "现印发给你们。", "一、目标", "新增床位500张。"]


def test_a_page_that_was_pasted_into_a_word_file_is_told_from_its_document(tmp_path: Path) -> None:
    file = docx.Document()
    for line in ("首页 > 政务公开", "某县计划", "2022-05-19 14:17", "新增床位500张。", "扫一扫在手机打开当前页"):
        file.add_paragraph(line)
    file.save(tmp_path / "a.docx")
    found = receive(tmp_path / "a.docx")
    assert found.boilerplate == ["首页 > 政务公开", "2022-05-19 14:17", "扫一扫在手机打开当前页"]


def test_what_leads_away_behind_a_document_is_the_pages(tmp_path: Path) -> None:
    away = [
        "附件下载：",
        "某政办〔2025〕3号.pdf",
        "来源：某日报",
        "责任编辑：张三",
        "相关解读",
        "网站地图 | 联系我们 | 关于本站",
    ]
    foot = "主办：某县人民政府办公室　承办：某县信息中心"
    text = "\n".join(["某县计划", "新增床位500张。", *away, foot, "鄂ICP备05021233号", ""])
    assert received(tmp_path, "a.txt", text.encode()).boilerplate == [*away, foot, "鄂ICP备05021233号"]


@pytest.mark.parametrize(
    "line",
    [
        "附件：清单.pdf",  # the document says what it has
        "主办单位：县农业农村局　承办单位：县畜牧站",
        "名称：某园区 有效期：3年",
        "来源：县统计局2025年公报的第三张表，口径与省一致",
        "解读政策、宣讲文件500场次。",
    ],
)
def test_what_ends_a_document_is_its_own(tmp_path: Path, line: str) -> None:
    found = received(tmp_path, "a.txt", f"某县计划\n新增床位500张。\n{line}\n鄂ICP备05021233号\n".encode())
    assert found.boilerplate == ["鄂ICP备05021233号"]


def test_the_marks_of_markdown_are_taken_out_and_told(tmp_path: Path) -> None:
    rows = "| 指标 | 单位 | 2027年 |\n|---|:--:|---|\n| 床位 | 张 | > 85 |\n| 学位 | 个 | 90 |\n"
    text = f"# 某县计划\n\n## 一、目标\n\n{rows}\n"
    text += "**牵头单位：**县民政局\n\n1\\. 新增**床位**500张。\n*县教育局，县财政局\n> 85\n"
    found = received(tmp_path, "a.md", text.encode())
    assert [line.text for line in found.lines if line.text] == [
        "某县计划",
        "一、目标",
        "指标　单位　2027年",
        "床位　张　> 85",
        "学位　个　90",
        "牵头单位：县民政局",
        "1. 新增床位500张。",
        "*县教育局，县财政局",  # the document's own star
        "> 85",
    ]
    assert [each.text for each in found.left_out] == ["×6"] and not found.boilerplate


def test_lines_cut_at_one_width_are_joined_where_most_are_short(tmp_path: Path) -> None:
    long = "实施农村饮水安全巩固提升工程，维修养护农村供水工程四十五处，让受益的人口达到三点六万人，集中供水率97%以上"
    lines = ["某县计划"]
    for number in "一二三四":
        whole = f"{number}、{long}。"
        lines += [whole[:28], whole[28:], "主责单位：县水务局", "协办单位：县财政局", "完成时限：10月底"]
    cut = clauses(received(tmp_path, "a.txt", "\n".join(lines).encode()).lines, "某县计划")
    assert [each.text for each in cut if each.number] == [f"{number}、{long}。" for number in "一二三四"]


def test_a_title_behind_the_last_label_of_a_card_is_the_documents(tmp_path: Path) -> None:
    text = f"索引号：\n0114/2024-8\n发文机构：\n县政府\n内容概述：\n{NOTICE}\n一、目标\n新增床位500张。\n"
    found = received(tmp_path, "a.txt", text.encode())
    assert [line.text for line in found.lines if not line.page] == [NOTICE, "一、目标", "新增床位500张。"]


def test_what_only_looks_like_a_card_is_the_documents(tmp_path: Path) -> None:
    text = "标题：某县行动计划\n来源：某县\n一、目标\n文号：另定。\n名称：某园区\n"
    assert received(tmp_path, "a.txt", text.encode()).boilerplate == []


@pytest.mark.parametrize("line", ["更新时间: 2026-01-26 11:25:36", "发布日期：2026年1月26日", "成文日期：2026-1-6"])
def test_a_date_of_the_page_is_none_of_the_document(tmp_path: Path, line: str) -> None:
    assert received(tmp_path, "a.txt", f"{TEXT}\n{line}\n".encode()).boilerplate == [line]


@pytest.mark.parametrize(
    "line", ["完成时间：2026年1月26日前", "2026年1月26日", "更新时间：2026年1月26日由县财政局公布"]
)
def test_a_date_of_the_document_is_kept(tmp_path: Path, line: str) -> None:
    assert received(tmp_path, "a.txt", f"{TEXT}\n{line}\n".encode()).boilerplate == []


A_LINE_A_CELL = """表1 主要指标

序号

指  标

2025年

属性

1

亿元产值事故死亡率

下降33%

约束性

2

重特大事故起数

下降20%

约束性
"""


@pytest.mark.parametrize(
    "behind",
    [
        "体制机制更加完善。各级的职责划分得更清楚，应对事故的能力明显提高，群众的安全感不断增强。",
        "（二）分类目标", "第三章 主要任务", "注：下降的都与2020年相比。", "表2 支撑指标",
    ],
)  # fmt: skip
def test_a_table_with_a_line_a_cell_ends_where_text_goes_on(tmp_path: Path, behind: str) -> None:
    text = f"{A_LINE_A_CELL}\n\n{behind}\n"
    lines = received(tmp_path, "a.txt", text.encode()).lines
    assert [line.text for line in lines if line.row] == [
        "序号　指 标　2025年　属性", "1　亿元产值事故死亡率　下降33%　约束性", "2　重特大事故起数　下降20%　约束性",
    ]  # fmt: skip
    assert [line.text for line in lines if line.text and not line.row] == ["表1 主要指标", behind]


def test_of_two_tables_with_a_line_a_cell_each_has_its_rows(tmp_path: Path) -> None:
    lines = received(tmp_path, "a.txt", (A_LINE_A_CELL * 2).encode()).lines
    assert [line.text[:1] for line in lines if line.text] == ["表", "序", "1", "2"] * 2


@pytest.mark.parametrize("number", ["第一条", "（一）", "一、", "第二章", "附件1"])
def test_a_number_and_a_blank_before_its_text_are_no_cells(tmp_path: Path, number: str) -> None:
    lines = [f"　　{number}　每两年举办一次。", f"　　{number}　另定。"]
    found = received(tmp_path, "a.txt", "\n".join(lines).encode())
    assert not any(line.row for line in found.lines)


@pytest.mark.parametrize("sheet", ["12", "— 7 —"])
def test_a_number_alone_that_does_not_count_on_is_the_documents(tmp_path: Path, sheet: str) -> None:
    assert received(tmp_path, "a.txt", f"{TEXT}\n— 3 —\n{sheet}\n".encode()).boilerplate == []


def test_short_lines_of_a_text_are_paragraphs_of_their_own(tmp_path: Path) -> None:
    lines = [
        "各乡镇人民政府，县直各单位",
        *(f"加强第{each}项工作的组织领导" for each in "一二三四五六"),
        "特此通知" * 30,
    ]
    found = received(tmp_path, "a.txt", "\n".join(lines).encode())
    assert [clause.text for clause in clauses(found.lines, TITLE)] == lines


@pytest.mark.parametrize("mark", ["\r\n", "\r"])
def test_windows_line_ends_are_no_part_of_the_text(tmp_path: Path, mark: str) -> None:
    assert received(tmp_path, "a.txt", TEXT.replace("\n", mark).encode()).source.split() == TEXT.split()


def test_a_web_page_keeps_its_text_and_tells_what_is_the_pages(tmp_path: Path) -> None:
    page = f"""<!DOCTYPE html><html><head><meta charset="gb2312"><title>通知</title><style>p {{}}</style></head><body>
    <nav><a>首页</a> <a>政务公开</a></nav><div>当前位置：首页 &gt; 政策</div><h1>{TITLE}</h1>
    <p>发布日期：2026-03-20 10:11 浏览次数：12</p><p>到2028年，<b>常住人口</b>城镇化率达到58%&nbsp;以上。</p>
    <table><tr><td>序号</td><td>指标</td><td>2028年</td></tr><tr><td>1</td><td>园区<br>产值(亿元)</td><td>380</td></tr></table>
    <script>var a = 1;</script><p style="display:none">看不见</p><div>【打印本页】【关闭窗口】</div>
    <footer>版权所有：某县人民政府</footer></body></html>"""
    found = received(tmp_path, "a.html", page.encode("gb18030"))
    assert [line.text for line in found.lines if not line.page] == [
        TITLE, "到2028年，常住人口城镇化率达到58% 以上。", "序号　指标　2028年", "1　园区产值(亿元)　380",
    ]  # fmt: skip
    assert found.boilerplate == [
        "首页 政务公开", "当前位置：首页 > 政策", "发布日期：2026-03-20 10:11 浏览次数：12", "【打印本页】【关闭窗口】",
        "版权所有：某县人民政府",
    ]  # fmt: skip


def test_word_with_a_table_of_merged_cells(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("一、总体目标")
    table = document.add_table(rows=3, cols=3)
    for row, texts in enumerate((("类别", "指标", "2028年"), ("产业", "产值", "380"), ("", "园区数", "12"))):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    table.cell(1, 0).merge(table.cell(2, 0)).text = "产业"
    document.add_paragraph("二、保障")
    buffer = io.BytesIO()
    document.save(buffer)
    found = received(tmp_path, "a.docx", buffer.getvalue())
    assert [line.text for line in found.lines] == [
        "一、总体目标", "类别　指标　2028年", "产业　产值　380", "　园区数　12", "二、保障",
    ]  # fmt: skip


@pytest.mark.parametrize("number", ["²", "-1", "9" * 5_000])
def test_a_number_of_word_that_is_none_ends_no_draft(tmp_path: Path, number: str) -> None:
    document = docx.Document()
    table = document.add_table(rows=1, cols=1)
    table.cell(0, 0).text = "合计"
    after = OxmlElement("w:gridAfter")
    after.set(qn("w:val"), number)
    table.rows[0]._tr.get_or_add_trPr().append(after)
    document.save(str(tmp_path / "made.docx"))
    assert received(tmp_path, "a.docx", (tmp_path / "made.docx").read_bytes()).lines[0].text.strip() == "合计"


def test_cells_of_word_that_are_merged_over_columns_keep_the_others_in_theirs(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(rows=4, cols=4)
    rows = (
        ("项目清单", "", "", ""),
        ("序号", "项目", "目标值", ""),
        ("", "", "2026年", "2027年"),
        ("合计", "", "5", "8"),
    )
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    for first, last in (((0, 0), (0, 3)), ((1, 2), (1, 3)), ((3, 0), (3, 1))):
        text = table.cell(*first).text
        table.cell(*first).merge(table.cell(*last)).text = text
    before = OxmlElement("w:gridBefore")
    before.set(qn("w:val"), "2")
    short = table.rows[2]._tr
    for cell in short.tc_lst[:2]:
        short.remove(cell)
    short.get_or_add_trPr().append(before)
    document.save(str(tmp_path / "made.docx"))
    found = received(tmp_path, "a.docx", (tmp_path / "made.docx").read_bytes())
    assert [(line.text, line.row) for line in found.lines] == [
        ("项目清单", False), ("序号　项目　目标值　", True), ("　　2026年　2027年", True), ("合计　　5　8", True),
    ]  # fmt: skip


BOX = """<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
  xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:AlternateContent>
  <mc:Choice Requires="wps"><w:drawing><w:txbxContent><w:p><w:r><w:t>专栏1 目标</w:t></w:r></w:p>
    <w:p><w:r><w:t>新建水厂5座。</w:t></w:r></w:p></w:txbxContent></w:drawing></mc:Choice>
  <mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>专栏1 目标</w:t></w:r></w:p>
    <w:p><w:r><w:t>新建水厂5座。</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"""


def test_a_text_box_of_word_follows_its_paragraph_once_line_by_line(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("一、总体目标")._p.append(parse_xml(BOX))
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "指标", "说明："
    table.cell(0, 1).paragraphs[0]._p.append(parse_xml(BOX))
    document.save(str(tmp_path / "made.docx"))
    found = received(tmp_path, "a.docx", (tmp_path / "made.docx").read_bytes())
    assert [line.text for line in found.lines] == [
        "一、总体目标", "专栏1 目标", "新建水厂5座。", "指标　说明：专栏1 目标 新建水厂5座。",
    ]  # fmt: skip


def test_word_prints_automatic_numbers(tmp_path: Path) -> None:
    document = docx.Document()
    for text in ("加强领导", "强化保障"):
        document.add_paragraph(text, style="List Number")
    buffer = io.BytesIO()
    document.save(buffer)
    assert [line.text for line in received(tmp_path, "a.docx", buffer.getvalue()).lines] == ["1.加强领导", "2.强化保障"]


def pdf(lines: list[str]) -> bytes:
    """The smallest PDF that prints some lines of ASCII, or none."""
    shown = " ".join(f"BT /F1 12 Tf 72 {720 - 20 * place} Td ({line}) Tj ET" for place, line in enumerate(lines))
    bodies = [
        "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(shown)}>>\nstream\n{shown}\nendstream", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]  # fmt: skip
    text, places = "%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(text))
        text += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"trailer<</Size 6/Root 1 0 R>>\nstartxref\n{len(text)}\n%%EOF"
    return f"{text}xref\n0 6\n0000000000 65535 f \n{table}{trailer}".encode()


def test_a_pdf_with_text_is_read_and_its_sheets_numbers_are_told(tmp_path: Path) -> None:
    found = received(tmp_path, "a.pdf", pdf(["Implementation plan of the county", "- 1 -"]))
    assert [line.text for line in found.lines] == ["Implementation plan of the county"] and found.dropped == ("- 1 -",)


def test_a_pdf_that_a_browser_printed(tmp_path: Path, browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(
        "<h1>实施方案</h1><p>到2028年，城镇化率达到58%以上。"
        + "全面推进城乡融合发展。" * 12
        + "</p><style>p { text-indent: 2em } td { border: 1px solid }</style>"
        "<table><tr><td>指标</td><td>2028年</td></tr><tr><td>产值(亿元)</td><td>380</td></tr></table><p>完</p>"
    )
    found = received(tmp_path, "a.pdf", page.pdf())
    page.close()
    assert [clause.text for clause in clauses(found.lines, "实施方案")] == [
        "实施方案",
        "到2028年，城镇化率达到58%以上。" + "全面推进城乡融合发展。" * 12,
        "指标　2028年",
        "产值(亿元)　380",
        "完",
    ]


def test_a_signature_at_the_right_edge_of_a_pdf_is_of_two_lines(tmp_path: Path, browser: Browser) -> None:
    page = browser.new_page()
    lines = "<p>全面推进城乡融合发展，缩小城乡差距。</p><p class=r>某县人民政府</p><p class=r>2026年1月16日</p>"
    page.set_content("<style>.r { text-align: right }</style>" + lines)
    found = received(tmp_path, "a.pdf", page.pdf())
    page.close()
    assert [(clause.kind, clause.text) for clause in clauses(found.lines, TITLE)][1:] == [
        ("signature", "某县人民政府"),
        ("signature", "2026年1月16日"),
    ]


def test_the_menu_and_the_foot_of_a_page_are_the_pages(tmp_path: Path) -> None:
    menu, foot = "首页 政务公开 办事服务", "主办：某县人民政府 承办：某县人民政府办公室 版权所有 鄂ICP备05021233号"
    page = f"<div>{menu}</div><p>首页要突出政务公开 办好服务</p><div>{foot}</div>"
    assert received(tmp_path, "a.html", page.encode()).boilerplate == [menu, foot]


def test_links_on_a_line_are_a_menu_and_a_row_with_an_index_number_is_the_pages(tmp_path: Path) -> None:
    menu = "<div><a>网站首页</a> | <a>政务公开</a> | <a>互动交流</a></div>"
    told = "<table><tr><td>索 引 号</td><td>0114/2026-8</td><td>成文日期</td><td>2026-06-12</td></tr></table>"
    kept = "<p><a>附件1</a> <a>附件2</a></p><p>依据<a>规划</a>和<a>意见</a></p>"
    found = received(tmp_path, "a.html", f"{menu}{told}<p>{TITLE}</p>{kept}".encode())
    assert found.boilerplate == ["网站首页 | 政务公开 | 互动交流", "索 引 号　0114/2026-8　成文日期　2026-06-12"]


def test_the_number_of_a_document_stands_in_the_table_of_its_page(tmp_path: Path) -> None:
    told = "<tr><td>索引号</td><td>0114/2024-12077</td><td>文号</td><td>某政发〔2024〕6号</td></tr>"
    told += "<tr><td>发布机构</td><td>某县人民政府</td><td>发布日期</td><td>2024年04月26日</td></tr>"
    found = received(tmp_path, "a.html", f"<table>{told}</table><p>{TITLE}</p><p>一、目标</p>".encode())
    assert found.boilerplate[0] == "索引号　0114/2024-12077　文号　某政发〔2024〕6号" and len(found.boilerplate) == 2
    made = new_plan("330182", 2026, TITLE, found, house(), title_en="A plan")
    assert '"doc_number": "某政发〔2024〕6号"' in made.files["datapackage.json"]
    assert '"published": "2024-04-26"' in made.files["datapackage.json"]


def test_whom_a_notice_is_sent_to_is_no_part_of_its_title(tmp_path: Path) -> None:
    lines = ("某县人民政府办公室", f"关于印发《{TITLE}》的通知", "各镇人民政府，县级有关部门：", "现印发给你们。")
    found = received(tmp_path, "a.txt", "\n".join(lines).encode())
    assert [clause.text for clause in clauses(found.lines, TITLE)] == [lines[0] + lines[1], *lines[2:]]


def test_a_body_with_a_name_in_quotation_marks_signs(tmp_path: Path) -> None:
    text = f"{TITLE}\n特此通知。\n某县“百千万工程”指挥部\n2025年2月20日\n"
    found = received(tmp_path, "a.txt", text.encode())
    assert [clause.kind for clause in clauses(found.lines, TITLE)][2:] == ["signature", "signature"]


SHEET = "<style>@page { size: A4; margin: 25mm } p { text-indent: 2em; margin: 0; font-size: 16pt; line-height: 28pt }"
SHEET += " td { border: 1px solid; font-size: 12pt } table { border-collapse: collapse }</style>"


def test_a_pdf_is_read_letter_by_letter_and_a_line_that_ends_before_a_number_goes_on(
    tmp_path: Path, browser: Browser
) -> None:
    """Browsers print 民, 长, 门 and 户 as radicals that look the same; a number moves to the next line as a whole."""
    paragraphs = [
        f"各部门要长期保障农民和农户食堂安全，{'推进' * size}使覆盖率分别达到1234.56%、98765.43%，取得实效。"
        for size in range(1, 12)
    ]
    page = browser.new_page()
    page.set_content(SHEET + "<p>实施方案</p>" + "".join(f"<p>{each}</p>" for each in paragraphs))
    found = received(tmp_path, "a.pdf", page.pdf(prefer_css_page_size=True))
    page.close()
    assert [clause.text for clause in clauses(found.lines, "实施方案")] == ["实施方案", *paragraphs]


def test_a_running_head_is_the_sheets_and_a_sentence_goes_on_under_it(tmp_path: Path, browser: Browser) -> None:
    """Whatever number of the sheet it holds."""
    names = [f"{one}{other}镇" for one in "东南西北" for other in "山河湖海田林岭沟"]
    paragraphs = [f"{'、'.join(names[at:])}生猪、肉牛饲养量分别发展到220万头、30万头。" for at in range(18)]
    shown = "".join(f"<p>{each}</p>" for each in paragraphs)
    page = browser.new_page()
    page.set_content(f"{SHEET.replace('25mm', '25mm; size: A5')}<p>实施方案</p>{shown}")
    head = "<span style='font-size: 9pt; margin: auto'>某县人民政府公报 <span class=pageNumber></span></span>"
    data = page.pdf(display_header_footer=True, header_template=head, footer_template=head, prefer_css_page_size=True)
    page.close()
    found = received(tmp_path, "a.pdf", data)
    assert {line.rstrip("0123456789 ") for line in found.dropped} == {"某县人民政府公报"} and len(found.dropped) > 6
    assert [clause.text for clause in clauses(found.lines, "实施方案")] == ["实施方案", *paragraphs]


@pytest.mark.parametrize("above", range(540, 640, 20))
def test_a_row_of_a_pdf_that_two_pages_share_is_one(tmp_path: Path, browser: Browser, above: int) -> None:
    rows = [
        ["序号", "目标任务", "责任单位"],
        ["1", "新建水厂2座，" + "改造老旧管网，" * 30 + "普及率达到98%。", "甲局"],
        ["2", "改造校舍3所。", "乙局"],
    ]
    table = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    page = browser.new_page()
    page.set_content(f"{SHEET}<p>实施方案</p><div style='height: {above}px'></div><table>{table}</table>")
    found = received(tmp_path, "a.pdf", page.pdf(prefer_css_page_size=True))
    page.close()
    assert [line.text for line in found.lines[1:]] == ["　".join(row) for row in rows]


def test_two_columns_of_a_pdf_are_read_one_after_the_other(tmp_path: Path, browser: Browser) -> None:
    """The left column, then the right one; a title and a table over both stay where they are."""
    items = [
        f"{number}.新建农村公路{number}0公里，覆盖行政村{number}个，" + "全面推进城乡融合发展。" * 4
        for number in range(1, 13)
    ]
    page = browser.new_page()
    page.set_content(
        "<h1>县城乡融合发展重点工作任务清单实施方案</h1><div>"
        + "".join(f"<p>{each}</p>" for each in items)
        + "</div><style>div { columns: 2; column-gap: 4em; text-align: justify } td { border: 1px solid }</style>"
        "<table><tr><td>指标</td><td>2028年</td></tr><tr><td>产值(亿元)</td><td>380</td></tr></table>"
    )
    found = received(tmp_path, "a.pdf", page.pdf())
    page.close()
    assert [clause.text for clause in clauses(found.lines, "县城乡融合发展重点工作任务清单实施方案")] == [
        "县城乡融合发展重点工作任务清单实施方案", *items, "指标　2028年", "产值(亿元)　380",
    ]  # fmt: skip


def test_a_cell_that_reaches_over_rows_keeps_the_columns_in_their_places(tmp_path: Path) -> None:
    markup = (
        "<html><body><p>某县行动计划</p><table><tr><td>类别</td><td>指标</td><td>2027年</td></tr>"
        "<tr><td rowspan=2>经济</td><td>产值</td><td>3</td></tr><tr><td>税收</td><td>4</td></tr>"
        "<tr><td>生态</td><td>覆盖率</td><td>5</td></tr></table></body></html>"
    )
    found = received(tmp_path, "a.html", markup.encode())
    assert [line.text for line in found.lines if line.row] == [
        "类别　指标　2027年", "经济　产值　3", "　税收　4", "生态　覆盖率　5",
    ]  # fmt: skip


def test_a_cell_that_reaches_over_columns_keeps_them_in_their_places(tmp_path: Path) -> None:
    page = (
        "<table><tr><th rowspan=2>指标</th><th rowspan=2>单位</th><th colspan=2>目标值</th></tr>"
        "<tr><th>2026年</th><th>2027年</th></tr><tr><td>产值</td><td>亿元</td><td>3</td><td>4</td></tr></table>"
    )
    assert [line.text for line in received(tmp_path, "a.html", page.encode()).lines] == [
        "指标\u3000单位\u3000目标值\u3000",
        "\u3000\u30002026年\u30002027年",
        "产值\u3000亿元\u30003\u30004",
    ]


def test_links_to_other_pages_are_the_pages(tmp_path: Path) -> None:
    page = (
        "<p>一、目标</p><p>产值达到3亿元。</p><p><a href=x>附件：清单.pdf</a></p><div>相关阅读：</div>"
        "<ul><li><a href=a>全县今年新建水厂5座开工在即</a><span>2025-03-02</span></li>"
        "<li><a href=b>图解：一图读懂行动方案</a></li></ul>"
    )
    assert received(tmp_path, "a.html", page.encode()).boilerplate == [
        "相关阅读：", "全县今年新建水厂5座开工在即2025-03-02", "图解：一图读懂行动方案",
    ]  # fmt: skip


def test_a_table_inside_a_cell_of_word_is_said_once(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(rows=2, cols=2)
    for place, text in enumerate(("指标", "2027年", "产值", "380")):
        table.cell(place // 2, place % 2).text = text
    inner = table.cell(1, 1).add_table(rows=1, cols=2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "其中", "5"
    document.save(str(tmp_path / "made.docx"))
    found = received(tmp_path, "a.docx", (tmp_path / "made.docx").read_bytes())
    assert [line.text for line in found.lines if line.row] == ["指标　2027年", "产值　380 其中 5"]


def zipped(*names: str) -> bytes:
    """A ZIP with files of these names."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "word"),
    [
        ("scan.pdf", pdf([]), "扫描件"),
        ("a.pdf", b"%PDF-1.4 nothing", "打不开"),
        ("a.doc", b"\xd0\xcf\x11\xe0rest", "另存为 .docx"),
        ("a.docx", b"PK\x03\x04broken", "已损坏"),
        ("a.xyz", b"text", "格式"),
        ("a.txt", b" \n", "空的"),
        ("a.wps", b"\xd0\xcf\x11\xe0rest", "WPS"),
        ("a.docx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "密码"),
        ("a.ofd", zipped("OFD.xml"), "OFD"),
        ("a.docx", zipped("xl/workbook.xml"), "Excel"),
        ("a.docx", zipped("[Content_Types].xml", "word/document.xml"), "已损坏"),
        ("a.zip", zipped("通知.txt"), "解压"),
        ("a.rtf", b"{\\rtf1 x", "RTF"),
        ("a.pdf", b"\x89PNG\r\n", "图片"),
        ("a.html", b"<html><body><h1>Notice</h1><p>Moved to another server.</p></body></html>", "汉字"),
        ("a.html", b"<html><body><h1>404 Not Found</h1></body></html>", "出错的网页"),
        ("a.html", "<html><body><p>您访问的页面不存在或已删除！</p></body></html>".encode(), "出错的网页"),
        ("a.txt", "推进乡村振兴，".encode() * 150_000, "万字"),
        ("a.txt", b"\xff\xfe" + "潢川县计划".encode("utf-16-le") + b"a", "编码"),
    ],
)
def test_what_is_no_document_is_refused_in_words(tmp_path: Path, name: str, data: bytes, word: str) -> None:
    with pytest.raises(FileRefused, match=word):
        received(tmp_path, name, data)


def word(paragraph: str) -> bytes:
    """A Word file with the markup of one paragraph more."""
    made, whole = io.BytesIO(), io.BytesIO()
    docx.Document().save(made)
    with zipfile.ZipFile(made) as given, zipfile.ZipFile(whole, "w") as archive:
        for name in given.namelist():
            text = given.read(name)
            archive.writestr(name, text.replace(b"<w:body>", f"<w:body>{paragraph}".encode()))
    return whole.getvalue()


WIDE = "<tr>" + "<td colspan=100 rowspan=1000>格</td>" * 30 + "</tr><tr><td>甲</td><td>乙</td></tr>" * 100


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        (
            "a.docx",
            word('<w:p><w:pPr><w:numPr><w:ilvl w:val="x"/><w:numId w:val="1"/></w:numPr></w:pPr></w:p>'),
            "损坏",
        ),
        ("a.html", b"<!doctype html><!-- nothing", "损坏"),
        ("a.html", f"<html><table>{WIDE}</table>".encode(), "200000"),
        ("a.pdf", pdf(["Implementation plan of the county"]).replace(b"[0 0 595 842]", b"[]"), "损坏"),
    ],
)
def test_what_breaks_a_library_is_refused_in_words(tmp_path: Path, name: str, data: bytes, told: str) -> None:
    with pytest.raises(FileRefused, match=told):
        received(tmp_path, name, data)


def test_a_document_that_takes_all_memory_is_refused_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def overrun(*_: object) -> object:
        raise Overrun

    monkeypatch.setattr(receiving, "confined", overrun)
    with pytest.raises(FileRefused, match="内存或时间"):
        received(tmp_path, "a.pdf", pdf(["x"]))


def test_a_file_without_an_end_is_not_read_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiving, "_LARGEST", 1_000_000)
    with pytest.raises(FileRefused, match="太大"):
        receive(Path("/dev/zero"))


def test_a_page_names_whatever_encoding(tmp_path: Path) -> None:
    page = f"<html><meta charset=undefined><p>{TITLE}</p></html>"
    assert TITLE in received(tmp_path, "a.html", page.encode()).source


def test_digits_that_are_no_numbers_are_text_of_a_table(tmp_path: Path) -> None:
    text = "序号\n任务\n单位\n1\n甲①\n县农业局\n2\n①\n²\n县教育局\n"
    lines = [line.text for line in received(tmp_path, "a.txt", text.encode()).lines]
    assert lines == ["序号　任务　单位", "1　甲①　县农业局", "2　①　²　县教育局"]


def test_a_chapter_a_section_and_a_box_are_headings_and_a_document_number_ends_a_title(tmp_path: Path) -> None:
    text = (
        "某县人民政府办公室\n关于印发《规划》的通知\n某府办发〔2024〕9号\n规划\n第一章　目标\n"
        "专栏1　主要指标\n序号　指标　2028年\n1　产量　5\n第二章　任务"
        "\n第一节　产业\n（一）做强产业。建成园区2个。\n"
    )
    found = clauses(received(tmp_path, "a.txt", text.encode()).lines, "规划")
    assert [(clause.kind, clause.text) for clause in found if clause.kind != "paragraph"] == [
        ("title", "某县人民政府办公室关于印发《规划》的通知"),
        ("title", "规划"),
        ("heading", "第一章　目标"),
        ("heading", "专栏1　主要指标"),
        ("table_row", "序号　指标　2028年"),
        ("table_row", "1　产量　5"),
        ("heading", "第二章　任务"),
        ("heading", "第一节　产业"),
    ]


def cut(text: str, title: str = TITLE, name: str = "a.txt", tmp: Path | None = None) -> list[Clause]:
    assert tmp is not None
    return clauses(received(tmp, name, text.encode()).lines, title)


def test_clauses_are_cut_where_the_document_cuts_itself(tmp_path: Path) -> None:
    found = cut(TEXT, tmp=tmp_path)
    kinds = [(clause.kind, clause.number) for clause in found if clause.kind != "paragraph" or clause.number]
    assert kinds[:5] == [("title", ""), ("signature", ""), ("signature", ""), ("title", ""), ("heading", "一")]
    assert [number for kind, number in kinds if kind == "heading"] == ["一", "二", "（一）", "（二）", "（三）", "三"]
    assert [number for kind, number in kinds if kind == "paragraph"] == ["1", "2", "3", "4", "5", "6", "7"]
    assert squeezed("".join(clause.text for clause in found)) == squeezed(TEXT)


def test_what_stands_behind_the_signature_is_under_the_title(tmp_path: Path) -> None:
    text = f"{TITLE}\n一、主要任务\n（一）做强产业。建成园区。\n某县人民政府\n2025年7月3日\n（本文有删减）\n"
    found = cut(text, tmp=tmp_path)
    assert [clause.kind for clause in found[-3:]] == ["signature", "signature", "paragraph"]
    assert [clause.parent for clause in found[-3:]] == [0, 0, 0]


def test_items_that_a_line_runs_together_are_parted(tmp_path: Path) -> None:
    text = (
        "一、主要目标 "
        + "聚焦高质量发展" * 8
        + "。二、重点任务 （一）做强产业。建成园区2.5平方公里，其中1个。（二）完善设施。①路网。②水网。"
    )
    assert [clause.text[:8] for clause in cut(text, tmp=tmp_path)] == [
        "一、主要目标",
        "聚焦高质量发展聚",
        "二、重点任务",
        "（一）做强产业。建"[:8],
        "（二）完善设施。",
        "①路网。",
        "②水网。",
    ]


def test_a_table_with_a_line_a_cell_is_put_together(tmp_path: Path) -> None:
    text = (
        "责任清单\n\n序号\n指标\n2027年\n责任单位\n1\n园区(个)\n12\n县工信局\n"
        "2\n产值(亿元)\n3\n县农业农村局\n4\n粮食面积(万亩)\n5\n县农业农村局\n"
    )
    assert [clause.text for clause in cut(text, tmp=tmp_path) if clause.kind == "table_row"] == [
        "序号　指标　2027年　责任单位",
        "1　园区(个)　12　县工信局",
        "2　产值(亿元)　3　县农业农村局",
        "4　粮食面积(万亩)　5　县农业农村局",
    ]


def test_units_under_each_other_in_such_a_table_are_one_cell(tmp_path: Path) -> None:
    text = (
        "责任清单\n\n序号\n民生实事\n责任单位\n完成时限\n1\n修复古桥。\n县文体广新局\n县住建局\n8月底前\n"
        "2\n新建停车场3个。\n县城管局\n9月底前\n"
    )
    assert [clause.text for clause in cut(text, tmp=tmp_path) if clause.kind == "table_row"] == [
        "序号　民生实事　责任单位　完成时限",
        "1　修复古桥。　县文体广新局 县住建局　8月底前",
        "2　新建停车场3个。　县城管局　9月底前",
    ]


def test_cells_of_such_a_table_that_are_merged_over_rows_have_no_line(tmp_path: Path) -> None:
    """Where no cell is a number but those of the rows, each begins one, however short it is."""
    text = (
        "责任清单\n\n序号\n指标\n工作任务\n完成时限\n责任领导\n责任股室\n(单位)\n备注\n"
        "1\n公共文化\n免费开放人次增长15%。\n12月底前\n张小明\n文化宣传股\n文化馆\n2\n下乡演出100场。\n图书馆\n3\n开展活动。\n"
        "4\n旅游\n完善观景平台及配套设施。\n5月底\n王 平\n旅游股\n5\n新建旅游厕所6座。\n"
        "6\n文物\n修缮石刻。\n文物股\n郙阁公司\n"
    )
    rows = [clause.text for clause in cut(text, tmp=tmp_path) if clause.kind == "table_row"]
    assert [row.split(CELL) for row in rows] == [
        ["序号", "指标", "工作任务", "完成时限", "责任领导", "责任股室(单位)", "备注"],
        ["1", "公共文化", "免费开放人次增长15%。", "12月底前", "张小明", "文化宣传股 文化馆", ""],
        ["2", "", "下乡演出100场。", "", "", "图书馆", ""],
        ["3", "", "开展活动。", "", "", "", ""],
        ["4", "旅游", "完善观景平台及配套设施。", "5月底", "王 平", "旅游股", ""],
        ["5", "", "新建旅游厕所6座。", "", "", "", ""],
        ["6", "文物", "修缮石刻。", "", "", "文物股 郙阁公司", ""],
    ]


def test_units_stand_under_their_heads_where_a_page_lost_its_merged_cells(tmp_path: Path) -> None:
    """As many cells are empty at the end of the row; a row that only names nobody who helps has all of its cells."""
    text = (
        "任务分解表\n小项 | 项目内容 | 完成标准 | 牵头单位 | 承办单位 |\n"
        "9.1文化场所 | 建成主楼。 | 市档案局 | 市文化局 | |\n选址开工。 | 文态编制完成。 | 市规划局 | 市住建局 | |\n"
        "评估论证。 | 市文化局 | 市民宗局 | | |\n9.2文化惠民 | 现场调研。 | 免费开放。 | 市文化局 | |\n"
    )
    rows = [clause.text for clause in cut(text, tmp=tmp_path) if clause.kind == "table_row"]
    assert [row.split(CELL)[:5] for row in rows[1:]] == [
        ["9.1文化场所", "", "建成主楼。", "市档案局", "市文化局"],
        ["", "选址开工。", "文态编制完成。", "市规划局", "市住建局"],
        ["", "", "评估论证。", "市文化局", "市民宗局"],
        ["9.2文化惠民", "现场调研。", "免费开放。", "市文化局", ""],
    ]


BY_BARS = """
任务表
类别
|
序号
|
任务
|
责任部门
(加*号为牵头部门,
其余为参与部门)
|
时间
|
(一)
修路
修桥
|
1
|
修桥
|
县交通局*、
县财政局
县水利局
|
10月底
|
2
|
修路
|
县交通局*
|
12月底
|
(二)
造林
|
3
|
造林
|
县林业局*
|
9月底
|
各镇要抓好落实。
"""


def test_bars_end_the_cells_of_such_a_table(tmp_path: Path) -> None:
    rows = [
        "类别　序号　任务　责任部门(加*号为牵头部门,其余为参与部门)　时间",
        "(一)修路修桥　1　修桥　县交通局*、县财政局 县水利局　10月底",
        "　2　修路　县交通局*　12月底",
        "(二)造林　3　造林　县林业局*　9月底",
    ]
    lines = received(tmp_path, "a.txt", BY_BARS.encode()).lines
    assert [(line.text, line.row) for line in lines] == [
        ("任务表", False), *((each, True) for each in rows), ("各镇要抓好落实。", False)
    ]  # fmt: skip
    inline = "任务表\n序号 |\n任务 |\n责任单位 |\n7 |\n修桥 |\n县各有关单位 |\n8 |\n修路。"
    inline += "修路九公里，路面硬化，路灯配齐，标线划好，年内通车，按期验收。 |\n县交通局 |\n"
    lines = received(tmp_path, "b.txt", inline.encode()).lines
    assert [line.text for line in lines if line.row][:2] == ["序号　任务　责任单位", "7　修桥　县各有关单位"]
    assert [line.text[:4] for line in lines if line.row][2:] == ["8　修路"]


def test_bars_without_numbers_part_lines(tmp_path: Path) -> None:
    text = "修桥 |\n县交通局 |\n修路 |\n县交通局 |\n造林 |\n县林业局 |\n"
    lines = received(tmp_path, "a.txt", text.encode()).lines
    assert [(line.text, line.row) for line in lines][:2] == [("修桥", False), ("县交通局", False)]
    few = "修桥 |\n县交通局 |\n"
    assert [line.text for line in received(tmp_path, "b.txt", few.encode()).lines] == ["修桥 |", "县交通局 |"]


def rows_of(tmp_path: Path, text: str) -> list[str]:
    """The rows of a plain text, cells parted by |; other lines stand behind a blank."""
    lines = received(tmp_path, "a.txt", text.encode()).lines
    return [line.text.replace("　", "|") if line.row else f" {line.text}" for line in lines]


def test_two_bars_part_rows_that_each_begin_and_end_with_one(tmp_path: Path) -> None:
    rows = ("序号 任务 负责部门 时间", "1 修桥 县交通局 2016年6月", "2 造林 县林业局 常态")
    text = "任务分工\n" + "\n".join("|\n" + "\n|\n".join(each.split(" ")) + "\n|" for each in rows)
    assert rows_of(tmp_path, text) == [" 任务分工", *(each.replace(" ", "|") for each in rows)]


def test_a_table_of_one_row_has_an_empty_cell_where_a_bar_says_so(tmp_path: Path) -> None:
    text = "进度表\n序号 |\n责任单位 |\n内容 |\n进度 |\n15 |\n民政局 |\n|\n在建 |\n以上。\n"
    assert rows_of(tmp_path, text) == [" 进度表", "序号|责任单位|内容|进度", "15|民政局||在建", " 以上。"]
    short = text.replace("|\n在建 |\n以上。", "")
    assert rows_of(tmp_path, short)[1:] == ["序号|责任单位|内容|进度", "15|民政局||"]


def test_a_row_whose_cell_has_two_lines_goes_on_until_its_bar(tmp_path: Path) -> None:
    text = (
        "任务表\n类别 | 内容 | 责任单位 | 协助单位 | 期限 |\n生态 | 造林 | 县林业局 | 县财政局\n县水利局 | 9月 |\n"
        "植树 | 县林业局 | 各镇 | 10月 |\n注：略。\n甲 | 乙 | 丙 | 丁\n戊\n"
    )
    assert rows_of(tmp_path, text) == [
        " 任务表", "类别|内容|责任单位|协助单位|期限|", "生态|造林|县林业局|县财政局 县水利局|9月|",
        "|植树|县林业局|各镇|10月|", " 注：略。", " 甲 | 乙 | 丙 | 丁", " 戊",
    ]  # fmt: skip


DRAWN = """
任务表
┌──┬─────┬────┬────┐
│序│任务 │责任│期限│
│号│     │单位│    │
├──┼─────┼────┼────┤
│1 │修桥 │县交│9月 │
│  ├─────┤通局├────┤
│  │修路9│    │10月│
│  │公里 │    │    │
├──┼─────┼────┼────┤
│2 │造林 │各镇│    │
└──┴─────┴────┴────┘
│ 不是表
"""


def test_a_table_is_drawn_with_lines(tmp_path: Path) -> None:
    assert rows_of(tmp_path, DRAWN) == [
        " 任务表", "序号|任务|责任单位|期限", "1|修桥|县交通局|9月", "|修路9公里||10月", "2|造林|各镇|", " │ 不是表"
    ]  # fmt: skip
    ragged = "┌──┬──┐\n│一│二│\n│三│\n└──┴──┘\n"
    assert all(each.startswith(" ") for each in rows_of(tmp_path, ragged))


def test_a_column_of_groups_stands_before_the_numbers(tmp_path: Path) -> None:
    text = "任务表\n类别\n序号\n任务\n责任单位\n产业\n1\n修桥\n县交通局\n2\n修路\n县交通局\n生态\n3\n造林\n县林业局\n"
    assert [clause.text for clause in cut(text, tmp=tmp_path) if clause.kind == "table_row"] == [
        "类别　序号　任务　责任单位",
        "产业　1　修桥　县交通局",
        "　2　修路　县交通局",
        "生态　3　造林　县林业局",
    ]


def test_heads_in_two_lines_are_one_and_an_empty_column_has_no_lines(tmp_path: Path) -> None:
    text = (
        "任务表\n序号\n项目\n内容\n牵头\n部门\n相关责任部门\n完成\n时间\n1\n修桥\n交通局\n13个街道、镇\n2010年\n"
        "2\n造林\n林业局\n财政局\n2009年\n"
    )
    assert [clause.text for clause in cut(text, tmp=tmp_path) if clause.kind == "table_row"] == [
        "序号　项目　内容　牵头部门　相关责任部门　完成时间",
        "1　　修桥　交通局　13个街道、镇　2010年",
        "2　　造林　林业局　财政局　2009年",
    ]


def test_of_some_rows_of_such_a_table_the_lines_between_head_groups(tmp_path: Path) -> None:
    text = (
        "责任清单\n\n序号\n重点任务\n责任单位\n协同单位\n一、主要目标（共1项）\n4\n粮食产量增长2%。\n县农业农村局\n各乡镇。\n"
        "二、兴产业\n三、惠民生\n57\n新建幼儿园。\n县教育局\n县政府有关部门。\n58\n扩建医院。\n县卫健局\n县财政局\n"
    )
    assert [clause.text for clause in cut(text, tmp=tmp_path) if clause.kind == "table_row"] == [
        "序号　重点任务　责任单位　协同单位",
        "一、主要目标（共1项）",
        "4　粮食产量增长2%。　县农业农村局　各乡镇。",
        "二、兴产业",
        "三、惠民生",
        "57　新建幼儿园。　县教育局　县政府有关部门。",
        "58　扩建医院。　县卫健局　县财政局",
    ]


def test_annexes_begin_anew_and_letters_are_never_lost(tmp_path: Path) -> None:
    text = TEXT + "\n附件1\n\n主要指标清单\n指标\t单位\t2028年\n绿茶产量\t吨\t500\n附件2：名单\n"
    found = cut(text, tmp=tmp_path)
    assert [(clause.kind, clause.text) for clause in found[-5:]] == [
        ("annex", "附件1"),
        ("heading", "主要指标清单"),
        ("table_row", "指标　单位　2028年"),
        ("table_row", "绿茶产量　吨　500"),
        ("annex", "附件2：名单"),
    ]
    assert squeezed("".join(clause.text for clause in found)) == squeezed(text)


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def word(tmp_path: Path, *runs: str, notes: str = "") -> Received:
    """A Word document with a paragraph of runs as XML, and footnotes."""
    document = docx.Document()
    paragraph = document.add_paragraph("入住率")
    for run in runs:
        paragraph._p.append(parse_xml(run))
    document.save(str(tmp_path / "a.docx"))
    if notes:
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
        told = f'<Relationship Id="rId99" Type="{kind}" Target="footnotes.xml"/></Relationships>'
        typed = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
        part = f'<Override PartName="/word/footnotes.xml" ContentType="{typed}"/></Types>'
        with zipfile.ZipFile(tmp_path / "a.docx") as file:
            parts = {name: file.read(name) for name in file.namelist()}
        name = "word/_rels/document.xml.rels"
        parts[name] = parts[name].replace(b"</Relationships>", told.encode())
        parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", part.encode())
        parts["word/footnotes.xml"] = f"<w:footnotes {W}>{notes}</w:footnotes>".encode()
        with zipfile.ZipFile(tmp_path / "a.docx", "w") as file:
            for name, data in parts.items():
                file.writestr(name, data)
    return receive(tmp_path / "a.docx")


def test_a_note_of_word_follows_the_paragraph_that_refers_to_it(tmp_path: Path) -> None:
    notes = (
        '<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
        '<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>'
        "<w:r><w:t>指2025年的1200人。</w:t></w:r></w:p></w:footnote>"
    )
    found = word(tmp_path, f'<w:r {W}><w:t>达到100%</w:t><w:footnoteReference w:id="2"/></w:r>', notes=notes)
    assert [line.text for line in found.lines] == ["入住率达到100%¹", "¹指2025年的1200人。"]


@pytest.mark.parametrize(
    ("run", "text", "left_out"),
    [
        (f'<w:del {W} w:id="1"><w:r><w:delText>3所</w:delText></w:r></w:del>', "入住率", "under revision: 3所"),
        (f'<w:moveFrom {W} w:id="1"><w:r><w:t>3所</w:t></w:r></w:moveFrom>', "入住率", "under revision: 3所"),
        (f"<w:r {W}><w:rPr><w:vanish/></w:rPr><w:t>80%</w:t></w:r>", "入住率", "not shown: 80%"),
        (f"<w:r {W}><w:rPr><w:strike/></w:rPr><w:t>80%</w:t></w:r>", "入住率", "struck out: 80%"),
        (f'<w:r {W}><w:rPr><w:strike w:val="0"/></w:rPr><w:t>80%</w:t></w:r>', "入住率80%", ""),
        (f'<w:r {W}><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', "入住率", "no character: Wingdings F0FC"),
        (
            '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">'
            "<m:r><m:t>≥</m:t></m:r><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num>"
            "<m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>",
            "入住率≥1/2",
            "",
        ),
        (
            f'<w:r {W}><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r>',
            "入住率²",
            "",
        ),
        (f"<w:r {W}><w:t>8\u200b0%</w:t></w:r>", "入住率80%", "taken out: U+200B ×1"),
    ],
)
def test_what_word_holds_besides_its_text_is_told(tmp_path: Path, run: str, text: str, left_out: str) -> None:
    found = word(tmp_path, run)
    assert [line.text for line in found.lines] == [text]
    assert [str(each).partition(left_out)[1:] for each in found.left_out] == ([(left_out, "")] if left_out else [])


def test_the_edges_and_the_pictures_of_word_are_told(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("入住率达到80%。")
    document.sections[0].header.paragraphs[0].text = "征求意见稿"
    document.add_picture(io.BytesIO(PNG))
    document.save(str(tmp_path / "a.docx"))
    assert [str(each).split(": ")[1] for each in receive(tmp_path / "a.docx").left_out] == ["image.png", "征求意见稿"]


@pytest.mark.parametrize(
    ("html", "lines", "left_out"),
    [
        ("<p hidden>9张</p>", [], ["9张"]),
        ('<p style="display: none">9张</p>', [], ["9张"]),
        ("<table><tr><td>指标<td>数<span hidden>9</span><tr><td>床位<td>8</table>", ["指标　数", "床位　8"], ["9"]),
        ("<p>新增<del>3张</del><ins>4张</ins></p>", ["新增4张"], ["3张"]),
        ("<p>10<sup>4</sup>m<sup>2</sup></p>", ["10⁴m²"], []),
        ("<textarea>9人</textarea><button>展开</button>", [], ["9人", "展开"]),
        ("<header><img src=logo.png><button>搜索</button></header><img src=/a/b.png>", [], ["b.png"]),
        ("<ol><li>甲<li>乙</ol><ol><li>1.丙</ol>", ["甲", "乙", "1.丙"], ["2 × 甲"]),
        (
            "<table border=1><tr><td>指标<td>目标<tr><td>床位<td><table><tr><td>2026年<td>3张</table></table>",
            ["指标　目标", "床位　2026年 3张"],
            [],
        ),
    ],
)
def test_what_a_page_does_not_show_as_its_text_is_told(
    tmp_path: Path, html: str, lines: list[str], left_out: list[str]
) -> None:
    page = f'<html><head><meta charset="utf-8"></head><body><p>全县的计划</p>{html}</body></html>'
    found = received(tmp_path, "a.html", page.encode())
    assert [line.text for line in found.lines] == ["全县的计划", *lines]
    assert [str(each).split(": ", 1)[1] for each in found.left_out] == left_out


def test_a_page_of_a_pdf_that_is_a_picture_is_told(tmp_path: Path, browser: Browser) -> None:
    page = browser.new_page()
    image = f"data:image/png;base64,{base64.b64encode(PNG).decode()}"
    text = "<p>全面推进城乡融合发展，城镇化率达到58%以上。</p>" * 3
    page.set_content(f'{text}<p style="break-before: page"><img src="{image}" style="width: 15cm; height: 15cm">')
    found = received(tmp_path, "a.pdf", page.pdf())
    page.close()
    assert [str(each).split(": ")[1] for each in found.left_out] == ["第 2 页 page 2, 37%"]


def test_invisible_characters_are_taken_out_and_told(tmp_path: Path) -> None:
    found = received(tmp_path, "a.txt", "新增床位5\u200b00张\x00，\ufeff培训200人".encode())
    assert [line.text for line in found.lines] == ["新增床位500张，培训200人"]
    assert [str(each).rsplit(": ")[1] for each in found.left_out] == ["U+0000 ×1", "U+200B ×1", "U+FEFF ×1"]


@pytest.mark.parametrize(
    "broken", [TEXT.strip().encode()[:-1], TEXT.strip().encode()[:-2], TEXT.encode() + b"\xff\xfe"]
)
def test_a_file_that_was_cut_off_is_not_read_in_another_encoding(tmp_path: Path, broken: bytes) -> None:
    with pytest.raises(FileRefused, match="没有下载完整"):
        received(tmp_path, "a.txt", broken)


def test_ends_of_pages_and_separators_end_lines(tmp_path: Path) -> None:
    found = received(tmp_path, "a.txt", "某县计划\u2028新增床位500张。\x0c第二页\x0b完".encode())
    assert [line.text for line in found.lines] == ["某县计划", "新增床位500张。", "第二页", "完"]


def test_a_page_that_is_called_a_word_file_is_read_as_a_page(tmp_path: Path) -> None:
    page = '<html><meta charset="utf-8"><body><p>某县计划</p></body></html>'
    archive = 'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="x"\n\n--x\nContent-Type: text/html\n\n'
    for name in ("a.doc", "a.docx", "a.txt"):
        for data in (page, f"{archive}{page}\n--x--\n"):
            assert [line.text for line in received(tmp_path, name, data.encode()).lines] == ["某县计划"]


def test_what_is_left_out_is_listed_by_the_command(paths: Paths, tmp_path: Path) -> None:
    page = '<html><meta charset="utf-8"><body><p>某县计划</p><p hidden>9张</p><p>新增床位3张。</p></body></html>'
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    done = command(
        "new", "330182", "2031", "--title", "某县计划", "--source", tmp_path / "a.html", "--root", paths.root
    )
    assert "没有收进来 left out: 看不见的文字 text that is not shown: 9张" in done.stdout


@pytest.mark.parametrize(
    ("title", "printed", "told"),
    [
        ("某县行动计划", "某县行动计划（2026—2028年）", None),  # a person leaves the bracket out
        ("某县行动计划（2026—2028年）", "某县行动计划（2026—2028年）", None),
        ("某县行动方案（2026—2028年）", "某县行动方案（2026—2028年）", "某县行动计划（2026—2028年）"),  # a slip
        ("完全另一个名字", "完全另一个名字", ""),
    ],
)
def test_a_title_is_held_against_what_is_printed(title: str, printed: str, told: str | None) -> None:
    lines = ("某县行动计划（2026—2028年）", "《某县行动计划（2026—2028年）》已经同意。", "一、目标", "新增床位3张。")
    made = new_plan("330182", 2026, title, Received(tuple(map(Line, lines))), house(), title_en="A plan")
    said = json.loads(made.files["datapackage.json"])
    assert (said["title"], said["title_zh"], made.nearest_title) == (title, printed, told)
    assert said["effective_end"] == ("2026-12-31" if title == "完全另一个名字" else "2028-12-31")


def test_new_takes_the_code_of_a_township_and_tells_what_title_is_printed(paths: Paths, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("甲县乙镇2031年工作清单\n一、目标\n新增床位3张。\n甲县乙镇人民政府\n2031年3月1日\n")
    asked = ("--title", "甲县乙镇2031年工作要点", "--source", tmp_path / "a.txt", "--root", paths.root)
    done = command("new", "330182101", "2031", *asked)
    assert "datapackages/plans/330182101-yizhen-2031" in done.stdout
    assert "印着的是 it prints: 甲县乙镇2031年工作清单" in done.stdout
    refused = command("new", "3301821", "2031", *asked)
    assert refused.returncode == 2 and "六位行政区划代码" in refused.stderr


def test_a_bracket_goes_on_over_several_lines(tmp_path: Path) -> None:
    lines = ("某县计划", "1.修路。（县交通局、", "县财政局牵头，各乡镇配", "合）", "2.修桥（甲桥", "3.治水", "4.造林")
    found = received(tmp_path, "a.txt", "\n".join(lines).encode())
    cut = [each.text for each in clauses(found.lines, "某县计划")]
    assert cut[1:] == ["1.修路。（县交通局、县财政局牵头，各乡镇配合）", "2.修桥（甲桥", "3.治水", "4.造林"]


def test_two_bars_part_cells_where_the_next_line_has_bars_too(tmp_path: Path) -> None:
    table = ("修路 | 县交通局 | 6月", "修桥 | 县财政局 | 9月")
    assert [line.row for line in received(tmp_path, "a.txt", "\n".join(table).encode()).lines] == [True, True]
    menu = ("网站地图 | 联系我们 | 关于本站", "主办：某县　承办：某局")
    assert [line.row for line in received(tmp_path, "a.txt", "\n".join(menu).encode()).lines] == [False, False]


def test_a_row_whose_number_is_merged_with_that_above_keeps_its_cells_under_their_heads(tmp_path: Path) -> None:
    rows = ("序号 | 任务 | 进展 | 责任单位 |", "1 | 建站7家 | 建成9家 | 卫健局 |", "新增托位500个 | 新增600个 | ||")
    found = received(tmp_path, "a.txt", "\n".join(rows).encode())
    assert [cell.strip() for cell in found.lines[2].text.split("　")][:3] == ["", "新增托位500个", "新增600个"]
    rows = ("序号 | 任务 | 责任单位 | 备注 |", "1 | 建站7家 | 卫健局 | |", "新增学位810个 | | ||")
    found = received(tmp_path, "a.txt", "\n".join(rows).encode())
    assert found.lines[2].text.startswith("　新增学位810个")
    rows = ("序号 | 任务 | 责任单位 | 备注 |", "文化教育类 | | ||", "1 | 建站7家 | 卫健局 | |")
    found = received(tmp_path, "a.txt", "\n".join(rows).encode())
    assert found.lines[1].text.startswith("文化教育类")  # a row that heads a group begins at the edge


def test_blanks_part_the_cells_of_a_responsibility_list(tmp_path: Path) -> None:
    rows = ("序号 工作任务 责任单位 完成时限", "1 修路 县交通局 年底前", "2 修桥 县财政局 年底前")
    found = received(tmp_path, "a.txt", "\n".join(rows).encode())
    assert [line.text for line in found.lines] == [each.replace(" ", "　") for each in rows]
    prose = ("序号 工作任务 责任单位 完成时限", "1 修路 好 吧", "2 修桥 好 吧")
    assert not any(line.row for line in received(tmp_path, "a.txt", "\n".join(prose).encode()).lines)


def test_numbers_that_met_the_line_above_begin_items_where_they_count_on() -> None:
    text = "1.修路。完成时限：6月2.修桥。按第2.项办理3.治水。"
    assert [each.text for each in clauses((Line(text),), "某县计划")] == [
        "1.修路。完成时限：6月",
        "2.修桥。按第2.项办理",
        "3.治水。",
    ]
    assert len(clauses((Line("修路见附表1.修桥见附表2.治水"),), "某县计划")) == 1
