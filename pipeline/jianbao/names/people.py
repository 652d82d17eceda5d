"""Personal names, where a title beside them proves that they are some: ``王晓明同志``, ``省长 赵晓刚``."""

import re
from collections.abc import Iterator

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜"
    "崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_TWO_CHARACTER_SURNAMES = "欧阳|司马|上官|诸葛|司徒|东方|夏侯|皇甫|尉迟|公孙|慕容|令狐"
# Characters of offices and institutions: 金融局长 is no Mr Jin, 高校校长 no Mr Gao.
_NOT_IN_NAMES = (
    "区市县省局委会部办处科室厅组队院校长副正总代原各新老首党政府业务机构中心工农商学教融技术管理开发源保险行路第等级位名个"
    "尔斯克姆摄文图报讯"
)
_GIVEN = rf"(?:(?![{_NOT_IN_NAMES}])[\u4e00-\u9fff]){{1,2}}"
_NAME = rf"(?:{_TWO_CHARACTER_SURNAMES}|[{_SURNAMES}]){_GIVEN}"
_AFTER = "同志|先生|女士|院士|教授|研究员"
_OFFICES = (
    "国务院总理|副省长|省长|副市长|市长|副区长|区长|副县长|县长|州长|副主席|主席|党组书记|市委书记|省委书记|县委书记|"
    "区委书记|副书记|书记|副局长|局长|副厅长|厅长|副部长|部长|副主任|主任|院长|校长|董事长|总经理|秘书长|记者|通讯员|编辑"
)
_BEFORE_TITLE = re.compile(rf"(?<![\u4e00-\u9fff])(?P<name>{_NAME})(?:{_AFTER})")
_AFTER_TITLE = re.compile(
    rf"(?:{_OFFICES})[ 　\t]*[:：]?[ 　\t]*(?P<name>{_NAME})"
    r"(?=[，。、；,;.!！\s）)]|主持|出席|作|强调|指出|表示|同志|率|$)"
)


def find_people(text: str) -> Iterator[tuple[int, int]]:
    """The spans of names that a title proves; a name counts for three or four characters, or two before 同志."""
    for match in _BEFORE_TITLE.finditer(text):
        yield match.span("name")
    for match in _AFTER_TITLE.finditer(text):
        yield match.span("name")
