"""Services at brokers that let clients do more than they may, and REST that shows more than it may."""

from dataclasses import replace

from harness.broker.access_control import Account
from simulator.replica.access import KnownClient
from simulator.replica.service_variations.variation import by_token, deviation


def _everywhere(topics: tuple[str, ...]) -> tuple[str, ...]:
    """The same topics of every device."""
    return tuple(topic.replace("known-device", "+") for topic in topics)


def _is_a_devices(account: Account) -> bool:
    return account.login.user == "known-device"


def _writes_to_all(account: Account) -> Account:
    if not _is_a_devices(account) or account.publishes is None:
        return account
    every = _everywhere(account.publishes)
    return replace(account, publishes=every)


def _hears_all(account: Account) -> Account:
    return replace(account, topics=_everywhere(account.topics)) if _is_a_devices(account) else account


def _answers(account: Account) -> Account:
    return replace(account, publishes=account.topics) if _is_a_devices(account) else account


def _lets_in_without(client: KnownClient | None, device: str) -> int | None:
    return None if client is None else by_token(client, device)


def _lets_in_all_who_are_known(client: KnownClient | None, device: str) -> int | None:
    return by_token(client, device) if client is None else None


ACCESS = (
    deviation("lets-devices-write-to-all", breaks="access.device-writes-to-itself-alone", grants=_writes_to_all),
    deviation("lets-devices-hear-all", breaks="access.device-hears-of-itself-alone", grants=_hears_all),
    deviation("lets-devices-answer", breaks="access.no-client-answers", grants=_answers),
    deviation("shows-rest-to-all", breaks="access.rest-wants-a-token", rest_code=_lets_in_without),
    deviation(
        "shows-rest-to-all-who-are-known",
        breaks="access.rest-token-is-for-its-own",
        rest_code=_lets_in_all_who_are_known,
    ),
)
