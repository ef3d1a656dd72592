"""An intake file to fill in, with every key explained, and the header of a CSV list."""

from collections.abc import Iterator
from typing import assert_never

from massage_cli.files.lists.csv_header import csv_columns
from massage_cli.knowledge.facts import Fact
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.vocabulary import Condition, FactKind, Goal, Weekday, Wish
from massage_cli.planning.criteria_words import asked_when_words
from massage_cli.planning.intake import EVERYTHING_ELSE

_WIDTH = 100


def intake_template(knowledge: Knowledge) -> str:
    """A TOML text whose comments say what may stand where; every answer is commented out, so that nothing is claimed by accident."""
    return "\n".join((*_reason(knowledge), *_health(knowledge), *_notes(), *_booking(knowledge))) + "\n"


def csv_header(knowledge: Knowledge) -> str:
    """The header line of a CSV list; CR LF at its end."""
    return ",".join(csv_columns(knowledge)) + "\r\n"


def _reason(knowledge: Knowledge) -> Iterator[str]:
    yield "# An intake. Take the # from every line that applies and fill it in, then: massage plan FILE"
    yield "# What is left out is not known; the first five are always needed."
    yield ""
    yield 'format = "massage-intake/1"'
    yield "# client = \"c-0001\"               # a pseudonym: letters, digits, '-', '_', '.'; never a name"
    yield "# age =                           # years"
    yield f'# condition = ""                  # {" | ".join(Condition)}'
    yield '# regions = [""]                  # plain for both sides, or left-, right-; or whole-body:'
    yield from _wrapped(", ".join(region.id for region in knowledge.regions))
    yield "# pain =                          # 0 to 10 now; may be left out for maintenance"
    yield '# complaint = ""                  # what the client comes with:'
    yield from _wrapped(", ".join(knowledge.complaint))
    yield "# onset = 2026-05-01              # when it began; needed for acute and injury-recovery"
    yield f"# goals = []                      # {' '.join(Goal)}"
    yield f'# pressure = "moderate"           # {" | ".join(Wish)}'
    yield "# prefers = []                    # techniques asked for"
    yield "# declines = []                   # techniques not wanted:"
    yield from _wrapped(", ".join(knowledge.technique))
    yield "# first-visit = true"
    yield '# notes = ""                      # never read by the planner'


def _wrapped(text: str) -> Iterator[str]:
    import textwrap

    yield from textwrap.wrap(text, _WIDTH, initial_indent="#     ", subsequent_indent="#     ", break_on_hyphens=False)


def _health(knowledge: Knowledge) -> Iterator[str]:
    yield ""
    yield "[health]"
    yield "# Answers are yes, no or unsure. A yes without a place counts for every region asked for: name the place."
    yield "# Take the # from the next line only when every other question was asked and answered no."
    yield f'# {EVERYTHING_ELSE} = "no"'
    for group in knowledge.groups:
        yield ""
        yield f"# --- {group.title}"
        for fact in knowledge.facts:
            if fact.group == group.id:
                yield from _question(fact)


def _question(fact: Fact) -> Iterator[str]:
    gate = "" if fact.asked_when is None else f" (only when {asked_when_words(fact)})"
    yield from _wrapped(f"{fact.ask}{gate}")
    match fact.kind:
        case FactKind.YES_NO:
            where = ', or { answer = "yes", regions = ["left-knee"] }' if fact.where else ""
            yield f'# {fact.id} = "unsure"  # yes | no | unsure{where}'
        case FactKind.CHOICE:
            yield f'# {fact.id} = "unsure"  # {" | ".join((*fact.choices, "unsure"))}'
        case FactKind.NUMBER:
            yield f'# {fact.id} = "unsure"  # {fact.min} to {fact.max} {fact.unit or ""}'.rstrip()
        case _:
            assert_never(fact.kind)


def _notes() -> Iterator[str]:
    yield ""
    yield "# A recorded agreement of a physician or midwife; one such table for each."
    yield "# [[clearances]]"
    yield '# rule = "pregnancy"'
    yield '# by = "midwife"'
    yield "# on = 2026-11-10"
    yield '# limits = "no work lying flat"'


def _booking(knowledge: Knowledge) -> Iterator[str]:
    numbers = knowledge.numbers
    days = ", ".join(f'"{day}"' for day in numbers.calendar.default_weekdays)
    yield ""
    yield "[booking]"
    yield "# start = 2026-11-30              # earliest day of the first visit; else the day of planning"
    yield f"# weekdays = [{days}]  # {' '.join(Weekday)}"
    yield "# closed = [2026-12-25]           # single days"
    yield '# holidays = "US"                 # country, or country-subdivision: its public holidays are closed days'
    yield "# max-sessions = 8                # visits that are paid for"
    yield "# max-per-week = 1                # 1 to 7"
    yield f"# minutes = 60                    # longest visit offered, {numbers.booking.shortest_minutes} to {numbers.longest_minutes}"
    yield "# trained-in = []                 # techniques with extra training the therapist has:"
    yield from _wrapped(", ".join(technique.id for technique in knowledge.techniques if technique.extra_training))
