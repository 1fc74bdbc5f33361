"""Every message has its topic. Message suffixes."""

from harness.suite import WholeRun, covers


@covers("message.topic-is-known")
def test_device_publishes_on_topics_that_udmi_knows(whole_run: WholeRun) -> None:
    whole_run.publications.are_on_known_topics()
