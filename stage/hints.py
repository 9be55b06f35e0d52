"""What the stage says of what one can do now: a sentence for each thing that one may be doing.

For one thing there may be other sentences: for a finger (`touch`), where keys of one character are off or go elsewhere
(`silent`), where a number can be changed (`editable`), and for each thing that is asked (`sum`, `size`, `cells`; `keys`
where the keyboard points).
"""

from collections.abc import Mapping

HINTS: Mapping[str, str] = {
    "idle": "Point at a cell to see what it is made of. Space plays, arrow keys step.",
    "idle.silent": "Point at a cell to see what it is made of.",
    "idle.touch": "Tap a cell to see what it is made of.",
    "playing": "Space pauses. A click on a cell stops there and pins it.",
    "playing.silent": "A click on a cell stops there and pins it.",
    "playing.touch": "Tap a cell to stop there and pin it.",
    "pointed": "Click to pin this cell.",
    "pointed.editable": "Click to pin this cell; a double click changes its number.",
    "keys": "Arrow keys point at a cell. Tab goes on to the player.",
    "walked": "Enter pins this cell, Escape lets go of it.",
    "walked.editable": "Enter pins this cell, E changes its number, Escape lets go.",
    "pinned": "Escape lets go of this cell; arrow keys go to the next one.",
    "pinned.editable": "Escape lets go; E or a double click changes the number.",
    "pinned.touch": "Tap it again to let go of it.",
    "pinned.touch.editable": "Tap it again to let go; Edit changes its number.",
    "editing": "Enter keeps the number, Escape leaves the old one.",
    "editing.touch": "Enter or a tap elsewhere keeps the number.",
    "refused": "Type a number; Escape leaves the old one.",
    "refused.touch": "Type a number; a tap elsewhere leaves the old one.",
    "predicting.sum": "Type the number and press Enter; Next shows it.",
    "predicting.sum.touch": "Type the number into its cell; Next shows it.",
    "predicting.size": "Choose a size; Next shows the right one.",
    "predicting.size.touch": "Tap a size; Next shows the right one.",
    "predicting.cells": "Click the cell that is asked for; Next shows it.",
    "predicting.cells.touch": "Tap the cell that is asked for, or press Next.",
    "predicting.cells.keys": "Arrow keys point at a cell, Enter answers.",
    "presenting": "Space plays, arrow keys step, P leaves, ? lists all keys.",
    "presenting.silent": "Leave, the last button of the bar, ends presenter view.",
    "presenting.touch": "Leave, the last button of the bar, ends presenter view.",
}
