"""What gives way first when a table is too wide."""

from restructure_cli.render.fitting import Demand, fit


def figures(width: int, heading: int, drop: int = 0) -> Demand:
    return Demand((max(width, heading), width), width, width, drop)


TITLE = Demand((40, 40), 24, 18)


def test_a_pipe_takes_every_column_as_wide_as_it_likes() -> None:
    assert fit([TITLE, figures(8, 20, drop=1)], None) == ((0, 1), (40, 20))


def test_a_table_that_fits_is_left_alone() -> None:
    assert fit([TITLE, figures(8, 20)], 62) == ((0, 1), (40, 20))


def test_headings_wrap_first() -> None:
    assert fit([TITLE, figures(8, 20)], 61) == ((0, 1), (40, 8))


def test_then_text_narrows_as_far_as_is_comfortable() -> None:
    assert fit([TITLE, figures(8, 20, drop=1)], 40) == ((0, 1), (30, 8))


def test_the_widest_text_narrows_first() -> None:
    assert fit([TITLE, Demand((30, 30), 24, 18)], 58) == ((0, 1), (28, 28))


def test_then_the_highest_drop_goes() -> None:
    demands = [TITLE, figures(8, 8, drop=1), figures(8, 8, drop=2), figures(8, 8)]
    assert fit(demands, 50) == ((0, 1, 3), (30, 8, 8))


def test_of_equals_the_one_on_the_right_goes() -> None:
    assert fit([TITLE, figures(8, 8, drop=1), figures(8, 8, drop=1)], 40)[0] == (0, 1)


def test_then_text_narrows_to_its_least() -> None:
    assert fit([TITLE, figures(8, 8, drop=1), figures(8, 8)], 30) == ((0, 2), (20, 8))


def test_at_last_the_table_is_wider_than_asked() -> None:
    assert fit([TITLE, figures(8, 8)], 5) == ((0, 1), (18, 8))


def test_the_first_column_stays_whatever_its_drop() -> None:
    assert fit([Demand((40, 40), 24, 18, drop=9), figures(8, 8, drop=1)], 5)[0] == (0,)


def test_no_columns() -> None:
    assert fit([], 80) == ((), ())
    assert fit([], None) == ((), ())
