"""The broker's door: reached, trusted, let in; and who else goes by a name."""

from dataclasses import replace

import pytest

from harness.doctor.case import Beside
from harness.doctor.checks.answers import ANSWERS
from harness.doctor.checks.certificates import CERTIFICATES
from harness.doctor.checks.connections import CONNECTIONS
from harness.doctor.checks.way_in import WAY_IN
from harness.doctor.door import Certificate, Handshake, Reach
from harness.doctor.trouble import Weight, Whose
from harness.wire.seen import Seen, Sight
from tests.doctor.cases import DOOR, NOW, beside, case, found, is_sound, state

DAY = 86_400.0
CERTIFICATE = Certificate("CN=broker", "CN=CA", ("broker", "10.0.0.1"), NOW - DAY, NOW + 400 * DAY)
GUARDED = replace(DOOR, wants_tls=True, tls=Handshake(CERTIFICATE), ca="ca.crt")


@pytest.mark.parametrize(
    ("door", "said", "mend"),
    [
        (replace(DOOR, reach=Reach.REFUSED), "nobody listens at broker:1883", "mend the port"),
        (replace(DOOR, reach=Reach.SILENT), "does not answer", "nc -vz broker 1883"),
        (replace(DOOR, reach=Reach.UNKNOWN_NAME), "no machine by the name of broker", "IP address"),
        (replace(DOOR, reach=Reach.UNREACHABLE, detail="No route"), "No route", "ping broker"),
        (replace(DOOR, reach=Reach.NOBODY_CAME, detail="20"), "no client has connected", "port 1883"),
        (replace(DOOR, refusal="refused a client without login: no"), "without login", "--user NAME"),
        (
            replace(DOOR, refusal="refused the login of 'me': no", user="me"),
            "login of 'me'",
            "mosquitto_passwd FILE me",
        ),
        (replace(DOOR, refusal="hung up", speaks_tls=True), "speaks TLS", "--device=mqtts://broker:1883"),
        (
            replace(GUARDED, refusal="no TLS", tls=Handshake(problem="reset")),
            "does not speak TLS (reset)",
            "mqtt://broker",
        ),
        (replace(GUARDED, refusal="hung up during the TLS handshake; …"), "handshake", "--certificate FILE"),
        (replace(DOOR, refusal="something new"), "something new", "The broker's own log"),
    ],
)
def test_door_that_is_shut_blocks_everything(door: object, said: str, mend: str) -> None:
    trouble = found(WAY_IN, case(beside=Beside(door=door)))  # type: ignore[arg-type]  # each is a door

    assert (trouble.whose, trouble.weight) == (Whose.NETWORK, Weight.BLOCKING)
    assert (said in trouble.what, mend in trouble.mend) == (True, True), trouble


def test_open_door_is_sound() -> None:
    assert WAY_IN.sound(case()) == "broker reachable at broker:1883; it lets us in without login"
    assert is_sound(WAY_IN, case())


def test_refused_subscription_is_told_with_the_topics() -> None:
    examined = case(beside=Beside(door=DOOR, refused="does not let us subscribe to /devices/DEV-1/state"))

    assert "read and write /devices/DEV-1/config" in found(WAY_IN, examined).mend


def test_broker_that_hangs_up_at_our_config_is_told_with_the_acl() -> None:
    examined = case(beside=Beside(door=DOOR, refused="Disconnected", lost=["Disconnected", "Disconnected"]))

    assert "write to /devices/DEV-1/config" in found(WAY_IN, examined).mend


def test_broker_that_goes_away_is_told() -> None:
    examined = case(beside=Beside(door=DOOR, refused="cannot be reached", lost=["Disconnected", "cannot be reached"]))

    assert "the examination ended early: cannot be reached" in found(WAY_IN, examined).what


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (20, "is not trusted: ca.crt does not vouch for it"),
        (62, "is for broker, 10.0.0.1, and not for broker"),
        (64, "is for broker, 10.0.0.1, and not for broker"),
    ],
)
def test_certificate_that_is_not_trusted_says_why(code: int, said: str) -> None:
    door = replace(GUARDED, tls=Handshake(CERTIFICATE, code, "words"), refusal="its certificate is not trusted: words")
    examined = case(beside=Beside(door=door))

    assert said in found(CERTIFICATES, examined).what
    assert not list(WAY_IN.find(examined))


@pytest.mark.parametrize(
    ("days", "code", "said", "weight"),
    [
        (-3, 10, "expired on 2025-12-29", Weight.BLOCKING),
        (12.5, None, "expires in 12 days, on 2026-01-13", Weight.MINOR),
    ],
)
def test_certificate_that_ends_is_told(days: float, code: int | None, said: str, weight: Weight) -> None:
    handshake = Handshake(replace(CERTIFICATE, not_after=NOW + days * DAY), code)

    trouble = found(CERTIFICATES, case(beside=beside(door=replace(GUARDED, tls=handshake))))

    assert (said in trouble.what, trouble.weight) == (True, weight), trouble


def test_certificate_of_tomorrow_is_a_matter_of_clocks() -> None:
    handshake = Handshake(replace(CERTIFICATE, not_before=NOW + DAY), 9)

    assert "clocks" in found(CERTIFICATES, case(beside=beside(door=replace(GUARDED, tls=handshake)))).mend


def test_our_own_certificate_is_looked_at_too() -> None:
    ours = replace(CERTIFICATE, not_after=NOW - DAY)

    assert (
        "our client certificate expired"
        in found(CERTIFICATES, case(beside=beside(door=replace(GUARDED, ours=ours)))).what
    )


def test_good_certificate_is_sound_and_none_is_not_spoken_of() -> None:
    assert is_sound(CERTIFICATES, case(beside=beside(door=GUARDED)))
    assert CERTIFICATES.sound(case()) is None


def _seen(*sights: tuple[float, Sight]) -> list[Seen]:
    return [Seen(NOW + at, "DEV-1", what, ("/devices/+/config",)) for at, what in sights]


def test_one_connection_is_sound() -> None:
    seen = _seen((0, Sight.CONNECT), (0.1, Sight.SUBSCRIBE))

    assert is_sound(CONNECTIONS, case(beside=beside(seen=seen, has_own_broker=True)))


def test_session_that_is_taken_over_is_two_clients_of_one_id() -> None:
    seen = _seen((0, Sight.CONNECT), (0.1, Sight.SUBSCRIBE), (2, Sight.LOST), (2, Sight.CONNECT))

    trouble = found(CONNECTIONS, case(beside=beside(seen=seen, has_own_broker=True)))

    assert "two clients go by the id DEV-1: once" in trouble.what


def test_connection_that_is_lost_again_and_again_is_the_devices() -> None:
    again = [
        (at + part, what)
        for at in (0, 5, 9)
        for part, what in ((0, Sight.CONNECT), (1, Sight.SUBSCRIBE), (2, Sight.LOST))
    ]

    trouble = found(CONNECTIONS, case(beside=beside(seen=_seen(*again), has_own_broker=True)))

    assert (trouble.whose, "connected 3 times: it loses" in trouble.what) == (Whose.DEVICE, True)


def test_client_that_never_subscribes_has_perhaps_a_wrong_login() -> None:
    again = [(at, what) for at in (0.0, 5.0, 9.0) for what in (Sight.CONNECT,)]

    assert "its login" in found(CONNECTIONS, case(beside=beside(seen=_seen(*again), has_own_broker=True))).mend


def test_subscription_of_another_id_is_a_line_of_the_profile() -> None:
    seen = [Seen(NOW, "x", Sight.CONNECT), Seen(NOW, "x", Sight.SUBSCRIBE, ("/devices/X-1/config",))]

    trouble = found(CONNECTIONS, case(beside=beside(seen=seen, has_own_broker=True)))

    assert trouble.mend.endswith('id = "X-1"')


def test_our_session_that_was_taken_over_is_told() -> None:
    trouble = found(CONNECTIONS, case(beside=beside(lost=["Disconnected"])))

    assert "somebody else connects as setpoint-cloud-DEV-1" in trouble.what


def test_config_that_does_not_come_back_is_an_acl() -> None:
    assert "topic readwrite /devices/DEV-1/config" in found(ANSWERS, case(beside=beside(configs=[]))).mend


def test_config_that_no_state_names_is_told() -> None:
    trouble = found(ANSWERS, case(states=[state(last_config=NOW - 900)]))

    assert "the last says 2025-12-31T23:45:00Z" in trouble.what


def test_answered_config_is_sound() -> None:
    assert is_sound(ANSWERS, case())
