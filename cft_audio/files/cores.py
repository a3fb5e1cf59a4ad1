import os


def usable_cores() -> int:
    return os.cpu_count() or 1
