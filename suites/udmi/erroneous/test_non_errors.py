"""Fields that no specification knows are no errors; of wrong types nobody says what they are. Config sequence."""

from harness.suite import Episode, Extra, Oddity, covers, each, given
from suites.udmi.windows import IN_TIME


@covers("erroneous.unknown-field-is-ignored")
@each("extra", Extra)
def test_config_with_an_unknown_field_is_taken_up(unknown_fields: Episode, extra: Extra) -> None:
    with given("a config without one is taken up"):
        unknown_fields.config("first").is_named(IN_TIME)

    unknown_fields.config(extra).is_named(IN_TIME)


@covers("erroneous.unknown-field-is-ignored")
@each("extra", Extra)
def test_unknown_field_upsets_nobody(unknown_fields: Episode, extra: Extra) -> None:
    unknown_fields.odd_config(extra).upsets_nobody()


@covers("erroneous.wrong-type")
@each("oddity", Oddity)
def test_config_with_a_field_of_the_wrong_type(unknown_fields: Episode, oddity: Oddity) -> None:
    unknown_fields.odd_config(oddity).observes_what_it_is_taken_for()
