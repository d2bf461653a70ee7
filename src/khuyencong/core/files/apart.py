"""Foreign files are read in a process of its own, which may take so much memory and time and no more.

What the libraries do with a file that was made to hurt, nobody promises: they may take all memory, never end, or
bring their process down. Here that process is a child that knows nothing but the file: no settings, no database, no
keys. When it falls, only it falls, and the caller gets a reason. A child is started for each file, without Django:
about 0.05 s for a workbook, 0.2 s for a Word or PDF file.
"""

import datetime as dt
import io
import os
import pickle
import signal
import struct
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, ParamSpec, TypeVar, cast

from khuyencong.core.files.opening import MB, Fault, Refused

try:
    import resource
except ImportError:
    resource = None  # type: ignore[assignment]  # Windows has none; core/checks.py says so

P = ParamSpec("P")
T = TypeVar("T")

# Whether a child can be kept from taking more memory than it is given.
LIMITED = resource is not None

_FRAME = struct.Struct(">cQ")
_SHARE = struct.Struct(">d")
_PATIENCE = 3
_PROGRESS, _ANSWER, _REFUSED = b"p", b"a", b"r"
_CHILD = "import sys; sys.path[:] = {path!r}; from khuyencong.core.files import apart; apart.child()"
_KILLED, _OUT_OF_TIME = (getattr(signal, name, 0) for name in ("SIGKILL", "SIGXCPU"))  # Windows has neither
_PLAIN = {(one.__module__, one.__qualname__) for one in (dt.date, dt.datetime, dt.time, dt.timedelta)}


@dataclass(frozen=True)
class Limits:
    """What a child may take: seconds of work, bytes of memory, bytes of its answer.

    By the clock it has some times as long, for the machine may be busy with others.
    """

    seconds: int = 30
    memory: int = 1024 * MB
    answer: int = 96 * MB


USUAL = Limits()


def run(
    read: Callable[P, T], limits: Limits = USUAL, progress: Callable[[float], None] | None = None
) -> Callable[P, T]:
    """``read`` as a function that does its work in a child: ``run(rows_of)(path)``.

    ``read`` stands at the top of a module that needs no Django, takes and gives plain data (texts, bytes, numbers,
    days, lists, dicts, tuples). Raises Refused: what ``read`` raises itself, TOO_LONG, TOO_MUCH, and BROKEN for
    every other end.
    """

    def apart(*given: P.args, **named: P.kwargs) -> T:
        question = pickle.dumps((read.__module__, read.__qualname__, given, named, limits))
        found: T = _asked(question, limits, progress or (lambda share: None))
        return found

    return apart


def tell(share: float) -> None:
    """Called by ``read``: how far it is, from 0 to 1. In the process of the caller nobody listens."""
    if _to_parent is not None:
        _send(_to_parent, _PROGRESS, _SHARE.pack(share))


def child() -> None:
    """What the child does: read the question, work within the limits, answer."""
    global _to_parent
    module, name, given, named, limits = pickle.load(sys.stdin.buffer)  # noqa: S301 comes from our own process
    _to_parent = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):  # what a library prints is no answer
        os.dup2(nowhere, stream)
    __import__(module)
    work = getattr(sys.modules[module], name)
    _stay_within(limits)
    _send(_to_parent, *_worked(work, given, named))
    os._exit(0)  # no farewell: what the file left behind is not asked to tidy up


def _worked(work: Callable[..., Any], given: tuple[Any, ...], named: dict[str, Any]) -> tuple[bytes, bytes]:
    """What came of it, as it is sent to the parent."""
    try:
        return _ANSWER, pickle.dumps(work(*given, **named), protocol=5)
    except Refused as refused:
        return _REFUSED, pickle.dumps((refused.fault.value, refused.line, refused.detail))
    except MemoryError:
        return _REFUSED, pickle.dumps((Fault.TOO_MUCH.value, None, ""))
    except Exception:
        return _REFUSED, pickle.dumps((Fault.BROKEN.value, None, ""))


_to_parent: IO[bytes] | None = None


def _asked(question: bytes, limits: Limits, progress: Callable[[float], None]) -> Any:
    late = threading.Event()
    process = subprocess.Popen(  # noqa: S603 our own interpreter
        [sys.executable, "-I", "-S", "-c", _CHILD.format(path=[one or str(Path.cwd()) for one in sys.path])],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_surroundings(),
    )  # fmt: skip

    to_child, from_child = cast(IO[bytes], process.stdin), cast(IO[bytes], process.stdout)

    def end() -> None:
        late.set()
        process.kill()

    clock = threading.Timer(limits.seconds * _PATIENCE, end)
    clock.daemon = True
    clock.start()
    try:
        with suppress(BrokenPipeError):
            to_child.write(question)
            to_child.close()
        return _answer(from_child, limits, progress)
    except EOFError:
        raise Refused(Fault.TOO_LONG if late.is_set() else _fallen(process.wait())) from None
    finally:
        clock.cancel()
        process.kill()
        process.wait()
        from_child.close()


def _answer(stream: IO[bytes], limits: Limits, progress: Callable[[float], None]) -> Any:
    while True:
        kind, size = _FRAME.unpack(_exactly(stream, _FRAME.size))
        if size > limits.answer:
            raise Refused(Fault.TOO_MUCH)
        told = _exactly(stream, size)
        if kind == _PROGRESS:
            progress(_SHARE.unpack(told)[0])
        elif kind == _REFUSED:
            fault, line, detail = _Plain(io.BytesIO(told)).load()
            raise Refused(Fault(fault), line, detail)
        else:
            return _Plain(io.BytesIO(told)).load()


def _exactly(stream: IO[bytes], size: int) -> bytes:
    found = stream.read(size)
    if len(found) < size:
        raise EOFError
    return found


class _Plain(pickle.Unpickler):
    """Takes plain data and nothing that acts: the child has touched the file."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _PLAIN:
            raise Refused(Fault.BROKEN)
        return super().find_class(module, name)


def _fallen(code: int) -> Fault:
    """Why a child ended without an answer: libraries in C and Rust end their process when memory is refused."""
    ends = {-signal.SIGABRT: Fault.TOO_MUCH, -_KILLED: Fault.TOO_MUCH, -_OUT_OF_TIME: Fault.TOO_LONG}
    return ends.get(code, Fault.BROKEN)


def _surroundings() -> dict[str, str]:
    """Of our own surroundings only what the interpreter needs; Arrow reserves no memory ahead."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH") if name in os.environ}
    return kept | {"ARROW_DEFAULT_MEMORY_POOL": "system", "OMP_NUM_THREADS": "1", "LC_ALL": "C.UTF-8"}


def _stay_within(limits: Limits) -> None:
    if resource is None:
        return
    for what, most in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_CPU, limits.seconds),  # also when the parent is gone and nobody looks at the clock
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def _send(stream: IO[bytes], kind: bytes, told: bytes) -> None:
    stream.write(_FRAME.pack(kind, len(told)))
    stream.write(told)
    stream.flush()
