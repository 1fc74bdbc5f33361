"""Carries ways out. Each is given a bounded time, and says in one line why it failed."""

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from typing import assert_never
from urllib.parse import quote

import aiohttp

from harness.errors import UsageError
from harness.files.credentials import secret
from harness.payload.values import JSON
from harness.provocations.provocation import CannotProvoke, NobodyAnswered, Provocation
from harness.provocations.way import Call, Question, ShellCommand, Way, filled_in, json_of, text_of, words_of
from harness.text import printable

Ask = Callable[[str], Awaitable[bool]]

PATIENCE = 30.0  # seconds that a command or a call may take
_LONGEST = 200  # characters of an answer that are repeated
_AT_ONCE = 65_536  # bytes of it that are read


class _FailedError(Exception):
    """The way leads nowhere; its text says why."""


@dataclass(frozen=True)
class Ways:
    """A provoker of what the profile says. `ask` puts a question to a person; False: it could not be done.

    Where nobody answers, `ask` raises NobodyAnswered.

    `patience`: seconds that a command or a call may take. A person may take longer: the way says how long.
    """

    device: str
    ways: Mapping[str, Way]
    ask: Ask
    patience: float = PATIENCE

    @property
    def longest(self) -> float:
        """Seconds that any of them may take."""
        return max((self._patience(way) for way in self.ways.values()), default=0.0)

    async def provoke(self, provocation: Provocation) -> None:
        """Do it as the profile says. Raises CannotProvoke with what is missing there, or with what went wrong."""
        name = provocation.name
        if name not in self.ways:
            raise CannotProvoke(provocation, no_way(name))
        way = self.ways[name]
        patience = self._patience(way)
        try:
            async with asyncio.timeout(patience):
                await self._go(way, words_of(self.device, provocation))
        except TimeoutError:
            what = "was not answered within" if isinstance(way, Question) else "took more than"
            raise CannotProvoke(provocation, f"[provocations.{name}] {what} {patience:g} s") from None
        except NobodyAnswered as nobody:
            raise CannotProvoke(provocation, f"[provocations.{name}] asks a person, but {nobody}") from nobody
        except (_FailedError, OSError, ValueError, UsageError, aiohttp.ClientError) as error:
            raise CannotProvoke(provocation, f"[provocations.{name}] failed: {error}") from error

    def _patience(self, way: Way) -> float:
        return way.within if isinstance(way, Question) else self.patience

    async def _go(self, way: Way, words: Mapping[str, JSON]) -> None:
        match way:
            case ShellCommand():
                await _run([filled_in(word, words) for word in way.words])
            case Call():
                await _post(way, words)
            case Question():
                if not await self.ask(filled_in(way.text, words)):
                    raise _FailedError("the answer was that it cannot be done")
            case _:
                assert_never(way)


def no_way(name: str) -> str:
    """That the profile does not say how that is brought about, and the line to add."""
    return f"the profile has no [provocations.{name}]: add it, with {_EXAMPLE}"


async def _run(words: list[str]) -> None:
    process = await asyncio.create_subprocess_exec(
        *words,
        env={
            name: value for name, value in os.environ.items() if not name.startswith("SETPOINT_")
        },  # no secret of ours
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        start_new_session=True,  # what it has started itself ends with it
    )
    assert process.stdout  # noqa: S101 - it was asked for
    said = b""
    try:
        while more := await process.stdout.read(_AT_ONCE):
            said = (said + more)[:_LONGEST]
        await process.wait()
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            await process.wait()
    if process.returncode:
        raise _FailedError(f"{words[0]} ended with {process.returncode}: {_brief(said)}")


async def _post(call: Call, words: Mapping[str, JSON]) -> None:
    quoted = {word: quote(text_of(meaning), safe="") for word, meaning in words.items()}
    body = {key: json_of(content, words) for key, content in (call.body or {}).items()}
    async with (
        aiohttp.ClientSession(headers=_authorization(call)) as session,
        session.post(filled_in(call.url, quoted), json=body if call.body else None, allow_redirects=False) as answer,
    ):
        if not HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES:
            raise _FailedError(f"the answer was {answer.status}: {_brief(await answer.content.read(_LONGEST))}")


def _authorization(call: Call) -> Mapping[str, str]:
    """Looked up anew for every call, and kept nowhere."""
    if call.token_env is None and call.token_file is None:
        return {}
    variable = call.token_env or "token_env"
    token = secret(variable, call.token_file)
    if token is None:
        raise _FailedError(f"its token is missing: put it in {variable}")
    if not token.isascii() or not token.isprintable():
        raise _FailedError("its token has characters that no header can carry")
    return {"Authorization": f"Bearer {token}"}


def _brief(said: bytes) -> str:
    """The answer of a stranger, on one line."""
    return printable(" ".join(said[:_LONGEST].decode(errors="replace").split())) or "nothing was said"


_EXAMPLE = 'command = [...], http = "…" or ask = "…"'
