"""Log entries that come too late, or not at all, or that nobody asked for."""

from collections.abc import Iterator, Sequence

from tests.altered.alteration import ANYWHERE, Alter, Alteration, Amounts, Effect, up_to
from tests.altered.deadlines import Deadline, Key, config_sent, pausing
from tests.altered.edits import GONE, chosen, following, provoked, put, said_again, sent
from tests.altered.take import Edit, Message, Take

_BREAKS, _KEEPS = Effect.BREAKS, Effect.KEEPS
SCENARIO = "broken_configs"
LATE = frozenset({"logging.metrics", "erroneous.device-goes-on"})  # with all else
GATHERED = 5.0  # seconds for which what was written down, or measured, may have waited
STAMP = 0.005  # seconds that the stamp of an entry leaves open, with that of the messages by which it is corrected
_RECEIVE, _PARSE, _APPLY = "system.config.receive", "system.config.parse", "system.config.apply"
_START, _READY = ("system.base.start", "system.base.startup"), ("system.base.ready",)
_PLAIN = frozenset({"logging.receive", "logging.parse", "logging.apply"})
_LOGGED = frozenset({"erroneous.is-logged"})


def _entries(take: Take, key: int) -> list[Message]:
    found: list[Message] = take.message(key).get("logentries", [])
    return found


def _telling(take: Take, label: str, category: str) -> list[int]:
    """The events from the config to the next that have such an entry."""
    start = sent(take, label)
    events = take.events(start, following(take, start))
    return [key for key in events if any(entry["category"] == category for entry in _entries(take, key))]


def _first(label: str, category: str) -> Key:
    return lambda take: _telling(take, label, category)[0]


def _without(*categories: str) -> Edit:
    """Entries of these categories are as if they had never been."""

    def edit(message: Message) -> None:
        entries = message.get("logentries", [])
        put(message, logentries=[entry for entry in entries if entry["category"] not in categories])

    return edit


def _each(category: str, **fields: object) -> Edit:
    """Every such entry has other fields."""

    def edit(message: Message) -> None:
        for entry in message.get("logentries", []):
            if entry["category"] == category:
                put(entry, **fields)

    return edit


def _untold(label: str, category: str) -> Alter:
    """No event has such an entry, and it was waited for."""

    def alter(take: Take, _amount: float) -> Take:
        end = following(take, sent(take, label))
        return take.edit(_telling(take, label, category), _without(category)).pause(end, 32 + 2 * take.allowance)

    return alter


def _told(label: str, category: str, edit: Edit) -> Alter:
    return lambda take, _amount: take.edit(_telling(take, label, category), edit)


def _applied(message: Message) -> None:
    """Beside what it says."""
    message["logentries"] = [*message["logentries"], {**message["logentries"][-1], "category": _APPLY, "level": 300}]


def _backwards(message: Message) -> None:
    message["logentries"] = message["logentries"][::-1]


def _configs() -> Iterator[Alteration]:
    plain = ("receipt", _RECEIVE, 100), ("understanding", _PARSE, 100), ("application", _APPLY, 300)
    watched = (_RECEIVE, 100), (_PARSE, 500)
    for judgement, label, category, level, also in (
        *((f"test_{what}_of_a_config_is_logged", "plain", category, level, _PLAIN) for what, category, level in plain),
        *(
            (f"test_config_that_cannot_be_worked_on_is_logged[{category}-{level}]", "watched", category, level, _LOGGED)
            for category, level in watched
        ),
    ):
        late = pausing(_first(label, category))
        yield from Deadline(
            judgement, SCENARIO, config_sent(label), late, 30, along=LATE, beyond=also, blur=STAMP
        ).rows()
        untold = _untold(label, category)
        yield Alteration("is not told", judgement, SCENARIO, _BREAKS, untold, also=LATE)
        other = _told(label, category, _each(category, level=level + 1))
        yield Alteration("at another level", judgement, SCENARIO, _BREAKS, other)
    bad = "test_config_that_cannot_be_worked_on_is_not_said_to_be_applied"
    yield Alteration("is said to be", bad, SCENARIO, _BREAKS, _told("watched", _PARSE, _applied))
    order = "test_entries_of_a_config_come_in_order"
    yield Alteration("backwards", order, SCENARIO, _BREAKS, _told("plain", _PARSE, _backwards))


def event_anew(label: str, content: Message) -> Alter:
    """So many seconds after the config, when messages have gone both ways, an event has this and nothing else."""

    def alter(take: Take, seconds: float) -> Take:
        moment = take.time(sent(take, label)) + 2 * take.allowance + seconds

        def edit(message: Message) -> None:
            put(message, logentries=GONE, metrics=GONE)
            entries = [{**entry, "timestamp": message["timestamp"]} for entry in content.get("logentries", [])]
            message.update({**content, "logentries": entries} if entries else content)

        return said_again(take.pause(take.close, 60), take.events()[0], moment, edit)

    return alter


def _entry(level: int) -> Message:
    return {"logentries": [{"message": "So", "category": "device.so", "level": level}]}


def _unasked() -> Iterator[Alteration]:
    for judgement, scenario, label, least in (
        ("test_entries_below_what_is_asked_for_are_not_sent", "quiet_config", "quiet", 400),
        ("test_entries_below_300_are_not_sent_unasked", "unknown_fields", "in the message", 300),
    ):
        below, grave = _entry(least - 1), _entry(least)
        waited, late = up_to(GATHERED, GATHERED), Amounts((GATHERED + STAMP, 20.0))
        yield Alteration("had waited", judgement, scenario, _KEEPS, event_anew(label, below), waited)
        yield Alteration("is sent all the same", judgement, scenario, _BREAKS, event_anew(label, below), late)
        yield Alteration("is grave enough", judgement, scenario, _KEEPS, event_anew(label, grave), late)


def _lacks(take: Take, amount: float) -> Take:
    """One entry lacks what belongs to it."""
    field = ("message", "category", "timestamp", "level")[int(amount) % 4]
    events = [key for key in take.events() if _entries(take, key)]
    return take.edit(chosen(events, amount // 4), lambda message: put(message["logentries"][-1], **{field: GONE}))


def _of_two_lines(take: Take, amount: float) -> Take:
    """One entry has another message."""
    message = ("So\nit was", "", "\n")[int(amount) % 3]
    events = [key for key in take.events() if _entries(take, key)]
    return take.edit(chosen(events, amount // 3), lambda event: put(event["logentries"][-1], message=message))


def _cut(take: Take) -> int:
    return provoked(take, "power cut")


def _asked(take: Take) -> int:
    return sent(take, "restart")


def _started(stimulus: Key, *categories: str) -> Alter:
    return lambda take, _amount: take.edit(take.events(stimulus(take)), _without(*categories))


def _others() -> Iterator[Alteration]:
    whole = "test_entries_have_all_that_belongs_to_one"
    beside = frozenset({"logging.in-order", *_PLAIN, *_LOGGED})
    yield Alteration("lacks something", whole, SCENARIO, _BREAKS, _lacks, ANYWHERE, beside)
    lines = "test_messages_of_log_entries_are_one_line"
    yield Alteration("is of two lines, or none", lines, SCENARIO, _BREAKS, _of_two_lines, ANYWHERE)
    for judgement, scenario, stimulus, categories in (
        (f"test_start_is_logged[{_START}]", "restart_by_hand", _cut, _START),
        (f"test_start_is_logged[{_READY}]", "restart_by_hand", _cut, _READY),
        ("test_shutdown_is_logged", "modes", _asked, ("system.base.shutdown",)),
    ):
        yield Alteration("is not told", judgement, scenario, _BREAKS, _started(stimulus, *categories))


JOURNALS: Sequence[Alteration] = (*_configs(), *_unasked(), *_others())
