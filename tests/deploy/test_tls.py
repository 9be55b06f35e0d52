"""With a certificate, nginx serves the same replicas over https, and offers HTTP/2."""

import socket
import ssl
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.serve import Fleet, Settings, free_ports, listens, start_nginx


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that nginx may read, whoever it works as, with a certificate for this machine in `tls`."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        tls = folder / "tls"
        tls.mkdir()
        make = "openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=localhost -keyout key.pem -out cert.pem"
        name_it = ["-addext", "subjectAltName=DNS:localhost"]
        subprocess.run([*make.split(), *name_it], cwd=tls, check=True, capture_output=True)
        (tls / "tls.conf").write_text(f"ssl_certificate {tls}/cert.pem;\nssl_certificate_key {tls}/key.pem;\n")
        yield folder


def test_a_certificate_makes_it_https(fleet: Fleet, folder: Path) -> None:
    (port,) = free_ports(1)
    settings = Settings(listen=f"127.0.0.1:{port} ssl http2", hosts="localhost", tls_folder=str(folder / "tls"))
    nginx = start_nginx(settings, fleet.ports, folder)
    try:
        while nginx.poll() is None and not listens(port):
            time.sleep(0.05)
        trust = ssl.create_default_context(cafile=str(folder / "tls" / "cert.pem"))
        with urllib.request.urlopen(f"https://localhost:{port}/standard", context=trust, timeout=60) as answer:
            assert answer.status == 200
        trust.set_alpn_protocols(["h2"])
        with (
            socket.create_connection(("127.0.0.1", port)) as plain,
            trust.wrap_socket(plain, server_hostname="localhost") as secure,
        ):
            assert secure.selected_alpn_protocol() == "h2"
    finally:
        nginx.terminate()
        nginx.wait(10)
