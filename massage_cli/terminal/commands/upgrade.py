"""`massage upgrade`: what the knowledge of this program changes of the plans in a folder."""

import shlex

from massage_cli.files.checking.upgrading import Effect, Upgrade, upgrade_of
from massage_cli.files.inert import json_text
from massage_cli.knowledge.problems import Unreadable
from massage_cli.knowledge.vocabulary import Urgency
from massage_cli.terminal.commands.caseload import Unread
from massage_cli.terminal.commands.input import refuse
from massage_cli.terminal.commands.knowledge import knowledge_in_use
from massage_cli.terminal.commands.plans import folder_of
from massage_cli.terminal.exit_codes import ExitCode
from massage_cli.terminal.streams import say, write_data

_SILENT = (Effect.UNCHANGED, Effect.ENDED)


def show_upgrades(folder: str | None, *, as_json: bool, own: str | None = None) -> ExitCode:
    """Say how each client's newest plan changes, those withheld now first; what cannot be read is told, and makes the code 2."""
    knowledge = knowledge_in_use(own)
    try:
        place = folder_of(folder, knowledge)
    except Unreadable as broken:
        return refuse(broken, as_json=as_json)
    unread, changed, counts = Unread(), list[Upgrade](), dict.fromkeys(Effect, 0)
    for version in unread.readable(place):
        try:
            upgrade = upgrade_of(version, knowledge)
        except Unreadable as broken:
            unread.tell(broken)
            continue
        counts[upgrade.effect] += 1
        if upgrade.effect not in _SILENT:
            changed.append(upgrade)
    changed.sort(key=_rank)
    if as_json:
        edition = {"edition": knowledge.edition.edition, "knowledge-digest": knowledge.digest}
        write_data(json_text({**edition, "counts": counts, "plans": changed}))
    else:
        from massage_cli.terminal.display.checking import show_changed_plans

        show_changed_plans(changed, counts, edition=knowledge.edition.edition)
    if changed:
        say(f"Nothing was written. To plan a client anew: massage plan {shlex.quote(changed[0].path)}")
    return unread.code


def _rank(upgrade: Upgrade) -> tuple[int, int, str]:
    urgencies = tuple(Urgency)
    urgent = len(urgencies) if upgrade.urgency is None else urgencies.index(upgrade.urgency)
    return tuple(Effect).index(upgrade.effect), urgent, upgrade.client
