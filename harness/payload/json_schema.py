"""JSON Schema 2020-12, with the problems of a message in the message's own order.

jsonschema has them in the order of a set, which is another in each process. What is told first of a message, and what
of one that has a thousand things amiss, is to be the same where a recording is judged again.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import jsonschema
from jsonschema.validators import extend

_KEYWORD = "additionalProperties"
_AS_IT_IS = jsonschema.Draft202012Validator.VALIDATORS[_KEYWORD]


def _additional_properties(
    validator: Any,  # noqa: ANN401 - the validators' base class is jsonschema's own
    additional: object,
    instance: object,
    schema: Mapping[str, Any],
) -> Iterator[jsonschema.ValidationError]:
    """Each property that nothing else in the schema is about, by the schema that is for these."""
    if not (isinstance(additional, dict) and isinstance(instance, dict)):
        yield from _AS_IT_IS(validator, additional, instance, schema) or ()
        return
    known, patterns = schema.get("properties", {}), [*schema.get("patternProperties", {})]
    for name, value in instance.items():
        if name not in known and not any(re.search(pattern, name) for pattern in patterns):
            yield from validator.descend(value, additional, path=name)


Validator: type[jsonschema.Draft202012Validator] = extend(  # type: ignore[no-untyped-call] # its stubs leave types out
    jsonschema.Draft202012Validator, {_KEYWORD: _additional_properties}
)
