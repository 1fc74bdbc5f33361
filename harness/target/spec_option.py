"""`--spec`, and the forms of a profile, as options tell of them."""

from collections.abc import Callable

from harness.errors import UsageError
from harness.protocol import all_specs, default_spec, protocols


def add_spec_option(add: Callable[..., object], *of: str) -> None:
    """`--spec`, wherever something is spoken with, or as, a thing under test. `of`: the specs; by default, all."""
    words = f"{', '.join(of)}; default: {of[0]}" if of else _specs_in_words()
    add("--spec", metavar="SPEC", action="append", help=words.replace("%", "%%"))


def profile_forms() -> str:
    """In which forms the profiles of all plugs are given, for an option's help."""
    try:
        forms = list(dict.fromkeys(plug.profile_forms for plug in protocols()))
        return ", or ".join(one for one in forms if not any(other.startswith(f"{one}, ") for other in forms))
    except UsageError as error:
        return str(error)


def _specs_in_words() -> str:
    """The specs; or that a plug is of no use, which is refused later, when an option or a default needs it."""
    try:
        return f"{', '.join(all_specs())}; default: {default_spec()}"
    except UsageError as error:
        return str(error)
