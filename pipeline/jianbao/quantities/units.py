"""Units: their English, their dimension, and the Chinese and English words for them."""

from decimal import Decimal
from typing import NamedTuple


class Unit(NamedTuple):
    """A unit in English. ``factor`` turns a value into the base unit of its ``dimension``.

    Units without a ``plural`` are never written by rule: the noun is the translation's.
    """

    name: str
    plural: str
    dimension: str
    factor: Decimal = Decimal(1)


def _units(dimension: str, *rows: tuple[str, str, str]) -> dict[str, Unit]:
    return {name: Unit(name, plural, dimension, Decimal(factor)) for name, plural, factor in rows}


UNITS: dict[str, Unit] = (
    _units("percent", ("percent", "percent", "1"), ("per mille", "per mille", "0.1"))
    | _units(
        "points", ("percentage point", "percentage points", "1"), ("basis point", "basis points", "0.01")
    )
    | _units("ratio", ("ratio", "", "1"))
    | _units("times", ("times", "times", "1"))
    | _units("count", ("count", "", "1"))
    | _units("ordinal", ("ordinal", "", "1"))
    | _units("code", ("code", "", "1"))
    | _units("calendar year", ("calendar year", "", "1"))
    | _units("calendar month", ("calendar month", "", "1"))
    | _units("calendar day", ("calendar day", "", "1"))
    | _units("yuan", ("yuan", "yuan", "1"))
    | _units("US dollar", ("US dollar", "US dollars", "1"))
    | _units("euro", ("euro", "euros", "1"))
    | _units("Hong Kong dollar", ("Hong Kong dollar", "Hong Kong dollars", "1"))
    | _units("pound", ("pound", "pounds", "1"))
    | _units("yen", ("yen", "yen", "1"))
    | _units(
        "length",
        ("meter", "meters", "1"),
        ("kilometer", "kilometers", "1000"),
        ("centimeter", "centimeters", "0.01"),
        ("millimeter", "millimeters", "0.001"),
        ("micrometer", "micrometers", "0.000001"),
        ("nanometer", "", "0.000000001"),
        ("nautical mile", "nautical miles", "1852"),
    )
    | _units(
        "area",
        ("mu", "mu", "1"),
        ("hectare", "hectares", "15"),
        ("square kilometer", "square kilometers", "1500"),
        ("square meter", "square meters", "0.0015"),
    )
    | _units(
        "volume",
        ("cubic meter", "cubic meters", "1000"),
        ("liter", "liters", "1"),
        ("milliliter", "milliliters", "0.001"),
    )
    | _units(
        "mass",
        ("kilogram", "kilograms", "1"),
        ("ton", "tons", "1000"),
        ("jin", "jin", "0.5"),
        ("gram", "grams", "0.001"),
        ("milligram", "milligrams", "0.000001"),
        ("microgram", "micrograms", "0.000000001"),
    )
    | _units(
        "power",
        ("watt", "watts", "1"),
        ("kilowatt", "kilowatts", "1000"),
        ("megawatt", "megawatts", "1000000"),
        ("gigawatt", "gigawatts", "1000000000"),
    )
    | _units(
        "energy",
        ("kilowatt-hour", "kilowatt-hours", "1"),
        ("megawatt-hour", "megawatt-hours", "1000"),
        ("gigawatt-hour", "gigawatt-hours", "1000000"),
        ("terawatt-hour", "terawatt-hours", "1000000000"),
    )
    | _units(
        "time",
        ("second", "", "1"),
        ("minute", "", "60"),
        ("hour", "", "3600"),
        ("day", "", "86400"),
        ("week", "", "604800"),
    )
    | _units(
        "long time",
        ("month", "", "1"),
        ("quarter", "", "3"),
        ("year", "", "12"),
        ("decade", "", "120"),
        ("century", "", "1200"),
    )
    | _units("temperature", ("degree Celsius", "degrees Celsius", "1"))
    | _units("", ("", "", "1"))
)

CHINESE_UNITS: dict[str, str] = {
    "%": "percent", "个百分点": "percentage point", "百分点": "percentage point", "‰": "per mille",
    "个基点": "basis point", "基点": "basis point", "倍": "times",
    "元": "yuan", "块钱": "yuan", "元人民币": "yuan", "美元": "US dollar", "美金": "US dollar", "欧元": "euro",
    "港元": "Hong Kong dollar", "港币": "Hong Kong dollar", "英镑": "pound", "日元": "yen",
    "公里": "kilometer", "千米": "kilometer", "米": "meter", "厘米": "centimeter", "毫米": "millimeter",
    "微米": "micrometer", "纳米": "nanometer", "海里": "nautical mile",
    "亩": "mu", "公顷": "hectare", "平方公里": "square kilometer", "平方千米": "square kilometer",
    "平方米": "square meter", "㎡": "square meter", "m2": "square meter", "平米": "square meter",
    "立方米": "cubic meter", "m³": "cubic meter", "m3": "cubic meter", "升": "liter", "毫升": "milliliter",
    "吨": "ton", "公斤": "kilogram", "千克": "kilogram", "克": "gram", "毫克": "milligram",
    "微克": "microgram", "斤": "jin",
    "千瓦": "kilowatt", "兆瓦": "megawatt", "吉瓦": "gigawatt", "瓦": "watt",
    "千瓦时": "kilowatt-hour", "度电": "kilowatt-hour", "兆瓦时": "megawatt-hour", "吉瓦时": "gigawatt-hour",
    "℃": "degree Celsius", "°C": "degree Celsius", "摄氏度": "degree Celsius",
    "秒": "second", "秒钟": "second", "分钟": "minute", "小时": "hour", "个小时": "hour", "个钟头": "hour",
    "天": "day", "日": "day", "个工作日": "day", "工作日": "day", "周": "week", "个星期": "week",
    "个月": "month", "月": "month", "个季度": "quarter", "年": "year", "周年": "year", "周岁": "year",
    "岁": "year", "年度": "year", "个年度": "year", "世纪": "century", "个世纪": "century",
}  # fmt: skip

# Measure words of counted things; the English noun is the translation's.
COUNT_WORDS = (
    *(
        "人次",
        "家次",
        "场次",
        "批次",
        "台次",
        "架次",
        "户次",
        "件次",
        "项次",
        "辆次",
        "班次",
        "车次",
        "频次",
        "剂次",
        "版次",
    ),
    *("人份", "台套", "名次", "个人", "方面", "大类", "社区", "街道", "标箱"),
    *"人家项件名个位所处宗篇部起批床张例次场期户套辆艘台架座条份支株头只种类门款本册枚栋幢间片块段根口对组届轮版笔单层级幅首",
    *"集句回趟颗粒匹尾羽列节盏桩箱袋瓶剂大卷路号站班队省市县区国校院镇乡村城线分",
)
# Latin units that a translation keeps as they are; the digits before them are the figure.
LATIN_UNITS = (
    "kV", "kVA", "kW", "MW", "GW", "kWh", "MWh", "GWh", "TWh", "km", "kg", "mm", "cm", "nm", "m", "t", "MPa", "PB",
    "TB", "GB", "MB", "P", "PFLOPS", "EFLOPS", "Gbps", "Mbps", "bps", "dB", "h", "Hz", "MHz", "GHz",
)  # fmt: skip

ENGLISH_UNITS: dict[str, str] = {
    "percent": "percent", "per cent": "percent", "%": "percent", "percentage points": "percentage point",
    "percentage point": "percentage point", "percent points": "percentage point", "pp": "percentage point",
    "basis points": "basis point", "basis point": "basis point", "bps": "basis point", "‰": "per mille",
    "per mille": "per mille", "per mil": "per mille", "permille": "per mille", "per thousand": "per mille",
    "per 1,000": "per mille",
    "times": "times", "-fold": "times", "fold": "times",
    "yuan": "yuan", "renminbi": "yuan", "rmb": "yuan", "cny": "yuan", "us dollars": "US dollar",
    "u.s. dollars": "US dollar", "dollars": "US dollar", "us dollar": "US dollar", "dollar": "US dollar",
    "usd": "US dollar", "euros": "euro", "euro": "euro", "hong kong dollars": "Hong Kong dollar",
    "hk dollars": "Hong Kong dollar", "hkd": "Hong Kong dollar", "pounds": "pound", "pounds sterling": "pound",
    "yen": "yen", "km": "kilometer", "m": "meter", "cm": "centimeter", "mm": "millimeter", "nm": "nanometer",
    "hours": "hour", "hour": "hour", "minutes": "minute", "minute": "minute", "seconds": "second",
    "days": "day", "day": "day", "working days": "day", "working day": "day", "workdays": "day",
    "weeks": "week", "week": "week", "months": "month", "month": "month", "quarters": "quarter",
    "years": "year", "year": "year", "centuries": "century", "decades": "decade", "decade": "decade",
    "years old": "year", "tonnes": "ton", "tonne": "ton",
    "metric tons": "ton", "metric ton": "ton", "kg": "kilogram", "jin": "jin", "catties": "jin",
    "degrees celsius": "degree Celsius", "°c": "degree Celsius", "℃": "degree Celsius", "mu": "mu",
    "kwh": "kilowatt-hour", "mwh": "megawatt-hour", "gwh": "gigawatt-hour", "twh": "terawatt-hour",
    "kw": "kilowatt", "mw": "megawatt", "gw": "gigawatt", "square metres": "square meter",
    "sq km": "square kilometer", "sq m": "square meter", "m2": "square meter", "m3": "cubic meter",
    "km2": "square kilometer", "km²": "square kilometer", "m²": "square meter", "m³": "cubic meter",
    "litres": "liter", "litre": "liter",
}  # fmt: skip
ENGLISH_UNITS |= {
    spelled: name
    for name, unit in UNITS.items()
    if unit.plural and unit.dimension not in ("yuan", "US dollar", "pound")
    for form in (name.lower(), unit.plural.lower())
    for spelled in (form, form.replace("meter", "metre"))
}
