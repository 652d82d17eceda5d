"""The one normalisation of text, shared by training and inference.

NFKC folds full-width forms (``，；：！？（）`` become ASCII; ``。、《》“”`` stay), and white space is reduced:
Chinese is written without it.
"""

import re
import unicodedata

_SPACES = re.compile(r"\s+")
_SPACE_BETWEEN_CHINESE = re.compile(r"(?<=[\u4e00-\u9fff，。；：、！？]) (?=[\u4e00-\u9fff])")
_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "—": "-", "–": "-"})


def normalise_source(text: str) -> str:
    """Chinese text as the model reads it."""
    folded = unicodedata.normalize("NFKC", text)
    return _SPACE_BETWEEN_CHINESE.sub("", _SPACES.sub(" ", folded).strip())


def normalise_target(text: str) -> str:
    """English text as the model writes it: straight quotes, hyphens for dashes, ``...`` for the ellipsis."""
    folded = unicodedata.normalize("NFKC", text).translate(_PLAIN).replace("…", "...")
    return _SPACES.sub(" ", folded).strip()
