"""Text made speakable: rules, sentences, how single words are said."""
