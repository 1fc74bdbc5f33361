"""Units that a config asks for, and how numbers are spelt."""

from collections.abc import Iterator, Sequence

from tests.altered.alteration import ANYWHERE, HAIR, Alter, Alteration, Amounts, Effect
from tests.altered.edits import GONE, chosen, following, point_says, sent, shows, status_says
from tests.altered.point_lists import settling, states
from tests.altered.take import Message, Take
from tests.altered.telemetries import EARLY, ahead_of_applied

_BREAKS, _KEEPS = Effect.BREAKS, Effect.KEEPS
_POINT = "supply_air_temperature"  # nobody writes it


def _point(take: Take) -> str:
    return take.episode.units("other units").point


def _shows_what_it_was(take: Take, _amount: float) -> Take:
    """The number of before stands in all telemetry that follows the config."""
    start, point = sent(take, "other units"), _point(take)
    was = take.message(take.telemetry(-1, start)[-1])["points"][point]["present_value"]
    return take.edit(take.telemetry(start, following(take, start)), shows(point, was))


def _accepted(take: Take, amount: float) -> Take:
    """Units that nobody knows are as if they were known: no status says otherwise, or one of another category."""
    point, start = _point(take), sent(take, "unknown units")
    edits = point_says(point, status=GONE), status_says(point, category="pointset.point.failure")
    return take.edit(take.states(start), edits[int(amount)])


def _spelt(*values: object) -> Alter:
    """One telemetry that has the point shows it so."""

    def alter(take: Take, amount: float) -> Take:
        shown = [key for key in take.telemetry() if _POINT in take.message(key)["points"]]
        return take.edit(chosen(shown, amount), shows(_POINT, values[int(amount) % len(values)]))

    return alter


def _rows() -> Iterator[Alteration]:
    asked = "test_state_names_the_units_that_were_asked_for"
    yield from settling(asked, "asked_units", "other units", states, _in_pascals)
    shown = "test_telemetry_is_in_the_units_that_were_asked_for"
    yield Alteration("shows what it was", shown, "asked_units", _BREAKS, _shows_what_it_was)
    unknown = "test_units_that_nobody_knows_are_refused"
    yield Alteration("are accepted", unknown, "asked_units", _BREAKS, _accepted, Amounts((0.0, 1.0)))
    for scenario in ("plain_write", "listed_points"):
        judged = f"test_numbers_are_not_in_quotes[{scenario}]"
        numbers, words = _spelt("19", "-0.5", " 1e3 ", ".5", "+7."), _spelt("19 C", "", "1e", "auto", "0x10", "-")
        some = Amounts(tuple(map(float, range(6))))
        yield Alteration("numbers in quotes", judged, scenario, _BREAKS, numbers, some)
        yield Alteration("words in quotes", judged, scenario, _KEEPS, words, some)
    decimals = "test_numbers_have_two_decimals_at_most"
    yield Alteration("three decimals", decimals, "plain_write", _BREAKS, _spelt(19.001, -0.125, 1e-3), ANYWHERE)
    first = "test_state_tells_of_a_write_before_telemetry_shows_it"
    hardly = Amounts((HAIR - 1, -0.5))
    yield Alteration(
        "is shown first", first, "write_before_telemetry", _BREAKS, ahead_of_applied, hardly, frozenset({EARLY})
    )


def _in_pascals(message: Message) -> None:
    """Any point that has units."""
    for point in message["pointset"]["points"].values():
        if "units" in point:
            point["units"] = "Pascals"


UNITS: Sequence[Alteration] = tuple(_rows())
