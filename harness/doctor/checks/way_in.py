"""Whether the broker can be reached, and lets us in."""

from collections.abc import Iterator

from harness.doctor.case import Case
from harness.doctor.check import Check
from harness.doctor.door import Door, Reach
from harness.doctor.trouble import Trouble, Weight, Whose

_AT_SUBSCRIBING = "does not let us subscribe"


def _find(case: Case) -> Iterator[Trouble]:
    if case.beside is None or case.beside.door is None:
        return
    door, topics = case.beside.door, case.topics
    if door.reach is not Reach.OPEN:
        yield _blocking(*_UNREACHED[door.reach](case, door))
    elif door.refusal is not None and not _is_told_by_certificates(door):
        yield _blocking(*_refused(door))
    elif case.beside.refused and _AT_SUBSCRIBING in case.beside.refused:
        yield _blocking(
            f"the broker lets us in, but {case.beside.refused}.",
            f"Let {_who(door)} read {topics.state}, {topics.telemetry} and {topics.system}, "
            f"and read and write {topics.config}.",
        )
    elif case.beside.refused and len(case.beside.lost) > 1 and not case.beside.refused.startswith("cannot be reached"):
        yield _blocking(
            f"the broker ended our session twice ({case.beside.refused}).",
            f"Its log says why; perhaps it does not let {_who(door)} write to {topics.config}, and hangs up.",
        )
    elif case.beside.refused:
        yield _blocking(f"the examination ended early: {case.beside.refused}.", "See to the broker, and run it again.")
    if case.beside.not_put_back:
        yield Trouble(
            Whose.NETWORK,
            Weight.GRAVE,
            f"the link was lost, so the config found at {topics.config} could not be put back.",
            f"`setpoint restore {case.beside.not_put_back}` does it; or have the back end send its config again.",
        )


def _sound(case: Case) -> str | None:
    door = case.beside.door if case.beside else None
    if door is None:
        return None
    reached = f"broker reachable at {door.host}:{door.port}"
    if not door.is_open:
        return reached
    return f"{reached}; it lets us in {f'as {door.user}' if door.user else 'without login'}"


def _is_told_by_certificates(door: Door) -> bool:
    return door.tls is not None and door.tls.code is not None


def _refused(door: Door) -> tuple[str, str]:
    words = door.refusal or ""
    if door.tls and door.tls.problem:
        return (
            f"{door.host}:{door.port} does not speak TLS ({door.tls.problem}).",
            f"Give the broker's port for TLS (usually 8883), or write --device=mqtt://{door.host}:{door.port}",
        )
    if door.speaks_tls:
        return (
            f"{door.host}:{door.port} speaks TLS, and was asked without.",
            f"Write --device=mqtts://{door.host}:{door.port} and --ca FILE",
        )
    if words.startswith("refused a client without login"):
        return (
            f"the broker {words}.",
            "Give --user NAME, and the password in SETPOINT_PASSWORD or by --password-file FILE",
        )
    if words.startswith("refused the login"):
        return (
            f"the broker {words}.",
            f"See that the broker knows {door.user} with this password (mosquitto_passwd FILE {door.user}).",
        )
    if words.startswith("hung up during the TLS handshake"):
        return (
            f"the broker {words}",
            "Give --certificate FILE and --key FILE of a client that the broker's CA vouches for.",
        )
    return f"the broker does not let us in: {words}.", "The broker's own log says why."


def _refusing(case: Case, door: Door) -> tuple[str, str]:
    del case
    usual = "8883" if door.wants_tls else "1883"
    return (
        f"nobody listens at {door.host}:{door.port}.",
        f"Start the broker there, or mend the port in --device (usually {usual}); `ss -ltn` on its machine shows it.",
    )


def _silent(case: Case, door: Door) -> tuple[str, str]:
    del case
    return (
        f"{door.host}:{door.port} does not answer: a firewall, or a machine that is off.",
        f"See that `nc -vz {door.host} {door.port}` gets through from here.",
    )


def _unknown(case: Case, door: Door) -> tuple[str, str]:
    del case
    return f"no machine by the name of {door.host} is known here.", "Mend the name in --device, or give its IP address."


def _unreachable(case: Case, door: Door) -> tuple[str, str]:
    del case
    return f"{door.host}:{door.port} cannot be reached: {door.detail}.", f"See that `ping {door.host}` gets through."


def _nobody(case: Case, door: Door) -> tuple[str, str]:
    return (
        f"no client has connected to {door.host}:{door.port} in {door.detail} s.",
        f"Set the broker of {case.profile.id} to this machine and port {door.port}, and see to firewalls between.",
    )


def _who(door: Door) -> str:
    return f"the login {door.user}" if door.user else "clients without login"


def _blocking(what: str, mend: str) -> Trouble:
    return Trouble(Whose.NETWORK, Weight.BLOCKING, what, mend)


_UNREACHED = {
    Reach.REFUSED: _refusing,
    Reach.SILENT: _silent,
    Reach.UNKNOWN_NAME: _unknown,
    Reach.UNREACHABLE: _unreachable,
    Reach.NOBODY_CAME: _nobody,
}
WAY_IN = Check("the way in", _find, _sound)
