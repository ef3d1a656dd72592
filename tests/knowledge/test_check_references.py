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


def test_of_very_many_wrong_names_near_ones_are_looked_for_to_the_first_alone() -> None:
    names = ["thai", *(f"thai{number}" for number in range(51))]
    told = [problem.message for problem in missing("techniques.toml", "technique.ours.like", names, ["thai"], what="a technique")]
    assert told[49] == "'thai49' is not one of thai; did you mean 'thai'?"
    assert told[50] == "'thai50' is not one of thai"
