"""The lines of a log, whatever machine writes it."""

import pytest

from harness.mqtt.endpoint import Endpoint
from simulator.standalone.log_lines import enumerated, line, of_link

NOON = 1_767_268_800.0  # 2026-01-01T12:00:00Z
ESCAPE = "\x1b[31mred\r\nforged \u202eline"


def test_line_begins_with_time_and_device() -> None:
    assert line(NOON, "AHU-1", "restart") == "2026-01-01T12:00:00.000Z  AHU-1       restart"


def test_line_is_cut_where_it_gets_too_long() -> None:
    assert len(line(NOON, "AHU-1", "x" * 1000)) == 240


def test_link_is_told_with_its_broker_or_its_problem() -> None:
    broker = Endpoint("broker", 1883)

    assert (of_link(broker, None), of_link(broker, "it is gone")) == (f"link up    {broker}", "link down  it is gone")


def test_first_items_are_named_and_the_rest_is_counted() -> None:
    assert enumerated(list("abcdef")) == "a, b, c, d, e, f"
    assert enumerated(list("abcdefgh")) == "a, b, c, d, e, f, and 2 more"


@pytest.mark.parametrize(
    "said",
    [line(NOON, ESCAPE, ""), of_link(Endpoint(ESCAPE, 1883), None), of_link(Endpoint("broker", 1883), ESCAPE)],
)
def test_hostile_words_stay_words(said: str) -> None:
    assert said.isprintable()
