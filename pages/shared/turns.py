"""Runs of pages take turns: the server computes one at a time, and who comes meanwhile waits.

Side by side they would not be done sooner, for one interpreter computes one thing at a time. They would only take each
other's time by changing places thousands of times a second, and the time of the thread that answers the browsers, which
has the new picture in a few milliseconds while the words still wait.
"""

from threading import Semaphore

TURN = Semaphore(1)
