"""A page for the operator, with a policy that lets nothing run in it but its own script."""

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path

from aiohttp import web


@cache
def _read(page: Path) -> tuple[str, str]:
    """The page, and its policy."""
    text = page.read_text(encoding="utf-8")
    policy = (
        f"default-src 'none'; script-src {_hash(text, 'script')}; style-src {_hash(text, 'style')}; "
        "connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return text, policy


def operator_page(page: Path) -> web.Response:
    """The page, which is the same for everyone: it asks the control for what it shows."""
    text, policy = _read(page)
    headers = {
        "Content-Security-Policy": policy,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
    }
    return web.Response(text=text, content_type="text/html", charset="utf-8", headers=headers)


def _hash(page: str, tag: str) -> str:
    """The one element of that name, as a policy names it."""
    [content] = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
    return f"'sha256-{b64encode(sha256(content.encode()).digest()).decode()}'"
