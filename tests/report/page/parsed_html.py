"""The elements of a page as a browser sees them, where they stand, and every text in them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

TAGS = frozenset(
    [
        "html",
        "head",
        "meta",
        "title",
        "style",
        "script",
        "input",
        "label",
        "output",
        "body",
        "header",
        "main",
        "footer",
        "nav",
        "section",
        "article",
        "h1",
        "h2",
        "h3",
        "h4",
        "p",
        "a",
        "b",
        "strong",
        "span",
        "cite",
        "time",
        "mark",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "div",
        "code",
        "pre",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "details",
        "summary",
        "figure",
        "figcaption",
        "svg",
        "g",
        "desc",
        "text",
        "rect",
        "line",
        "circle",
        "polygon",
    ]
)
_VOID = frozenset({"meta", "link", "br", "img", "hr", "input", "base", "wbr"})


@dataclass
class Element:
    """One element."""

    tag: str
    attributes: dict[str, str]
    children: "list[Element | str]" = field(default_factory=list)

    @property
    def text(self) -> str:
        """All that stands in it."""
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    def all(self, tag: str = "", **attributes: str) -> "list[Element]":
        """Every element below with this tag, and a class or other attribute that has the word."""
        named = {name.rstrip("_"): word for name, word in attributes.items()}
        return [
            one
            for one in self.below()
            if tag in ("", one.tag)
            and all(word in one.attributes.get(name, "").split() for name, word in named.items())
        ]

    def below(self) -> "Iterator[Element]":
        """Every element in it, in order."""
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child.below()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(attrs) == len({name for name, _ in attrs}), f"{tag} has an attribute twice"
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in _VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data[:40]!r}")


def parsed(page: str) -> Element:
    """The page's root. Fails where the tags are not balanced."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    assert reader.open == [reader.root], f"<{reader.open[-1].tag}> is never closed"
    return reader.root
