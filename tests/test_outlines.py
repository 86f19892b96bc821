"""Texts of a chart become the outlines of our letters, where the text stood."""

import io

import vl_convert
from fontTools.ttLib import TTFont
from PIL import Image

from openplans.charts.outlines import EM, FONTS, letter, outlined

Box = tuple[int, int, int, int]


def drawn(text: str, before: str = "") -> Image.Image:
    """A text alone on a white square of a hundred units, drawn at ten times its size; white is white, ink is black."""
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100" viewBox="0 0 100 100" fill="#000000">'
        f'<rect width="100" height="100" fill="#ffffff"/>{before}<g font-size="20">{text}</g></svg>'
    )
    outlines = outlined(svg)
    assert "<text" not in outlines, "no font is asked for"
    return Image.open(io.BytesIO(vl_convert.svg_to_png(outlines, scale=10))).convert("L").point(lambda grey: 255 - grey)


def box(text: str) -> Box:
    """Left, top, right and bottom of the ink, in tenths of a unit."""
    found = drawn(text).getbbox()
    assert found is not None
    return found


def test_a_text_begins_where_it_stands_ends_there_or_is_in_its_middle() -> None:
    width = 10 * 20 * 2  # two Chinese characters, each as wide as the size of the letters
    left, top, right, bottom = box('<text transform="translate(50,50)">日口</text>')
    assert 500 < left < 540 and 500 + width - 60 < right < 500 + width
    assert 300 < top < 360 and 500 < bottom < 530, "it stands on its line"
    assert box('<text text-anchor="middle" x="50" y="50">日口</text>')[0] == left - width // 2
    assert box('<text text-anchor="end" x="50" y="50">日口</text>')[0] == left - width


def test_a_text_has_its_own_size_or_that_of_what_it_stands_in() -> None:
    own, inherited = box('<text x="10" y="50" font-size="10">国</text>'), box('<text x="10" y="50">国</text>')
    assert 1.9 < (inherited[2] - inherited[0]) / (own[2] - own[0]) < 2.1


def test_the_fonts_count_as_their_outlines_do() -> None:
    for weight in ("Regular", "Bold"):
        assert TTFont(FONTS / f"OpenPlansSans-{weight}.otf")["head"].unitsPerEm == EM


def test_bold_has_more_ink() -> None:
    bold, plain = (drawn(f'<text x="10" y="50"{each}>国</text>') for each in (' font-weight="700"', ""))
    assert sum(bold.tobytes()) > 1.2 * sum(plain.tobytes())


def test_a_rim_lies_below_all_letters_of_its_text() -> None:
    """A white rim of a letter would else cover the edge of the one before."""
    rim = ' stroke="#ffffff" stroke-width="6" stroke-linejoin="round" paint-order="stroke"'
    plain, rimmed = drawn('<text x="10" y="50">国国</text>'), drawn(f'<text x="10" y="50"{rim}>国国</text>')
    assert plain.tobytes() == rimmed.tobytes(), "white on white shows nothing, and takes nothing from the letters"
    dark = '<rect width="100" height="100" fill="#000000"/>'
    assert drawn(f'<text x="10" y="50"{rim}>国</text>', dark).getextrema()[0] == 0, "on black the rim shows"


def test_a_text_with_a_letter_that_the_fonts_lack_stays_a_text() -> None:
    texts = '<text x="1" y="2">\U00020089国</text><text>国</text>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" font-size="9">{texts}</svg>'
    assert letter("Regular", "\U00020089") is None and outlined(svg).count("<text") == 1
