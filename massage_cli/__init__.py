"""A session planner for medical massage therapists: screening, techniques, and a dated course that tapers."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from massage_cli.files.plans.plan_document import PlanDocument
    from massage_cli.files.plans.plan_file import read_plan, to_json, to_toml
    from massage_cli.knowledge.problems import Problem, Unreadable
    from massage_cli.scripting import plan_intake, plan_intakes, screen_intake

__version__ = "0.1.0"

__all__ = ["PlanDocument", "Problem", "Unreadable", "plan_intake", "plan_intakes", "read_plan", "screen_intake", "to_json", "to_toml"]

_HOMES = {
    **dict.fromkeys(("plan_intake", "plan_intakes", "screen_intake"), "massage_cli.scripting"),
    **dict.fromkeys(("read_plan", "to_json", "to_toml"), "massage_cli.files.plans.plan_file"),
    **dict.fromkeys(("Problem", "Unreadable"), "massage_cli.knowledge.problems"),
    "PlanDocument": "massage_cli.files.plans.plan_document",
}


def __getattr__(name: str) -> Any:
    """What scripts use, imported when it is first asked for: `massage --version` needs none of it."""
    if name not in _HOMES:
        raise AttributeError(f"module 'massage_cli' has no attribute '{name}'")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    """What is here, also what was not imported yet, for whoever looks round in a console or notebook."""
    return sorted({*globals(), *__all__})
