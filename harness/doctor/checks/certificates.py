"""Problems of the broker's certificate, and of our own: its subject, its issuer, its validity."""

from collections.abc import Iterator

from harness.doctor.broker_access import BrokerAccess, Certificate, Handshake
from harness.doctor.case import Case
from harness.doctor.check import Check
from harness.doctor.problem import Party, Problem, Severity, listed, named
from harness.payload.timestamps import rfc3339
from harness.text import counted

_SOON = 30  # days
_DAY = 86_400.0

# X509_V_ERR_… of OpenSSL.
_NOT_YET, _EXPIRED, _WRONG_NAME, _WRONG_ADDRESS = 9, 10, 62, 64


def _find(case: Case) -> Iterator[Problem]:
    access = case.beside.access if case.beside else None
    if access is None:
        return
    if access.ours:
        yield from _dates(access.ours, "our client certificate", case.began, "Have it renewed, and give the new one.")
    if access.tls is None:
        return
    if access.tls.code is not None:
        yield _distrusted(access, access.tls, case.began)
    elif access.tls.certificate:
        yield from _dates(access.tls.certificate, "the broker's certificate", case.began, _RENEW)


def _sound(case: Case) -> str | None:
    access = case.beside.access if case.beside else None
    certificate = access.tls.certificate if access and access.tls else None
    if certificate is None or (access and not access.is_open):
        return None
    return f"TLS: certificate of {named(certificate.subject)} trusted, good until {rfc3339(certificate.not_after)[:10]}"


def _dates(certificate: Certificate, what: str, now: float, mend: str) -> Iterator[Problem]:
    left = certificate.not_after - now
    until = rfc3339(certificate.not_after)[:10]
    if left < 0:
        yield Problem(Party.NETWORK, Severity.GRAVE, f"{what} expired on {until}.", mend)
    elif certificate.not_before > now:
        since = rfc3339(certificate.not_before)
        yield Problem(Party.NETWORK, Severity.GRAVE, f"{what} holds from {since} only: that is still to come.", _CLOCKS)
    elif left < _SOON * _DAY:
        days = int(left // _DAY)
        yield Problem(Party.NETWORK, Severity.MINOR, f"{what} expires in {counted(days, 'day')}, on {until}.", mend)


def _distrusted(access: BrokerAccess, tls: Handshake, now: float) -> Problem:
    certificate = tls.certificate
    if tls.code in (_EXPIRED, _NOT_YET) and certificate:
        dated = next(_dates(certificate, "the broker's certificate", now, _RENEW), None)
        if dated:
            return Problem(Party.NETWORK, Severity.BLOCKING, dated.what, dated.mend)
    if tls.code in (_WRONG_NAME, _WRONG_ADDRESS) and certificate:
        return Problem(
            Party.NETWORK,
            Severity.BLOCKING,
            f"the broker's certificate is for {listed(certificate.names) or named(certificate.subject)}, "
            f"and not for {access.host}.",
            "Write one of these names in --device, or make one with `setpoint certs DIR --host " + f"{access.host}`.",
        )
    issuer = f", by {named(certificate.issuer)}" if certificate else ""
    whom = f"{access.ca} does not vouch for it" if access.ca else "nobody whom this system trusts vouches for it"
    return Problem(
        Party.NETWORK,
        Severity.BLOCKING,
        f"the broker's certificate{issuer}, is not trusted: {whom} ({named(tls.words)}).",
        "Give --ca FILE with the CA that made it.",
    )


_RENEW = "Renew it on the broker; on a bench: `setpoint certs DIR --force`."
_CLOCKS = "See to the clocks of this machine and of the CA's."
CERTIFICATES = Check("the certificates", _find, _sound)
