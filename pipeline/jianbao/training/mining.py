"""Phrase pairs mined from sentence pairs: n-grams that stand together far more often than apart.

A Chinese n-gram and an English one are scored by the Dice coefficient of the sentences they stand in,
2 f(z,e) / (f(z) + f(e)) (Smadja, McKeown and Hatzivassiloglou 1996, "Translating Collocations for Bilingual
Lexicons"). N-grams that nearly always stand inside one longer n-gram are left to that one.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from jianbao.training.corpus import Pair

_RUN = re.compile(r"[\u4e00-\u9fff]+")
_WORD = re.compile(r"[A-Za-z][A-Za-z'-]*")
# One longer than what is kept: a gram at the edge of the range could be a piece of a longer phrase.
_ZH_LENGTHS, _EN_LENGTHS = range(3, 10), range(1, 8)
_INSIDE = 0.85
# What an English phrase neither begins nor ends with.
_LOOSE = frozenset({
    "a", "an", "the", "of", "to", "in", "on", "at", "by", "for", "from", "with", "and", "or", "as", "is",
    "are", "was", "were", "be", "been", "has", "have", "had", "will", "would", "shall", "we", "our", "us",
    "it", "its", "this", "that", "these", "those", "they", "their", "not", "which", "who", "more", "all",
    "each", "per", "than", "into",
})  # fmt: skip
_DICE, _GIVEN_ZH = 0.6, 0.7


def mine_phrases(pairs: Sequence[Pair], *, least: int = 8) -> list[tuple[str, str]]:
    """(Chinese phrase, English phrase) pairs that stand together in at least ``least`` of ``pairs``.

    For each Chinese phrase the English one of the highest Dice score, the longer on a tie.
    """
    chinese = [_chinese_grams(pair.source) for pair in pairs]
    english = [_english_grams(pair.target) for pair in pairs]
    zh, en = _frequent(chinese, least), _frequent(english, least)
    zh_ids, en_ids = {g: i for i, g in enumerate(zh)}, {g: i for i, g in enumerate(en)}
    best: dict[str, tuple[float, int, str]] = {}
    zh_names, en_names = list(zh), list(en)
    for key, count in _together(chinese, english, zh_ids, en_ids, least):
        z, e = zh_names[key // len(en_ids)], en_names[key % len(en_ids)]
        dice = 2 * count / (zh[z] + en[e])
        if dice >= _DICE and count / zh[z] >= _GIVEN_ZH:
            best[z] = max(best.get(z, (0.0, 0, "")), (round(dice, 2), len(e.split()), e))
    return [
        (z, e)
        for z, (_, _, e) in best.items()
        if len(z) < _ZH_LENGTHS[-1] and len(e.split()) < _EN_LENGTHS[-1]
    ]


def _chinese_grams(text: str) -> set[str]:
    return {
        run[i : i + n] for run in _RUN.findall(text) for n in _ZH_LENGTHS for i in range(len(run) - n + 1)
    }


def _english_grams(text: str) -> set[str]:
    grams = set()
    for clause in re.split(r"[.,;:()\"!?]", text):
        words = _WORD.findall(clause)
        for n in _EN_LENGTHS:
            for i in range(len(words) - n + 1):
                first, last = words[i], words[i + n - 1]
                if first.lower() not in _LOOSE and last.lower() not in _LOOSE:
                    grams.add(" ".join(words[i : i + n]))
    return grams


def _frequent(sentences: Sequence[set[str]], least: int) -> dict[str, int]:
    """The grams in at least ``least`` sentences that are not nearly always part of one longer gram."""
    counts = Counter(gram for grams in sentences for gram in grams)
    frequent = {gram: n for gram, n in counts.items() if n >= least}
    inside: defaultdict[str, int] = defaultdict(int)
    for gram, n in frequent.items():
        for part in _parts(gram):
            inside[part] = max(inside[part], n)
    return {gram: n for gram, n in frequent.items() if inside[gram] < _INSIDE * n}


def _parts(gram: str) -> Iterable[str]:
    """The two grams that are one character (Chinese) or word (English) shorter."""
    if " " in gram:
        return gram.split(" ", 1)[1], gram.rsplit(" ", 1)[0]
    return (gram[1:], gram[:-1]) if not gram.isascii() else ()


def _together(
    chinese: Sequence[set[str]],
    english: Sequence[set[str]],
    zh_ids: dict[str, int],
    en_ids: dict[str, int],
    least: int,
) -> Iterable[tuple[int, int]]:
    """(zh id x number of en ids + en id, count) of the pairs that share at least ``least`` sentences."""
    shards: list[list[np.ndarray]] = [[] for _ in range(8)]
    for zs, es in zip(chinese, english, strict=True):
        z = np.array([zh_ids[g] for g in zs if g in zh_ids], dtype=np.int64)
        e = np.array([en_ids[g] for g in es if g in en_ids], dtype=np.int64)
        for shard, gathered in enumerate(shards):
            some = z[z % len(shards) == shard]
            if len(some) and len(e):
                gathered.append((some[:, None] * len(en_ids) + e[None, :]).ravel())
    for gathered in shards:
        if gathered:
            keys, counts = np.unique(np.concatenate(gathered), return_counts=True)
            kept = counts >= least
            yield from zip(keys[kept].tolist(), counts[kept].tolist(), strict=True)
            gathered.clear()
