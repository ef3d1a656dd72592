"""The lookups of the knowledge."""

from tests.builders import knowledge

KNOWLEDGE = knowledge()


def test_a_tag_names_every_technique_that_carries_it_in_catalog_order() -> None:
    carrying = tuple(technique.id for technique in KNOWLEDGE.techniques if "deep" in technique.tags)
    assert KNOWLEDGE.techniques_named["deep"] == carrying


def test_an_id_names_its_own_technique() -> None:
    assert KNOWLEDGE.techniques_named["swedish"] == ("swedish",)


def test_every_entry_is_found_by_its_id() -> None:
    assert len(KNOWLEDGE.fact) == len(KNOWLEDGE.facts)
    assert len(KNOWLEDGE.rule) == len(KNOWLEDGE.rules)
    assert len(KNOWLEDGE.technique) == len(KNOWLEDGE.techniques)
    assert len(KNOWLEDGE.complaint) == len(KNOWLEDGE.complaints)
    assert len(KNOWLEDGE.protocol) == len(KNOWLEDGE.protocols)
    assert len(KNOWLEDGE.measure) == len(KNOWLEDGE.measures)


def test_a_note_may_name_what_one_lifts_and_nothing_else() -> None:
    lifted = [rule.id for rule in KNOWLEDGE.rules if rule.clearance == "lifts-stop"]
    waiting = [protocol.id for protocol in KNOWLEDGE.protocols if protocol.needs_clearance]
    assert KNOWLEDGE.liftable == (*lifted, *waiting)
    assert {"pregnancy", "scar"} <= set(KNOWLEDGE.liftable)
    assert {"fever", "heart-attack-signs", "low-back"}.isdisjoint(KNOWLEDGE.liftable)


def test_no_source_stands_twice() -> None:
    keys = [source.key for source in KNOWLEDGE.sources]
    assert len(set(keys)) == len(keys)


def test_every_source_that_is_cited_is_there() -> None:
    cited = {source for rule in KNOWLEDGE.rules for source in rule.sources}
    cited |= {source for site in KNOWLEDGE.sites for source in site.sources}
    cited |= {source for technique in KNOWLEDGE.techniques for indication in technique.indication for source in indication.sources}
    cited |= {source for protocol in KNOWLEDGE.protocols for source in protocol.sources}
    cited |= {exception.source for protocol in KNOWLEDGE.protocols for exception in protocol.exceptions}
    cited |= {source for measure in KNOWLEDGE.measures for source in measure.sources}
    cited |= {source for line in KNOWLEDGE.advice for source in line.sources}
    cited |= {source for claim in KNOWLEDGE.claims for source in claim.sources}
    assert cited - set(KNOWLEDGE.source) == set()
