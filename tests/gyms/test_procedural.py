from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from palaestra import gyms
from palaestra.errors import InvalidAction, UsageError
from palaestra.gyms.procedural import generate, words
from palaestra.gyms.procedural.thesaurus import MORE, SAME
from palaestra.kit import App, Refused, Session
from palaestra.kit.blocks import Board, Calendar, Report, Viewer, Wizard
from palaestra.kit.commands import execute
from palaestra.kit.outline import outline
from palaestra.kit.record import RecordType
from palaestra.kit.route import Route
from palaestra.testing.wanderer import Wanderer
from palaestra.types import Command

SEEDS = range(200)
NAMED = [gyms.find(name) for name in gyms.names() if not gyms.is_family(name)]
KINDS = {
    "text", "code", "money", "quantity", "date", "choice", "yes_no", "ref", "moment", "document",
}  # fmt: skip


@cache
def apps() -> list[App]:
    return [generate(seed) for seed in SEEDS]


def kinds() -> list[RecordType]:
    return [kind for app in apps() for kind in app.records]


def screens() -> list[object]:
    return [screen for app in apps() for screen in app.screens]


def told(app: App) -> list[object]:
    """What an application consists of, as far as it can be written down."""
    return [
        (app.title, app.handbook),
        *(
            (
                kind.noun,
                kind.plural,
                [(f.name, f.label, f.kind, f.required, f.listed, f.editable) for f in kind.fields],
                [(a.label, a.says, a.confirm, len(a.params)) for a in kind.actions.values()],
            )
            for kind in app.records
        ),
    ]


@pytest.mark.parametrize("seed", range(0, 60, 3))
def test_the_same_seed_gives_the_same_application_and_data(seed: int):
    one, other = generate(seed), generate(seed)
    assert told(one) == told(other)
    assert outline(Session(one, 5).screen()) == outline(Session(other, 5).screen())
    assert Session(one, 5).store.digest() == Session(other, 5).store.digest()
    assert Session(one, 5).store.digest() != Session(one, 6).store.digest()


def test_no_two_seeds_give_the_same_application():
    assert len({repr(told(app)) for app in apps()}) == len(SEEDS)
    assert len({app.title for app in apps()}) > 0.95 * len(SEEDS)


def test_every_application_can_be_played():
    commands = 0
    for seed, app in zip(SEEDS, apps(), strict=True):
        session, player = Session(app, seed, seed), Wanderer(seed)
        for _ in range(30):
            try:
                session.dispatch(player.action(session))
            except InvalidAction:
                continue
            assert session.targets()
        commands += len(session.commands)
    assert commands > len(SEEDS)


def test_the_words_of_an_application_are_told_apart():
    for app in apps():
        assert len({kind.noun for kind in app.records}) == len(app.records)
        for kind in app.records:
            labels = [field.label.casefold() for field in kind.fields]
            assert len(set(labels)) == len(labels), (app.name, labels)
            deeds = [action.label.casefold() for action in kind.actions.values()]
            assert len(set(deeds)) == len(deeds), (app.name, deeds)
            for text in (*labels, *deeds, kind.noun):
                assert "_" not in text, (app.name, text)


def test_the_stream_has_everything_that_applications_have():
    assert {field.kind for kind in kinds() for field in kind.fields} == KINDS
    actions = [action for kind in kinds() for action in kind.actions.values()]
    assert {param.kind for action in actions for param in action.params} >= KINDS - {
        "code",
        "yes_no",
        "moment",
        "document",
    }
    shares = Counter(
        part=sum(kind.parent is not None for kind in kinds()),
        acts=sum(bool(kind.actions) for kind in kinds()),
        asks=sum(bool(action.params) for action in actions),
        confirms=sum(bool(action.confirm) for action in actions),
        locks=sum("neither changed nor deleted" in app.handbook for app in apps()),
        limits=sum("is not possible where" in app.handbook for app in apps()),
        unlisted=sum(not field.listed for kind in kinds() for field in kind.stored),
        optional=sum(not field.required for kind in kinds() for field in kind.form_fields),
        named=sum(kind.key.kind == "text" for kind in kinds()),
        roles=sum(bool(app.roles) for app in apps()),
        rights=sum(bool(action.by) for action in actions),
        boards=sum(isinstance(screen, Board) for screen in screens()),
        calendars=sum(isinstance(screen, Calendar) for screen in screens()),
        viewers=sum(isinstance(screen, Viewer) for screen in screens()),
        wizards=sum(isinstance(screen, Wizard) for screen in screens()),
        reports=sum(isinstance(screen, Report) for screen in screens()),
        synonyms=sum(len(app.words["synonyms"]) for app in apps()),
        today=sum(field.default == "today" for kind in kinds() for field in kind.stored),
    )
    assert min(shares.values()) >= 20, shares


def test_some_words_are_made_up_and_others_are_not():
    pool = {*words.NOUNS}
    nouns = [set(kind.noun.split()) for kind in kinds()]
    known = sum(noun <= pool for noun in nouns)
    assert 0.2 * len(nouns) < known < 0.9 * len(nouns)


def test_what_is_locked_can_be_neither_changed_nor_deleted():
    locked = 0
    for app in apps()[:60]:
        session = Session(app, 1)
        for kind in app.records:
            for number in session.store.numbers(kind.index):
                if kind.parent or not session.lock(kind, number):
                    continue
                locked += 1
                session.go(Route("detail", kind.name, number))
                targets = session.targets()
                assert "disabled" in targets["edit"].states
                assert "disabled" in targets["delete"].states
    assert locked > 20


def test_limits_refuse_what_is_over_them():
    refused = 0
    for app in apps():
        session = Session(app, 1)
        for kind in app.records:
            for name, action in kind.actions.items():
                limit = f"{action.label} is not possible where"
                if limit not in app.handbook or action.params:
                    continue
                for number in list(session.store.numbers(kind.index)):
                    before = session.store.digest()
                    try:
                        execute(session.store, Command(name, kind.name, number))
                    except Refused as refusal:
                        assert session.store.digest() == before
                        refused += str(refusal).startswith(limit)
    assert refused > 20


@pytest.mark.parametrize("app", NAMED, ids=lambda app: app.name)
def test_the_words_of_a_named_gym_are_new_to_who_knows_the_stream(app: App):
    taken = {word for kind in app.records for word in kind.noun.split()}
    taken |= {
        word
        for kind in app.records
        for action in kind.actions.values()
        for word in action.label.casefold().split()
    }
    assert not taken & {word for table in (SAME, MORE) for same in table.values() for word in same}
    assert not taken & {*words.NOUNS}
    assert not taken & {*words.VERBS}
    for kind in kinds():
        assert not taken & {*kind.noun.split()}, kind.noun
        for action in kind.actions.values():
            assert not taken & {*action.label.casefold().split()}, action.label


def test_no_synonym_is_another_label_or_another_synonym():
    for app in apps():
        told = [*app.words["synonyms"].values(), *app.words["practice"].values()]
        said = [other.casefold() for others in told for other in others]
        labels = {f.label.casefold() for kind in app.records for f in kind.fields}
        labels |= {kind.plural.casefold() for kind in app.records}
        assert len(set(said)) == len(said)
        assert not labels & set(said)


def test_a_report_adds_up():
    looked_at = 0
    for app in apps()[:80]:
        store = Session(app, 1).store
        for screen in app.screens:
            if isinstance(screen, Report):
                [kind] = [k for k in app.records if screen.name == f"{k.name}_report"]
                lines = screen.lines(store, {})
                # A choice may have been left empty.
                assert sum(int(line[1]) for line in lines) <= len(list(store.numbers(kind.index)))
                looked_at += sum(int(line[1]) for line in lines)
    assert looked_at > 100


@pytest.mark.parametrize("name", ["procedural", "procedural:", "procedural:x", "procedural:-1"])
def test_a_seed_that_is_none(name: str):
    with pytest.raises(UsageError, match="procedural:SEED"):
        gyms.find(name)
