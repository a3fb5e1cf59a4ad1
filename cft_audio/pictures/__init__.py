"""Pictures of a session: its cover, and a drawing of all that is heard in it."""
