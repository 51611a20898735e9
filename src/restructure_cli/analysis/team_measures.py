"""How many teams a selection means."""

from decimal import Decimal

from restructure_cli.analysis import tree
from restructure_cli.analysis.evidence import Evidence
from restructure_cli.analysis.measuring import Measured, stated, summed
from restructure_cli.model.claims import Choice, Key, Measure, Selection, Side
from restructure_cli.model.derivations import Source
from restructure_cli.model.quantities import known

ONE = Decimal(1)


def teams(evidence: Evidence, side: str, selection: Selection) -> Measured:
    """Count teams without teams under them, each for as many as it says it stands for."""
    structure = evidence.structure(side)
    below = tree.children(tree.parents(structure))
    parts = []
    for team in structure.teams.values():
        above = evidence.above[side][team.id]
        condition = any(structure.teams[id_].subject_to for id_ in above)
        if below.get(team.id) or (selection and not any(_is_team(choice, above, condition) for choice in selection)):
            continue
        stands_for = known(team.teams) if team.teams is not None else ONE
        source = Source(team.path, ("teams", team.id), team.at)
        parts.append(stated(team.title, stands_for, "teams", source))
    complete = all(part.value is not None for part in parts)
    return summed(tuple(parts), complete, Measure(Side(side), "teams"), len(parts))


def _is_team(choice: Choice, above: frozenset[str], condition: bool) -> bool:
    """Whether a team under some teams (itself among them) is one that a choice means."""
    teams, conditional = choice.keys.get(Key.TEAM), choice.keys.get(Key.CONDITIONAL)
    if (teams and above.isdisjoint(teams)) or (conditional and ("true" if condition else "false") not in conditional):
        return False
    return not any(_is_team(one, above, condition) for one in choice.excluded)
