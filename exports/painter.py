"""A step as a picture, drawn with Pillow from what the browser is given: the same grids, numbers and colours."""

from functools import partial
from math import isnan
from typing import Any

from PIL import Image, ImageDraw

from exports.crop import Box, around, dash, draw_crop, veil
from exports.look import COLOURS, GROUPS, cut, font, ink_on
from exports.marks import Fill, Frame, Grid, Label, Ring, grids_of, placed
from exports.showing import all_marks, still_values
from exports.steps import Place, Score, Stamps
from exports.words import arithmetic, most_lines, write_short

ROOM = (1056, 480)
"""Pixels for the grids; the arithmetic stands under them."""

_NUMBERS_FROM = 18
_LARGEST_CELL = 80
_MARGIN = 16
_LINE = 30


class Painter:
    """Paints the steps of what the browser is given; `title` stands under the picture."""

    def __init__(self, payload: dict[str, Any], title: str, theme: str = "light") -> None:
        self.payload = payload
        self.title = title
        self.score = Score(payload)
        self.colours = COLOURS[theme]
        self.neutrals: dict[str, str] = payload["neutrals"][theme]
        self.palette: list[str] = payload["palette"][theme]
        self.arrangement: dict[str, Any] = max(payload["arrangements"], key=self._worth)
        self.unit = int(self._cell(self.arrangement)) // 2 * 2 or 2
        self.grids = placed(payload, self.arrangement)
        self.by_role = [grids_of(self.grids, act.index) for act in self.score.acts]
        lines = max(most_lines(act) for act in self.score.acts)
        self.picture = round(self.arrangement["height"] * self.unit)
        width = max(round(self.arrangement["width"] * self.unit), 480) + 2 * _MARGIN
        self.size = (width, self.picture + 2 * _MARGIN + (lines + 1) * _LINE)
        self.left = (width - round(self.arrangement["width"] * self.unit)) // 2
        self.image = Image.new("RGB", self.size, self.colours.ground)
        self.draw = ImageDraw.Draw(self.image)
        self.shown: dict[tuple[int, int], float | None] = {}
        self.labels: dict[int, str] = {}
        self._paint_still()

    def _cell(self, arrangement: dict[str, Any]) -> float:
        return min(ROOM[0] / float(arrangement["width"]), ROOM[1] / float(arrangement["height"]), _LARGEST_CELL)

    def _worth(self, arrangement: dict[str, Any]) -> float:
        cell = self._cell(arrangement)
        return cell / 2 if cell * arrangement["labelRows"] < 13 else cell

    def frame(self, grain: str, step: int) -> Image.Image:
        """The picture of a step."""
        place = self.score.place(grain, step)
        found = list(all_marks(self.score, self.by_role, place))
        for mark in found:
            if isinstance(mark, Fill):
                self._fill(mark)
            elif isinstance(mark, Label):
                self._rename(mark)
        image = self.image.copy()
        draw = ImageDraw.Draw(image)
        for grid in self.grids:
            self._border(draw, grid)
            act = self.score.acts[grid.act]
            if grid.role == "uncropped" and isinstance(act, Stamps):
                draw_crop(image, partial(self._box, grid), grid, act, self.colours)
        for mark in sorted((one for one in found if isinstance(one, Frame)), key=lambda one: one.kind == "now"):
            self._frame(draw, mark)
        for mark in found:
            if isinstance(mark, Ring):
                self._ring(draw, mark)
        self._write(draw, place, step, self.score.count(grain))
        return image

    def _box(self, grid: Grid, cell: int, rows: int = 1, columns: int = 1) -> Box:
        row, column = divmod(cell, grid.columns)
        x, y = self.left + round((grid.x + column) * self.unit), _MARGIN + round((grid.y + row) * self.unit)
        return x, y, x + columns * self.unit, y + rows * self.unit

    def _colour(self, value: float, end: float) -> str:
        middle = (len(self.palette) - 1) / 2
        return self.palette[max(0, min(len(self.palette) - 1, round(middle + value / end * middle)))]

    def _fill(self, mark: Fill) -> None:
        value = None if mark.value is None or isnan(mark.value) else mark.value
        key = mark.grid.index, mark.cell
        if key in self.shown and self.shown[key] == value:
            return
        self.shown[key] = value
        if value is None:
            left, top, right, bottom = self._box(mark.grid, mark.cell)
            self.draw.rectangle((left, top, right - 1, bottom - 1), self.colours.soft, self.colours.line)
        else:
            self._value(mark.grid, mark.cell, value, self._colour(value, mark.end))

    def _value(self, grid: Grid, cell: int, value: float, ground: str) -> None:
        left, top, right, bottom = self._box(grid, cell)
        gap = 1 if self.unit >= 8 else 0
        self.draw.rectangle((left, top, right - 1, bottom - 1), self.colours.ground)
        self.draw.rectangle((left, top, right - 1 - gap, bottom - 1 - gap), ground)
        if self.unit < _NUMBERS_FROM:
            return
        text = write_short(value)
        characters = len(text) if value == value // 1 else max(5, len(text))  # reals of one size
        size = round(min(self.unit * 0.48, self.unit * 1.6 / characters))
        middle = (left + right - gap) / 2, (top + bottom - gap) / 2
        self.draw.text(middle, text, ink_on(ground), font(size), "mm")

    def _rename(self, mark: Label) -> None:
        if self.labels.get(mark.grid.index) == mark.text:
            return
        if mark.grid.index in self.labels:
            left, top, right, _ = self._box(mark.grid, 0, 1, mark.grid.columns)
            across = self.unit // 2
            self.draw.rectangle(
                (left - across, top - self._label_size(mark.grid) - 5, right + across, top - 2), self.colours.ground
            )
        self._label(mark.grid, mark.text)

    def _label_size(self, grid: Grid) -> int:
        room = (grid.columns + 1.5) * self.unit / (0.5 * len(grid.label))
        return round(min(17, self.unit * float(self.arrangement["labelRows"]) * 0.8, room))

    def _label(self, grid: Grid, text: str) -> None:
        self.labels[grid.index] = text
        left, top, right, _ = self._box(grid, 0, 1, grid.columns)
        shown = text.replace("ᵀ", "T")
        self.draw.text(((left + right) / 2, top - 4), shown, self.colours.quiet, font(self._label_size(grid)), "ms")

    def _paint_still(self) -> None:
        for group, *ends in self.arrangement["wires"]:
            x, y, to_x, to_y = (round(at * self.unit) for at in ends)
            middle = (x + to_x) // 2
            path = [(x, y), (middle, y), (middle, to_y), (to_x, to_y)]
            points = [(self.left + across, _MARGIN + down) for across, down in path]
            self.draw.line(points, GROUPS[group % len(GROUPS)], 2)
        for grid in self.grids:
            self._label(grid, grid.label)
            self._paint_values(grid)
            if grid.role == "matrix":
                self.draw.rectangle(self._box(grid, 0, grid.rows, grid.columns), None, self.colours.line)
        for text, x, y in self.arrangement["signs"]:
            place = self.left + x * self.unit, _MARGIN + y * self.unit
            self.draw.text(place, text, self.colours.ink, font(round(min(32, max(10, self.unit * 0.6)))), "mm")
        for text, x, y, _, mark in self.arrangement["captions"]:
            size = round(min(15, self.unit * self.arrangement["labelRows"] * 0.7))
            middle = _MARGIN + (y + self.arrangement["labelRows"] / 2) * self.unit
            left = self.left + x * self.unit + (0 if mark == "title" else 16)
            self.draw.text((left, middle), text, self.colours.ink, font(size, mark == "title"), "lm")
            self._sample(mark, round(left) - 15, round(middle) - 5)

    def _sample(self, mark: str, left: int, top: int) -> None:
        """What the cells look like that a caption is about, before its text."""
        box = left, top, left + 10, top + 10
        if mark in self.neutrals:
            self.draw.rectangle(box, self.neutrals[mark], self.colours.line)
        elif mark == "cropped":
            veil(self.image, box, None, self.colours)
            self.draw.rectangle(box, None, self.colours.ink)
        elif mark == "regained":
            dash(self.draw, around(box), self.colours.link, (3, 2))

    def _paint_values(self, grid: Grid) -> None:
        """What a grid shows all the time: its values, and the rows and columns that are never read."""
        act = self.score.acts[grid.act]
        for cell, value, kind in still_values(self.score, grid):
            ground = self.neutrals[kind] if kind else self._colour(value, act.ends[str(grid.values)])
            self._value(grid, cell, value, ground)
        if grid.role == "input":
            rows, columns = act.said.get("unread", ((), ()))
            for row in rows:
                self._hatch(self._box(grid, row * grid.columns, 1, grid.columns))
            for column in columns:
                self._hatch(self._box(grid, column, grid.rows, 1))

    def _hatch(self, box: tuple[int, int, int, int]) -> None:
        left, top, right, bottom = box
        veil = Image.new("L", (right - left, bottom - top), 0)
        draw = ImageDraw.Draw(veil)
        for at in range(-(bottom - top), right - left, 7):
            draw.line((at, bottom - top, at + bottom - top, 0), 150, 2)
        self.image.paste(self.colours.ink, (left, top), veil)

    def _border(self, draw: ImageDraw.ImageDraw, grid: Grid) -> None:
        """The colour of its group round a grid that belongs to one, over what is written beside it."""
        if grid.group is not None:
            left, top, right, bottom = self._box(grid, 0, grid.rows, grid.columns)
            draw.rectangle((left, top, right - 1, bottom - 1), None, GROUPS[grid.group % len(GROUPS)], 3)

    def _frame(self, draw: ImageDraw.ImageDraw, mark: Frame) -> None:
        left, top, right, bottom = self._box(mark.grid, mark.cell, mark.rows, mark.columns)
        if mark.kind == "tap":
            draw.rectangle((left, top, right - 1, bottom - 1), None, self.colours.accent)
        else:
            colour = self.colours.accent if mark.kind == "now" else self.colours.faint
            draw.rectangle((left - 1, top - 1, right, bottom), None, colour, 3)

    def _ring(self, draw: ImageDraw.ImageDraw, mark: Ring) -> None:
        left, top, right, bottom = self._box(mark.grid, mark.cell)
        inset = self.unit * 0.08
        draw.ellipse((left + inset, top + inset, right - inset, bottom - inset), None, self.colours.accent, 2)

    def _write(self, draw: ImageDraw.ImageDraw, place: Place, step: int, count: int) -> None:
        """The arithmetic of the step under the picture, and how far it has come."""
        width, height = self.size
        top = self.picture + 2 * _MARGIN
        room = width - 2 * _MARGIN
        for number, line in enumerate(arithmetic(self.score.acts[place.act], place, self.grids)):
            is_head = number == 0
            size = 20
            while size > 12 and font(size, is_head).getlength(line) > room:
                size -= 1
            draw.text(
                (_MARGIN, top + (number + 0.5) * _LINE),
                cut(line, size, room),
                self.colours.ink,
                font(size, is_head),
                "lm",
            )
        line = height - _LINE / 2
        draw.text((_MARGIN, line), cut(self.title, 15, room * 0.75), self.colours.quiet, font(15), "lm")
        draw.text((width - _MARGIN, line), f"{step + 1} / {count}", self.colours.quiet, font(15), "rm")
