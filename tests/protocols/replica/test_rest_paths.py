"""A service whose REST has paths of its own: its profile tells where a document is shown."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web

from harness.errors import UsageError
from harness.protocols.replica.profile import ServiceProfile
from harness.protocols.replica.profile_file import read_service_file
from harness.protocols.replica.words.topics import Scheme
from harness.web_server import served
from suites.replica.service.limits import Limits
from tests.runs import Run, run_tests
from tests.simulator.replica.running import Running, running
from tests.simulator.udmi.standalone.standing import in_real_time

ELSEWHERE = '[rest]\nget = "/v1/twins?of={id}&as=document"\n'
ONLY = "--only=answer.rest-is-the-same"


@asynccontextmanager
async def _elsewhere(service: Running) -> AsyncIterator[str]:
    """The address of the same documents at another path, with what that wants to be asked."""

    async def show(request: web.Request) -> web.Response:
        if request.query["as"] != "document":
            raise web.HTTPNotFound
        status, content = await service.asked("GET", f"/state/{request.query['of']}/get")
        return web.json_response(content, status=status)

    app = web.Application()
    app.add_routes([web.get("/v1/twins", show)])
    async with served(app, "127.0.0.1", 0) as port:
        yield f"http://127.0.0.1:{port}"


def _run(folder: Path, profile: str) -> Run:
    async def driven() -> Run:
        async with running(folder) as service, _elsewhere(service) as http:
            file = folder / "service.toml"
            file.write_text(f'http = "{http}"\nnetwork_allowance = 5\n{profile}', encoding="utf-8")
            asked = ("suites/replica/service", f"--service={service.broker}", f"--profile={file}", ONLY)
            return await asyncio.to_thread(run_tests, folder / "reports", *asked)

    return in_real_time(driven())


@pytest.mark.process
def test_document_is_asked_for_where_the_profile_says(tmp_path: Path) -> None:
    run = _run(tmp_path, ELSEWHERE)

    assert [str(one.verdict) for one in run.judged.requirements] == ["pass"], run.output
    assert "The replica service at mqtt://127.0.0.1:" in run.output


@pytest.mark.process
def test_document_that_is_not_at_its_path_is_not_shown(tmp_path: Path) -> None:
    run = _run(tmp_path, "")

    assert [str(one.verdict) for one in run.judged.requirements] == ["warn"], run.output
    assert "but was 404" in run.output


@pytest.mark.parametrize(("scheme", "path"), [(Scheme.SEED, "/state/a%3Ab/get"), (Scheme.AWS, "/things/a%3Ab/shadow")])
def test_path_is_the_schemes_where_the_profile_has_none(scheme: Scheme, path: str) -> None:
    assert ServiceProfile(scheme=scheme).path_of_get("a:b") == path


def test_path_of_the_profile_is_recorded_and_read_back(tmp_path: Path) -> None:
    file = tmp_path / "service.toml"
    file.write_text(ELSEWHERE, encoding="utf-8")

    profile = read_service_file(file, lambda: Limits).profile

    assert ServiceProfile.from_dict(profile.as_dict()) == profile
    assert profile.path_of_get("a b") == "/v1/twins?of=a%20b&as=document"


@pytest.mark.parametrize("path", ["state/{id}", "/state", "/{id}/{id}", "/{name}/{id}", "/a b/{id}", "/{id}#x"])
def test_path_that_is_none_is_refused(tmp_path: Path, path: str) -> None:
    file = tmp_path / "service.toml"
    file.write_text(f'[rest]\nget = "{path}"\n', encoding="utf-8")

    with pytest.raises(UsageError, match="rest"):
        read_service_file(file, lambda: Limits)
    with pytest.raises(UsageError, match="rest"):
        ServiceProfile.from_dict({"rest": {"get": path}})
