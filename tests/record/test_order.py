"""Records that stand where no drive would have written them."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from harness.record.kinds import Answer, Channel, Opened, Received, Record, Request, Sent
from harness.record.order import RecordOrder

ASKED = Sent(1.0, "/things/a", b"", "read", connection="rest-1", channel=Channel.HTTP, http=Request("GET"))
TOLD = Received(
    2.0, "/things/a", b"{}", retain=False, connection="rest-1", channel=Channel.HTTP, http=Answer(200, of=1)
)
SERVED = replace(TOLD, time=1.0, http=Request("GET"))
OURS = replace(ASKED, time=2.0, http=Answer(200, of=1))


def problems(*records: Record) -> Sequence[str | None]:
    """The flaws of each of them, behind a scenario's beginning."""
    running = [Opened(0.0, "asks"), *records]
    order = RecordOrder(running)
    return [order.problem(record) for record in running][1:]


@pytest.mark.parametrize(("request_", "answer"), [(ASKED, TOLD), (SERVED, OURS)], ids=["theirs", "ours"])
def test_answer_follows_its_request(request_: Record, answer: Record) -> None:
    assert problems(request_, answer) == [None, None]


@pytest.mark.parametrize(
    ("before", "answer"),
    [
        (ASKED, replace(TOLD, http=Answer(200, of=0))),
        (ASKED, replace(TOLD, http=Answer(200, of=2))),
        (ASKED, replace(TOLD, http=Answer(200, of=-2))),
        (ASKED, replace(TOLD, connection="rest-2")),
        (ASKED, OURS),
        (SERVED, TOLD),
        (Sent(1.0, "a/b", b"", "on", connection="rest-1"), TOLD),
    ],
    ids=["no request", "itself", "before all", "another connection", "our own", "theirs again", "mqtt"],
)
def test_answer_to_what_was_not_asked_is_refused(before: Record, answer: Record) -> None:
    assert problems(before, answer) == [None, "it answers what was not asked before, on its connection"]
