"""The HTTP control: what it tells, what it does, and whom it refuses."""

import asyncio
import json

import pytest

from harness.clock import utc
from harness.errors import UsageError
from harness.mqtt.link import connect
from simulator.standalone.address import Address
from simulator.standalone.control import control
from simulator.udmi.standalone.device_control import device_routes
from tests.simulator.udmi.standalone.standing import Standing, cloud, in_real_time, standing, until
from tests.udmi_1_5 import decode_system_event

POINT = "devices/AHU-1/points/supply_air_temperature_setpoint"


def test_devices_are_listed() -> None:
    async def listed() -> object:
        async with standing(count=2) as running:
            await until(lambda: all(life.is_up for life in running.lives))
            return await running.get("devices")

    shared = {"make": "Setpoint", "model": "AHU simulator", "link": "up"}

    assert in_real_time(listed()) == [{"id": "AHU-1", **shared}, {"id": "AHU-2", **shared}]


def test_device_is_shown_with_its_points() -> None:
    async def shown() -> tuple[dict[str, object], dict[str, object]]:
        async with standing() as running, cloud(running.broker) as opposite:
            await opposite.write(damper_position=30.0, supply_air_temperature_setpoint=21.5)
            await until(lambda: opposite.states and opposite.states[-1].points["damper_position"].value_state)
            return await running.get("devices/AHU-1"), await running.point("damper_position")

    device, damper = in_real_time(shown())

    assert (device["link"], device["serial_no"]) == ("up", "SP-0001")
    assert str(device["last_config"]).endswith("Z")
    assert damper == {
        "name": "damper_position",
        "kind": "stuck",
        "value": 0.0,
        "units": "Percent",
        "value_state": "updating",
        "set_value": 30.0,
        "status": None,
        "overridden": False,
        "held_by": None,
        "broken": True,
        "trouble": "never settles",
        "offers": ["override", "release", "break", "mend", "value"],
        "other_units": [],
    }


def test_what_is_done_is_done_when_it_is_answered() -> None:
    async def does(running: Standing) -> None:
        for action, flag, after in [
            ("override", "overridden", True),
            ("release", "overridden", False),
            ("break", "broken", True),
            ("mend", "broken", False),
        ]:
            assert await running.post(f"{POINT}/{action}") == (204, "")
            assert (await running.point("supply_air_temperature_setpoint"))[flag] is after

    async def drive() -> None:
        async with standing() as running:
            await does(running)

    in_real_time(drive())


def test_units_and_own_value_are_set() -> None:
    async def changed() -> dict[str, object]:
        async with standing() as running:
            assert await running.post(f"{POINT}/units", json={"units": "Degrees-Fahrenheit"}) == (204, "")
            assert await running.post(f"{POINT}/value", json={"value": 77.0}) == (204, "")
            return await running.point("supply_air_temperature_setpoint")

    point = in_real_time(changed())

    assert (point["value"], point["units"], point["other_units"]) == (77.0, "Degrees-Fahrenheit", ["Degrees-Celsius"])


def test_override_reaches_the_cloud() -> None:
    async def drive() -> list[str]:
        async with standing() as running, cloud(running.broker) as opposite:
            await opposite.write(supply_air_temperature_setpoint=21.5)
            await until(lambda: opposite.states)
            await running.post(f"{POINT}/override")
            await until(lambda: "overridden" in _words(opposite.states[-1].points))
            return running.log

    log = in_real_time(drive())

    assert any("supply_air_temperature_setpoint applied -> overridden" in line for line in log)


def _words(points: object) -> str:
    return str(points)


def test_restart_forgets_the_write_and_introduces_the_device_anew() -> None:
    async def drive() -> None:
        async with standing() as running, cloud(running.broker) as opposite:
            await opposite.write(supply_air_temperature_setpoint=21.5)
            await until(lambda: opposite.states)
            assert await running.post("devices/AHU-1/restart") == (204, "")
            await until(lambda: opposite.states[-1].last_config == 0)
            assert (await running.point("supply_air_temperature_setpoint"))["set_value"] is None

    in_real_time(drive())


_STAMPED_TO = 0.001  # seconds: a stamp says no more, and may be that much before what it tells of


def test_start_is_logged_once_the_link_is_there_again() -> None:
    async def drive() -> None:
        async with standing() as running, connect(running.broker, "ear") as subscriber:
            await subscriber.subscribe("/devices/AHU-1/events/system")
            began = utc()
            assert await running.post("devices/AHU-1/restart") == (204, "")
            async with asyncio.timeout(20):
                async for heard in subscriber.deliveries():
                    at = decode_system_event(heard.payload).timestamp
                    if b"system.base.start" in heard.payload and isinstance(at, float) and at >= began - _STAMPED_TO:
                        return

    in_real_time(drive())


def test_dropped_link_is_down_and_comes_back() -> None:
    async def drive() -> None:
        async with standing() as running, cloud(running.broker) as opposite:
            assert await running.post("devices/AHU-1/link/drop", json={"seconds": 0.3}) == (204, "")
            assert (await running.get("devices/AHU-1"))["link"] == "down"
            await until(lambda: running.life.is_up)
            await until(lambda: opposite.states)

    in_real_time(drive())


@pytest.mark.parametrize(
    ("path", "body", "status", "complaint"),
    [
        ("devices/AHU-2/restart", None, 404, "unknown device 'AHU-2'; did you mean 'AHU-1'?"),
        ("devices/AHU-1/points/dampr/break", None, 404, "unknown point 'dampr'; did you mean 'damper_position'?"),
        ("devices/AHU-1/points/damper_position/brake", None, 404, "unknown action 'brake'; did you mean 'break'?"),
        ("devices/AHU-1/elsewhere", None, 404, "404: Not Found"),
        ("devices", None, 405, "405: Method Not Allowed"),
        (f"{POINT}/units", None, 400, "the message is not JSON"),
        (f"{POINT}/units", "[]", 400, "the message is []; expected a JSON object"),
        (f"{POINT}/units", "{}", 400, "the body lacks the field 'units'"),
        (f"{POINT}/units", '{"units": 7}', 400, "units is 7; expected a string"),
        (f"{POINT}/units", '{"units": "Degrees-Farenheit"}', 400, "did you mean 'Degrees-Fahrenheit'?"),
        (f"{POINT}/units", '{"units": "Pascals"}', 409, "which converts to Degrees-Fahrenheit only"),
        ("devices/AHU-1/points/damper_position/units", '{"units": "Pascals"}', 409, "nothing converts that"),
        ("devices/AHU-1/points/pump_mode/units", '{"units": "Pascals"}', 409, "is without units"),
        (f"{POINT}/value", '{"value": "warm"}', 400, "shows a number, not a string"),
        (f"{POINT}/value", '{"value": true}', 400, "shows a number, not a boolean"),
        (f"{POINT}/value", '{"value": NaN}', 400, "not JSON (NaN at value)"),
        (f"{POINT}/value", '{"value": 1e300}', 400, "value must lie between"),
        ("devices/AHU-1/points/supply_air_temperature/override", None, 409, "is read_only"),
        ("devices/AHU-1/points/supply_air_temperature/mend", None, 409, "is read_only"),
        ("devices/AHU-1/link/drop", "{}", 400, "the body lacks the field 'seconds'"),
        ("devices/AHU-1/link/drop", '{"seconds": 0}', 400, "more than 0 and at most 86400"),
        ("devices/AHU-1/link/drop", '{"seconds": "10"}', 400, "seconds is '10'; expected a number"),
        (f"{POINT}/value", json.dumps({"value": "x" * 20_000}), 413, "Maximum request body size"),
    ],
)
def test_what_cannot_be_done_is_refused_with_a_reason(path: str, body: str | None, status: int, complaint: str) -> None:
    async def answered() -> tuple[int, str]:
        async with standing() as running:
            return await running.post(path, data=body)

    got, error = in_real_time(answered())

    assert (got, complaint in error) == (status, True), error


def test_own_value_is_refused_while_the_written_one_is_in_force() -> None:
    async def answered() -> tuple[int, str]:
        async with standing() as running, cloud(running.broker) as opposite:
            await opposite.write(supply_air_temperature_setpoint=21.5)
            await until(lambda: opposite.states)
            return await running.post(f"{POINT}/value", json={"value": 7})

    status, error = in_real_time(answered())

    assert (status, "shows what the cloud wrote; override it first" in error) == (409, True)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 204),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://[::1"}, 400),
        ({"Origin": "http://\u00e9.example"}, 400),
        ({"Origin": "evil"}, 400),
        ({"Origin": "http://127.0.0.1:1"}, 403),
        ({"Host": "evil.example"}, 403),
        ({"Host": "evil.example:80", "Origin": "http://evil.example:80"}, 403),
        ({"Host": "192.0.2.1"}, 403),
        ({"Host": "[::1"}, 403),
        ({"Host": "localhost:80", "Origin": "http://localhost:80"}, 204),
    ],
)
def test_pages_of_other_sites_move_nothing(headers: dict[str, str], status: int) -> None:
    async def answered() -> int:
        async with standing() as running:
            return (await running.post(f"{POINT}/override", headers=headers))[0]

    assert in_real_time(answered()) == status


@pytest.mark.parametrize("origin", ["http://[::1", "http://\u00e9.example", "evil"])
def test_origin_that_is_no_url_reads_nothing(origin: str) -> None:
    async def answered() -> int:
        async with (
            standing() as running,
            running.session.get(f"{running.url}devices", headers={"Origin": origin}) as got,
        ):
            return got.status

    assert in_real_time(answered()) == 400


def test_rebound_name_reads_nothing() -> None:
    async def answered() -> int:
        async with (
            standing() as running,
            running.session.get(f"{running.url}devices", headers={"Host": "evil.example"}) as got,
        ):
            return got.status

    assert in_real_time(answered()) == 403


@pytest.mark.parametrize(
    ("authorization", "status"),
    [(None, 401), ("Bearer sesam", 401), ("Basic sesame", 401), ("Bearer \u00e9", 400), ("Bearer sesame", 200)],
)
def test_token_is_asked_for_where_there_is_one(authorization: str | None, status: int) -> None:
    async def answered() -> int:
        async with standing(token="sesame", address=Address("0.0.0.0", 0)) as running:  # noqa: S104, S106 - a test's
            url = running.url.replace("0.0.0.0", "127.0.0.1")  # noqa: S104 - likewise
            async with running.session.get(f"{url}devices", headers={"Authorization": authorization or ""}) as got:
                return got.status

    assert in_real_time(answered()) == status


def test_page_is_given_to_those_who_have_yet_to_type_the_token() -> None:
    async def policy() -> str:
        async with standing(token="sesame") as running, running.session.get(running.url) as got:  # noqa: S106 - a test's
            assert "sesame" not in await got.text()
            return got.headers["Content-Security-Policy"]

    assert in_real_time(policy()).startswith("default-src 'none'; script-src 'sha256-")


def test_port_that_is_taken_is_named() -> None:
    async def drive() -> None:
        async with standing() as running:
            taken = Address.parse(running.url.removeprefix("http://").strip("/"))
            async with control(device_routes(running.lives), taken, None):
                pass

    with pytest.raises(BaseExceptionGroup) as refused:
        in_real_time(drive())
    [error] = refused.value.exceptions
    assert isinstance(error, UsageError)
    assert "cannot listen there" in str(error)


@pytest.mark.parametrize("text", ["", "8700", ":8700", "localhost", "localhost:x", "a:1/b", "me@a:1", "[::1:80"])
def test_address_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="expected HOST:PORT"):
        Address.parse(text)


@pytest.mark.parametrize(
    ("text", "is_loopback"),
    [("127.0.0.1:0", True), ("localhost:1", True), ("[::1]:8700", True), ("0.0.0.0:1", False), ("box.lan:1", False)],
)
def test_address_knows_who_can_reach_it(text: str, *, is_loopback: bool) -> None:
    address = Address.parse(text)

    assert (str(address), address.is_loopback) == (text, is_loopback)
