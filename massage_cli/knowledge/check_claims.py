"""Claims that are never made: whether a text of the knowledge makes one."""

import re
from collections.abc import Iterator

from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.problems import Problem


def claims_in(text: str, knowledge: Knowledge) -> tuple[str, ...]:
    """The forbidden phrases that stand in a text as whole words, in any case of letters."""
    lowered = text.lower()
    phrases = knowledge.forbidden_phrases
    return tuple(phrase for phrase in phrases if phrase in lowered and re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", lowered))


def check_claims(knowledge: Knowledge) -> Iterator[Problem]:
    """Claims that forbid nothing, and texts the program may print that make a forbidden claim."""
    for claim in knowledge.claims:
        if not any(phrase.strip() for phrase in claim.phrases):
            yield Problem(file="claims.toml", path=f"claim.{claim.id}.phrases", message="forbids nothing")
    printable = [
        *(
            ("contraindications.toml", f"rule.{rule.id}", (rule.title, rule.reason, rule.action, *rule.precautions))
            for rule in knowledge.rules
        ),
        *(("facts.toml", f"fact.{fact.id}", (fact.label, fact.ask)) for fact in knowledge.facts),
        *(("advice.toml", f"advice.{advice.id}", (advice.text,)) for advice in knowledge.advice),
        *(("techniques.toml", f"technique.{item.id}", (item.name, item.description, *item.cautions)) for item in knowledge.techniques),
        *(("protocols.toml", f"protocol.{protocol.id}", (protocol.name, protocol.basis)) for protocol in knowledge.protocols),
        *(("regions.toml", f"region.{region.id}", (region.name,)) for region in knowledge.regions),
        *(("facts.toml", f"group.{group.id}", (group.title,)) for group in knowledge.groups),
        *(("regions.toml", f"site.{site.id}", (site.name, site.why)) for site in knowledge.sites),
        *(("complaints.toml", f"complaint.{complaint.id}", (complaint.name,)) for complaint in knowledge.complaints),
        *(("measures.toml", f"measure.{measure.id}", (measure.name,)) for measure in knowledge.measures),
    ]
    for file, path, texts in printable:
        for phrase in claims_in("\n".join(texts), knowledge):
            yield Problem(file=file, path=path, value=phrase, message=f"makes a claim that is never made: '{phrase}'")
