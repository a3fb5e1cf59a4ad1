"""An engine for cft-audio that speaks through any program of the machine."""
