"""What is about persons goes: fields, and what texts give away; what only looks like it stays."""

from pathlib import Path

import pytest

from restructure_cli.analysis.personal import REMOVED, cleaned
from restructure_cli.model.structures import Post, Structure, Team
from running import Restructure

ROOT = Path(__file__).parents[2]

TELLS = {
    "an address": ("Clerk (j.smith@ashdale.gov.uk)", f"Clerk ({REMOVED})"),
    "an address with a plus": ("ask jo+hr@mail.example.org today", f"ask {REMOVED} today"),
    "an NI number": ("Clerk ZZ123456C", f"Clerk {REMOVED}"),
    "an NI number in pairs": ("Clerk zz 12 34 56 c", f"Clerk {REMOVED}"),
    "a number of a town": ("ring 01632 960000", f"ring {REMOVED}"),
    "a number with brackets": ("ring (01632) 960 000", f"ring {REMOVED}"),
    "a London number": ("ring 020 7946 0958.", f"ring {REMOVED}."),
    "a mobile": ("ring 07700 900123", f"ring {REMOVED}"),
    "a number from abroad": ("ring +44 (0)20 7946 0958", f"ring {REMOVED}"),
    "Mr": ("Clerk (Mr Smith)", f"Clerk ({REMOVED})"),
    "Mrs": ("for Mrs. Jane Smith-Jones", f"for {REMOVED}"),
    "Dr": ("Consultant, Dr O'Neill", f"Consultant, {REMOVED}"),
    "capitals": ("MRS SMITH retires", f"{REMOVED} retires"),
    "an accent": ("Ms Éloïse Ždanov", REMOVED),
    "a councillor": ("Aide to Cllr Brown", f"Aide to {REMOVED}"),
}
LOOKS_LIKE_IT = (
    "DR Manager", "MS Office Trainer", "Grade 0.5 to 12", "Team 1 of 3, since 2024-05-01", "Miss no deadline",
    "37 hours, 0.8 FTE", "Sirens Officer", "@home care", "Dame school", "Mr and Mrs",
)  # fmt: skip


@pytest.mark.parametrize(("text", "left"), TELLS.values(), ids=TELLS)
def test_what_tells_of_a_person_is_cut_out_of_every_text(text: str, left: str) -> None:
    post = Post("p", text, subject_to=text, because=text, lasts=text, at=(text,))
    told = cleaned(Structure("s.yaml", "A", text, teams={"t": Team("t", text)}, posts={"p": post}, document=text))
    clean = told.structure
    kept = clean.posts["p"]
    texts = (kept.title, kept.subject_to, kept.because, kept.lasts, *kept.at)
    assert {*texts, clean.title, clean.document, clean.teams["t"].title} == {left}
    assert sum(told.removed.values()) == 8


@pytest.mark.parametrize("text", LOOKS_LIKE_IT)
def test_what_only_looks_like_it_stays(text: str) -> None:
    told = cleaned(Structure("s.yaml", "A", text))
    assert told.structure.title == text
    assert not told.removed


def test_numbers_and_notes_go(tmp_path: Path, restructure: Restructure) -> None:
    path = tmp_path / "current.yaml"
    path.write_text(
        "restructure: structure/1\norganisation: A\ntitle: S\nnote: by J\nteams:\n  t: {title: T}\n"
        "posts:\n  p: {title: P, team: t, numbers: [0412], note: on leave, fte: 9, filled: 9}\n",
        "utf-8",
    )
    ran = restructure("publish", path)
    for word in ("0412", "leave", "by J"):
        assert word not in ran.out
    for line in ("human-resources post numbers (1)", "notes (2)"):
        assert line in ran.err


PAID = (
    "restructure: structure/1\norganisation: A\ntitle: S\nas_at: 2026-04-01\n"
    "teams:\n  t: {title: T, control: {fte: 11, cost: £500000}}\nposts:\n"
)


@pytest.mark.parametrize("key", ["scp: 27", "supplement: £900", "salary: £61234", "salary: £60000-£64999"])
def test_what_the_only_holder_is_paid_goes(key: str, tmp_path: Path, restructure: Restructure) -> None:
    path = tmp_path / "current.yaml"
    few, many = (
        f"  a: {{title: A, team: t, fte: 1, filled: 1, {key}}}\n",
        f"  b: {{title: B, team: t, fte: 9, filled: 9, {key}}}\n",
    )
    path.write_text(PAID.replace(", cost: £500000", "").replace("fte: 11", "fte: 10") + few + many, "utf-8")
    ran = restructure("publish", path)
    assert ran.code == 0, ran.err
    word = key.split(":")[0]
    assert ran.out.count(f"{word}:") == 1, "that of the nine stays"
    assert "pay points, supplements and salaries of a few people (1)" in ran.err


def test_a_published_cost_of_a_few_takes_those_that_would_tell_it_along(
    tmp_path: Path, restructure: Restructure
) -> None:
    path = tmp_path / "current.yaml"
    lines = "  a: {title: A, team: t, fte: 1, cost: £70000}\n"
    lines += "  b: {title: B, team: t, fte: 10, filled: 9, cost: £430000}\n"
    path.write_text(PAID + lines, "utf-8")
    ran = restructure("publish", path)
    assert "cost" not in ran.out
    assert "as some are of a few people (3)" in ran.err
    many = PAID + lines.replace("fte: 1,", "fte: 5,").replace("fte: 10,", "fte: 6,").replace("filled: 9", "filled: 6")
    path.write_text(many, "utf-8")
    assert restructure("publish", path).out.count("cost:") == 3


def test_a_vacant_post_pays_nobody(tmp_path: Path, restructure: Restructure) -> None:
    path = tmp_path / "current.yaml"
    path.write_text(PAID.replace("11", "1") + "  a: {title: A, team: t, fte: 1, filled: 0, scp: 27}\n", "utf-8")
    assert "scp: 27" in restructure("publish", path).out


@pytest.mark.parametrize(
    "folder", ["examples", *(f"structures/{name.name}" for name in (ROOT / "structures").iterdir())]
)
def test_what_is_published_passes_the_check_of_files_for_publication(
    folder: str, tmp_path: Path, restructure: Restructure
) -> None:
    made = tmp_path / "made" / "current.yaml"
    made.parent.mkdir()
    assert restructure("publish", ROOT / folder, "--output", made).code == 0
    (made.parent / "restructure.yaml").write_text(
        "restructure: settings/1\npublication: true\nthresholds: {occupants: 4}\n", "utf-8"
    )
    ran = restructure("check", made.parent, "--format", "csv")
    assert "error" not in ran.out, ran.out
    assert "PRV" not in ran.out


def test_the_proposals_of_a_folder_are_said_to_be_left_out(restructure: Restructure) -> None:
    ran = restructure("publish", ROOT / "examples")
    assert "Published current.yaml alone; not in it: proposed.yaml." in ran.err
    assert "alone" not in restructure("publish", ROOT / "examples" / "proposed.yaml").err
