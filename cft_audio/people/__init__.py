"""What a person keeps: settings, consents, and how words are said."""
