"""Whether an object is a target, as far as can be seen without bringing it up."""

from collections.abc import Iterator
from inspect import isasyncgenfunction, iscoroutinefunction

from harness.clock import Clock
from harness.target.declared import Declared
from harness.target.target import Stepped, Variant, Varied

_FACTS = {"name": str, "clock": Clock, "profile": Declared}


def problem_of(target: object) -> str | None:
    """The reason why the object is no target, in words that follow a colon; None: it is one."""
    return next(_problems(target), None)


def _problems(target: object) -> Iterator[str]:
    for name, kind in _FACTS.items():
        if not hasattr(target, name):
            yield f"{_named(target)} has no {name!r}"
        elif not isinstance(value := getattr(target, name), kind):
            yield f"its {name!r} is {value!r}; expected a {kind.__name__}"
        elif not value:
            yield f"its {name!r} is empty"
    opens = getattr(target, "open", None)
    if not callable(opens):
        yield f"{_named(target)} has no method 'open'"
    elif iscoroutinefunction(opens) or isasyncgenfunction(opens):
        yield "its 'open' is a coroutine or a generator; expected an asynchronous context manager"
    if isinstance(target, Varied):
        yield from _problems_of_variants(target)
    if hasattr(target, "machine") and not (isinstance(target, Stepped) and callable(target.machine)):
        yield "its 'machine' is no method"


def _problems_of_variants(target: Varied) -> Iterator[str]:
    known: set[str] = set()
    for variant in target.variants:
        if not isinstance(variant, Variant):
            yield f"among its 'variants' is {variant!r}; expected a Variant"
        elif variant.id in known:
            yield f"two of its 'variants' are called {variant.id!r}"
        else:
            known.add(variant.id)
    if not callable(target.varied):
        yield "its 'varied' is no method"


def _named(target: object) -> str:
    return "None" if target is None else f"a {type(target).__name__}"
