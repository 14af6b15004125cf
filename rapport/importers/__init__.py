"""Turn outside bytes into meetings and cards; pure, and streaming where files are long.

`reading.read` is the one door: any file becomes findings. `settling.settled` makes one batch of several files.
"""
