"""What a finished sound file is and holds, ours or anybody's."""
