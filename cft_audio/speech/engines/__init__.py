"""What turns a sentence into audio: the contract, the built-in engines, and plug-ins."""
