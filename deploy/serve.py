"""Serve several replicas of the app behind one nginx, on this machine: `python -m deploy.serve --replicas 2`."""

import argparse
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[1]
TEMPLATE = ROOT / "deploy" / "nginx" / "default.conf.template"
PATIENCE = 120.0
"""Seconds that a replica may take until it answers, on a machine that is busy."""
FOLDERS = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
FRAME = """\
worker_processes auto;
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events {{ worker_connections 4096; }}
http {{
    types {{ }}
    default_type application/octet-stream;
{temporary}
    include {folder}/default.conf;
}}
"""


@dataclass(frozen=True)
class Settings:
    """What may be chosen; each field goes into the nginx configuration under its name in capitals."""

    listen: str = "8080"
    hosts: str = "~."
    prefix: str = ""
    tls_folder: str = "/nonexistent"


@dataclass
class Fleet:
    """Replicas and the nginx before them. `ports` says where each replica listens."""

    url: str
    folder: Path
    ports: list[int]
    replicas: list["subprocess.Popen[bytes]"] = field(default_factory=list)
    nginx: "subprocess.Popen[bytes] | None" = None

    def start_replica(self, index: int) -> None:
        """Start the replica of this index, in place of one that has ended."""
        command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.address", "127.0.0.1"]
        command += ["--server.port", str(self.ports[index])]
        with (self.folder / f"replica-{index}.log").open("ab") as log:
            process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        self.replicas[index : index + 1] = [process]

    def is_healthy(self, index: int) -> bool:
        """Tell whether a replica answers."""
        try:
            with urlopen(f"http://127.0.0.1:{self.ports[index]}/_stcore/health", timeout=5) as answer:
                return bool(answer.status == 200)
        except (URLError, OSError):
            return False

    def wait(self) -> None:
        """Wait until every replica answers, or raise RuntimeError with what the one that does not has logged."""
        deadline = time.monotonic() + PATIENCE
        for index, replica in enumerate(self.replicas):
            while not self.is_healthy(index):
                if replica.poll() is not None or time.monotonic() > deadline:
                    log = (self.folder / f"replica-{index}.log").read_text(errors="replace")
                    raise RuntimeError(f"replica {index} did not start; it logged:\n{log}")
                time.sleep(0.1)

    def restart_those_that_ended(self) -> None:
        """Start a replica anew where one has ended."""
        for index, replica in enumerate(self.replicas):
            if replica.poll() is not None:
                print(f"Replica {index} ended with {replica.returncode}, and is started anew", flush=True)
                self.start_replica(index)

    def stop(self) -> None:
        """End nginx and every replica."""
        processes = [process for process in (self.nginx, *self.replicas) if process is not None]
        for process in processes:
            process.terminate()
        for process in processes:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def configuration(settings: Settings, ports: list[int], folder: Path) -> str:
    """Return default.conf.template filled in."""
    values = {name.upper(): value for name, value in vars(settings).items()}
    values["REPLICAS"] = "\n".join(f"    server 127.0.0.1:{port} max_fails=0;" for port in ports)
    values["CACHE"] = f"{folder}/cache"
    text = TEMPLATE.read_text(encoding="utf-8")
    for name, value in values.items():
        text = text.replace(f"${{{name}}}", value)
    return text


def find_nginx() -> str | None:
    """Return where nginx is, or None: Debian puts it where only root looks."""
    return shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


def start_nginx(settings: Settings, ports: list[int], folder: Path) -> "subprocess.Popen[bytes]":
    """Start nginx as this user, with all that it writes in `folder`."""
    program = find_nginx()
    if program is None:
        raise FileNotFoundError("no nginx: `bash scripts/install_nginx.sh`, or `apt-get install nginx-light`")
    temporary = "\n".join(f"    {name}_temp_path {folder}/{name};" for name in FOLDERS)
    (folder / "default.conf").write_text(configuration(settings, ports, folder), encoding="utf-8")
    (folder / "nginx.conf").write_text(FRAME.format(folder=folder, temporary=temporary), encoding="utf-8")
    command = [program, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]
    subprocess.run([*command, "-t", "-q"], check=True)
    return subprocess.Popen(command, stdin=subprocess.DEVNULL)


def free_ports(count: int) -> list[int]:
    """Return ports of 127.0.0.1 that nobody listens on."""
    listeners = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [listener.getsockname()[1] for listener in listeners]
    for listener in listeners:
        listener.close()
    return ports


def listens(port: int) -> bool:
    """Tell whether somebody listens on a port of 127.0.0.1."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
    except OSError:
        return False
    return True


@contextmanager
def running(settings: Settings, replicas: int) -> Iterator[Fleet]:
    """Yield a fleet whose replicas all answer, and end it afterwards."""
    with tempfile.TemporaryDirectory(prefix="convolution-visualizer-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # started by root, nginx works as somebody else
        scheme = "https" if "ssl" in settings.listen else "http"
        port = settings.listen.split()[0].rpartition(":")[2]
        fleet = Fleet(f"{scheme}://127.0.0.1:{port}{settings.prefix}", folder, free_ports(replicas))
        try:
            for index in range(replicas):
                fleet.start_replica(index)
            fleet.wait()
            fleet.nginx = start_nginx(settings, fleet.ports, folder)
            while fleet.nginx.poll() is None and not listens(int(port)):
                time.sleep(0.05)
            yield fleet
        finally:
            fleet.stop()


def main() -> None:
    """Serve until interrupted, and start a replica anew when one ends."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replicas", type=int, default=max(2, os.cpu_count() or 2))
    for name, value in vars(Settings()).items():
        parser.add_argument(f"--{name.replace('_', '-')}", default=value)
    arguments = vars(parser.parse_args())
    replicas = arguments.pop("replicas")

    def end(signum: int, frame: FrameType | None) -> None:
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    with running(Settings(**arguments), replicas) as fleet:
        print(f"{replicas} replicas behind {fleet.url}/", flush=True)
        while fleet.nginx is not None and fleet.nginx.poll() is None:
            fleet.restart_those_that_ended()
            time.sleep(0.5)
        sys.exit("nginx has ended")


if __name__ == "__main__":
    main()
