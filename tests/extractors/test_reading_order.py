"""People read columns from the top, then the next column; boxes that are a hair off change nothing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extractors.reading_order import Place, read_order

WIDTH, HEIGHT = 12_192_000, 6_858_000
INCH = 914_400
jitter = st.integers(-int(0.02 * INCH), int(0.02 * INCH))


def place(index: int, x: float, y: float, width: float, height: float = 0.5, words: int = 3) -> Place:
    """A box given in inches."""
    return Place(index, x * INCH, y * INCH, (x + width) * INCH, (y + height) * INCH, words)


@given(st.integers(2, 3), st.integers(2, 6), st.lists(jitter, min_size=36, max_size=36), st.randoms(use_true_random=False))
def test_columns_with_jitter_in_any_z_order(columns: int, rows: int, off: list[int], random: object) -> None:
    places = []
    for column in range(columns):
        for row in range(rows):
            index = column * rows + row
            p = place(index, 0.5 + column * 4.2, 1.5 + row * 0.9, 3.6)
            dx, dy = off[2 * index], off[2 * index + 1]
            places.append(Place(index, p.left + dx, p.top + dy, p.right + dx, p.bottom + dy, 3))
    random.shuffle(places)  # type: ignore[attr-defined]
    assert read_order(places, WIDTH, HEIGHT) == list(range(columns * rows))


def test_heading_and_foot_over_columns() -> None:
    places = [place(5, 0.5, 6.8, 12), place(2, 0.5, 2.5, 5.5), place(4, 7, 2.5, 5.5), place(0, 0.5, 0.3, 12),
              place(3, 7, 1.5, 5.5), place(1, 0.5, 1.5, 5.5)]
    assert read_order(places, WIDTH, HEIGHT) == [0, 1, 2, 3, 4, 5]


def test_centred_line_above_columns_is_no_column() -> None:
    places = [place(1, 0.5, 1.5, 5), place(3, 7, 1.5, 5), place(2, 0.5, 2.5, 5), place(4, 7, 2.5, 5), place(0, 6, 0.5, 2)]
    assert read_order(places, WIDTH, HEIGHT) == [0, 1, 2, 3, 4]


def test_short_labels_beside_texts_are_rows() -> None:
    places = [place(0, 0.5, 1, 2, words=1), place(2, 0.5, 3, 2, words=1), place(4, 0.5, 5, 2, words=2),
              place(1, 3, 1, 8, words=14), place(3, 3, 3, 8, words=12), place(5, 3, 5, 8, words=11)]
    assert read_order(places, WIDTH, HEIGHT) == [0, 1, 2, 3, 4, 5]


@given(st.lists(st.tuples(st.floats(0, 12), st.floats(0, 7), st.floats(0.01, 12), st.floats(0.01, 7)), max_size=60))
def test_every_box_comes_out_once(boxes: list[tuple[float, float, float, float]]) -> None:
    places = [place(index, *box) for index, box in enumerate(boxes)]
    assert sorted(read_order(places, WIDTH, HEIGHT)) == list(range(len(boxes)))


def test_too_many_boxes_are_still_ordered() -> None:
    places = [place(index, 0.5 + index % 3, 0.004 * (index // 3), 0.5, 0.003) for index in range(3000)]
    assert len(read_order(places, WIDTH, HEIGHT)) == 3000
