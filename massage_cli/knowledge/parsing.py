"""The TOML files of the knowledge into its values, with every problem of every file."""

import tomllib
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from massage_cli.knowledge.body import Region, Site
from massage_cli.knowledge.decoding import salvage
from massage_cli.knowledge.facts import Fact, Group
from massage_cli.knowledge.numbers import Numbers
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.problems import Problem
from massage_cli.knowledge.protocols import Complaint, Protocol
from massage_cli.knowledge.references import Advice, Claim, Edition, Measure, Source
from massage_cli.knowledge.rules import Rule
from massage_cli.knowledge.techniques import Tag, Technique
from massage_cli.knowledge.value import Value

T = TypeVar("T")


class RegionsFile(Value, frozen=True, kw_only=True):
    """regions.toml."""

    region: tuple[Region, ...]
    site: tuple[Site, ...]


class FactsFile(Value, frozen=True, kw_only=True):
    """facts.toml."""

    group: tuple[Group, ...]
    fact: tuple[Fact, ...]


class RulesFile(Value, frozen=True, kw_only=True):
    """contraindications.toml."""

    rule: tuple[Rule, ...]


class TechniquesFile(Value, frozen=True, kw_only=True):
    """techniques.toml."""

    tag: tuple[Tag, ...]
    technique: tuple[Technique, ...]


class ComplaintsFile(Value, frozen=True, kw_only=True):
    """complaints.toml."""

    complaint: tuple[Complaint, ...]


class ProtocolsFile(Value, frozen=True, kw_only=True):
    """protocols.toml."""

    protocol: tuple[Protocol, ...]


class MeasuresFile(Value, frozen=True, kw_only=True):
    """measures.toml."""

    measure: tuple[Measure, ...]


class AdviceFile(Value, frozen=True, kw_only=True):
    """advice.toml."""

    advice: tuple[Advice, ...]


class ClaimsFile(Value, frozen=True, kw_only=True):
    """claims.toml."""

    claim: tuple[Claim, ...]


class SourcesFile(Value, frozen=True, kw_only=True):
    """sources.toml."""

    source: tuple[Source, ...]


def parse_files(files: Mapping[str, bytes], *, digest: str) -> tuple[Knowledge, tuple[Problem, ...]]:
    """The knowledge, and every problem of form; with a problem the knowledge is not sound and must not be used."""
    problems: list[Problem] = []

    def read(name: str, kind: type[T]) -> T:
        value, found = salvage(_parse_toml(name, files[name], problems), kind)
        problems.extend(_in_file(problem, name) for problem in found)
        return cast("T", value)  # a TOML text is always a table, and from a table there is always a value

    edition = read("edition.toml", Edition)
    regions = read("regions.toml", RegionsFile)
    facts = read("facts.toml", FactsFile)
    techniques = read("techniques.toml", TechniquesFile)
    knowledge = Knowledge(
        edition=edition,
        digest=digest,
        regions=regions.region,
        sites=regions.site,
        groups=facts.group,
        facts=facts.fact,
        rules=read("contraindications.toml", RulesFile).rule,
        tags=techniques.tag,
        techniques=techniques.technique,
        complaints=read("complaints.toml", ComplaintsFile).complaint,
        protocols=read("protocols.toml", ProtocolsFile).protocol,
        numbers=read("planning.toml", Numbers),
        measures=read("measures.toml", MeasuresFile).measure,
        advice=read("advice.toml", AdviceFile).advice,
        claims=read("claims.toml", ClaimsFile).claim,
        sources=read("sources.toml", SourcesFile).source,
    )
    return knowledge, tuple(problems)


def _parse_toml(name: str, content: bytes, problems: list[Problem]) -> dict[str, Any]:
    try:
        return tomllib.loads(content.decode())
    except (ValueError, RecursionError) as error:
        problems.append(Problem(path="", message=f"is not TOML: {error}", file=name))
        return {}


def _in_file(problem: Problem, name: str) -> Problem:
    return Problem(path=problem.path, message=problem.message, value=problem.value, file=name)
