"""Whether the broker can be reached, and lets us in."""

from collections.abc import Iterator, Sequence
from shlex import quote

from harness.doctor.broker_access import BrokerAccess, Reachability
from harness.doctor.case import Case
from harness.doctor.check import Check
from harness.doctor.problem import Party, Problem, Severity

_OR_ITS_ID = "; if it ties client ids to logins, give --client-id ID"
_AT_SUBSCRIBING = "does not let us subscribe"


def _find(case: Case) -> Iterator[Problem]:
    if case.beside is None or case.beside.access is None:
        return
    access, inbox = case.beside.access, case.profile.inbox
    if access.reachability is not Reachability.OPEN:
        yield _blocking(*_UNREACHED[access.reachability](case, access))
    elif access.refusal is not None and not _is_told_by_certificates(access):
        yield _blocking(*_refused(access))
    elif case.beside.refused and _AT_SUBSCRIBING in case.beside.refused:
        yield _blocking(
            f"the broker lets us in, but {case.beside.refused}.",
            f"Let {_who(access)} read {_enumerated(case.profile.outboxes)}, and read and write {inbox}.",
        )
    elif case.beside.refused and case.beside.keeps_apart is False and case.beside.lost:
        return  # the check of connections tells why
    elif case.beside.refused and len(case.beside.lost) > 1 and not case.beside.refused.startswith("cannot be reached"):
        yield _blocking(
            f"the broker ended our session twice ({case.beside.refused}).",
            f"Its log says why; perhaps it does not let {_who(access)} write to {inbox}, and hangs up.",
        )
    elif case.beside.refused:
        yield _blocking(f"the examination ended early: {case.beside.refused}.", "See to the broker, and run it again.")
    if case.beside.not_put_back:
        yield Problem(
            Party.NETWORK,
            Severity.GRAVE,
            f"the link was lost, so the config found at {inbox} could not be put back.",
            f"`setpoint restore {quote(case.beside.not_put_back)}`, with the same login and certificates, does it; "
            "or have the back end send its config again.",
        )


def _sound(case: Case) -> str | None:
    access = case.beside.access if case.beside else None
    if access is None:
        return None
    reached = f"broker reachable at {access.address}"
    if not access.is_open:
        return reached
    return f"{reached}; it lets us in {f'as {access.user}' if access.user else 'without login'}"


def _enumerated(topics: Sequence[str]) -> str:
    *others, last = topics
    return f"{', '.join(others)} and {last}" if others else last


def _is_told_by_certificates(access: BrokerAccess) -> bool:
    return access.tls is not None and access.tls.code is not None


def _refused(access: BrokerAccess) -> tuple[str, str]:
    words = access.refusal or ""
    if access.tls and access.tls.problem:
        return (
            f"{access.address} does not speak TLS ({access.tls.problem}).",
            f"Give the broker's port for TLS (usually 8883), or write --device=mqtt://{access.address}",
        )
    if access.speaks_tls:
        return (
            f"{access.address} speaks TLS, and was asked without.",
            f"Write --device=mqtts://{access.address} and --ca FILE",
        )
    return _turned_away(access, words)


def _turned_away(access: BrokerAccess, words: str) -> tuple[str, str]:
    """By what the broker, or its silence, says."""
    if "identifier" in words.lower():
        return (
            f"the broker {words}.",
            "It takes only client ids that it knows: give --client-id ID, the one that goes with this login.",
        )
    if words.startswith("refused a client without login"):
        return (
            f"the broker {words}.",
            "Give --user NAME, and the password in SETPOINT_PASSWORD or by --password-file FILE",
        )
    if words.startswith("refused the login"):
        password = f"(mosquitto_passwd FILE {access.user})"
        return (
            f"the broker {words}.",
            f"See that the broker knows {access.user} with this password {password}{_OR_ITS_ID}",
        )
    if words.startswith("hung up during the TLS handshake"):
        return (
            f"the broker {words}",
            "Give --certificate FILE and --key FILE of a client that the broker's CA vouches for.",
        )
    return f"the broker does not let us in: {words}.", "The broker's own log says why."


def _refusing(case: Case, access: BrokerAccess) -> tuple[str, str]:
    del case
    usual = "8883" if access.wants_tls else "1883"
    return (
        f"nobody listens at {access.address}.",
        f"Start the broker there, or mend the port in --device (usually {usual}); `ss -ltn` on its machine shows it.",
    )


def _silent(case: Case, access: BrokerAccess) -> tuple[str, str]:
    del case
    return (
        f"{access.address} does not answer: a firewall, or a machine that is off.",
        f"See that `nc -vz {access.host} {access.port}` gets through from here.",
    )


def _unknown(case: Case, access: BrokerAccess) -> tuple[str, str]:
    del case
    return (
        f"no machine by the name of {access.host} is known here.",
        "Mend the name in --device, or give its IP address.",
    )


def _unreachable(case: Case, access: BrokerAccess) -> tuple[str, str]:
    del case
    return f"{access.address} cannot be reached: {access.detail}.", f"See that `ping {access.host}` gets through."


def _nobody(case: Case, access: BrokerAccess) -> tuple[str, str]:
    return (
        f"no client has connected to {access.address} in {access.detail} s.",
        f"Set the broker of {case.profile.id} to this machine and port {access.port}, and see to firewalls between.",
    )


def _who(access: BrokerAccess) -> str:
    return f"the login {access.user}" if access.user else "clients without login"


def _blocking(what: str, mend: str) -> Problem:
    return Problem(Party.NETWORK, Severity.BLOCKING, what, mend)


_UNREACHED = {
    Reachability.REFUSED: _refusing,
    Reachability.SILENT: _silent,
    Reachability.UNKNOWN_NAME: _unknown,
    Reachability.UNREACHABLE: _unreachable,
    Reachability.NOBODY_CAME: _nobody,
}
WAY_IN = Check("the way in", _find, _sound)
