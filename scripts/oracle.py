#!/usr/bin/python3
"""Writes tests/fixtures (the results of NumPy, scikit-learn, mpmath and the course's notebooks) and src/js/data.

    /usr/bin/python3 scripts/oracle.py            write the fixtures
    /usr/bin/python3 scripts/oracle.py --check    write nothing; fail if a fixture would change

Runs on Debian 12's python3-numpy (1.24.2), python3-sklearn (1.2.1) and python3-mpmath (1.2.1), and takes half a minute.
Other versions can check (to 1e-9), but should not write. The folder `reference` has a file for each fixture. It shares no
code with the C++ core: the networks are the notebooks' own lines of NumPy, on any number of layers.

A fixture NAME is two files. NAME.bin holds float64 numbers, little-endian, one array after the other, each row by row.
NAME.txt has one line an array: its name, rows, columns, and the index in NAME.bin of its first number.
Conventions are those of the core: column = example, and parameters lie in one vector, W1, b1, W2, b2, …
"""

import os
import sys

# NumPy and the C library choose their code by the processor. Limited to the instructions of every x86-64, they give the
# same bits on all machines. Debian's reference BLAS does too; it is present even where another one is installed.
PORTABLE = {
    "NPY_DISABLE_CPU_FEATURES": "SSSE3 SSE41 POPCNT SSE42 AVX F16C FMA3 AVX2 AVX512F AVX512CD AVX512_SKX "
    "AVX512_CLX AVX512_CNL AVX512_ICL",
    "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2,-FMA,-FMA4,-AVX512F",
    "LD_LIBRARY_PATH": "/usr/lib/x86_64-linux-gnu/blas:/usr/lib/x86_64-linux-gnu/lapack",
}
if any(os.environ.get(name) != value for name, value in PORTABLE.items()):
    os.execve(sys.executable, [sys.executable, "-B", "-W", "ignore", *sys.argv], {**os.environ, **PORTABLE})

import json  # noqa: E402
from pathlib import Path  # noqa: E402

import mpmath  # noqa: E402
import numpy as np  # noqa: E402
import sklearn  # noqa: E402

from reference.datasets import data_sets, digits_module  # noqa: E402
from reference.experiments import experiments  # noqa: E402
from reference.functions import functions  # noqa: E402
from reference.notebooks import notebooks  # noqa: E402
from reference.random_stream import random_stream  # noqa: E402
from reference.specs import EXPERIMENTS  # noqa: E402
from reference.training_methods import training_methods  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "tests" / "fixtures"
VERSIONS = {"numpy": (np.__version__, "1.24.2"), "sklearn": (sklearn.__version__, "1.2.1"),
            "mpmath": (mpmath.__version__, "1.2.1")}


def packed(arrays):
    """The two files of a fixture, as bytes."""
    lines, numbers, offset = [], [], 0
    for name, array in arrays:
        array = np.atleast_2d(np.asarray(array, dtype="<f8"))
        lines.append(f"{name} {array.shape[0]} {array.shape[1]} {offset}\n")
        numbers.append(array.tobytes())
        offset += array.size
    return {".txt": "".join(lines).encode(), ".bin": b"".join(numbers)}


def same(path, content, exact):
    """Whether a file holds the content: the same bytes, or, for numbers of other versions of NumPy, nearly so."""
    if not path.exists():
        return False
    found = path.read_bytes()
    if found == content or exact or path.suffix != ".bin":
        return found == content
    # The notebooks' trainings include chaotic ones, which differ in their first digits from one version to the next.
    return len(found) == len(content) and (path.stem == "notebooks" or np.allclose(
        np.frombuffer(found), np.frombuffer(content), rtol=1e-9, atol=1e-12, equal_nan=True))


def main(check):
    others = [f"{module} {found} (not {expected})" for module, (found, expected) in VERSIONS.items() if found != expected]
    if others:
        print("not the versions of the fixtures: " + ", ".join(others), file=sys.stderr)
    groups = {"random": random_stream, "datasets": data_sets, "notebooks": notebooks, "optimizers": training_methods,
              "functions": functions, "experiments": experiments}
    files = {ROOT / "src" / "js" / "data" / "digits.js": digits_module(),
             FIXTURES / "experiments.json": (json.dumps(EXPERIMENTS, indent=1) + "\n").encode()}
    for group, arrays in groups.items():
        files.update({FIXTURES / (group + ending): content for ending, content in packed(arrays()).items()})
    changed = [path for path, content in files.items() if not same(path, content, exact=not (check and others))]
    if not check:
        for path in changed:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(files[path])
    names = ", ".join(path.name for path in changed)
    print(("would change: " if check else "written: ") + names if changed else "all fixtures are current")
    return 1 if check and changed else 0


if __name__ == "__main__":
    if sys.argv[1:] not in ([], ["--check"]):
        sys.exit(__doc__)
    sys.exit(main(check=sys.argv[1:] == ["--check"]))
