"""How many teams a selection means."""

from decimal import Decimal

from restructure_cli.analysis.evidence import Evidence, LowestTeam
from restructure_cli.analysis.measuring import Measured, stated, summed
from restructure_cli.model.claims import Choice, Key, Measure, Selection, Side
from restructure_cli.model.derivations import Source
from restructure_cli.model.quantities import known

ONE = Decimal(1)


def teams(evidence: Evidence, side: str, selection: Selection) -> Measured:
    """Count teams without teams under them, each for as many as it says it stands for."""
    parts = []
    for lowest in evidence.lowest_teams[side]:
        team = lowest.team
        if selection and not any(_is_team(choice, lowest) for choice in selection):
            continue
        stands_for = known(team.teams) if team.teams is not None else ONE
        source = Source(team.path, ("teams", team.id), team.at)
        parts.append(stated(team.title, stands_for, "teams", source))
    complete = all(part.value is not None for part in parts)
    return summed(tuple(parts), complete, Measure(Side(side), "teams"), len(parts))


def _is_team(choice: Choice, lowest: LowestTeam) -> bool:
    """Whether a team is one that a choice means, by itself or by a team above it."""
    teams, conditional = choice.of(Key.TEAM), choice.of(Key.CONDITIONAL)
    if teams and lowest.within.isdisjoint(teams):
        return False
    if conditional and ("true" if lowest.conditional else "false") not in conditional:
        return False
    return not any(_is_team(one, lowest) for one in choice.excluded)
