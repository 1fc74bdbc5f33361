"""Mosquitto in a process of its own. It lives in wall-clock time, and so does whoever uses it."""

import asyncio
import os
import shutil
import socket
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from harness.broker.access_control import Account
from harness.broker.listener import Listener, ServerTls
from harness.errors import UsageError
from harness.mqtt.endpoint import Endpoint, Tls


@asynccontextmanager
async def mosquitto_broker(listener: Listener = Listener()) -> AsyncIterator[Endpoint]:  # noqa: B008 - it is frozen
    """A Mosquitto as long as the block lasts; nothing of it is left. Yields where this machine finds it.

    Raises UsageError where it is not installed or does not start, and for a `watch`: it does not tell what it sees.
    """
    if listener.watch:
        raise UsageError("Mosquitto does not tell what it sees of a client; the embedded broker does")
    async with AsyncExitStack() as stack:
        yield await (_on_its_port if listener.port else _on_a_free_port)(listener, stack)


async def _on_a_free_port(listener: Listener, stack: AsyncExitStack) -> Endpoint:
    """Mosquitto cannot choose one itself: between our look and its start another may take it."""
    for _ in range(_TRIES):
        try:
            return await _on_its_port(replace(listener, port=_free_port(listener.host)), stack)
        except UsageError as error:
            if _TAKEN not in str(error):
                raise
    raise UsageError(f"Mosquitto does not start: {_TRIES} ports in a row were taken before it had them")


async def _on_its_port(listener: Listener, stack: AsyncExitStack) -> Endpoint:
    await stack.enter_async_context(_started(listener))
    return Endpoint(listener.at_home, listener.port, tls=Tls() if listener.tls else None)


@asynccontextmanager
async def _started(listener: Listener) -> AsyncIterator[None]:
    with TemporaryDirectory(prefix="setpoint-mosquitto-") as folder:
        config, log = _config(Path(folder), listener), Path(folder) / "log"
        with _running([installed("mosquitto"), "-c", str(config)], log) as process:
            await _accepting(process, log)
            yield


def installed(program: str) -> str:
    """Its path; raises UsageError. Debian puts it where an ordinary user's PATH does not look."""
    found = shutil.which(program, path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/usr/local/sbin")
    if found is None:
        raise UsageError(f"{program} is not installed; on Debian and Ubuntu: apt install mosquitto")
    return found


def _free_port(host: str) -> int:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.bind((host, 0))
        port: int = probe.getsockname()[1]
        return port


def _config(folder: Path, listener: Listener) -> Path:
    lines = [f"listener {listener.port} {listener.host}", "set_tcp_nodelay true", "persistence false"]
    lines += ["log_dest stderr", "log_type error", "log_type warning", "log_type information", "log_timestamp false"]
    if os.geteuid() == 0:
        lines.append("user root")  # the one that it would become may not read what lies here
    if listener.tls:
        lines.extend(_tls(listener.tls))
    if listener.accounts:
        lines.append("allow_anonymous false")
        lines.append(f"password_file {_passwords(folder / 'passwords', listener.accounts)}")
        lines.append(f"acl_file {_access(folder / 'access', listener.accounts)}")
    else:
        lines.append("allow_anonymous true")
    return _secret(folder / "mosquitto.conf", lines)


def _tls(tls: ServerTls) -> Iterator[str]:
    yield from (f"certfile {tls.certificate.absolute()}", f"keyfile {tls.key.absolute()}", "tls_version tlsv1.2")
    if tls.ca:
        yield from (f"cafile {tls.ca.absolute()}", "require_certificate true")


def _passwords(file: Path, accounts: tuple[Account, ...]) -> Path:
    """Written first and hashed then: on a command line everybody could read them."""
    for account in accounts:
        if set(f"{account.login.user}{account.login.password}") & {":", "\n"}:
            raise UsageError(f"Mosquitto takes no colon in a login, and {account.login.user!r} has one")
    _secret(file, [f"{account.login.user}:{account.login.password}" for account in accounts])
    hashing = [installed("mosquitto_passwd"), "-U", str(file)]
    done = subprocess.run(hashing, check=False, capture_output=True, text=True)  # noqa: S603 - our own arguments
    if done.returncode:
        raise UsageError(f"mosquitto_passwd cannot hash the passwords: {_line(done.stderr) or 'it does not say why'}")
    return file


def _access(file: Path, accounts: tuple[Account, ...]) -> Path:
    lines = []
    for account in accounts:
        lines.append(f"user {account.login.user}")
        reads, writes = account.topics, account.topics if account.publishes is None else account.publishes
        lines.extend(
            f"topic {right} {topics}" for right, those in (("read", reads), ("write", writes)) for topics in those
        )
        if "#" in account.topics:  # which here is everything, but in an access list no $ topic
            lines.append(f"topic {'readwrite' if account.publishes is None else 'read'} $aws/#")
    return _secret(file, lines)


def _secret(file: Path, lines: list[str]) -> Path:
    file.touch(mode=0o600)
    file.write_text("\n".join([*lines, ""]), encoding="utf-8")
    return file


@contextmanager
def _running(command: list[str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """In a session of its own: the Ctrl-C that ends a run must not end the broker before the cloud's farewell."""
    with (
        log.open("wb") as output,
        subprocess.Popen(  # noqa: S603 - our own arguments
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True
        ) as process,
    ):
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(_FAREWELL)
            except subprocess.TimeoutExpired:
                process.kill()


async def _accepting(process: subprocess.Popen[bytes], log: Path) -> None:
    """Until it says that it runs: then it listens. To connect would not do, as whoever has the port may answer."""
    for _ in range(round(_STARTS_WITHIN / _LOOKS_EVERY)):
        if _said(log).endswith("running"):
            return
        if process.poll() is not None:
            break
        await asyncio.sleep(_LOOKS_EVERY)
    raise UsageError(f"Mosquitto does not start: {_said(log)}")


def _said(log: Path) -> str:
    return _line(log.read_text(errors="replace"))


def _line(text: str) -> str:
    return "; ".join(text.splitlines()[-3:])


_LOOKS_EVERY, _STARTS_WITHIN, _FAREWELL = 0.005, 20.0, 5.0  # seconds
_TRIES, _TAKEN = 5, "Address already in use"
