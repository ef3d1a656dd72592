"""What may be changed in each kind of built-in entry, and in which direction; a key that stands nowhere here is fixed."""

from collections.abc import Iterator, Mapping
from typing import Any, Union

import msgspec

from massage_cli.knowledge.overlay.directions import (
    Direction,
    at_least,
    at_most,
    between,
    earlier_word,
    fixed,
    free,
    grows,
    keeps_words,
    later_word,
    only_on,
    worded,
)
from massage_cli.knowledge.techniques import Indication
from massage_cli.knowledge.vocabulary import Category, Certainty, Urgency
from massage_cli.knowledge.vocabulary import Direction as Evidence

Ways = Mapping[str, Union[Direction, "Ways"]]
"""The direction of each key; a table inside has ways of its own."""

Loosening = tuple[str, str]
"""The key path inside the entry, and what is wrong there."""

_CERTAINTIES = tuple(Certainty)
_LEAST_FRAIL_PERCENT = 70
"""Below it the shortest built-in visit, 15 minutes, would leave the frail less than the 10 that a session needs."""
_LEAST_EASED_PERCENT = 50


def _valid_days(new: Any, old: Any) -> str | None:
    """Where no note lifted the rule before there was no stop to lift; a rule that is raised to a stop may have one."""
    return None if old == 0 else at_most(new, old)


def _regions(new: Any, old: Any) -> str | None:
    """No region more; for a technique of the whole body that is never the case."""
    more = [name for name in new if name not in old and "whole-body" not in old]
    if not more:
        return None
    return f"adds {', '.join(more)}, where the built-in technique is not used; take it out, or write a technique of your own"


def _indications(new: tuple[Indication, ...], old: tuple[Indication, ...]) -> str | None:
    """Every one of the built-in ones, none of them surer or better than it was; and any others."""
    given = {indication.for_: indication for indication in new}
    for known in old:
        now = given.get(known.for_)
        if now is None:
            return f"leaves out the built-in one for '{known.for_}'; name it too, or leave the key out"
        surer = _CERTAINTIES.index(now.certainty) < _CERTAINTIES.index(known.certainty)
        better = tuple(Evidence).index(now.direction) < tuple(Evidence).index(known.direction)
        if surer or better or now.sources != known.sources:
            return f"makes more of the evidence for '{known.for_}' than its sources do; keep or lower it, and keep its sources"
    return None


RULE: Ways = {
    "title": keeps_words,
    "reason": keeps_words,
    "action": keeps_words,
    "category": earlier_word(tuple(Category)),
    "urgency": earlier_word(tuple(Urgency)),
    "clearance": free,  # the form of rules ties it to the category, which can only rise
    "clearance-valid-days": _valid_days,
    "excludes": grows,
    "pressure-max": at_most,
    "minutes-max": at_most,
    "positions": grows,
    "precautions": grows,
    "at": grows,
    "sources": grows,
}
FACT: Ways = {"label": keeps_words, "ask": keeps_words, "checked-each-visit": only_on}
GROUP: Ways = {"title": keeps_words}
TAG: Ways = {}
TECHNIQUE: Ways = {
    "name": worded,
    "description": worded,
    "other-names": free,
    "tags": grows,
    "regions": _regions,
    "extra-training": only_on,
    "training": worded,
    "goals": free,
    "pressure": {"min": at_least, "max": at_most},
    "minutes": {"min": at_least, "typical": free, "max": at_most},
    "indication": _indications,
    "equipment": free,
    "cautions": grows,
}
COMPLAINT: Ways = {"name": worded, "regions": free, "synonyms": free, "protocols": free, "needs": free}
"""What a complaint leads to, and what it needs, is compared as a whole in courses.py."""
PROTOCOL: Ways = {
    "name": worded,
    "basis": worded,
    "certainty": later_word(_CERTAINTIES),
    "measures": grows,
    "techniques": free,
    "sources": grows,
    "step-down-early": worded,
    "step-down-late": worded,
    "weeks": free,
    "last-day": free,
    "evidence-from": free,
    **dict.fromkeys(("needs-clearance", "cleared-by", "pressure-max", "not-before-injury-day", "stop-after", "review-visits"), free),
    **dict.fromkeys(("sessions-total", "phase", "maintenance", "beyond-visit-cap"), free),
}
"""The shape of a course is compared as a whole in courses.py."""
MEASURE: Ways = {"name": worded}
ADVICE: Ways = {"text": keeps_words}
CLAIM: Ways = {"phrases": grows}
SOURCE: Ways = {}
NUMBERS: Ways = {
    "first-visit-extra-minutes": at_least,
    "short-by-nature": free,
    "weights": dict.fromkeys(("evidence", "goal", "region", "preference"), free),
    "evidence-scores": free,
    "direction-factors": free,
    "pressure": {
        **dict.fromkeys(("light", "moderate", "firm", "highest-ever", "first-visit-cap", "severe-pain-from"), at_most),
        **dict.fromkeys(("severe-pain-minus", "acute-days", "acute-minus"), at_least),
        **dict.fromkeys(("acute-cap", "frail-age", "frail-cap", "drainage-neighbor-max"), at_most),
        "frail-minutes-percent": between(_LEAST_FRAIL_PERCENT, at_most),
    },
    "adaptation": {
        **dict.fromkeys(("review-at-latest-visits", "review-at-latest-days", "cap-visits-next-180-days"), between(1, at_most)),
        **dict.fromkeys(("worse-points", "worse-percent", "cap-visits-90-days"), between(1, at_most)),
        **dict.fromkeys(("worse-hours", "ease-hours", "extra-visits-when-slight", "relapse-block-sessions"), at_most),
        **dict.fromkeys(("maintenance-stretch-days", "relapse-block-gap-days", "ease-pressure-minus"), at_least),
        "ease-minutes-percent": between(_LEAST_EASED_PERCENT, at_most),
    },
    "choosing": {
        **dict.fromkeys(("intensive-pain-from", "intensive-minutes"), at_least),
        "intensive-never-with": grows,
        "protocol-clearance-days": at_most,
    },
    "calendar": {"injury-not-before-day": at_least, "default-weekdays": free},
}

BY_KIND: Mapping[str, Ways] = {
    "group": GROUP,
    "fact": FACT,
    "rule": RULE,
    "tag": TAG,
    "technique": TECHNIQUE,
    "complaint": COMPLAINT,
    "protocol": PROTOCOL,
    "measure": MEASURE,
    "advice": ADVICE,
    "claim": CLAIM,
    "source": SOURCE,
}
"""The ways of every kind of entry, by the key that it has in its file."""


def loosenings(new: Any, old: Any, ways: Ways, path: str = "") -> Iterator[Loosening]:
    """Every key in which the new value allows more than the built-in one."""
    for name, key in zip(old.__struct_fields__, old.__struct_encode_fields__, strict=True):
        way = ways.get(key, fixed)
        before, after = getattr(old, name), getattr(new, name)
        if isinstance(way, Mapping) or (way is fixed and isinstance(before, msgspec.Struct)):
            yield from loosenings(after, before, way if isinstance(way, Mapping) else {}, f"{path}{key}.")
        else:
            message = way(after, before)
            if message is not None:
                yield f"{path}{key}", message
