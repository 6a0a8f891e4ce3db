"""Checks of an application as it is written down: its words, in every language that it speaks.

Nothing is played. Each check takes an App, returns how many things it looked at, and raises
`Failure` at the first one that is wrong.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from palaestra.kit.app import App
from palaestra.kit.fields import Choice, Field
from palaestra.kit.record import RecordType
from palaestra.testing.report import Failure

SLOT = re.compile(r"{(\w+)}")

DefinitionCheck = Callable[[App], int]


def labels(app: App) -> set[str]:
    """Returns every word of the screens that a gym has said itself and that is not data."""
    told = {screen.title for screen in app.screens} | set(app.roles)
    for screen in app.screens:
        told |= set(getattr(screen, "columns", ()))
    for kind in app.records:
        told |= {kind.caption, kind.plural, *(action.label for action in kind.actions.values())}
        for field in (*kind.fields, *_params(kind)):
            told.add(field.label)
            told |= set(field.choices) if isinstance(field, Choice) else set()
    return {label for label in told if any(letter.isalpha() for letter in label)}


def translated(app: App) -> int:
    """Looks for a word for every label in each language that the application speaks."""
    wanted = labels(app)
    for language in app.languages:
        known = app.words[language]
        if missing := sorted(wanted - known.keys()):
            raise Failure(f"{language} has no word for {', '.join(missing[:5])}")
        if empty := [label for label, word in known.items() if not str(word).strip()]:
            raise Failure(f"{language} has an empty word for {empty[0]}")
    return len(wanted) * (1 + len(app.languages))


def told_apart(app: App) -> int:
    """Looks whether what stands together on a screen differs, in every language."""
    looked_at = 0
    for language in ("en", *app.languages):
        known = {} if language == "en" else app.words[language]
        for where, group in _groups(app):
            shown = Counter(known.get(label, label).casefold() for label in group)
            word, often = max(shown.items(), key=lambda item: item[1], default=("", 1))
            if often > 1:
                raise Failure(f"{where}: {language} says {word!r} for two things")
            looked_at += len(group)
    return looked_at


def synonyms_are_new(app: App) -> int:
    """Looks whether a synonym could be taken for something else that stands beside it."""
    known, looked_at = app.words.get("synonyms", {}), 0
    for label, others in known.items():
        if len({other.casefold() for other in (label, *others)}) < len(others) + 1:
            raise Failure(f"{label} has a synonym twice, or itself")
    for where, group in _groups(app):
        for label in group:
            for other in (*app.synonyms(label, exam=True), *app.synonyms(label)):
                if other.casefold() in {one.casefold() for one in group if one != label}:
                    raise Failure(f"{where}: {other!r} for {label!r} is another label there")
            looked_at += 1
    return looked_at


def practice_keeps_off(app: App) -> int:
    """Looks whether a word that only practice says gives away one that is kept for exams."""
    synonyms, looked_at = app.words.get("synonyms", {}), 1
    known = {word.casefold() for label, others in synonyms.items() for word in (label, *others)}
    for label, words in app.words.get("practice", {}).items():
        telling = _telling(label, synonyms.get(label, ()))
        for word in words:
            if word.casefold() in known:
                raise Failure(f"{label}: {word!r} is said elsewhere already")
            if told := telling & _parts(word):
                raise Failure(f"{label}: {word!r} has {min(told)!r} of what is kept for exams")
            looked_at += 1
    return looked_at


def asked_for(app: App) -> int:
    """Looks at the ways to ask for actions: they name the record, and nothing that is not asked."""
    looked_at = 1
    for kind in app.records:
        for action in kind.actions.values():
            known = {"record", *(param.name for param in action.params)}
            for say in action.says:
                slots = set(SLOT.findall(say))
                if "record" not in slots or slots - known:
                    raise Failure(f"{kind.name}.{action.name}: {say!r} does not fit what is asked")
                looked_at += 1
    return looked_at


DEFINITION_CHECKS: dict[str, DefinitionCheck] = {
    "every label has a word in each language": translated,
    "labels that stand together differ": told_apart,
    "synonyms are taken for nothing else": synonyms_are_new,
    "what practice says gives nothing of exams away": practice_keeps_off,
    "ways to ask for an action fit it": asked_for,
}


def _telling(label: str, others: Sequence[str]) -> set[str]:
    """Returns what only the last of several words has, which is kept for exams."""
    *before, last = (label, *others)
    return _parts(last).difference(*map(_parts, before)) if before else set()


def _parts(word: str) -> set[str]:
    return {part.removesuffix("s") for part in re.findall(r"\w+", word.casefold())}


def _params(kind: RecordType) -> list[Field]:
    return [param for action in kind.actions.values() for param in action.params]


def _groups(app: App) -> Iterator[tuple[str, list[str]]]:
    """Yields labels that stand together, with a name for where that is."""
    owned = [kind.plural for kind in app.records if kind.parent is None]
    yield "navigation", [*owned, *(screen.title for screen in app.screens)]
    for kind in app.records:
        yield kind.name, [field.label for field in kind.fields]
        yield f"actions of {kind.name}", [action.label for action in kind.actions.values()]
        for field in (*kind.fields, *_params(kind)):
            if isinstance(field, Choice):
                yield f"{kind.name}, {field.label}", list(field.choices)
