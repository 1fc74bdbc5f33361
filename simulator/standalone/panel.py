"""The operator's page, with a policy that lets nothing run in it but what stands in it."""

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path

from aiohttp import web

_PAGE = Path(__file__).with_name("panel.html")


@cache
def _page() -> tuple[str, str]:
    """The page, and its policy."""
    text = _PAGE.read_text(encoding="utf-8")
    policy = (
        f"default-src 'none'; script-src {_hash(text, 'script')}; style-src {_hash(text, 'style')}; "
        "connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return text, policy


def panel() -> web.Response:
    """It is the same for everyone; what it shows it asks for."""
    text, policy = _page()
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
