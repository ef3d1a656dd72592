"""The body: regions, endangerment sites, and the sided places they make."""

from collections.abc import Iterable, KeysView
from functools import cached_property, lru_cache

import msgspec

from massage_cli.knowledge.value import Value

WHOLE_BODY = "whole-body"
SIDES = ("left", "right")


class Region(Value, frozen=True, kw_only=True):
    """A region that a plan may treat; a paired one has a left and a right side."""

    id: str
    name: str
    paired: bool
    view: tuple[str, ...]
    limb: str | None = None


class Site(Value, frozen=True, kw_only=True):
    """An endangerment site inside a region; never a target, and without a side."""

    id: str
    name: str
    region: str
    why: str
    sources: tuple[str, ...]
    excludes: tuple[str, ...] = ()
    avoid: bool = False


class Body(msgspec.Struct, frozen=True, kw_only=True, dict=True, eq=False):
    """All places in body order: the regions head to foot, left before right, then the sites.

    A *place* is a sided region (`left-knee`), an unpaired region (`neck`) or a site (`groin`).
    """

    regions: tuple[Region, ...]
    sites: tuple[Site, ...]

    @cached_property
    def treatable(self) -> tuple[str, ...]:
        """Every sided region, in body order; sites are not among them."""
        return tuple(place for region in self.regions for place in _sided(region))

    @cached_property
    def order(self) -> dict[str, int]:
        """The rank of each place in body order."""
        places = self.treatable + tuple(site.id for site in self.sites)
        return {place: rank for rank, place in enumerate(places)}

    @cached_property
    def places_of(self) -> dict[str, tuple[str, ...]]:
        """What each name stands for: `knee` for both knees, `whole-body` for every region, a site for itself."""
        names: dict[str, tuple[str, ...]] = {place: (place,) for place in self.order}
        names.update({region.id: _sided(region) for region in self.regions})
        names[WHOLE_BODY] = self.treatable
        return names

    @cached_property
    def region_of(self) -> dict[str, str]:
        """The region without its side that each sided region belongs to."""
        return {place: region.id for region in self.regions for place in _sided(region)}

    @cached_property
    def region_names(self) -> KeysView[str]:
        """Every name that an intake may use for a region: plain, sided, and `whole-body`."""
        return {name: None for name in self.places_of if name not in self._site_ids}.keys()

    @cached_property
    def _site_ids(self) -> frozenset[str]:
        return frozenset(site.id for site in self.sites)

    @cached_property
    def downstream_of(self) -> dict[str, tuple[str, ...]]:
        """What lies further out on the same limb and side; nothing for places off the limbs."""
        below: dict[str, tuple[str, ...]] = {}
        for rank, region in enumerate(self.regions):
            further = [later for later in self.regions[rank + 1 :] if region.limb is not None and later.limb == region.limb]
            for side, place in enumerate(_sided(region)):
                below[place] = tuple(_sided(later)[side] for later in further)
        return below

    def expand(self, names: Iterable[str]) -> tuple[str, ...]:
        """The places that the names stand for, in body order, each once."""
        expanded = [self.places_of[name] for name in names]
        return expanded[0] if len(expanded) == 1 else self.sort({place for places in expanded for place in places})

    def sort(self, places: Iterable[str]) -> tuple[str, ...]:
        """The same places in body order."""
        return tuple(sorted(places, key=self.order.__getitem__))

    def merge(self, places: Iterable[str]) -> tuple[str, ...]:
        """The places as people say them: both sides as one name, all regions as `whole-body`; in body order."""
        return _merged(self, tuple(places))

    def _merge(self, present: frozenset[str]) -> tuple[str, ...]:
        if present.issuperset(self.treatable):
            return (WHOLE_BODY, *(site.id for site in self.sites if site.id in present))
        merged: list[str] = []
        for region in self.regions:
            sided = self.places_of[region.id]
            merged += [region.id] if present.issuperset(sided) else [place for place in sided if place in present]
        merged += [site.id for site in self.sites if site.id in present]
        return tuple(merged)


@lru_cache(maxsize=4096)
def _merged(body: Body, places: tuple[str, ...]) -> tuple[str, ...]:
    """Clients have few sets of places between them, and each plan merges several."""
    return body._merge(frozenset(places))  # noqa: SLF001  # the same thing, remembered


def _sided(region: Region) -> tuple[str, ...]:
    return tuple(f"{side}-{region.id}" for side in SIDES) if region.paired else (region.id,)
