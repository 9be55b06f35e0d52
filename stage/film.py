"""How long the frames of a film are shown, and how many it has: the same for a GIF and for a video."""

MOST_FRAMES = 300
SHORTEST_FRAME, LONGEST_FRAME = 60, 2000
"""Milliseconds for which a frame is shown, whatever the speed."""
LAST_STAYS = 2000
"""Milliseconds for which the last frame is shown."""
