"""Why a request is refused."""


class Rejection(Exception):  # noqa: N818 - an answer, not an error of ours
    """The code and message with which a request is refused; nothing has changed then."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(f"{code} {message}")
        self.code = code
        self.message = message
