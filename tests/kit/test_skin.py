from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from palaestra.errors import InvalidAction
from palaestra.kit import Session
from palaestra.kit.lexicon import WORDS
from palaestra.kit.skin import EXAM_SKINS, THEMES, Skin
from palaestra.testing.wanderer import Wanderer
from palaestra.types import Action
from tests.apps import Claim, expenses

practice = st.integers(0, EXAM_SKINS - 1)
exam = st.integers(EXAM_SKINS, 2 * EXAM_SKINS)


def test_the_plain_skin_keeps_the_order() -> None:
    assert Skin.of_seed(0).ordered(Claim.type.fields) == Claim.type.fields


@given(practice)
def test_practice_never_draws_the_theme_kept_for_exams(seed: int) -> None:
    assert Skin.of_seed(seed).theme in THEMES[:-1]


def test_every_widget_language_and_noise_is_drawn() -> None:
    skins = [Skin.of_seed(seed) for seed in range(1, 400)]
    assert {s.select for s in skins} == {"native", "listbox", "autocomplete", "radio"}
    assert {s.nav for s in skins} == {"side", "top", "tabs", "menu"}
    assert {s.lists for s in skins} == {"pages", "more", "scroll"}
    assert {s.language for s in skins} == set(WORDS)
    assert {s.content for s in skins} == {"plain", "long", "misleading", "hostile"}


@given(st.one_of(practice, exam))
def test_the_same_seed_gives_the_same_skin(seed: int) -> None:
    assert Skin.of_seed(seed) == Skin.of_seed(seed)
    assert sorted(f.name for f in Skin.of_seed(seed).ordered(Claim.type.fields)) == sorted(
        f.name for f in Claim.type.fields
    )


def test_skins_differ() -> None:
    assert len({Skin.of_seed(seed) for seed in range(1, 50)}) == 49


@given(st.integers(0, 100), st.one_of(practice, exam))
def test_a_skin_changes_no_data_and_no_command(seed: int, skin: int) -> None:
    """What is done by ref on the plain skin does the same on any other."""
    plain, other = Session(expenses, seed), Session(expenses, seed, skin)
    assert plain.digest() == other.digest()
    wanderer = Wanderer(seed)
    for _ in range(40):
        action = wanderer.action(plain)
        shared = plain.targets().keys() & other.targets().keys()
        if action.ref in shared and _fits(other, action):
            plain.dispatch(action)
            other.dispatch(action)
    assert plain.digest() == other.digest()
    assert plain.commands == other.commands


def _fits(session: Session, action: Action) -> bool:
    try:
        session.fork().dispatch(action)
    except InvalidAction:
        return False
    return True


def test_the_words_of_a_skin_are_on_the_controls() -> None:
    for seed in range(20):
        session = Session(expenses, 1, seed)
        names = {node.name for node in session.targets().values()}
        noun = session.lexicon.noun(expenses.kind("employee"))
        assert session.lexicon.word("new", noun=noun) in names
        assert (session.lexicon.word("next") in names) == (session.skin.lists == "pages")


def test_a_skin_decides_how_rows_are_opened() -> None:
    for seed in range(30):
        session = Session(expenses, 1, seed)
        assert session.targets()["open:employee:1"].role == session.skin.opener
