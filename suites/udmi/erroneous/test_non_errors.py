"""Fields that no specification knows are no errors; of wrong types nobody says what they are. Config sequence."""

from harness.protocols.udmi.suite import Episode, Extra, Oddity, covers, each, given, within
from suites.udmi.limits import Limits


@covers("erroneous.unknown-field-is-ignored")
@each("extra", Extra)
def test_config_with_an_unknown_field_is_taken_up(unknown_fields: Episode, extra: Extra, limits: Limits) -> None:
    with given("a config without one is taken up"):
        unknown_fields.config("first").is_named(within(limits.in_time))

    unknown_fields.config(extra).is_named(within(limits.in_time))


@covers("erroneous.unknown-field-is-ignored")
@each("extra", Extra)
def test_unknown_field_upsets_nobody(unknown_fields: Episode, extra: Extra) -> None:
    unknown_fields.odd_config(extra).upsets_nobody()


@covers("erroneous.device-goes-on")
def test_device_is_there_after_every_config_of_another_shape(unknown_fields: Episode, limits: Limits) -> None:
    unknown_fields.survival.never_falls_silent(for_seconds=limits.silent)


@covers("erroneous.device-goes-on")
def test_device_does_not_start_anew_with_a_config_of_another_shape(unknown_fields: Episode) -> None:
    unknown_fields.lifecycle.is_never_started()


@covers("erroneous.wrong-type")
@each("oddity", Oddity)
def test_config_with_a_field_of_the_wrong_type(unknown_fields: Episode, oddity: Oddity) -> None:
    unknown_fields.odd_config(oddity).observes_what_it_is_taken_for()
