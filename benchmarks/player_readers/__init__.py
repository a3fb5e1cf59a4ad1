"""What players and other programs see of recordings and of the captions beside them.

- ``inputs`` makes the recordings, and says what is to be seen of each.
- ``seen`` is what a program saw, and how that differs.
- ``programs``, ``vlc`` and ``libraries`` ask the programs, each in its own way.
- ``captions`` does the same with the files of words.
- ``table`` writes it all down.
"""
