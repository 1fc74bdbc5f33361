"""A headless Chromium and one page in it, moved through the DevTools protocol."""

import asyncio
import os
import shutil
import signal
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, ClientWebSocketResponse

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here to show the page to")
_PATIENCE = 30.0  # seconds


class Page:
    """A page that is open, and a way to press its keys."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self._socket, self._numbers = socket, count(1)
        self.complaints: list[str] = []

    async def call(self, method: str, **params: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
        """A command of the protocol, and its result."""
        number = next(self._numbers)
        await self._socket.send_json({"id": number, "method": method, "params": params})
        while True:
            message: dict[str, Any] = await self._socket.receive_json(timeout=_PATIENCE)
            if message.get("method") in ("Runtime.exceptionThrown", "Log.entryAdded"):
                self.complaints.append(str(message["params"]))
            if message.get("id") == number:
                assert "error" not in message, message
                result: dict[str, Any] = message["result"]
                return result

    async def ask(self, expression: str) -> Any:  # noqa: ANN401 - JSON
        """The value of the expression there."""
        result = await self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in result, result
        return result["result"].get("value")

    async def until(self, expression: str) -> None:
        """Until it holds there."""
        async with asyncio.timeout(_PATIENCE):
            while not await self.ask(expression):  # noqa: ASYNC110 - what holds in there rings no bell here
                await asyncio.sleep(0.05)

    async def open(self, url: str, *, width: int = 1280, height: int = 900) -> None:
        """Show that page, so wide."""
        await self.call("Runtime.enable")
        await self.call("Log.enable")
        await self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False
        )
        await self.call("Page.navigate", url=url)
        await self.until("document.readyState === 'complete' && location.protocol === 'http:'")

    async def press(self, key: str, code: int) -> None:
        """One key, down and up."""
        text = {"text": "\r"} if key == "Enter" else {}
        for kind in ("keyDown", "keyUp"):
            await self.call("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code, **text)


@asynccontextmanager
async def browser(folder: Path, session: ClientSession) -> AsyncIterator[Page]:
    """A Chromium that keeps its things in the folder, and its first page."""
    assert CHROMIUM
    command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"]
    options = ["--remote-debugging-port=0", f"--user-data-dir={folder}", "about:blank"]
    with subprocess.Popen(  # noqa: S603, ASYNC220 - a browser of the test's own; it is started at once
        [*command, *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as process:
        try:
            port = await _port(folder / "DevToolsActivePort")
            async with session.get(f"http://127.0.0.1:{port}/json") as answer:
                [first] = [target for target in await answer.json() if target["type"] == "page"]
            async with session.ws_connect(first["webSocketDebuggerUrl"], max_msg_size=0) as socket:
                page = Page(socket)
                try:
                    yield page
                finally:
                    await page.call("Browser.close")
        finally:
            await asyncio.to_thread(_end, process)


async def _port(file: Path) -> str:
    """The port of the browser, which writes it down once it listens."""
    async with asyncio.timeout(_PATIENCE):
        while not (lines := await asyncio.to_thread(_lines, file)):  # noqa: ASYNC110 - a file rings no bell
            await asyncio.sleep(0.05)
    return lines[0]


def _lines(file: Path) -> list[str]:
    return file.read_text(encoding="ascii").splitlines() if file.is_file() else []


def _end(process: subprocess.Popen[bytes]) -> None:
    """With all its children, should it not end by itself."""
    try:
        process.wait(timeout=5)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
