"""The broker's door: reached, trusted, let in; and who else goes by a name."""

from dataclasses import replace

import pytest

from harness.doctor.broker_access import Certificate, Handshake, Reachability
from harness.doctor.case import Beside
from harness.doctor.checks.certificates import CERTIFICATES
from harness.doctor.checks.connections import CONNECTIONS
from harness.doctor.checks.strangers import STRANGERS
from harness.doctor.checks.way_in import WAY_IN
from harness.doctor.problem import Party, Severity
from harness.mqtt.packets import ObservedPacket, PacketKind, Replaced
from harness.protocols.udmi.doctor.checks.answers import ANSWERS
from tests.protocols.udmi.doctor.cases import DOOR, NOW, beside, case, found, is_sound, state

DAY = 86_400.0
CERTIFICATE = Certificate("CN=broker", "CN=CA", ("broker", "10.0.0.1"), NOW - DAY, NOW + 400 * DAY)
GUARDED = replace(DOOR, wants_tls=True, tls=Handshake(CERTIFICATE), ca="ca.crt")


@pytest.mark.parametrize(
    ("access", "said", "mend"),
    [
        (replace(DOOR, reachability=Reachability.REFUSED), "nobody listens at broker:1883", "mend the port"),
        (replace(DOOR, reachability=Reachability.SILENT), "does not answer", "nc -vz broker 1883"),
        (replace(DOOR, reachability=Reachability.UNKNOWN_NAME), "no machine by the name of broker", "IP address"),
        (replace(DOOR, reachability=Reachability.UNREACHABLE, detail="No route"), "No route", "ping broker"),
        (replace(DOOR, reachability=Reachability.NOBODY_CAME, detail="20"), "no client has connected", "port 1883"),
        (replace(DOOR, refusal="refused a client without login: no"), "without login", "--user NAME"),
        (
            replace(DOOR, refusal="refused the login of 'me': no", user="me"),
            "login of 'me'",
            "mosquitto_passwd FILE me",
        ),
        (
            replace(DOOR, refusal="refused the login of 'me': Not authorized", user="me"),
            "login of 'me'",
            "if it ties client ids to logins, give --client-id ID",
        ),
        (
            replace(DOOR, refusal="refused the login of 'me': Client identifier not valid", user="me"),
            "Client identifier not valid",
            "give --client-id ID",
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
def test_broker_that_cannot_be_reached_blocks_everything(access: object, said: str, mend: str) -> None:
    problem = found(WAY_IN, case(beside=Beside(access=access)))  # type: ignore[arg-type]  # each is a BrokerAccess

    assert (problem.whose, problem.weight) == (Party.NETWORK, Severity.BLOCKING)
    assert (said in problem.what, mend in problem.mend) == (True, True), problem


def test_open_door_is_sound() -> None:
    assert WAY_IN.sound(case()) == "broker reachable at broker:1883; it lets us in without login"
    assert is_sound(WAY_IN, case())


def test_address_can_be_pasted() -> None:
    problem = found(WAY_IN, case(beside=Beside(access=replace(DOOR, host="::1", refusal="hung up", speaks_tls=True))))

    assert "--device=mqtts://[::1]:1883 and" in problem.mend


def test_socket_of_a_simulated_device_is_not_spelt_out() -> None:
    assert "reachable at a socket of this machine;" in str(
        WAY_IN.sound(case(beside=beside(access=replace(DOOR, host="\0x"))))
    )


def test_folder_with_a_space_can_be_pasted() -> None:
    lost = case(beside=beside(not_put_back="my runs/doctor"))

    assert "`setpoint restore 'my runs/doctor'`" in found(WAY_IN, lost).mend


def test_refused_subscription_is_told_with_the_topics() -> None:
    examined = case(beside=Beside(access=DOOR, refused="does not let us subscribe to /devices/DEV-1/state"))

    assert "read and write /devices/DEV-1/config" in found(WAY_IN, examined).mend


def test_broker_that_hangs_up_at_our_config_is_told_with_the_acl() -> None:
    examined = case(beside=Beside(access=DOOR, refused="Disconnected", lost=["Disconnected", "Disconnected"]))

    assert "write to /devices/DEV-1/config" in found(WAY_IN, examined).mend


def test_broker_that_goes_away_is_told() -> None:
    examined = case(beside=Beside(access=DOOR, refused="cannot be reached", lost=["Disconnected", "cannot be reached"]))

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
    access = replace(
        GUARDED, tls=Handshake(CERTIFICATE, code, "words"), refusal="its certificate is not trusted: words"
    )
    examined = case(beside=Beside(access=access))

    assert said in found(CERTIFICATES, examined).what
    assert not list(WAY_IN.find(examined))


@pytest.mark.parametrize(
    ("days", "code", "said", "weight"),
    [
        (-3, 10, "expired on 2025-12-29", Severity.BLOCKING),
        (12.5, None, "expires in 12 days, on 2026-01-13", Severity.MINOR),
    ],
)
def test_certificate_that_ends_is_told(days: float, code: int | None, said: str, weight: Severity) -> None:
    handshake = Handshake(replace(CERTIFICATE, not_after=NOW + days * DAY), code)

    problem = found(CERTIFICATES, case(beside=beside(access=replace(GUARDED, tls=handshake))))

    assert (said in problem.what, problem.weight) == (True, weight), problem


def test_certificate_of_tomorrow_is_a_matter_of_clocks() -> None:
    handshake = Handshake(replace(CERTIFICATE, not_before=NOW + DAY), 9)

    assert "clocks" in found(CERTIFICATES, case(beside=beside(access=replace(GUARDED, tls=handshake)))).mend


def test_our_own_certificate_is_looked_at_too() -> None:
    ours = replace(CERTIFICATE, not_after=NOW - DAY)

    assert (
        "our client certificate expired"
        in found(CERTIFICATES, case(beside=beside(access=replace(GUARDED, ours=ours)))).what
    )


def test_good_certificate_is_sound_and_none_is_not_spoken_of() -> None:
    assert is_sound(CERTIFICATES, case(beside=beside(access=GUARDED)))
    assert CERTIFICATES.sound(case()) is None


def _seen(*packets: tuple[float, PacketKind]) -> list[ObservedPacket]:
    return [ObservedPacket(NOW + at, "DEV-1", what, ("/devices/+/config",)) for at, what in packets]


def test_one_connection_is_sound() -> None:
    seen = _seen((0, PacketKind.CONNECT), (0.1, PacketKind.SUBSCRIBE))

    assert is_sound(CONNECTIONS, case(beside=beside(packets=seen, has_own_broker=True)))


def test_client_that_comes_back_at_once_is_one() -> None:
    seen = _seen(
        (0, PacketKind.CONNECT),
        (1, PacketKind.SUBSCRIBE),
        (2, PacketKind.LOST),
        (2, PacketKind.CONNECT),
        (3, PacketKind.SUBSCRIBE),
    )

    assert is_sound(CONNECTIONS, case(beside=beside(packets=seen, has_own_broker=True)))


def test_clients_that_throw_each_other_out_are_none_that_loses_its_connection() -> None:
    over = ObservedPacket(NOW, "DEV-1", PacketKind.CONNECT, replaced=Replaced(1.0, 60))
    seen = [*_seen((0, PacketKind.CONNECT), (0.1, PacketKind.SUBSCRIBE)), over, over, over]

    assert not list(CONNECTIONS.find(case(beside=beside(packets=seen, has_own_broker=True))))


def test_connection_that_is_lost_again_and_again_is_the_devices() -> None:
    again = [
        (at + part, what)
        for at in (0, 5, 9)
        for part, what in ((0, PacketKind.CONNECT), (1, PacketKind.SUBSCRIBE), (2, PacketKind.LOST))
    ]

    problem = found(CONNECTIONS, case(beside=beside(packets=_seen(*again), has_own_broker=True)))

    assert (problem.whose, "connected 3 times: it loses" in problem.what) == (Party.DEVICE, True)


def test_client_that_never_subscribes_has_perhaps_a_wrong_login() -> None:
    again = [(at, what) for at in (0.0, 5.0, 9.0) for what in (PacketKind.CONNECT,)]

    assert "its login" in found(CONNECTIONS, case(beside=beside(packets=_seen(*again), has_own_broker=True))).mend


def test_subscription_of_another_id_is_a_line_of_the_profile() -> None:
    seen = [
        ObservedPacket(NOW, "x", PacketKind.CONNECT),
        ObservedPacket(NOW, "x", PacketKind.SUBSCRIBE, ("/devices/X-1/config",)),
    ]

    problem = found(CONNECTIONS, case(beside=beside(packets=seen, has_own_broker=True)))

    assert problem.mend.endswith('id = "X-1"')


def test_our_session_that_was_taken_over_is_told() -> None:
    problem = found(CONNECTIONS, case(beside=beside(lost=["Disconnected"])))

    assert "somebody else connects as setpoint-cloud-DEV-1" in problem.what


def test_our_session_that_a_broker_of_ours_saw_taken_over_is_told_once() -> None:
    over = ObservedPacket(NOW, "setpoint-cloud-DEV-1", PacketKind.CONNECT, replaced=Replaced(1.0, 10))
    examined = case(beside=beside(lost=["Disconnected"], has_own_broker=True), packets=[over])

    assert not list(CONNECTIONS.find(examined))
    assert "End the other client" in found(STRANGERS, examined).mend


def test_our_session_that_was_taken_over_under_the_id_that_was_given_is_told() -> None:
    problem = found(CONNECTIONS, case(beside=beside(lost=["Disconnected"], client_id="acme-7")))

    assert "let us in a second time: somebody else connects as acme-7" in problem.what


def test_broker_that_takes_the_login_for_the_client_id_is_named() -> None:
    examined = case(beside=beside(keeps_apart=False, access=replace(DOOR, user="me")))
    problem = found(CONNECTIONS, examined)

    assert (problem.weight, problem.whose) == (Severity.MINOR, Party.NETWORK)
    assert "takes the login me for the client id" in problem.what
    assert "the device least of all" in problem.mend


def test_device_that_comes_with_our_login_to_such_a_broker_blocks_everything() -> None:
    lost = beside(
        keeps_apart=False, access=replace(DOOR, user="me"), lost=["gone", "gone"], refused="gone", spoke=False
    )

    assert not list(WAY_IN.find(case(beside=lost)))
    problem = found(CONNECTIONS, case(beside=lost))
    assert problem.weight is Severity.BLOCKING
    assert "each throws the other out" in problem.what


def test_config_that_does_not_come_back_is_an_acl() -> None:
    assert "topic readwrite /devices/DEV-1/config" in found(ANSWERS, case(beside=beside(configs=[]))).mend


def test_config_that_no_state_names_is_told() -> None:
    problem = found(ANSWERS, case(states=[state(last_config=NOW - 900)]))

    assert "the last says 2025-12-31T23:45:00Z" in problem.what


def test_answered_config_is_sound() -> None:
    assert is_sound(ANSWERS, case())
