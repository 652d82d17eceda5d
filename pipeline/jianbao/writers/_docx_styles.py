"""The styles of the Word document: defined once, used by name, to be changed in one place by who gets the file."""

from dataclasses import dataclass
from typing import cast

from docx.document import Document as DocxDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor
from docx.styles.style import CharacterStyle, ParagraphStyle

# Fonts that every word processor has, or has a twin of the same widths for.
LATIN, CHINESE = "Times New Roman", "SimSun"
SANS, CHINESE_SANS = "Arial", "SimHei"
INK, SOFT, ACCENT, AMBER = "1F1C18", "5F584D", "A3161F", "7A4D00"
RULE, PANEL = "C9C3B5", "F4F0E6"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A paragraph style. Sizes, spaces and indent in points; ``border`` names sides, ``fill`` shades."""

    name: str
    size: float
    colour: str = INK
    sans: bool = False
    bold: bool = False
    before: float = 0
    after: float = 0
    line: float = 1.15
    indent: float = 0
    border: str = ""
    fill: str = ""
    keep: bool = False


_LOOKS = (
    Look(name="Normal", size=11, after=4),
    Look(name="Title", size=26, bold=True, before=0, after=8, line=1.05, keep=True),
    Look(name="Subtitle", size=13, colour=SOFT, after=6, keep=True),
    Look(name="Heading 1", size=17, bold=True, before=20, after=5, line=1.1, keep=True),
    Look(name="Heading 2", size=14, bold=True, before=14, after=3, line=1.1, keep=True),
    Look(name="Heading 3", size=12, bold=True, before=10, after=3, keep=True),
    Look(name="Heading 4", size=11, bold=True, before=8, after=3, keep=True),
    Look(name="List Bullet", size=9, colour=SOFT, after=1),
    Look(name="Footer", size=8, colour=SOFT, sans=True),
    Look(name="Source Line", size=9, colour=SOFT, sans=True, before=4, after=6),
    Look(name="Summary", size=12.5, before=6, after=12, line=1.3, indent=8, border="panel", fill=PANEL),
    Look(name="Abstract", size=11.5, before=6, after=10, line=1.25, indent=10, border="left"),
    Look(name="Original Heading", size=9.5, colour=SOFT, after=4, keep=True),
    Look(name="Translation", size=10.5, line=1.15),
    Look(name="Original", size=9, colour=SOFT, line=1.3),
    Look(name="Passage Number", size=7.5, colour=SOFT, sans=True, line=1.5),
    Look(name="Table Head", size=8.5, colour=SOFT, sans=True, keep=True),
    Look(name="Table Text", size=9.5, sans=True),
    Look(name="Error", size=8, colour=ACCENT, sans=True, before=2, after=2, fill="FBE6E2"),
    Look(name="Warning", size=8, colour=AMBER, sans=True, before=2, after=2),
    Look(name="Spacer", size=7, line=1),
)
TABLE_STYLE = "Briefing Table"


_BORDERS = {
    "left": f'<w:left w:val="single" w:sz="18" w:space="8" w:color="{ACCENT}"/>',
    # Sides in the colour of the panel give the text room within it.
    "panel": f'<w:top w:val="single" w:sz="18" w:space="8" w:color="{ACCENT}"/>'
    + "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="8" w:color="{PANEL}"/>'
        for side in ("left", "bottom", "right")
    ),
}
_RULE = f'w:val="single" w:sz="4" w:space="0" w:color="{RULE}"'
_THICK = f'w:val="single" w:sz="8" w:space="0" w:color="{INK}"'
_TABLE_XML = f"""<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="BriefingTable">
  <w:name w:val="{TABLE_STYLE}"/><w:basedOn w:val="TableNormal"/><w:qFormat/>
  <w:tblPr><w:tblBorders><w:top {_THICK}/><w:bottom {_RULE}/><w:insideH {_RULE}/></w:tblBorders>
    <w:tblCellMar><w:top w:w="70" w:type="dxa"/><w:left w:w="30" w:type="dxa"/>
      <w:bottom w:w="70" w:type="dxa"/><w:right w:w="170" w:type="dxa"/></w:tblCellMar></w:tblPr>
  <w:tblStylePr w:type="firstRow">
    <w:tcPr><w:tcBorders><w:bottom {_THICK}/></w:tcBorders></w:tcPr>
  </w:tblStylePr>
</w:style>"""


def define_styles(document: DocxDocument) -> None:
    """Define or redefine every style that the writer uses."""
    for look in _LOOKS:
        _define_paragraph(document, look)
    for name, colour in (("Error Mark", ACCENT), ("Warning Mark", AMBER), ("Link", "7D1119")):
        style = cast(CharacterStyle, document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER))
        style.font.color.rgb = RGBColor.from_string(colour)
        style.font.underline = name != "Link"
    document.styles.element.append(parse_xml(_TABLE_XML))
    language = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    if language is not None:
        language.set(qn("w:eastAsia"), "zh-CN")


def _define_paragraph(document: DocxDocument, look: Look) -> None:
    known = look.name in [style.name for style in document.styles]
    style = cast(
        ParagraphStyle,
        document.styles[look.name]
        if known
        else document.styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH),
    )
    if not known:
        style.base_style = document.styles["Normal"]
    style.font.size, style.font.bold, style.font.italic = Pt(look.size), look.bold, False
    style.font.color.rgb = RGBColor.from_string(look.colour)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]
    latin, chinese = (SANS, CHINESE_SANS) if look.sans else (LATIN, CHINESE)
    for slot, font in (("ascii", latin), ("hAnsi", latin), ("cs", latin), ("eastAsia", chinese)):
        fonts.set(qn(f"w:{slot}"), font)
    layout = style.paragraph_format
    layout.space_before, layout.space_after = Pt(look.before), Pt(look.after)
    layout.line_spacing, layout.keep_with_next = look.line, look.keep
    if look.indent:
        layout.left_indent = layout.right_indent = Pt(look.indent)
    _decorate(style, look)


def _decorate(style: ParagraphStyle, look: Look) -> None:
    """Borders and shading, in the order that the schema asks for: after keepNext, before spacing."""
    properties = style.element.get_or_add_pPr()
    for old in properties.findall(qn("w:pBdr")) + properties.findall(qn("w:shd")):
        properties.remove(old)
    spacing = properties.find(qn("w:spacing"))
    if look.border:
        spacing.addprevious(parse_xml(f"<w:pBdr {nsdecls('w')}>{_BORDERS[look.border]}</w:pBdr>"))
    if look.fill:
        fill = f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{look.fill}"/>'
        spacing.addprevious(parse_xml(fill))
