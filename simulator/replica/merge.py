"""Merging and comparing JSON objects as a replica does. Pure; nothing is changed in place."""

from harness.payload.values import JSON

Object = dict[str, JSON]


def merged(old: JSON, patch: JSON) -> JSON:
    """A value after a patch: objects merge field by field, null removes a field, everything else replaces.

    RFC 7396; arrays are replaced whole, and an object that loses its last field stays as an empty one.
    """
    if not isinstance(patch, dict):
        return patch
    content = dict(old) if isinstance(old, dict) else {}
    for name, value in patch.items():
        if value is None:
            content.pop(name, None)
        else:
            content[name] = merged(content.get(name), value)
    return content


def difference(desired: Object, reported: Object) -> Object:
    """The fields of `desired` that `reported` lacks or has otherwise, each with the path to it; arrays whole."""
    content: Object = {}
    for name, wanted in desired.items():
        if name not in reported:
            content[name] = wanted
            continue
        present = reported[name]
        if isinstance(wanted, dict) and isinstance(present, dict):
            if inner := difference(wanted, present):
                content[name] = inner
        elif not is_same(wanted, present):
            content[name] = wanted
    return content


def is_same(one: JSON, other: JSON) -> bool:
    """Whether two values are one in JSON: true is not 1, though Python has it so; 1 and 1.0 are one number."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(is_same(one[name], other[name]) for name in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(is_same, one, other))
    return one == other


def is_deeper(value: JSON, levels: int) -> bool:
    """Whether objects and arrays are nested in more levels than that; it looks no deeper than it must."""
    if not isinstance(value, dict | list):
        return False
    if levels == 0:
        return True
    return any(is_deeper(part, levels - 1) for part in (value.values() if isinstance(value, dict) else value))


def has_null_in_array(value: JSON, *, is_inside: bool = False) -> bool:
    """Whether null stands anywhere in an array, where it can remove nothing."""
    if isinstance(value, dict):
        return any(has_null_in_array(part, is_inside=is_inside) for part in value.values())
    if isinstance(value, list):
        return any(has_null_in_array(part, is_inside=True) for part in value)
    return is_inside and value is None
