"""The record of a link, asked for without a run of the page: what a run would send, or one sentence why not."""

import asyncio
import gzip
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from http.client import HTTPMessage
from pathlib import Path
from threading import Event
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from starlette.applications import Starlette

from kinds.registry import PRESETS, SPECS
from pages.shared.playing import sent
from pages.train_a_network_parts.own_run import film
from serving.record import KEPT_BYTES, MOST_AT_ONCE, MOST_UNDER_WAY, Find, record_route
from sharing.link import LONGEST_QUERY, State, encode, encode_in_full
from sharing.page_state import PageState, Values
from sharing.record_path import MADE_BY, ROOT, _version_of, record_path
from sharing.training import ChosenRun, TrainingState
from sharing.values import written_out
from tests.coroutines import run
from tests.draws import examples
from tests.pages.driver import open_link
from tests.serving.asking import Answer, ask_app
from tests.sharing.strategies import states

AROUND = {"refused", "presenting", "heading", "alone", "fixed", "asking", "player", "plotly"}
"""What a run says beside the record: that is the visitor's own, and in no link."""

Ask = Callable[..., Answer]


def asked_for(state: State, query: dict[str, str] | None = None) -> str:
    return f"/{record_path(state.page)}?{urlencode(encode(state) if query is None else query)}"


def stage_data(app: Any) -> dict[str, Any]:
    """Return what a run of the page has sent to its stage."""
    (stage,) = (one.proto for one in app.get("bidi_component") if one.proto.component_name == "convolution_stage")
    data: dict[str, Any] = json.loads(stage.json)
    return data


def sent_by_a_run(app: Any) -> bytes:
    """Return the same without what stands around the record, as an answer would have it."""
    data = {name: value for name, value in stage_data(app).items() if name not in AROUND}
    return json.dumps(data, separators=(",", ":")).encode()


def cached(headers: HTTPMessage) -> tuple[str | None, str | None]:
    return headers["ETag"], headers["Cache-Control"]


@pytest.mark.parametrize("page", SPECS)
def test_the_answer_is_what_a_run_of_the_page_sends(ask: Ask, page: str) -> None:
    """Byte for byte, of every preset and of every view, impossible layers among them."""
    app = open_link({}, page)
    for slug, preset in PRESETS[page].items():
        app.selectbox(key="preset").set_value(slug).run()
        answer = ask(asked_for(preset.state))
        assert answer.status == 200
        assert answer.body == sent_by_a_run(app)
    for view in SPECS[page].views:
        state = replace(next(iter(PRESETS[page].values())).state, view=view)
        assert ask(asked_for(state)).body == sent_by_a_run(open_link(encode(state), page))


def test_a_layer_that_does_not_exist_is_said_as_the_page_says_it(ask: Ask) -> None:
    state = replace(PRESETS["standard"]["simplest"].state, height=2, kernel_height=7)
    answer = ask(asked_for(state))
    assert (answer.status, answer.body) == (200, sent_by_a_run(open_link(encode(state))))
    assert list(json.loads(answer.body)) == ["problem"]


@settings(max_examples=examples(60), deadline=None)
@given(state=states(SPECS))
def test_every_link_to_a_state_has_one_answer(state: PageState) -> None:
    """Short or in full: the same bytes, under one tag."""
    short, full = (ask_here(asked_for(state, query)) for query in (encode(state), encode_in_full(state)))
    assert (short.status, short.body) == (200, full.body)
    assert short.headers["ETag"] == full.headers["ETag"]


def ask_here(address: str, find: Find = sent) -> Answer:
    """Ask the route alone, in this process."""
    return run(ask_app(Starlette(routes=[record_route(dict.fromkeys(SPECS, find))]), address))


def test_the_film_of_a_run_is_answered_where_it_was_trained(ask: Ask) -> None:
    recorded = TrainingState()
    answer = ask(asked_for(recorded))
    assert (answer.status, json.loads(answer.body)) == (200, film(recorded))
    assert cached(answer.headers)[0] is not None
    never_trained = ask(asked_for(replace(recorded, run=ChosenRun.OWN, seed=987)))
    assert (never_trained.status, json.loads(never_trained.body)) == (404, {"error": "This server does not have it."})
    assert cached(never_trained.headers) == (None, "no-store")
    assert list(json.loads(ask(asked_for(replace(recorded, digit=1000))).body)) == ["problem"]


def test_numbers_that_were_typed_are_recorded() -> None:
    preset = PRESETS["standard"]["channels"].state
    typed = written_out(preset)
    assert typed.values is Values.TYPED
    ours, theirs = (json.loads(ask_here(asked_for(state)).body) for state in (typed, preset))
    assert ours["id"] != theirs["id"]
    assert ours["layers"] == theirs["layers"]


def test_any_cache_may_keep_an_answer_and_asks_for_it_once(ask: Ask) -> None:
    path = asked_for(PRESETS["standard"]["channels"].state)
    answer = ask(path)
    tag, caching = cached(answer.headers)
    assert caching == "public, max-age=31536000, immutable"
    assert "Set-Cookie" not in answer.headers
    assert set(answer.headers["Vary"].split(", ")) == {"Accept-Encoding"}
    for known in (tag, f'"other", {tag}', str(tag).removeprefix("W/")):
        again = ask(path, If_None_Match=known)
        assert (again.status, again.body, cached(again.headers)) == (304, b"", (tag, caching))
    assert ask(path, If_None_Match='"other"').body == answer.body
    other = ask(asked_for(PRESETS["standard"]["floor"].state))
    assert cached(other.headers)[0] != tag


def test_large_answers_are_compressed_for_who_reads_that(ask: Ask) -> None:
    path = asked_for(PRESETS["standard"]["channels"].state)
    plain, compressed = ask(path), ask(path, Accept_Encoding="gzip")
    assert compressed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(compressed.body) == plain.body
    assert len(compressed.body) < len(plain.body) / 2
    assert "Content-Encoding" not in plain.headers


def test_every_process_gives_the_same_answer() -> None:
    """Another replica hashes texts otherwise, but its records are these."""
    path = asked_for(PRESETS["standard"]["floor"].state)
    program = f"""
from tests.serving.test_record import ask_here
answer = ask_here({path!r})
print(answer.headers["ETag"], answer.body.decode())
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    here = ask_here(path)
    assert done.stdout.strip() == f"{here.headers['ETag']} {here.body.decode()}"


def test_another_version_has_other_addresses(tmp_path: Path) -> None:
    folder = tmp_path / MADE_BY[0]
    folder.mkdir()
    versions = []
    for text in ("a = 1", "a = 2"):
        (folder / "a.py").write_text(text, encoding="utf-8")
        versions.append(_version_of(tmp_path))
    assert versions[0] != versions[1]


STANDARD = f"/{record_path('standard')}"


@pytest.mark.parametrize(
    ("path", "status", "sentence"),
    [
        ("/record/0123456789abcdef/standard", 404, "This server is of another version."),
        (f"/{record_path('comparison')}?v=1", 404, "There is no such page with a record."),
        (f"/{record_path('none')}", 404, "There is no such page with a record."),
        (f"{STANDARD}?kernel_height=x", 400, "A link to this page may not say kernel_height=x."),
        (f"{STANDARD}?v=2", 400, "A link to this page may not say v=2."),
        (f"{STANDARD}?preset=none", 400, "A link to this page may not say preset=none."),
        (f"{STANDARD}?height=3&height=4", 400, "A link to this page may not say height=3 and 4."),
        (f"{STANDARD}?groups=2", 400, "A link to this page may not say groups=2."),
        (f"{STANDARD}?values=typed&input_values=~AAAA", 400, "A link to this page may not say input_values=~AAAA."),
        (f"{STANDARD}?{'a' * 60}<script>%00%FF=1", 400, f"A link to this page may not say {'a' * 60}…=1."),
        (f"{STANDARD}?{'a=1&' * 300}", 400, "The link has more than 200 parameters."),
        (f"{STANDARD}?a={'1' * LONGEST_QUERY}", 414, "The link is longer than 60,000 characters."),
    ],
)
def test_what_a_link_may_not_say_is_refused_in_a_sentence(ask: Ask, path: str, status: int, sentence: str) -> None:
    answer = ask(path)
    assert (answer.status, json.loads(answer.body)) == (status, {"error": sentence})
    assert answer.headers["Content-Type"] == "application/json"
    assert cached(answer.headers) == (None, "no-store")


def test_only_what_reads_is_answered(ask: Ask) -> None:
    path = asked_for(PRESETS["standard"]["floor"].state)
    head = ask(path, "HEAD")
    assert (head.status, head.body) == (200, b"")
    assert ask(path, "POST", b"x").status == 405


def test_what_is_kept_of_answers_is_bounded() -> None:
    """Of answers of a quarter of the bound and a little more, three are there at most; the last one is."""
    made: list[PageState] = []

    def find(state: PageState) -> dict[str, Any]:
        made.append(state)
        return {"text": "x" * (KEPT_BYTES // 4)}

    app = Starlette(routes=[record_route({"standard": find})])
    heights = [*range(1, 9), 8, 7, 6, 5]
    for height in heights:
        state = replace(PRESETS["standard"]["simplest"].state, height=height)
        assert run(ask_app(app, asked_for(state))).status == 200
    assert [state.height for state in made] == [*range(1, 9), 5]


def test_few_records_are_made_at_once_and_a_crowd_is_refused() -> None:
    """Who comes when too many wait already is told so at once; all others wait."""
    making: list[int] = []
    most: list[int] = []
    crowd = MOST_UNDER_WAY + 8
    states = [replace(PRESETS["standard"]["simplest"].state, values=Values.WHOLE, seed=seed) for seed in range(crowd)]

    async def come() -> list[int]:
        refused, go_on = asyncio.Semaphore(0), Event()

        def find(state: PageState) -> dict[str, Any]:
            making.append(state.seed)
            most.append(len(making))
            go_on.wait()
            making.remove(state.seed)
            return {}

        app = Starlette(routes=[record_route({"standard": find})])

        async def visit(state: PageState) -> int:
            status = (await ask_app(app, asked_for(state))).status
            refused.release()
            return status

        visits = [asyncio.create_task(visit(state)) for state in states]
        for _ in range(8):  # nobody else is answered before
            await refused.acquire()
        while len(making) < MOST_AT_ONCE:
            await asyncio.sleep(0)
        go_on.set()
        return list(await asyncio.gather(*visits))

    assert sorted(run(come())) == [200] * (crowd - 8) + [503] * 8
    assert max(most) == MOST_AT_ONCE
