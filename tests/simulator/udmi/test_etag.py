"""The etag names the content: the same content, the same name, and no other."""

from hypothesis import given, settings
from hypothesis import strategies as st

from harness.payload.values import Value
from harness.protocols.udmi.words.messages import ValueState
from simulator.udmi.etag import etag, fingerprint

VALUES = st.sampled_from([None, True, False, 0, 1, 0.0, 1.0, -1, "", "1", "True", "None"])
CONTENTS = st.dictionaries(
    st.sampled_from(["damper", "valve", "fan"]),
    st.tuples(st.sampled_from([None, "Percent", ""]), VALUES, st.sampled_from([None, *ValueState])),
)
Content = dict[str, tuple[str | None, Value | None, ValueState | None]]


def name_of(content: Content) -> str:
    """The etag of these points."""
    return etag(sum(fingerprint(name, *parts) for name, parts in content.items()), states_said=1)


@settings(derandomize=True, deadline=None, database=None, max_examples=200)
@given(CONTENTS, CONTENTS)
def test_etags_are_equal_where_units_values_and_value_states_are_and_nowhere_else(one: Content, other: Content) -> None:
    same = repr(sorted(one.items(), key=repr)) == repr(sorted(other.items(), key=repr))

    assert (name_of(one) == name_of(other)) is same


@settings(derandomize=True, deadline=None, database=None)
@given(CONTENTS)
def test_etag_is_a_short_string(content: Content) -> None:
    assert len(name_of(content)) == 16


def test_etag_does_not_depend_on_how_often_it_was_said() -> None:
    assert etag(17, states_said=1) == etag(17, states_said=2)


def test_etag_is_the_same_in_every_run() -> None:
    assert name_of({"damper": ("Percent", 30.0, ValueState.APPLIED)}) == "f85bf89bac04032e"
