"""The device says of itself what stands on it, at every moment of the run. State of the system; local network."""

from harness.protocols.udmi.suite import WholeRun, covers, each, throughout


@covers("identity.make-and-model")
@throughout("idle_configs")
def test_device_names_its_make(whole_run: WholeRun) -> None:
    whole_run.identity.names_its_make()


@covers("identity.make-and-model")
@throughout("idle_configs")
def test_device_names_its_model(whole_run: WholeRun) -> None:
    whole_run.identity.names_its_model()


@covers("identity.serial-number")
@throughout("idle_configs")
def test_device_names_its_serial_number(whole_run: WholeRun) -> None:
    whole_run.identity.names_its_serial_number()


@covers("identity.software")
@throughout("idle_configs")
def test_device_names_its_software(whole_run: WholeRun) -> None:
    whole_run.identity.names_its_software()


@covers("identity.software-beside-the-profile")
@throughout("idle_configs")
def test_software_that_the_profile_does_not_list_is_written_down(whole_run: WholeRun) -> None:
    whole_run.identity.observe_more_software()


@covers("identity.addresses")
@throughout("idle_configs")
@each("family", ["ether", "ipv4", "ipv6"])
def test_device_reports_its_address(whole_run: WholeRun, family: str) -> None:
    whole_run.identity.tells_its_address(family)
