"""A name that does not exist comes with the one that was meant, however many there are to choose from."""

import time

from restructure_cli.checks.rule import known_as
from running import Restructure

MANY = [f"manager-of-team-{number}" for number in range(20_000)]


def test_the_nearest_name_is_suggested() -> None:
    assert known_as(["clerk", "driver"], "clark") == 'did you mean "clerk"?'


def test_where_none_is_near_it_says_what_to_do() -> None:
    assert known_as(["clerk", "driver"], "inspector") == "mend the name, or add what it names"
    assert known_as([], "clerk", "add a scale") == "add a scale"


def test_among_very_many_names_a_hundred_suggestions_take_no_time() -> None:
    began = time.process_time()
    for number in range(0, 20_000, 200):
        assert "manager-of-team-" in known_as(MANY, f"manager-of-team-{number}x")
    assert time.process_time() - began < 3


def test_among_very_many_names_the_one_that_was_meant_is_found() -> None:
    assert known_as([*MANY, "assessment-lead"], "assesment-lead") == 'did you mean "assessment-lead"?'


def test_the_command_that_was_meant_is_suggested(restructure: Restructure) -> None:
    ran = restructure("dif", ".")
    assert ran.code == 2
    assert 'did you mean "diff"?' in " ".join(ran.err.split())
    assert "did you mean" not in restructure("zzz").err
