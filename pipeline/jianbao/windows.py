"""Items grouped so that each group is work enough, with cuts that do not depend on how much is done already."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")


def windows(items: Iterable[tuple[T | None, int]], limit: int) -> Iterator[list[T]]:
    """Consecutive items, cut where their lengths reach ``limit``; groups with nothing in them are left out.

    ``items`` are (item, length). An item that is None (done before) has no part in the work, but its length counts,
    so that the cuts are where they were when it was not done yet.
    """
    window: list[T] = []
    total = 0
    for item, length in items:
        if item is not None:
            window.append(item)
        total += length
        if total >= limit:
            if window:
                yield window
            window, total = [], 0
    if window:
        yield window
