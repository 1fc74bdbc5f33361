"""The operator's page, in a browser."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from simulator.udmi.standalone.running_device import RunningUdmiDevice
from simulator.udmi.target import SimTarget
from tests.hostile import MARKUP, device_with_hostile_words
from tests.simulator.standalone.browser import Page, browser, needs_chromium
from tests.simulator.udmi.standalone.standing import Standing, cloud, in_real_time, standing, until

pytestmark = [pytest.mark.process, needs_chromium]
SETPOINT = "supply_air_temperature_setpoint"
CARD = f"document.querySelector('[data-point={SETPOINT}]')"


def show(folder: Path, script: Callable[[Standing, Page], Awaitable[None]], *, count: int = 1) -> None:
    """Let the script use the page; it must not have complained in the end."""

    async def drive() -> None:
        async with standing(count=count) as running, browser(folder, running.session) as page:
            await page.open(running.url)
            await page.until(f"!!{CARD}")
            await script(running, page)
            assert page.complaints == []

    in_real_time(drive())


def setpoint_of(life: RunningUdmiDevice) -> str | None:
    """The name of the person that holds the point on the device itself."""
    return life.machine.points[SETPOINT].condition.held_by


def test_click_on_override_reaches_the_device_and_shows(tmp_path: Path) -> None:
    async def script(running: Standing, page: Page) -> None:
        await page.ask(f"{CARD}.querySelector('button[aria-label^=Override]').click()")
        await until(lambda: setpoint_of(running.life))
        await page.until(f"{CARD}.textContent.includes('held by local operator')")
        await page.ask(f"{CARD}.querySelector('button[aria-label^=Release]').click()")
        await until(lambda: not setpoint_of(running.life))

    show(tmp_path, script)


def test_page_follows_what_the_cloud_writes(tmp_path: Path) -> None:
    async def script(running: Standing, page: Page) -> None:
        async with cloud(running.broker) as opposite:
            await opposite.write(supply_air_temperature_setpoint=21.5, damper_position=30.0)
        await page.until(f"{CARD}.textContent.includes('applied') && {CARD}.textContent.includes('21.5')")
        await page.until("document.querySelector('[data-point=damper_position]').textContent.includes('updating')")

    show(tmp_path, script)


def test_value_is_typed_and_set_by_keyboard_alone(tmp_path: Path) -> None:
    async def script(running: Standing, page: Page) -> None:
        await page.ask(f"{CARD}.querySelector('input').focus()")
        await page.call("Input.insertText", text="7.5")
        await page.press("Tab", 9)
        assert await page.ask("document.activeElement.textContent") == "Set"
        await page.press("Enter", 13)
        await until(lambda: running.life.machine.points[SETPOINT].reading() == 7.5)
        await page.until(f"{CARD}.querySelector('.value').textContent === '7.5'")

    show(tmp_path, script)


def test_refusal_is_said_on_the_page(tmp_path: Path) -> None:
    async def script(running: Standing, page: Page) -> None:
        async with cloud(running.broker) as opposite:
            await opposite.write(supply_air_temperature_setpoint=21.5)
        await page.until(f"{CARD}.textContent.includes('applied')")
        await page.ask(f"{CARD}.querySelector('input').value = 7; {CARD}.querySelector('form').requestSubmit()")
        await page.until("document.querySelector('#said').textContent.includes('override it first')")
        page.complaints.clear()  # the browser itself notes the 409

    show(tmp_path, script)


def test_other_device_is_chosen(tmp_path: Path) -> None:
    async def script(running: Standing, page: Page) -> None:
        choose = "const list = document.querySelector('#devices'); list.value = 'AHU-2'; "
        await page.ask(f"{{ {choose} list.dispatchEvent(new Event('change')); }}")
        await page.until("document.querySelector('#name').textContent === 'AHU-2'")
        await page.ask(f"{CARD}.querySelector('button[aria-label^=Override]').click()")
        await until(lambda: setpoint_of(running.lives[1]))
        assert setpoint_of(running.life) is None

    show(tmp_path, script, count=2)


def test_link_that_is_dropped_shows(tmp_path: Path) -> None:
    async def script(_running: Standing, page: Page) -> None:
        await page.until("document.querySelector('#link').textContent === 'link up'")
        await page.ask("document.querySelector('#drop').click()")
        await page.until("document.querySelector('#link').textContent === 'link down'")

    show(tmp_path, script)


def test_message_is_written_by_keyboard_and_all_that_passes_is_shown(tmp_path: Path) -> None:
    async def script(running: Standing, page: Page) -> None:
        await page.until("document.querySelector('#draft').options.length > 1")
        await page.ask("{ const list = document.querySelector('#draft'); list.focus(); list.selectedIndex = 1; }")
        await page.ask("document.querySelector('#draft').dispatchEvent(new Event('change'))")
        await page.until("document.querySelector('#payload').value.includes('set_value')")
        for focus in ("topic", "payload", ""):
            await page.press("Tab", 9)
            assert await page.ask("document.activeElement.id") == focus
        await page.press("Enter", 13)
        await until(lambda: running.life.machine.points[SETPOINT].value_state == "applied")
        await page.until("document.querySelector('#handed').textContent.startsWith('Handed over')")
        await page.until("document.querySelector('#messages').textContent.includes('by this panel')")
        await page.until("document.querySelector('#messages pre').textContent.length > 0")

    show(tmp_path, script)


def test_hostile_message_stays_text_and_variant_is_named(tmp_path: Path) -> None:
    async def script(running: Standing, page: Page) -> None:
        await page.until("document.querySelector('#variant').textContent.startsWith('No deviation in force')")
        assert running.life.hand(running.life.inbox, f"{MARKUP}\n\nid: 9".encode())
        await page.until("document.querySelector('#messages').textContent.includes('id: 9')")
        assert await page.ask("document.querySelectorAll('#messages script, #messages b').length") == 0

    show(tmp_path, script)


@pytest.mark.parametrize("width", [360, 420, 1280])
def test_page_never_scrolls_sideways(tmp_path: Path, width: int) -> None:
    async def script(_running: Standing, page: Page) -> None:
        await page.call("Emulation.setDeviceMetricsOverride", width=width, height=800, deviceScaleFactor=1, mobile=True)
        await page.until(f"innerWidth === {width} && document.documentElement.scrollWidth <= {width}")

    show(tmp_path, script)


def test_page_asks_for_the_token_where_there_is_one(tmp_path: Path) -> None:
    async def drive() -> None:
        async with standing(token="sesame") as running, browser(tmp_path, running.session) as page:  # noqa: S106 - a test's
            await page.open(running.url)
            await page.until("!document.querySelector('#key').hidden")
            await page.ask("document.querySelector('#token').value = 'sesame'")
            await page.ask("document.querySelector('#key').requestSubmit()")
            await page.until(f"!!{CARD} && document.querySelector('#key').hidden")

    in_real_time(drive())


def test_words_of_a_hostile_device_stay_text(tmp_path: Path) -> None:
    async def drive() -> None:
        target = device_with_hostile_words()
        assert isinstance(target, SimTarget)
        async with standing(file=target.file) as running, browser(tmp_path, running.session) as page:
            await page.open(running.url)
            await page.until("document.querySelectorAll('li').length === 5")
            assert await page.ask("document.querySelectorAll('main script, main b').length") == 0
            assert MARKUP in await page.ask("document.querySelector('main').textContent")
            await page.ask("document.querySelector('li button').click()")
            await until(lambda: running.life.machine.points[MARKUP].condition.held_by)
            assert page.complaints == []
            assert all(line.isprintable() for line in running.log)

    in_real_time(drive())
