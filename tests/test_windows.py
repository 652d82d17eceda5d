from hypothesis import given
from hypothesis import strategies as st

from jianbao.windows import windows

ITEMS = st.lists(st.tuples(st.integers(0, 50), st.booleans()), max_size=40)


@given(items=ITEMS, limit=st.integers(1, 120))
def test_what_is_done_moves_no_cut(items: list[tuple[int, bool]], limit: int) -> None:
    whole = list(windows(((index, length) for index, (length, _) in enumerate(items)), limit))
    rest = list(windows(((None if done else i, n) for i, (n, done) in enumerate(items)), limit))
    undone = {index for index, (_, done) in enumerate(items) if not done}
    assert rest == [kept for window in whole if (kept := [i for i in window if i in undone])]


@given(items=ITEMS, limit=st.integers(1, 120))
def test_nothing_is_lost_and_no_window_is_longer_than_it_must_be(
    items: list[tuple[int, bool]], limit: int
) -> None:
    lengths = [length for length, _ in items]
    cut = list(windows(enumerate(lengths), limit))
    assert [index for window in cut for index in window] == list(range(len(items)))
    for window in cut:
        assert sum(lengths[index] for index in window[:-1]) < limit
    for window in cut[:-1]:
        assert sum(lengths[index] for index in window) >= limit


def test_items_come_one_window_at_a_time() -> None:
    taken = []

    def items() -> "object":
        for index in range(9):
            taken.append(index)
            yield index, 10

    assert next(windows(items(), 30)) == [0, 1, 2]  # type: ignore[arg-type]
    assert taken == [0, 1, 2]
