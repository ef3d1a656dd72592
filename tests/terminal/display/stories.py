"""Courses with visits whose reviews come out differently, to be drawn."""

from functools import cache

from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.planning.follow_up.review import Review
from tests.saved import a_document, missed, reviewed, visited

STORIES = {
    "improved": (6, 6, 4, 4),
    "worse": (4, 6, 6),
    "slight": (6, 6, 5, 5),
    "none": (6, 6, 6, 6),
}
"""Pains of the visits, by the class that they come to."""


@cache
def story(name: str) -> PlanDocument:
    """A client with low back pain; the one who improved also missed a visit, scored a measure and was sore."""
    document = a_document(client=name, pain=STORIES[name][0])
    if name != "improved":
        return visited(document, *STORIES[name])
    document = visited(document, 6, measure="rmdq", score=12)
    document = missed(visited(document, 6), 3)
    return visited(document, 4, 4, measure="rmdq", score=6, soreness_hours=50)


@cache
def review_of_story(name: str) -> Review:
    """The review on the day of the last visit."""
    return reviewed(story(name))
