"""The notes of a run on a foreign broker, in case it is killed: which configs are its own, and the one before them.

Two retained messages beside the claim, which go when the run has taken its leave. `setpoint/runs/NAME/found` has the
very bytes of the config that lay there. `setpoint/runs/NAME/sent` names the configs that may lie there instead, by
their digests, and leaves on the same connection just before each of them: whatever lies at the topic, the note knows
it.
"""

import asyncio
import hashlib
import json
import secrets
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from harness.clock import utc
from harness.driving.shared_broker.owner import RUNS, owner, who
from harness.errors import LinkError
from harness.mqtt.client_id import OURS
from harness.mqtt.endpoint import Endpoint
from harness.mqtt.link import Link, connect
from harness.payload.fields import read_raw
from harness.payload.timestamps import rfc3339
from harness.target.declared import Declared

ECHOED_WITHIN = 5.0  # seconds in which a broker that lets us keep notes has sent a word of ours back


@dataclass(frozen=True, slots=True)
class RunNote:
    """`owner`: who was killed. `sent`: the digests of its configs. `found`: what lay there; None: nothing did."""

    owner: str
    sent: tuple[str, ...]
    found: bytes | None

    def is_of(self, payload: bytes) -> bool:
        """Whether the run that left it has sent this config, or was about to."""
        return _digest(payload) in self.sent


@dataclass
class RunNotes:
    """`name`: the device's on a broker. `config`: the topic of its configs.

    `patience`: seconds in which a broker that keeps notes has sent one back to us. `are_kept`: whether it does, once
    they were read. `stay`: something is left to be done, so they outlast the session.
    """

    endpoint: Endpoint
    name: str
    config: str
    patience: float
    are_kept: bool = False
    stay: bool = False
    _found: bytes | None = None
    _latest: str | None = None  # the digest of what lies at the topic, if it is of ours
    _is_begun: bool = False
    _since: str = field(default_factory=lambda: rfc3339(round(utc())))

    @classmethod
    def of(cls, endpoint: Endpoint, profile: Declared) -> "RunNotes":
        """Those of this device on this broker."""
        return cls(endpoint, profile.name_on_a_broker, profile.inbox, max(ECHOED_WITHIN, 2 * profile.network_allowance))

    async def read(self) -> RunNote | None:
        """The note of an earlier run; None: there is none, or this broker refuses notes."""
        if self.endpoint.client_id is not None:  # the broker may take one session alone
            return None
        said: dict[str, bytes] = {}
        with suppress(LinkError):
            async with connect(self.endpoint, f"{OURS}notes-{secrets.token_hex(8)}") as link:
                await link.subscribe(self._sent_topic, self._found_topic)
                with suppress(TimeoutError):
                    async with asyncio.timeout(self.patience):
                        self.are_kept = await self._read(link, said)
        word = said.get(self._sent_topic, b"")
        topic, sent = _named(word)
        if topic not in (None, self.config):  # of another device: an earlier version went by the id alone
            self.are_kept = False
        return RunNote(owner(word), sent, said.get(self._found_topic)) if topic == self.config else None

    def begin(self, found: bytes | None, lies: bytes | None) -> None:
        """From here on configs are ours. `lies`: one that a run before left there."""
        self._found, self._latest = found, _digest(lies) if lies else None

    def rejoin(self) -> None:
        """On a new connection: what was sent on the one before may have been lost with it."""
        self._is_begun = False

    def ahead_of(self, payload: bytes) -> Iterator[tuple[str, bytes]]:
        """The topics and messages that are to be there before this config is."""
        if not self.are_kept:
            return
        if not self._is_begun:
            yield self._found_topic, self._found or b""
        before, self._latest, self._is_begun = self._latest, _digest(payload), True
        yield self._sent_topic, self._word([digest for digest in (before, self._latest) if digest])

    def cleared(self) -> Iterator[tuple[str, bytes]]:
        """The topics and messages by which nothing of it is left, unless it is to stay."""
        if self.are_kept and not self.stay:
            yield from ((self._sent_topic, b""), (self._found_topic, b""))

    async def _read(self, link: Link, said: dict[str, bytes]) -> bool:
        """True once a word of ours came back, which the broker sends after all that it had kept, and keeps not."""
        trial = secrets.token_hex(8).encode()
        await link.publish(self._sent_topic, trial)
        async for heard in link.deliveries():
            if heard.retain:
                said[heard.topic] = heard.payload
            elif heard.payload == trial:
                return True
        return False

    def _word(self, sent: list[str]) -> bytes:
        return json.dumps({"who": who(), "since": self._since, "topic": self.config, "sent": sent}).encode()

    @property
    def _sent_topic(self) -> str:
        return f"{RUNS}{self.name}/sent"

    @property
    def _found_topic(self) -> str:
        return f"{RUNS}{self.name}/found"


def _named(word: bytes) -> tuple[str | None, tuple[str, ...]]:
    """The config topic that the note is about, and the digests that it names; the note may hold anything."""
    raw = read_raw(word, [])
    topic, sent = raw.get("topic"), raw.get("sent")
    digests = tuple(digest for digest in sent if isinstance(digest, str)) if isinstance(sent, list) else ()
    return (topic if isinstance(topic, str) else None), digests


def _digest(payload: bytes) -> str:
    return hashlib.sha256(payload).hexdigest()
