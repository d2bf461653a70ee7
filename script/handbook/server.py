"""The product with the demo province, in a data directory that ends with the block."""

import os
import queue
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
_PATIENCE = 180


@contextmanager
def running_product() -> Iterator[str]:
    """Start ``khuyencong up`` on a free port and give its address; stop it at the end."""
    with tempfile.TemporaryDirectory(prefix="khuyencong-pictures-") as folder:
        port = _free_port()
        own = ("KHUYENCONG_", "DATABASE_")
        kept = {
            name: value for name, value in os.environ.items()
            if not name.startswith(own) or name == "KHUYENCONG_CLOCK"
        }  # fmt: skip
        server = subprocess.Popen(  # noqa: S603 the product itself
            [sys.executable, "-m", "khuyencong", "up", "--port", str(port)],
            env=kept | {"KHUYENCONG_DATA_DIR": folder, "PYTHONPATH": str(ROOT / "src")},
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        try:
            _wait_for(server, f"http://127.0.0.1:{port}/")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=30)


def _wait_for(server: subprocess.Popen, address: str) -> None:
    lines: queue.Queue[str] = queue.Queue()

    def read() -> None:
        for line in server.stdout:
            lines.put(line)
        lines.put("")

    threading.Thread(target=read, daemon=True).start()
    said = []
    while not said or address not in said[-1]:
        said.append(lines.get(timeout=_PATIENCE))
        if not said[-1]:
            raise RuntimeError("the product did not start:\n" + "".join(said))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
