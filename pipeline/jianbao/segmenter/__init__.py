"""Segmenter: the section tree of Chinese official documents, their sentences and their translation units."""

from jianbao.segmenter.outline import segment
from jianbao.segmenter.printing import outline_text
from jianbao.segmenter.rendering import render_marker
from jianbao.segmenter.units import join_units, split_units

__all__ = ["join_units", "outline_text", "render_marker", "segment", "split_units"]
