from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from palaestra.tasks.answer import Answer
from palaestra.tasks.verifier import Verifier
from palaestra.types import Change, Diff

words = st.sampled_from(("a", "b", "c", "d"))
fields = st.dictionaries(words, st.tuples(words, words), min_size=1, max_size=3)


@st.composite
def changes(draw: st.DrawFn) -> Change:
    kind = draw(st.sampled_from(("created", "updated", "deleted")))
    new = kind == "created"
    told = draw(fields) if kind != "deleted" else {}
    listed = [(name, "" if new else old, to) for name, (old, to) in sorted(told.items())]
    return Change(draw(words), kind, "" if new else draw(words), tuple(listed))


diffs = st.lists(changes(), max_size=4).map(Diff.of)


def told(diff: Diff) -> list[tuple[object, ...]]:
    """What a diff says but for the old values, which the start decides."""
    return sorted(
        (c.record, c.kind, c.key, tuple((f, new) for f, _, new in c.fields)) for c in diff.changes
    )


@given(diffs)
def test_exactly_what_is_required_succeeds(required: Diff) -> None:
    verdict = Verifier(required).judge(required, None)
    assert verdict.success
    assert verdict.progress == 1.0
    assert verdict.side_effects == ()


@given(diffs, diffs)
def test_anything_else_fails(required: Diff, found: Diff) -> None:
    assume(told(required) != told(found))
    assert not Verifier(required).judge(found, None).success


@given(diffs, changes())
def test_one_change_more_is_a_side_effect(required: Diff, extra: Change) -> None:
    verdict = Verifier(required).judge(Diff.of([*required.changes, extra]), None)
    assert not verdict.success
    assert verdict.side_effects
    assert verdict.progress == 1.0
    assert "side effects" in verdict.reason


@given(diffs)
def test_one_change_less_is_not_all(required: Diff) -> None:
    assume(required.changes)
    verdict = Verifier(required).judge(Diff.of(list(required.changes[1:])), None)
    assert not verdict.success
    assert verdict.progress < 1.0
    assert verdict.reason == "not all was done"


@given(diffs, diffs)
def test_progress_is_a_share(required: Diff, found: Diff) -> None:
    assert 0.0 <= Verifier(required).judge(found, None).progress <= 1.0


def test_two_new_records_may_not_swap_their_fields() -> None:
    def new(who: str, what: str) -> Change:
        return Change("claim", "created", "", (("what", "", what), ("who", "", who)))

    required = Diff.of([new("Ada", "Taxi"), new("Bob", "Bus")])
    swapped = Diff.of([new("Ada", "Bus"), new("Bob", "Taxi")])
    assert not Verifier(required).judge(swapped, None).success


def test_what_is_allowed_may_change_besides() -> None:
    required = Diff.of([Change("claim", "updated", "a", (("total", "1", "2"),))])
    both = Diff.of([Change("claim", "updated", "a", (("note", "", "x"), ("total", "1", "2")))])
    assert not Verifier(required).judge(both, None).success
    assert Verifier(required, (("claim", "note"),)).judge(both, None).success
    assert not Verifier(required, (("line", "note"),)).judge(both, None).success


def test_what_is_allowed_may_change_where_nothing_else_does() -> None:
    noted = Diff.of([Change("claim", "updated", "a", (("note", "", "x"),))])
    assert not Verifier().judge(noted, None).success
    assert Verifier(allowed=(("claim", "note"),)).judge(noted, None).success


def test_a_new_record_may_hold_anything_in_what_is_allowed() -> None:
    def new(note: str, who: str = "Ada") -> Diff:
        return Diff.of([Change("claim", "created", "", (("note", "", note), ("who", "", who)))])

    verifier = Verifier(new("lunch"), (("claim", "note"),))
    bare = Diff.of([Change("claim", "created", "", (("who", "", "Ada"),))])
    for found in (new("lunch"), new("dinner"), bare):
        verdict = verifier.judge(found, None)
        assert verdict.success
        assert verdict.progress == 1.0
    assert not verifier.judge(new("lunch", "Bob"), None).success
    assert not verifier.judge(Diff.of([*new("a").changes, *new("b").changes]), None).success
    assert not Verifier(new("lunch")).judge(new("dinner"), None).success


def test_an_answer_is_right_only_where_nothing_changed() -> None:
    verifier = Verifier(answer=Answer("number", "3"))
    some = Diff.of([Change("claim", "deleted", "a")])
    assert verifier.judge(Diff(), "3").success
    assert not verifier.judge(some, "3").success
    assert not verifier.judge(Diff(), "4").success
    assert not verifier.judge(Diff(), None).success


def test_an_answer_where_none_was_asked_for_is_wrong() -> None:
    required = Diff.of([Change("claim", "deleted", "a")])
    assert Verifier(required).judge(required, "done").reason == "gave an answer"
    assert not Verifier(required).judge(required, "").success


@given(
    diffs,
    st.lists(st.tuples(words, words), max_size=3),
    st.sampled_from((None, Answer("text", "x"))),
)
def test_a_verifier_survives_json(
    required: Diff, allowed: list[tuple[str, str]], answer: Answer | None
) -> None:
    verifier = Verifier(required, tuple(allowed), answer)
    assert Verifier.from_json(verifier.to_json()) == verifier
