"""What a child process reads is read in the process of the test, where what is run can be measured.

The child itself, its limits and its end, have tests of their own (tests/core/files), as have whole products
(tests/e2e, Installation): those start real children.
"""

import importlib
import io
import pickle

from khuyencong.core.files import apart


def asked(question, limits, progress):
    """The answer of a child, without the child."""
    module, name, given, named, _limits = pickle.loads(question)  # noqa: S301 comes from our own process
    work = getattr(importlib.import_module(module), name)
    kind, told = apart._worked(work, given, named)
    return apart._answer(io.BytesIO(apart._FRAME.pack(kind, len(told)) + told), limits, progress)
