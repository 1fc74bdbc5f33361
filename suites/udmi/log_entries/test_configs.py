"""Of every config the device logs what became of it. Config message, logging."""

from harness.protocols.udmi.suite import Episode, covers, within
from suites.udmi.limits import Limits

_RECEIVE, _PARSE, _APPLY = "system.config.receive", "system.config.parse", "system.config.apply"


@covers("logging.receive")
def test_receipt_of_a_config_is_logged(broken_configs: Episode, limits: Limits) -> None:
    broken_configs.journal.tells(broken_configs.config("plain"), _RECEIVE, within(limits.a_log), level=100)


@covers("logging.parse")
def test_understanding_of_a_config_is_logged(broken_configs: Episode, limits: Limits) -> None:
    broken_configs.journal.exists()

    broken_configs.journal.tells(broken_configs.config("plain"), _PARSE, within(limits.a_log), level=100)


@covers("logging.apply")
def test_application_of_a_config_is_logged(broken_configs: Episode, limits: Limits) -> None:
    broken_configs.journal.exists()

    broken_configs.journal.tells(broken_configs.config("plain"), _APPLY, within(limits.a_log), level=300)


@covers("logging.in-order")
def test_entries_of_a_config_come_in_order(broken_configs: Episode) -> None:
    broken_configs.journal.tells_in_order(broken_configs.config("plain"), (_RECEIVE, _PARSE, _APPLY))
