"""IPA as people type it, as a voice of each kind of English knows it."""

import pytest

from cft_audio.speech.text.ipa import typed_ipa


@pytest.mark.parametrize(
    ("espeak_voice", "ipa", "symbols"),
    [
        ("en-us", "rɒd", "ɹɑːd"),
        ("en-gb-x-rp", "rɒd", "ɹɒd"),
        ("en-gb", "rɒd", "ɹɒd"),
        ("de", "rɒd", "rɒd"),
        ("en-gb", "'gɔ:dʒ", "ɡˈɔːdʒ"),
    ],
)
def test_a_sound_is_given_in_the_symbols_of_the_voice(
    espeak_voice: str, ipa: str, symbols: str
) -> None:
    """A British voice keeps the vowel of "rod", which an American one has not learnt."""
    assert "".join(typed_ipa(ipa, espeak_voice)) == symbols
