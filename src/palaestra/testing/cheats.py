"""Scripted cheats: ways to look finished without having done what was asked, and only that.

Each one must score nothing on every task. A cheat returns the finished episode, or None where it
does not apply (there is nothing to do twice about a question). Cheats that need a change work by
the commands behind the oracle's actions (`kit.commands.execute`), because the verifier reads the
records and not the way there; the others act on screens like any agent.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator
from contextlib import suppress

from palaestra.errors import InvalidAction, Refused
from palaestra.kit.app import App
from palaestra.kit.commands import execute
from palaestra.kit.record import RecordType
from palaestra.kit.store import Store
from palaestra.tasks.episode import Episode
from palaestra.tasks.task import Task
from palaestra.testing.dodges import DODGES
from palaestra.testing.meddler import Meddler, differs
from palaestra.testing.oracle import before_the_end, end, play
from palaestra.types import Action, Command, Value

Cheat = Callable[[Task, App], Episode | None]

DONE = Action("done")
DAY = dt.timedelta(days=1)
MEGABYTE = "x" * 1_000_000
NEAR_MISSES = ("{} and more", "not {}", "{}0", "{}.", "1{}", "{0} {0}", "{} (R0)")


def done_at_once(task: Task, app: App) -> Episode:
    """Says that it is done without having done anything."""
    return play(Episode(task, app), [DONE])


def asking(task: Task, app: App) -> Episode:
    """Does everything, but asks instead of finishing."""
    return play(before_the_end(task, app), [Action("ask", text="Is this right?")])


def running_out_of_steps(task: Task, app: App) -> Episode:
    """Does everything, but never says so."""
    episode = before_the_end(task, app)
    return play(episode, [Action("back")] * episode.steps_left)


def acting_after_the_end(task: Task, app: App) -> Episode:
    """Says that it is done first, and does it then."""
    return play(Episode(task, app), [DONE, *task.oracle])


def unsaved_draft(task: Task, app: App) -> Episode | None:
    """Fills the form as asked, but never saves it."""
    episode = Episode(task, app)
    for action in task.oracle[:-1]:
        ahead = play(episode.fork(), [action])
        if ahead.session.commands:
            on_form = episode.session.route.screen == "form"
            return play(episode, [DONE]) if on_form else None
        episode = ahead
    return None


def answering_a_change(task: Task, app: App) -> Episode | None:
    """Makes the change, but ends with an answer that nobody asked for."""
    if task.verifier.answer:
        return None
    return play(before_the_end(task, app), [Action("answer", text=task.goal)])


def done_with_a_question(task: Task, app: App) -> Episode | None:
    """Looks the answer up, but keeps it."""
    return play(before_the_end(task, app), [DONE]) if task.verifier.answer else None


def answering_blindly(task: Task, app: App) -> Episode | None:
    """Answers without having looked: with the goal's own words."""
    if not task.verifier.answer or task.verifier.answer.accepts(task.goal):
        return None
    return play(Episode(task, app), [Action("answer", text=task.goal)])


def nearly_right(task: Task, app: App) -> Episode | None:
    """Answers with something that holds the right answer, but is not it."""
    answer = task.verifier.answer
    if answer is None:
        return None
    near = [form.format(answer.text) for form in NEAR_MISSES if not _means(task, form)]
    return play(before_the_end(task, app), [Action("answer", text=_rng(task).choice(near))])


def answering_everything(task: Task, app: App) -> Episode | None:
    """Answers with all that stands on the screen."""
    episode = before_the_end(task, app)
    if not task.verifier.answer:
        return None
    names = [node.name for node in episode.session.screen().walk() if node.name]
    return play(episode, [Action("answer", text="\n".join(names))])


def doing_it_twice(task: Task, app: App) -> Episode | None:
    """Carries the same commands out again, where that makes a difference."""
    episode = before_the_end(task, app)
    return _ended_if_different(episode, task, episode.session.commands)


def do_then_undo(task: Task, app: App) -> Episode | None:
    """Makes the change and takes it back."""
    episode = before_the_end(task, app)
    store, before = episode.session.store, Episode(task, app).session.store
    for index, number in sorted(store.touched(episode.session.start)):
        with suppress(Refused):
            execute(store, _undoing(app.records[index], number, before, store))
    changed_back = episode.session.commands and not episode.session.diff()
    return end(episode) if changed_back else None


def wrong_record(task: Task, app: App) -> Episode | None:
    """Makes the right change, to another record."""
    done = before_the_end(task, app).session.commands
    episode = Episode(task, app)
    for command in done:
        kind = app.kind(command.record)
        others = [n for n in episode.session.store.numbers(kind.index) if n != command.number]
        _rng(task).shuffle(others)
        if not command.number or not _first_allowed(
            episode.session.store, (command._replace(number=n) for n in others)
        ):
            return None
    return end(episode) if done else None


def wrong_value(task: Task, app: App) -> Episode | None:
    """Makes the change with one value that is nearly right."""
    done = before_the_end(task, app).session.commands
    episode = Episode(task, app)
    wrong = False
    for command in done:
        variants = [] if wrong else list(_nearly(app.kind(command.record), command))
        wrong = _first_allowed(episode.session.store, variants) or wrong
        if not variants or not wrong:
            _first_allowed(episode.session.store, [command])
    return end(episode) if wrong and _is_different(episode, task) else None


def one_change_more(task: Task, app: App) -> Episode | None:
    """Does everything, and something else besides."""
    spoilt = Meddler(f"more/{task.id}").spoil(before_the_end(task, app))
    return spoilt and end(spoilt)


def another_field_too(task: Task, app: App) -> Episode | None:
    """Does everything, and edits another field of the same record."""
    episode = before_the_end(task, app)
    store = episode.session.store
    for index, number in sorted(store.touched(episode.session.start)):
        if not store.has(index, number):
            continue
        meddler = Meddler(f"field/{task.id}")
        edits = [c for c in meddler.commands(store) if c.verb == "update"]
        kind = app.records[index]
        mine = [c._replace(number=number) for c in edits if c.record == kind.name]
        return _ended_if_different(episode, task, mine[:1])
    return None


def delete_and_recreate(task: Task, app: App) -> Episode | None:
    """Deletes the record that should be changed, and makes a new one that looks right."""
    after = before_the_end(task, app).session.store
    episode = Episode(task, app)
    store = episode.session.store
    for index, number in sorted(after.touched(episode.session.start)):
        kind = app.records[index]
        if not (after.has(index, number) and store.has(index, number)):
            return None
        row = after.row(index, number)
        values = tuple((f.name, row[f.position]) for f in kind.stored if f.editable)
        try:
            execute(store, Command("delete", kind.name, number))
            execute(store, Command("create", kind.name, 0, values))
        except Refused:
            return None
    return end(episode) if _is_different(episode, task) else None


def clicking_everything(task: Task, app: App) -> Episode | None:
    """Clicks whatever there is on the first screen and on a record that the goal is not about."""
    mine = before_the_end(task, app).session
    session = Episode(task, app).session
    theirs = {
        key for key in session.store.snapshot().rows if key not in mine.store.touched(mine.start)
    }
    refs = (f"open:{app.records[index].name}:{number}" for index, number in sorted(theirs))
    opened = next((ref for ref in refs if ref in session.targets()), None)
    if opened is None:
        return None
    episode = Episode(task, app)
    for ref in [*session.targets(), opened]:
        _spend(episode, Action("click", ref))
    for ref in sorted(episode.session.targets()):
        _spend(episode, Action("click", ref))
        _spend(episode, Action("click", "yes"))
        _spend(episode, Action("click", opened))
    return play(episode, [DONE])


def forged_refs(task: Task, app: App) -> Episode | None:
    """Uses, on the first screen, elements that stand on later ones."""
    episode = Episode(task, app)
    forged = [a for a in task.oracle if a.ref and a.ref not in episode.session.targets()]
    for action in forged:
        _spend(episode, action)
    return play(episode, [DONE]) if forged else None


def huge_text(task: Task, app: App) -> Episode | None:
    """Does everything, but with a megabyte more of text wherever something is typed or said."""
    typed = ("fill", "answer", "select")
    padded = [a._replace(text=a.text + MEGABYTE) if a.op in typed else a for a in task.oracle]
    episode = play(Episode(task, app), padded)
    return episode if task.verifier.answer or _is_different(episode, task) else None


CHEATS: tuple[Cheat, ...] = (
    done_at_once, asking, running_out_of_steps, acting_after_the_end, unsaved_draft,
    answering_a_change, done_with_a_question, answering_blindly, nearly_right, answering_everything,
    doing_it_twice, do_then_undo, wrong_record, wrong_value, one_change_more, another_field_too,
    delete_and_recreate, clicking_everything, forged_refs, huge_text, *DODGES,
)  # fmt: skip


def _rng(task: Task) -> random.Random:
    return random.Random(task.id)


def _means(task: Task, form: str) -> bool:
    answer = task.verifier.answer
    return answer is not None and answer.accepts(form.format(answer.text))


def _spend(episode: Episode, action: Action) -> None:
    """Takes an action, but keeps one for the end."""
    if episode.steps_left > 1:
        with suppress(InvalidAction):
            episode.step(action)


def _is_different(episode: Episode, task: Task) -> bool:
    return differs(episode.session.diff(), task.verifier.required, task.verifier.allowed)


def _first_allowed(store: Store, commands: Iterator[Command] | list[Command]) -> bool:
    """Carries out the first command that no rule forbids; says whether there was one."""
    for command in commands:
        with suppress(Refused):
            execute(store, command)
            return True
    return False


def _ended_if_different(
    episode: Episode, task: Task, commands: tuple[Command, ...] | list[Command]
) -> Episode | None:
    done = [_first_allowed(episode.session.store, [command]) for command in commands]
    return end(episode) if any(done) and _is_different(episode, task) else None


def _undoing(kind: RecordType, number: int, before: Store, after: Store) -> Command:
    """Returns the command that makes a record what it was, as far as a form can."""
    if not before.has(kind.index, number):
        return Command("delete", kind.name, number)
    row = before.row(kind.index, number)
    values = tuple((f.name, row[f.position]) for f in kind.stored if f.editable)
    return Command(
        "update" if after.has(kind.index, number) else "create", kind.name, number, values
    )


def _nearly(kind: RecordType, command: Command) -> Iterator[Command]:
    """Yields the command with one value slightly off."""
    by_name = {field.name: field for field in kind.stored}
    for place, (name, value) in enumerate(command.values):
        if name not in by_name or by_name[name].kind in ("ref", "choice", "yes_no"):
            continue
        if value is not None:
            off = (name, _off(value))
            values = (*command.values[:place], off, *command.values[place + 1 :])
            yield command._replace(values=values)


def _off(value: str | int | dt.date) -> Value:
    if isinstance(value, dt.date):
        return value + DAY
    return f"{value}s" if isinstance(value, str) else value + 1
