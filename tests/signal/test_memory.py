"""Memory: none is taken by an import, and a program may ask for freed memory to be kept."""

import subprocess
import sys


def test_importing_what_makes_sound_takes_no_large_memory() -> None:
    program = (
        "import numpy, soxr, tracemalloc\n"
        "tracemalloc.start()\n"
        "import cft_audio.mix.mixer, cft_audio.master.mastering, cft_audio.speech.takes.take\n"
        "assert tracemalloc.get_traced_memory()[1] < 20e6\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_a_program_that_keeps_freed_memory_goes_on_working() -> None:
    program = (
        "from cft_audio.signal.memory import keep_freed_memory\n"
        "keep_freed_memory()\n"
        "import numpy\n"
        "assert sum(numpy.ones(3_000_000).sum() for _ in range(9)) == 27_000_000\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
