"""How the studio calls the fields and the steps that a message refers to."""

from cft_audio.references import FIELDS, plain_words

LABELS = {
    "code": "Code",
    "pronouns": "Pronouns of the client",
    "notes": "Notes for you alone",
    "with": "Answers to the practices' own questions",
    "password_file": "Password of the ZIP",
    "name": "Name",
    "figure": "Compassionate figure",
    "figure_pronouns": "The figure's pronouns",
    "minutes": "Minutes",
    "pace": "Pace of breathing",
    "breaths_per_minute": "Breaths a minute",
    "ratio": "How each breath divides",
    "pattern": "Seconds of each breath",
    "insist": "Breathe at it all the same",
    "ease_from": "Breaths a minute to begin with",
    "voice": "Voice",
    "figure_voice": "The figure's voice",
    "allow_online": "A voice that speaks online may be sent every line, names included",
    "pronounce": "How words are said",
    "client": "Client",
    "for": "Told for",
    "core": "The middle of it",
    "returning": "It is known already: a shorter beginning and end",
    "self_led": "Bells and breath lead through it, almost without words",
    "first_words": "First words of your own",
    "avoid": "Words and sounds to avoid",
    "tone": "Breathing tone",
    "ticks": "Count the seconds of each breath softly",
    "bed": "Sound underneath",
    "bell": "Bell",
    "bells": "Strokes of the bell",
    "bells_at": "Where bells are struck",
    "bell_every": "A bell every so many minutes",
    "bed_level": "Level of the sound underneath",
    "tone_level": "Level of the tone",
    "bell_level": "Level of the bells",
    "loudness": "Loudness of the voice in LUFS",
    "preset": "Made for",
    "format": "Kind of file",
    "bitrate": "Bit rate in kb/s",
    "channels": "Ears",
    "sample_rate": "Samples a second",
    "seed": "Wording",
    "title": "Title",
    "album": "Album",
    "artist": "By",
    "comment": "A sentence about it",
    "with_text": "Its words beside it",
    "with_handout": "A page about the practice beside it",
    "cover": "Picture",
    "no_name": "Keep the name out of the file, its name and its tags",
}
"""The label of each field that has one on a page."""

_STEPS = {
    "list practices": "the page Practices",
    "choose practice": "the page Begin",
    "list figures": "the list under Compassionate figure",
    "list voices": "the page Voices",
    "list installable voices": "the page Voices",
    "install voice": "the page Voices",
    "new client": "the page Clients",
    "edit client": "the page Clients",
    "make recording": "begin a recording for client",
    "pack client": "the client's own page",
    "send_names_to_google": "the consent below the roster",
    "insist on it": f"tick '{LABELS['insist']}'",
    "agree to it": f"tick '{LABELS['allow_online']}'",
}
"""What a step is called where a page does it."""


def words(reference: str, argument: str) -> str:
    """Return the label of a field in quotation marks, or where a step is taken."""
    if reference in LABELS:
        return f"'{LABELS[reference]}'"
    if reference in _STEPS:
        return _STEPS[reference]
    if reference.startswith("with.") and reference not in FIELDS:
        return "this answer"
    return plain_words(reference, argument)
