"""Names that stand for nothing."""

from massage_cli.knowledge.check_references import missing


def test_each_name_that_stands_for_nothing_is_told_with_those_that_do_in_their_order() -> None:
    allowed = ["thai", "swedish", "shiatsu", "sports", "tuina", "prenatal", "cupping", "reflexology", "acupressure", "movement"]
    said = f"'nope' is not one of {', '.join(sorted(allowed))}"
    (problem,) = missing("techniques.toml", "technique.ours.like", ["thai", "nope"], allowed, what="a technique")
    assert (problem.file, problem.path, problem.value, problem.message) == ("techniques.toml", "technique.ours.like", "nope", said)


def test_of_many_names_only_what_they_are_for_is_told() -> None:
    (problem,) = missing("facts.toml", "fact.ours.group", ["zz"], [f"group-{number}" for number in range(13)], what="a group")
    assert problem.message == "'zz' is not a group"
