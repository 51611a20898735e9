"""Settings are found upwards, nearer ones go first, and what is locked further up stays as it is there."""

from pathlib import Path

import pytest

from restructure_cli.checks.folders import check
from restructure_cli.model.findings import Finding
from restructure_cli.model.periods import Moment
from running import Restructure

TODAY = Moment(2026, 11, 30).last_day()
STRUCTURE = "restructure: structure/1\norganisation: Ashdale Council\ntitle: Today\nposts:\n"
OVERFILLED = STRUCTURE + "  clerk: {title: Clerk, fte: 2, filled: 3}\n"
HEADER = "restructure: settings/1\n"


def write(folder: Path, **texts: str) -> Path:
    """Write files below a folder; `__` in a name is a folder within it."""
    for name, text in texts.items():
        *folders, stem = name.split("__")
        path = folder.joinpath(*folders, "pyproject.toml" if stem == "pyproject" else f"{stem}.yaml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def told(folder: Path) -> list[tuple[str, str]]:
    return [(finding.rule.code, finding.rule.severity.value) for finding in findings(folder)]


def findings(folder: Path) -> tuple[Finding, ...]:
    return check([folder], TODAY).findings


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("error", [("EST201", "error")]),
        ("warning", [("EST201", "warning")]),
        ("note", [("EST201", "note")]),
        ("off", []),
    ],
)
def test_a_severity_is_what_settings_say(tmp_path: Path, word: str, expected: list[tuple[str, str]]) -> None:
    write(tmp_path, current=OVERFILLED, restructure=f"{HEADER}severities: {{EST201: {word}}}\n")
    assert told(tmp_path) == expected


def test_settings_hold_for_folders_below_and_nowhere_else(tmp_path: Path) -> None:
    write(
        tmp_path,
        a__b__current=OVERFILLED,
        c__current=OVERFILLED,
        a__restructure=f"{HEADER}severities: {{EST201: note}}\n",
    )
    assert told(tmp_path) == [("EST201", "note"), ("EST201", "error")]


def test_the_other_ending_of_yaml_will_do(tmp_path: Path) -> None:
    write(tmp_path, sub__current=OVERFILLED)
    (tmp_path / "restructure.yml").write_text(f"{HEADER}severities: {{EST201: note}}\n", "utf-8")
    assert told(tmp_path / "sub") == told(tmp_path) == [("EST201", "note")]


def test_a_table_that_is_not_closed_is_told(tmp_path: Path) -> None:
    write(tmp_path, current=OVERFILLED, pyproject="[tool.restructure\n")
    assert told(tmp_path) == [("EST201", "error"), ("SYN104", "error")]


def test_the_nearer_file_goes_first(tmp_path: Path) -> None:
    write(tmp_path, a__current=OVERFILLED, restructure=f"{HEADER}severities: {{EST201: off, EST211: off}}\n",
          a__restructure=f"{HEADER}severities: {{EST201: note}}\n")  # fmt: skip
    assert told(tmp_path) == [("EST201", "note")]


def test_settings_may_stand_in_a_pyproject(tmp_path: Path) -> None:
    write(
        tmp_path,
        current=OVERFILLED,
        pyproject="[project]\nname = 'x'\n[tool.restructure.severities]\nEST201 = 'note'\n",
    )
    assert told(tmp_path) == [("EST201", "note")]


def test_beside_a_pyproject_the_file_of_its_own_goes_first(tmp_path: Path) -> None:
    write(tmp_path, current=OVERFILLED, pyproject="[tool.restructure]\nseverities = {EST201 = 'off'}\n",
          restructure=f"{HEADER}severities: {{EST201: note}}\n")  # fmt: skip
    assert told(tmp_path) == [("EST201", "note")]


@pytest.mark.parametrize("table", ["[tool.other]\nthis is not = = TOML\n", "[tool.restructuredtext]\na = 1\n"])
def test_a_pyproject_without_our_table_is_left_alone(tmp_path: Path, table: str) -> None:
    write(tmp_path, current=OVERFILLED, pyproject=table)
    assert told(tmp_path) == [("EST201", "error")]


def test_our_table_may_stand_within_a_line(tmp_path: Path) -> None:
    write(tmp_path, current=OVERFILLED, pyproject="tool = {restructure = {severities = {EST201 = 'note'}}}\n")
    assert told(tmp_path) == [("EST201", "note")]


@pytest.mark.parametrize(
    ("table", "code", "line"),
    [
        ("[tool.restructure]\npublication = 'perhaps'\n", "SCH103", 2),
        ("[tool.restructure]\npublicaton = true\n", "SCH102", 2),
        ("[tool.restructure]\nseverities = {EST999 = 'note'}\n", "REF401", 2),
        ("[tool.restructure]\n\n[tool.restructure.targets]\nspan = 'six'\n", "SCH103", 4),
        ("[tool.restructure]\nlocked = ['EST999']\n", "REF401", 2),
        ("[tool.restructure]\nlocked = [\n", "SYN104", 2),
        ("[tool.other]\n[[tool.restructure]]\nlocked = ['EST201']\n", "SCH101", 2),
        ("[tool.restucture]\nlocked = ['EST201']\n", "SCH101", 1),
        ("[tool.Restructure]\nlocked = ['EST201']\n", "SCH101", 1),
    ],
)
def test_a_fault_of_a_pyproject_is_told_at_its_line(tmp_path: Path, table: str, code: str, line: int) -> None:
    write(tmp_path, current=OVERFILLED, pyproject=table)
    (found,) = [finding for finding in findings(tmp_path) if finding.rule.code == code]
    assert found.place.line == line
    assert found.place.path.endswith("pyproject.toml")


def test_the_search_ends_with_the_repository(tmp_path: Path) -> None:
    write(tmp_path, repository__a__current=OVERFILLED, restructure=f"{HEADER}severities: {{EST201: off}}\n")
    (tmp_path / "repository" / ".git").mkdir()
    assert told(tmp_path / "repository") == [("EST201", "error")]


@pytest.mark.parametrize(
    ("settings", "code", "hint"),
    [
        ("severities: {EST9201: note}", "REF401", 'did you mean "EST201"?'),
        ("severities: {est.overfilled: note}", "REF401", "its code is EST201"),
        ("locked: [EST9201]", "REF401", 'did you mean "EST201"?'),
        ("severities: {EST201: eror}", "SCH103", 'did you mean "error"?'),
        ("severity: {EST201: error}", "SCH102", 'did you mean "severities"?'),
        ("targets: {spans: 6}", "SCH102", 'did you mean "span"?'),
        ("targets: {span: 8-4}", "SCH103", "did you mean 4-8?"),
        ("severities: {SCH103: note}", "SUP705", "delete this line"),
        ("severities: {PAY404: off}", "SUP705", "delete this line"),
    ],
)
def test_what_is_wrong_with_settings_is_told(tmp_path: Path, settings: str, code: str, hint: str) -> None:
    write(tmp_path, current=OVERFILLED, restructure=f"{HEADER}{settings}\n")
    (found,) = [finding for finding in findings(tmp_path) if finding.rule.code != "EST201"]
    assert (found.rule.code, found.hint, found.place.line) == (code, hint, 2)


def test_settings_without_a_header_or_under_another_name_are_told(tmp_path: Path) -> None:
    write(
        tmp_path, current=OVERFILLED, restructure="severities: {EST201: off}\n", settings=f"{HEADER}publication: true\n"
    )
    assert [code for code, _ in told(tmp_path)] == ["EST201", "SCH101", "SCH101"]


@pytest.mark.parametrize(
    "below",
    ["severities: {EST211: note}", "severities: {EST211: off}"],
)
def test_a_locked_rule_cannot_be_lowered_below(tmp_path: Path, below: str) -> None:
    hours = STRUCTURE.replace("posts:", "hours_per_week: 37\nposts:") + "  clerk: {title: Clerk, fte: 37}\n"
    write(tmp_path, restructure=f"{HEADER}locked: [EST211]\n", a__current=hours, a__restructure=f"{HEADER}{below}\n")
    assert told(tmp_path) == [("EST211", "warning"), ("SUP706", "error")]


def test_a_locked_rule_can_be_raised_below_and_is_then_locked_there(tmp_path: Path) -> None:
    hours = STRUCTURE.replace("posts:", "hours_per_week: 37\nposts:") + "  clerk: {title: Clerk, fte: 37}\n"
    write(tmp_path, restructure=f"{HEADER}locked: [EST211]\n",
          a__restructure=f"{HEADER}severities: {{EST211: error}}\n",
          a__b__restructure=f"{HEADER}severities: {{EST211: warning}}\n", a__b__current=hours)  # fmt: skip
    assert told(tmp_path) == [("EST211", "error"), ("SUP706", "error")]


def test_a_file_may_lock_what_it_sets(tmp_path: Path) -> None:
    write(tmp_path, current=OVERFILLED, restructure=f"{HEADER}severities: {{EST201: warning}}\nlocked: EST201\n")
    assert told(tmp_path) == [("EST201", "warning")]


def test_a_locked_rule_cannot_be_suppressed(tmp_path: Path) -> None:
    excuse = "# restructure: ignore EST201 until 2027-03-31 because two people share a desk"
    text = STRUCTURE + f"  {excuse}\n  clerk: {{title: Clerk, fte: 2, filled: 3}}\n"
    write(tmp_path, current=text, restructure=f"{HEADER}locked: [EST201]\n")
    assert told(tmp_path) == [("SUP705", "error"), ("EST201", "error")]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("publication: true\nlocked: [PRV801]", "publication: false"),
        ("targets: {span: 6}\nlocked: [EST213]", "targets: {span: 60}"),
        ("targets: {layers: 5}\nlocked: [EST214]", "targets: {layers: 9}"),
        ("thresholds: {shortfall: 0}\nlocked: [MOV306]", "thresholds: {shortfall: 3}"),
        ("thresholds: {occupants: 5}\nlocked: [PRV804]", "thresholds: {occupants: 1}"),
    ],
)
def test_a_target_of_a_locked_rule_is_kept(tmp_path: Path, above: str, below: str) -> None:
    write(tmp_path, restructure=f"{HEADER}{above}\n", a__restructure=f"{HEADER}{below}\n", a__current=STRUCTURE)
    assert told(tmp_path) == [("SUP706", "error")]
    write(tmp_path, a__restructure=f"{HEADER}{above.splitlines()[0]}\n")
    assert told(tmp_path) == []


def test_other_verbs_go_by_the_settings(tmp_path: Path, restructure: Restructure) -> None:
    write(tmp_path, current=OVERFILLED)
    assert restructure("vacancies", tmp_path / "current.yaml").code == 1
    write(tmp_path, restructure=f"{HEADER}severities: {{EST201: warning}}\n")
    assert restructure("vacancies", tmp_path / "current.yaml").code == 0
    write(tmp_path, restructure=f"{HEADER}severities: {{EST201: lower}}\n")
    assert restructure("vacancies", tmp_path / "current.yaml").code == 3


@pytest.mark.parametrize(("occupants", "expected"), [(1, 0), (2, 1), (5, 1)])
def test_a_threshold_says_how_few_people_are_few(tmp_path: Path, occupants: int, expected: int) -> None:
    two = STRUCTURE + "  clerk: {title: Clerk, fte: 2, people: 2, scp: 7}\n"
    settings = f"{HEADER}publication: true\nthresholds: {{occupants: {occupants}}}\n"
    write(tmp_path, current=two, restructure=settings)
    assert [code for code, _ in told(tmp_path)] == ["PRV804"] * expected


@pytest.mark.parametrize("held", ["filled: 0", "people: 0"])
def test_the_pay_of_nobody_is_not_personal(tmp_path: Path, held: str) -> None:
    write(tmp_path, current=STRUCTURE + f"  clerk: {{title: Clerk, fte: 1, scp: 7, {held}}}\n",
          restructure=f"{HEADER}publication: true\n")  # fmt: skip
    assert told(tmp_path) == []
