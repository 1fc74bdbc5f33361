"""What is amiss with the broker's certificate, and with our own: who it is for, who vouches for it, when it holds."""

from collections.abc import Iterator

from harness.doctor.case import Case
from harness.doctor.check import Check
from harness.doctor.door import Certificate, Door, Handshake
from harness.doctor.trouble import Trouble, Weight, Whose, listed, named
from harness.wire.instant import rfc3339

_SOON = 30  # days
_DAY = 86_400.0

# X509_V_ERR_… of OpenSSL.
_NOT_YET, _EXPIRED, _WRONG_NAME, _WRONG_ADDRESS = 9, 10, 62, 64


def _find(case: Case) -> Iterator[Trouble]:
    door = case.beside.door if case.beside else None
    if door is None:
        return
    if door.ours:
        yield from _dates(door.ours, "our client certificate", case.began, "Have it renewed, and give the new one.")
    if door.tls is None:
        return
    if door.tls.code is not None:
        yield _distrusted(door, door.tls, case.began)
    elif door.tls.certificate:
        yield from _dates(door.tls.certificate, "the broker's certificate", case.began, _RENEW)


def _sound(case: Case) -> str | None:
    door = case.beside.door if case.beside else None
    certificate = door.tls.certificate if door and door.tls else None
    if certificate is None or (door and not door.is_open):
        return None
    return f"TLS: certificate of {named(certificate.subject)} trusted, good until {rfc3339(certificate.not_after)[:10]}"


def _dates(certificate: Certificate, what: str, now: float, mend: str) -> Iterator[Trouble]:
    left = certificate.not_after - now
    until = rfc3339(certificate.not_after)[:10]
    if left < 0:
        yield Trouble(Whose.NETWORK, Weight.GRAVE, f"{what} expired on {until}.", mend)
    elif certificate.not_before > now:
        since = rfc3339(certificate.not_before)
        yield Trouble(Whose.NETWORK, Weight.GRAVE, f"{what} holds from {since} only: that is still to come.", _CLOCKS)
    elif left < _SOON * _DAY:
        days = int(left // _DAY)
        yield Trouble(Whose.NETWORK, Weight.MINOR, f"{what} expires in {days} days, on {until}.", mend)


def _distrusted(door: Door, tls: Handshake, now: float) -> Trouble:
    certificate = tls.certificate
    if tls.code in (_EXPIRED, _NOT_YET) and certificate:
        dated = next(_dates(certificate, "the broker's certificate", now, _RENEW), None)
        if dated:
            return Trouble(Whose.NETWORK, Weight.BLOCKING, dated.what, dated.mend)
    if tls.code in (_WRONG_NAME, _WRONG_ADDRESS) and certificate:
        return Trouble(
            Whose.NETWORK,
            Weight.BLOCKING,
            f"the broker's certificate is for {listed(certificate.names) or named(certificate.subject)}, "
            f"and not for {door.host}.",
            "Write one of these names in --device, or make one with `setpoint certs DIR --host " + f"{door.host}`.",
        )
    issuer = f", by {named(certificate.issuer)}" if certificate else ""
    whom = f"{door.ca} does not vouch for it" if door.ca else "nobody whom this system trusts vouches for it"
    return Trouble(
        Whose.NETWORK,
        Weight.BLOCKING,
        f"the broker's certificate{issuer}, is not trusted: {whom} ({named(tls.words)}).",
        "Give --ca FILE with the CA that made it.",
    )


_RENEW = "Renew it on the broker; on a bench: `setpoint certs DIR --force`."
_CLOCKS = "See to the clocks of this machine and of the CA's."
CERTIFICATES = Check("the certificates", _find, _sound)
