"""Run a piece of work in a process of its own; take its wall time and its peak memory."""

import json
import subprocess
import sys
from pathlib import Path


def in_own_process(script: str, *args: str) -> dict[str, float]:
    """``{"seconds", "peak_mb"}`` as the process itself reports them as its last line: the work without the imports.

    Peak memory is that of the whole process, imports included.
    """
    done = subprocess.run([sys.executable, script, *args], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{Path(script).name} {args} failed:\n{done.stderr[-2000:]}")
    return json.loads(done.stdout.splitlines()[-1])


def report(seconds: float) -> None:
    """Print what ``in_own_process`` reads."""
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": round(seconds, 3), "peak_mb": round(peak, 1)}))


def compare(ours: dict, floor: dict, peer: dict | None = None) -> dict:
    """The keys every benchmark has."""
    result = {"ours": ours, "floor": floor, "ratio_to_floor": round(ours["seconds"] / floor["seconds"], 2)}
    if peer:
        result |= {
            "peer": peer,
            "ratio_peer_to_ours": round(peer["seconds"] / ours["seconds"], 2),
            "memory_ratio_peer_to_ours": round(peer["peak_mb"] / ours["peak_mb"], 2),
        }
    return result
