"""Services that share nothing with Setpoint are told what they break, and nothing else, by a run in real time.

All run at the same time, each behind a Mosquitto of its own: most of a run is waiting.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from harness.broker import mosquitto_broker
from harness.broker.mosquitto import installed
from harness.errors import UsageError
from live.plug import plugged_in
from live.processes import free_port, started
from tests.runs import Run

_ALLOWANCE = 5  # seconds: no verdict hangs on the speed of this machine
_ROWS_OF_SIZES = ("refusal.of-what-is-too-deep", "refusal.of-what-is-too-large")
_ROWS_OF_CODES = (
    "answer.get-of-nothing-is-404",
    "refusal.has-its-code",
    "token.is-a-short-text",
    "version.conflict-is-409",
    "version.is-a-whole-number",
)
_OBSERVED = {
    "access.device-hears-of-itself-alone": "could not test",  # their brokers let in whoever comes
    "access.device-writes-to-itself-alone": "could not test",
    "access.no-client-answers": "could not test",
    "access.rest-token-is-for-its-own": "could not test",
    "access.rest-wants-a-token": "could not test",
    "delta.comes-with-subscribing": "observation",
}
_SHALLOW = (
    "merge.leaves-the-rest",
    "merge.null-removes",
    "metadata.mirrors-the-state",
    "recording.writers-in-some-order",
)
_BARE = (
    "answer.get-of-nothing-is-404",
    "metadata.mirrors-the-state",
    "metadata.timestamp-is-now",
    "recording.writers-in-some-order",
    "token.is-not-invented",
    "token.is-repeated",
    "version.conflict-is-409",
    "version.match-is-accepted",
    "version.rises-by-one",
)
_ALL_THAT_IT_HAS = (
    "answer.every-update-is-accepted",
    "answer.one-of-two",
    "delta.is-the-difference",
    "delta.tells-components",
    "merge.null-empties",
    "recording.all-three-are-read-back",
    "recording.keeps-every-value",
    "recording.survives-a-restart",
)


@dataclass(frozen=True)
class Peer:
    """`verdicts`: of each requirement that does not pass. `code`: how the run ends; undecided, for want of logins.

    `only`: what is asked at all, where a whole run would be long by the service's nature: it refuses in silence.
    """

    style: str
    bug: str = ""
    code: int = 2
    verdicts: Mapping[str, str] = field(default_factory=dict)
    only: tuple[str, ...] = ()
    scheme: str = "seed"

    @property
    def name(self) -> str:
        """For a test, and its folder."""
        return "-".join(word for word in (self.style, self.bug, self.scheme) if word not in ("", "seed"))


def _of_one_bug(bug: str, breaks: str) -> Peer:
    """Of a scheme of AWS's; it is asked for that requirement alone."""
    return Peer("lavish", bug, 0, {breaks: "warn"}, (breaks,), "aws")


PEERS = {
    peer.name: peer
    for peer in (
        Peer("lavish", verdicts=_OBSERVED),
        Peer(
            "late-delta",
            verdicts={
                **_OBSERVED,
                "delta.comes-before-accepted": "warn",
                "metadata.mirrors-the-state": "observation",
                "metadata.timestamp-is-now": "warn",
            },
        ),
        Peer(
            "wordless",
            verdicts={
                **_OBSERVED,
                **dict.fromkeys((*_ROWS_OF_CODES, *_ROWS_OF_SIZES), "observation"),
                "refusal.says-why": "warn",
            },
        ),
        Peer("bare", code=0, verdicts=dict.fromkeys(_BARE, "observation"), only=(*_BARE, *_ALL_THAT_IT_HAS)),
        Peer("lavish", "forgets-desired", 1, {**_OBSERVED, "recording.survives-a-restart": "fail"}),
        Peer("lavish", "folds-case", 1, {**_OBSERVED, "recording.devices-are-apart": "fail"}),
        Peer("lavish", "shallow", 2, {**_OBSERVED, **dict.fromkeys(_SHALLOW, "warn")}),
        Peer("lavish", verdicts=_OBSERVED, scheme="aws"),
        _of_one_bug("counts-anew", "delete.leaves-only-the-version"),
        _of_one_bug("one-name", "names.are-apart"),
        _of_one_bug("half-rest", "answer.rest-is-the-same"),
    )
}


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Run]:
    """Of every peer, and of one that is mute."""
    try:
        installed("mosquitto")
    except UsageError as error:
        pytest.skip(str(error))
    every = (*PEERS.values(), Peer("lavish", "mute"))

    async def all_of_them() -> list[Run]:
        return await asyncio.gather(*(_driven(peer, tmp_path_factory.mktemp(peer.name)) for peer in every))

    return dict(zip([peer.name for peer in every], asyncio.run(all_of_them()), strict=True))


async def _driven(peer: Peer, folder: Path) -> Run:
    async with mosquitto_broker() as broker:
        port = str(broker).rpartition(":")[2]
        http = str(free_port())
        at = ["--scheme", peer.scheme, "--port", port, "--http-port", http]
        options = ["--style", peer.style, "--bug", peer.bug, *at, "--data", str(folder)]
        async with plugged_in(["-m", "live.replica_peers.service", *options], folder) as plug:
            profile = folder / "profile.toml"
            restart = f'[provocations.restart]\nhttp = "http://{plug}/"\n'
            met = f'scheme = "{peer.scheme}"\nhttp = "http://127.0.0.1:{http}"\nnetwork_allowance = {_ALLOWANCE}\n'
            profile.write_text(met + restart, encoding="utf-8")
            only = [option for requirement in peer.only for option in ("--only", requirement)]
            where = [*only, f"--service={broker}", "--profile", str(profile), "--spec", f"replica-{peer.scheme}"]
            reports = folder / "reports"
            command = ["-m", "pytest", "suites/replica/service", *where, "--reports", str(reports)]
            process = await started(command)
            said, _ = await process.communicate()
            return Run(process.returncode or 0, said.decode(), reports)


@pytest.mark.timeout(1200)
@pytest.mark.parametrize("name", PEERS)
def test_peer_is_told_what_it_breaks_and_nothing_else(runs: Mapping[str, Run], name: str) -> None:
    run = runs[name]
    told = {one.id: str(one.verdict) for one in run.judged.requirements}

    assert PEERS[name].only == () or set(PEERS[name].only) == set(told), run.output
    assert {of: verdict for of, verdict in told.items() if verdict != "pass"} == PEERS[name].verdicts, run.output
    assert run.code == PEERS[name].code, run.output


def test_mute_peer_is_accused_of_nothing_and_believed_in_nothing(runs: Mapping[str, Run]) -> None:
    verdicts = {str(one.verdict) for one in runs["lavish-mute"].judged.requirements}

    assert verdicts <= {"could not test", "observation", "not applicable"}
    assert runs["lavish-mute"].code == 2, runs["lavish-mute"].output
