"""A small glossary, a way to make corpora from texts, and a real headless Chromium to open pages in."""

import base64
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from jianbao.document import Segment
from jianbao.evaluation import Corpus, Line, System
from jianbao.glossary import Entry, Glossary

ENTRIES = (
    Entry(
        source="高新技术企业", target="high-tech enterprise", variants=("high and new technology enterprise",)
    ),
    Entry(source="企业", target="enterprise", variants=("business", "company")),
    Entry(source="智慧城市", target="smart city", forbidden=("wisdom city", "intelligent town")),
    Entry(source="城市", target="city"),
    Entry(source="营商环境", target="business environment"),
    Entry(source="推进", target="promote", forbidden=("push",), use="check"),
    Entry(source="城市长期", target="", use="guard"),
)


@pytest.fixture(scope="session")
def glossary() -> Glossary:
    return Glossary(ENTRIES)


def lines_of(
    sources: Sequence[str], references: Sequence[str] = (), documents: Sequence[str] = ()
) -> tuple[Line, ...]:
    lines, ends = [], dict[str, int]()
    for number, source in enumerate(sources):
        document = documents[number] if documents else "d"
        start = ends.get(document, 0)
        ends[document] = start + len(source) + 1
        segment = Segment(
            id=f"s{number}", section="1", kind="sentence", text=source, start=start, end=start + len(source)
        )
        reference = references[number] if references else ""
        lines.append(Line(segment=segment, document=document, reference=reference))
    return tuple(lines)


def corpus_of(
    sources: Sequence[str],
    *hypotheses: Sequence[str],
    references: Sequence[str] = (),
    documents: Sequence[str] = (),
) -> Corpus:
    return Corpus(
        name="test",
        lines=lines_of(sources, references, documents),
        systems=tuple(System(name=f"system{i}", hypotheses=tuple(h)) for i, h in enumerate(hypotheses)),
    )


@pytest.fixture(scope="session")
def make_corpus() -> Callable[..., Corpus]:
    return corpus_of


CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
"""Where Chromium is installed; None if it is not: the only case in which tests of the page are passed over."""


class Page:
    """A page with all that it logged, threw and requested."""

    def __init__(self, write: int, read: int) -> None:
        self._write, self._read, self._rest, self._id = write, read, b"", 0
        self.events: list[dict[str, Any]] = []
        target = self._call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.send(f"{domain}.enable")

    def send(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Call a method of the page and return its result."""
        return self._call(method, self._session, **parameters)

    def open(self, path: Path, *, width: int = 1280, height: int = 900) -> None:
        """Open a file and wait until it has loaded."""
        self.send(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )
        self.events.clear()
        self.send("Page.navigate", url=path.resolve().as_uri())
        while not any(e["method"] == "Page.loadEventFired" for e in self.events):
            self._receive()

    def run(self, script: str) -> Any:
        """The value of an expression, or of the promise that it is."""
        answer = self.send("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise AssertionError(answer["exceptionDetails"])
        return answer["result"].get("value")

    def screenshot(self, path: Path, *, full: bool = False) -> None:
        """Write what the page looks like as PNG."""
        shot = self.send("Page.captureScreenshot", captureBeyondViewport=full)
        path.write_bytes(base64.b64decode(shot["data"]))

    @property
    def complaints(self) -> list[str]:
        """What went to the console, was thrown, or was logged by the browser."""
        wanted = {"Log.entryAdded", "Runtime.exceptionThrown", "Runtime.consoleAPICalled"}
        return [json.dumps(e["params"]) for e in self.events if e["method"] in wanted]

    @property
    def requests(self) -> list[str]:
        """The addresses that were asked for."""
        return [
            e["params"]["request"]["url"] for e in self.events if e["method"] == "Network.requestWillBeSent"
        ]

    def _call(self, method: str, session: str | None = None, **parameters: Any) -> dict[str, Any]:
        self._id += 1
        wanted = self._id
        message: dict[str, Any] = {"id": wanted, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._receive()
            if answer.get("id") == wanted:
                if "error" in answer:
                    raise AssertionError(f"{method}: {answer['error']}")
                result: dict[str, Any] = answer["result"]
                return result

    def _receive(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            data = os.read(self._read, 1 << 20)
            if not data:
                raise AssertionError("Chromium has ended")
            self._rest += data
        message, _, self._rest = self._rest.partition(b"\0")
        answer: dict[str, Any] = json.loads(message)
        if "method" in answer:
            self.events.append(answer)
        return answer


@contextmanager
def open_browser(folder: Path, *, dark: bool = False) -> Iterator[Page]:
    """A browser with its own profile in ``folder``, ended when done."""
    assert CHROMIUM is not None
    to_read, to_write = os.pipe()
    from_read, from_write = os.pipe()

    def wire() -> None:
        # Chromium reads commands from descriptor 3 and answers on 4.
        held_in, held_out = os.dup(to_read), os.dup(from_write)
        os.dup2(held_in, 3)
        os.dup2(held_out, 4)

    flags = [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--remote-debugging-pipe",
        f"--user-data-dir={folder}",
    ]
    flags += [
        "--no-first-run",
        "--disable-background-networking",
        "--disable-dev-shm-usage",
        "--hide-scrollbars",
    ]
    flags += ["--force-dark-mode"] if dark else []
    process = subprocess.Popen(
        [CHROMIUM, *flags, "about:blank"],
        preexec_fn=wire,  # noqa: PLW1509 (no threads here)
        close_fds=False,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(to_read)
    os.close(from_write)
    try:
        yield Page(to_write, from_read)
    finally:
        process.terminate()
        process.wait(timeout=20)
        os.close(to_write)
        os.close(from_read)


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    with open_browser(tmp_path_factory.mktemp("chromium")) as page:
        yield page
