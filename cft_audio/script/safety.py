"""What this is not, and where to turn: said plainly, in few places, not on every command."""

from __future__ import annotations

THERAPIST_ADVISED = "A therapist's guidance is advised for this practice."

NOT_TREATMENT = (
    "These recordings are for practising. They are not treatment, and they are not help in a "
    "crisis. Stopping is always all right, and a practice that makes things worse is not for today."
)

HELPLINES = {
    "UK and Ireland": "Samaritans, 116 123",
    "US and Canada": "988, by call or text",
    "Australia": "Lifeline, 13 11 14",
    "New Zealand": "call or text 1737",
    "Anywhere else": "findahelpline.com knows the nearest",
}
"""Free lines that answer at any hour. Each is the one its country's health service names."""

EMERGENCY = "If a life may be in danger, call the local emergency number."
