"""The teams of an organogram: its units, within their organisations where it has several."""

from restructure_cli.analysis.naming import slug
from restructure_cli.model.extracts import JuniorPosts, Organogram, SeniorPost


class TeamPaths:
    """The teams that rows stand in: organisation (where there are several) and unit, as plain titles."""

    def __init__(self, organogram: Organogram) -> None:
        self.organisations = dict.fromkeys(slug(post.organisation) for post in organogram.rows if post.organisation)
        self.titles: dict[tuple[str, ...], str] = {}

    def of(self, post: SeniorPost | JuniorPosts) -> tuple[str, ...]:
        """Return the path of a row's team, and remember the title it goes by."""
        named_: list[str] = []
        if post.organisation and len(self.organisations) > 1:
            named_.append(post.organisation)
        if post.unit and (not named_ or slug(post.unit) != slug(named_[0])):
            named_.append(post.unit)
        path: tuple[str, ...] = ()
        for title in named_:
            path = (*path, slug(title))
            self.titles.setdefault(path, title)
        return path
