"""Rules of a device that asks for more than its inbox."""

from simulator.link.link_rules import LinkRules, listening_at


def test_device_asks_for_all_filters_and_reads_whatever_comes() -> None:
    rules = listening_at(("a/+", "b"), LinkRules())

    assert rules.filters("inbox") == ("a/+", "b")
    assert rules.reads("inbox", "a/1")


def test_device_that_is_varied_in_that_stays_so() -> None:
    varied = LinkRules(filters=lambda inbox: (f"{inbox}/#",), reads=lambda _inbox, topic: topic == "b")

    rules = listening_at(("a/+", "b"), varied)

    assert rules.filters("inbox") == ("inbox/#",)
    assert not rules.reads("inbox", "a/1")
