"""A hundred kills and signals, at places drawn over a whole run: the broker is left as it was found, every time.

Each device of one broker is tested from two folders by turns, as by two operators on two machines. A chain of blows is
followed by `setpoint restore` or by the next run; a signal that ends a run in an orderly way needs nothing to follow.
"""

import asyncio
import signal
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from harness.broker import mosquitto_broker
from harness.broker.mosquitto import installed
from harness.clock import Clock, new_loop
from harness.errors import UsageError
from harness.mqtt.link import connect
from harness.protocols.udmi.words.topics import UDMI, Topics
from live.bystander import Bystander, lying
from live.kills import Blow, How, KillSetup, Pace, What
from live.processes import device

BLOWS, DEVICES, SEED = 100, 12, 11
FOLDERS = ("here", "there")
THEIRS = b'{ "timestamp": "2026-01-01T00:00:00Z",  "version": "1.5.2", "theirs": "\xc3\xa4" }'
_RIGHT_WITHIN = 60.0  # seconds in which a broker publishes a will, and a device answers
_WORDS = {What.RUN: 20, What.DOCTOR: 12, What.PROFILE: 12, What.RESTORE: 8}  # about as many; what is seen counts


@dataclass(frozen=True)
class Chain:
    """Blows one after the other on one device, on a broker where this lay before, and what follows them."""

    blows: tuple[Blow, ...]
    found: bytes | None
    follows: What
    folder: str
    clear: bool


def chains(seed: int) -> Iterator[Chain]:
    """A hundred blows in all; each hundredth of a command's way has its own."""
    chance = Random(seed)  # noqa: S311 - drawn so that it can be drawn again
    moments = [(place + chance.random()) / BLOWS for place in range(BLOWS)]
    chance.shuffle(moments)
    while moments:
        taken, moments = moments[: (count := chance.choice([1, 1, 1, 2, 3]))], moments[count:]
        blows = tuple(_blow(chance, when, place, len(taken)) for place, when in enumerate(taken))
        found = chance.choice([THEIRS, None])
        yield Chain(
            blows, found, chance.choice([What.RUN, What.RESTORE]), chance.choice(FOLDERS), chance.random() < 0.4
        )


def _blow(chance: Random, when: float, place: int, of: int) -> Blow:
    """The blow in the middle of a chain is a kill: after an orderly end there is nothing to go on from."""
    signals = [How.TERM, How.HANG_UP, How.CTRL_C, How.CTRL_C_TWICE]
    how = chance.choice([*signals, *[How.KILL] * 4]) if place == of - 1 else How.KILL
    others = [What.RESTORE] if place and how is How.KILL else [What.DOCTOR, What.PROFILE] if of == 1 else []
    what = chance.choice([What.RUN, What.RUN, What.RUN, *others])
    return Blow(what, how, when, chance.choice(FOLDERS), chance.random() < 0.3)


@dataclass
class ChainRunner:
    """Chains on one device."""

    setup: KillSetup

    async def run(self, chain: Chain) -> str | None:
        """The problem after it; None: nothing. A run whose blow came too late is played again, with earlier ones."""
        for _ in range(8):
            await self._lay(chain.found)
            outcome = await self._struck(chain)
            if outcome != _LATE:
                return outcome
            chain = replace(chain, blows=tuple(replace(blow, when=blow.when * 0.9) for blow in chain.blows))
        return "no blow ever came in time"

    async def _struck(self, chain: Chain) -> str | None:
        is_orderly = False
        for drawn in chain.blows:
            is_vain = drawn.what is What.RESTORE and not self.setup.runs()
            blow = replace(drawn, what=What.RUN) if is_vain else drawn
            ended = await self.setup.strike(blow)
            if ended.is_late:
                return _LATE
            if _has_traceback(ended.output) and ended.words:  # before the first it was Python's own start, or pytest's
                return ended.output
            lies = await lying(self.setup.bystander.endpoint, self.setup.device)
            is_orderly = not lies.is_noted and lies.config not in (chain.found, None)
            if not lies.is_noted and not lies.is_left_well(chain.found):
                return f"no note, and {lies}"
            if blow.how is not How.KILL and len(chain.blows) == 1:
                return await self._is_right(chain.found, empty=None)
        return await self._followed(chain, is_orderly=is_orderly)

    async def _followed(self, chain: Chain, *, is_orderly: bool) -> str | None:
        what = chain.follows if self.setup.runs() else What.RUN
        ended = await self.setup.through(what, chain.folder, clear=chain.clear)
        is_spared = what is What.RESTORE and is_orderly and "somebody spoke there since" in ended.output
        if _has_traceback(ended.output) or not (ended.code in (0, 2) or is_spared):
            return f"{what} ends with {ended.code}: {ended.output}"
        problem = await self._is_right(chain.found, empty=None if is_orderly else what is What.RESTORE or chain.clear)
        return problem and f"{problem}; it said: {ended.output}"

    async def _is_right(self, found: bytes | None, *, empty: bool | None) -> str | None:
        """`empty`: whether the topic has to be, where nothing lay; None: it may be."""
        deadline = asyncio.get_running_loop().time() + _RIGHT_WITHIN
        while True:
            lies = await lying(self.setup.bystander.endpoint, self.setup.device)
            written = self.setup.bystander.written.get(self.setup.device)
            is_well = lies.is_left_well(found) and not lies.beside and not written
            if is_well and (found or empty is None or empty == (lies.config is None)):
                return None
            if asyncio.get_running_loop().time() > deadline:
                return f"{lies}; in force: {written}; empty: {empty}"
            await asyncio.sleep(0.2)

    async def _lay(self, config: bytes | None) -> None:
        """The config that the owner sends is no word of the run that follows."""
        bystander, device = self.setup.bystander, self.setup.device
        before = len(bystander.words[device])
        async with connect(bystander.endpoint, f"owner-{device}") as link:
            await link.publish(Topics.of(device, UDMI).config, config or b"", retain=True)
        await bystander.until_words(device, before + 1)
        for trace in self.setup.room.glob("*/20*/trace.ndjson"):
            trace.unlink()


_LATE = "too late"


def _has_traceback(output: str) -> bool:
    """Whether there is one of ours. Where an interruption falls into a finalizer, Python tells of it and goes on."""
    lines = output.splitlines()
    return any(
        line.startswith("Traceback") and not before.startswith("Exception ignored")
        for before, line in pairwise(["", *lines])
    )


@pytest.fixture(autouse=True)
def _signals_are_heard() -> Iterator[None]:
    """The signals are heard, though the parent of these tests may ignore some, and so would those that they start."""
    before = {number: signal.signal(number, signal.SIG_DFL) for number in (signal.SIGHUP, signal.SIGTERM)}
    before[signal.SIGINT] = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.timeout(1200)
def test_broker_is_left_as_it_was_found_a_hundred_times_of_a_hundred(tmp_path: Path) -> None:
    try:
        installed("mosquitto")
    except UsageError as error:
        pytest.skip(str(error))
    drawn = [*chains(SEED)]

    with asyncio.Runner(loop_factory=lambda: new_loop(Clock.REAL)) as runner:
        wrong = runner.run(_all(drawn, tmp_path))

    assert sum(len(chain.blows) for chain in drawn) == BLOWS
    assert not wrong, "\n\n".join(wrong)


async def _all(drawn: Sequence[Chain], room: Path) -> list[str]:
    """Each device has the chain that comes next when it is done with the one before."""
    wrong: list[str] = []
    setups: list[KillSetup] = []
    left, paces = iter(drawn), {what: Pace.guessed(words) for what, words in _WORDS.items()}

    async def one_after_the_other(runner: ChainRunner) -> None:
        for chain in left:
            told = len(runner.setup.told)
            if problem := await runner.run(chain):
                wrong.append(f"{runner.setup.device}: {chain}\n{runner.setup.told[told:]}\n{problem}")

    async with mosquitto_broker() as endpoint, device(str(endpoint), "--count", str(DEVICES)):
        bystander = Bystander(endpoint)
        async with bystander.listening(), asyncio.TaskGroup() as tasks:
            for number in range(1, DEVICES + 1):
                setup = KillSetup(bystander, f"AHU-{number}", room / f"AHU-{number}", Random(number), paces)  # noqa: S311
                tasks.create_task(one_after_the_other(ChainRunner(setup)))
                setups.append(setup)
    (room / "told").write_text(
        "\n".join(f"{one.device}: {line}" for one in setups for line in one.told), encoding="utf-8"
    )
    return wrong
