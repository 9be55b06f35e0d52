"""The app behind a real server, asked by its visitors' own protocol: who arrives together, and who collects garbage."""

import asyncio

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.browser.driver import start_server
from tests.coroutines import run
from tests.pages.driver import PATIENCE

VISITORS = 12
APART = 0.12  # seconds from one arrival to the next: some come while the first one's run loads its libraries


async def visit(port: int, after: float) -> None:
    """Come after some seconds, open a page as a browser does, and wait until its run has ended."""
    await asyncio.sleep(after)
    url = f"ws://localhost:{port}/_stcore/stream"
    async with websockets.connect(url, subprotocols=["streamlit"], max_size=None, open_timeout=PATIENCE) as socket:
        message = BackMsg()
        message.rerun_script.page_name = "standard"
        await socket.send(message.SerializeToString())
        answer = ForwardMsg()
        while answer.WhichOneof("type") != "script_finished":
            answer.ParseFromString(await asyncio.wait_for(socket.recv(), PATIENCE))


async def visit_together(port: int) -> None:
    await asyncio.gather(*(visit(port, number * APART) for number in range(VISITORS)))


def test_visitors_who_arrive_together_at_a_new_server_all_get_their_page() -> None:
    with start_server() as server:
        run(visit_together(int(server.url.rsplit(":", 1)[1])))
        log = server.read_log(0)
    assert "Traceback" not in log, log
