"""What a finding changes, in one line, told as soon as its group of questions is answered."""

from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.vocabulary import Category
from massage_cli.planning.screening import Finding
from massage_cli.planning.texts import listed, spaced


def effect_of(finding: Finding, knowledge: Knowledge) -> str:
    """The title of a finding and what it limits: "Blood thinner: no deep, point pressure; pressure at most 2"."""
    rule = finding.rule
    effects = []
    if rule.category is Category.CLEARANCE:
        effects.append("clearance is needed")
    elif rule.category in (Category.RED_FLAG, Category.ABSOLUTE):
        effects.append("has to be made sure first")
    if rule.excludes:
        effects.append(f"no {', '.join(spaced(name) for name in rule.excludes)}")
    if rule.pressure_max is not None:
        effects.append(f"pressure at most {rule.pressure_max}")
    if rule.minutes_max is not None:
        effects.append(f"{rule.minutes_max} minutes at most")
    if rule.positions:
        effects.append(listed(rule.positions))
    if any(block.avoid for block in rule.at):
        effects.append("some places are left alone")
    elif finding.regions:
        effects.append(f"limits on {listed(knowledge.body.merge(finding.regions))}")
    unsure = "" if finding.certain else " (not sure)"
    return f"{rule.title}{unsure}: {'; '.join(effects) if effects else 'noted'}"
