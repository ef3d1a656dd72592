"""Writes the safety case and the readable hazard log from their data.

python -m tests.safety.safety_case
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.safety.hazard_log import FOLDER, Argument, Hazard, argument, hazards

_SEVERITIES = {1: "a nuisance", 2: "discomfort", 3: "wrong or late treatment", 4: "harm that needs care", 5: "grave or lasting harm"}
_GENERATED = "<!-- Written by: python -m tests.safety.safety_case. Change hazards.toml or argument.toml instead. -->"


def documents() -> dict[Path, str]:
    """Both documents by their files, as the data gives them now."""
    log, case = hazards(), argument()
    return {FOLDER / "safety_case.md": "\n".join(_case(log, case)), FOLDER / "hazards.md": "\n".join(_log(log))}


def _case(log: tuple[Hazard, ...], case: Argument) -> Iterator[str]:
    """The safety case on two pages: what it is for, the tree from claim to evidence, and what nobody can say."""
    yield from (_GENERATED, "", "# Safety case of massage-cli", "")
    yield "Why we think that the program can be used with care, what that rests on, and what it does not rest on. **No clinician has"
    yield "signed any of it.**"
    yield from ("", "## What it is for", "")
    yield from _bullets(
        (
            f"**User.** {case.use.user}",
            f"**Use.** {case.use.purpose}",
            f"**What it takes in.** {case.use.inputs}",
            f"**Review.** {case.use.review}",
            f"**Not for** {_joined(case.use.not_for)}.",
            f"**No claim to be a device.** {case.use.device}",
        )
    )
    yield from ("", "## The argument", "")
    yield from _tree(log, case)
    yield from ("", "## What is left", "")
    yield "No control reaches these; whoever uses the program has to know them."
    yield ""
    yield from _bullets(f"{hazard.left} ({_link(hazard)})" for hazard in log if hazard.left)
    yield from ("", "## What no clinician has signed", "")
    yield from _bullets(case.unsigned)
    yield from ("", "## What is not known", "")
    yield from _bullets(case.unknown)
    yield ""


def _tree(log: tuple[Hazard, ...], case: Argument) -> Iterator[str]:
    """Claim, argument, steps and, under each step, its hazards with how many tests stand for each."""
    known = {hazard.id: hazard for hazard in log}
    proofs = len({proof for hazard in log for proof in hazard.proof})
    yield f"**Claim.** {case.claim}"
    yield ""
    yield f"**Argument.** {case.strategy}"
    yield ""
    yield f"**Evidence.** {len(log)} hazards that would break a step, each with severity (1 to 5) and number of tests, {proofs} in all."
    yield "Controls and tests stand in [the log](hazards.md). Tests fail when control or proof is missing or never run."
    yield ""
    for step in case.step:
        yield f"- **{step.id}** {step.claim}"
        for hazard in (known[name] for name in step.hazards):
            yield f"    - {_link(hazard)} {_lowered(hazard.hazard)} ({hazard.severity}; {len(hazard.proof)})"


def _log(log: tuple[Hazard, ...]) -> Iterator[str]:
    """Every hazard with its control and the tests, each of which is named by what it claims."""
    yield from (_GENERATED, "", "# Hazard log", "")
    yield f"Severity: {'; '.join(f'{number} {words}' for number, words in _SEVERITIES.items())}. No clinician has judged it."
    for hazard in log:
        yield from ("", f"## {hazard.id}", "", f"**{hazard.hazard}.** Severity {hazard.severity}.", "")
        yield from (
            f"- How: {hazard.how}",
            f"- Control: {hazard.control}",
            *([f"- Left: {hazard.left}"] if hazard.left else []),
            "- Proof:",
        )
        yield from (f"    - {_claim(proof)}" for proof in hazard.proof)
    yield ""


def _claim(proof: str) -> str:
    """The name of a test as the sentence it is, linked to its file."""
    path, _, name = proof.partition("::")
    return f"[{name.removeprefix('test_').replace('_', ' ')}](../{path.removeprefix('tests/')})"


def _link(hazard: Hazard) -> str:
    return f"[{hazard.id}](hazards.md#{hazard.id.lower()})"


def _lowered(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:]


def _joined(parts: tuple[str, ...]) -> str:
    return "; ".join(parts[:-1]) + f"; or {parts[-1]}"


def _bullets(lines: Iterable[str]) -> Iterator[str]:
    return (f"- {line}" for line in lines)


if __name__ == "__main__":
    for _path, _text in documents().items():
        _path.write_text(_text, encoding="utf-8")
