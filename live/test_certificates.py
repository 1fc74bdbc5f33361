"""Whom a device trusts shows over TLS alone, and so in real time alone: one that trusts anybody is seen to."""

import asyncio
from pathlib import Path

import pytest

from live.route import Route, drive

_OF_CERTIFICATES = "connection.checks-the-certificate"


@pytest.mark.timeout(900)
@pytest.mark.parametrize(("odd", "verdict"), [((), "pass"), (("--deviation", "trusts-any-server"), "warn")])
def test_device_that_trusts_any_server_is_told(tmp_path: Path, odd: tuple[str, ...], verdict: str) -> None:
    route = Route(listens=True, tls=True)

    run = asyncio.run(drive(route, tmp_path, "--only", _OF_CERTIFICATES, odd=odd))

    assert set(run.verdicts.values()) == {verdict}, run.output
