"""Criteria in words, for messages and lists."""

from massage_cli.knowledge.facts import Criterion, Fact


def asked_when_words(fact: Fact) -> str:
    """Under what answers a question is asked; empty for one that always is."""
    return ", or when ".join(group_words(group) for group in fact.asked_when or ())


def group_words(group: tuple[Criterion, ...]) -> str:
    """What has to hold for a group of criteria; empty for one that always does."""
    return " and ".join(criterion_words(criterion) for criterion in group)


def criterion_words(criterion: Criterion) -> str:
    """What a criterion asks for: 'age' is 65 or more; or so many findings of several."""
    if criterion.findings is not None:
        return f"{criterion.at_least or 0} or more are found of {', '.join(criterion.findings)}"
    if criterion.is_ is not None:
        return f"'{criterion.fact}' is {criterion.is_}"
    if criterion.is_not is not None:
        return f"'{criterion.fact}' is not {criterion.is_not}"
    if criterion.in_ is not None:
        return f"'{criterion.fact}' is {' or '.join(criterion.in_)}"
    if criterion.includes_any is not None:
        return f"'{criterion.fact}' include {' or '.join(criterion.includes_any)}"
    if criterion.at_least is not None:
        return f"'{criterion.fact}' is {criterion.at_least} or more"
    if criterion.at_most is not None:
        return f"'{criterion.fact}' is {criterion.at_most} or less"
    return f"'{criterion.fact}' is {'known' if criterion.known else 'not known'}"
