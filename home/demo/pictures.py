"""Calm pictures for the demo, drawn from the motif of the site: equal squares and what joins them.

Each drawing is a function that puts shapes on a sheet of 12 by 8 fields.
"""

import io
import math
from collections.abc import Callable

from PIL import Image, ImageDraw

FIELDS = (12, 8)
FIELD = 300  # pixels while drawing; the picture is made smaller at the end, for smooth edges
WIDTH = 1200

VIOLET, DEEP, MIST, LILAC = "#46307a", "#2c1d52", "#e6def4", "#b7a6dc"
ORANGE, SAND, PAPER = "#f39a2d", "#f7f4ef", "#ffffff"


class Sheet:
    """A sheet to draw on; all measures in fields."""

    def __init__(self, ground: str = SAND) -> None:
        self.image = Image.new("RGB", (FIELDS[0] * FIELD, FIELDS[1] * FIELD), ground)
        self.draw = ImageDraw.Draw(self.image)

    def square(self, x: float, y: float, fill: str, *, w: float = 1, h: float = 1) -> None:
        """A square with round corners and a little air around it."""
        air = 0.06
        box = [(x + air) * FIELD, (y + air) * FIELD, (x + w - air) * FIELD, (y + h - air) * FIELD]
        self.draw.rounded_rectangle(box, radius=0.16 * FIELD, fill=fill)

    def circle(self, x: float, y: float, radius: float, fill: str) -> None:
        """A disc around a point."""
        box = [(x - radius) * FIELD, (y - radius) * FIELD]
        box += [(x + radius) * FIELD, (y + radius) * FIELD]
        self.draw.ellipse(box, fill=fill)

    def line(self, *points: tuple[float, float], fill: str = LILAC, width: float = 0.08) -> None:
        """A line through points."""
        path = [(x * FIELD, y * FIELD) for x, y in points]
        self.draw.line(path, fill=fill, width=int(width * FIELD), joint="curve")

    def png(self) -> bytes:
        """The finished picture."""
        size = (WIDTH, WIDTH * FIELDS[1] // FIELDS[0])
        buffer = io.BytesIO()
        small = self.image.resize(size, Image.Resampling.LANCZOS)
        small.quantize(64).save(buffer, "PNG", optimize=True)
        return buffer.getvalue()


def tiles(sheet: Sheet) -> None:
    """The sixteen Länder, in the middle of the sheet."""
    places = (21, 31, 12, 22, 32, 42, 3, 13, 23, 4, 14, 24, 34, 5, 15, 25)
    for number, (x, y) in enumerate(divmod(place, 10) for place in places):
        fill = ORANGE if number == 4 else (VIOLET, LILAC, DEEP)[number * 5 % 3]  # noqa: PLR2004
        sheet.square(x + 3.5, y + 0.5, fill)


def talk(sheet: Sheet) -> None:
    """Two who speak with each other, one larger bubble, one smaller."""
    sheet.square(1.5, 1.2, VIOLET, w=5.5, h=3.2)
    sheet.square(5.2, 3.7, LILAC, w=4.8, h=2.8)
    for number in range(3):
        sheet.circle(3.1 + number * 1.15, 2.8, 0.22, PAPER)
    sheet.square(6.2, 4.6, PAPER, w=2.8, h=0.42)
    sheet.square(6.2, 5.2, ORANGE, w=1.7, h=0.42)


def course(sheet: Sheet) -> None:
    """A board, and before it two rows of seats with one place taken."""
    sheet.square(2.5, 0.8, VIOLET, w=7, h=3)
    sheet.square(3.2, 1.5, LILAC, w=3.4, h=0.4)
    sheet.square(3.2, 2.3, LILAC, w=2.2, h=0.4)
    for seat in range(5):
        sheet.circle(3.2 + seat * 1.4, 5, 0.42, LILAC)
        sheet.circle(3.2 + seat * 1.4, 6.4, 0.42, ORANGE if seat == 3 else DEEP)  # noqa: PLR2004


def forms(sheet: Sheet) -> None:
    """A form with lines to fill in, and a scale beside it."""
    sheet.square(3, 0.7, PAPER, w=5.2, h=6.6)
    sheet.square(3.5, 1.2, VIOLET, w=2.4, h=0.6)
    for number in range(6):
        sheet.square(3.5, 2.3 + number * 0.75, MIST, w=3.2, h=0.4)
        sheet.square(7.0, 2.3 + number * 0.75, ORANGE if number == 1 else LILAC, w=0.6, h=0.4)
    for number in range(12):
        sheet.square(8.8, 1.0 + number * 0.5, DEEP, w=0.9 if number % 4 else 1.5, h=0.22)


def shelter(sheet: Sheet) -> None:
    """A large square that holds a small one."""
    sheet.square(2.6, 1, VIOLET, w=6, h=6)
    sheet.square(3.6, 2, MIST, w=4, h=4)
    sheet.square(4.3, 3.2, DEEP, w=1.4, h=2.4)
    sheet.square(6, 4.2, ORANGE, w=1, h=1.4)


def path(sheet: Sheet) -> None:
    """Four stations on a way."""
    points = [(1.6, 6.2), (4.4, 4.8), (7.2, 3.4), (10, 2)]
    sheet.line(*points, width=0.14)
    for number, (x, y) in enumerate(points):
        sheet.square(x - 0.8, y - 0.8, (VIOLET, LILAC, DEEP, ORANGE)[number], w=1.6, h=1.6)


def signal(sheet: Sheet) -> None:
    """A telephone and what goes out from it."""
    for radius, fill in ((3.4, MIST), (2.6, LILAC), (1.8, PAPER)):
        sheet.circle(6, 4, radius, fill)
    sheet.square(5, 2, VIOLET, w=2, h=4)
    sheet.square(5.25, 2.4, MIST, w=1.5, h=2.8)
    sheet.circle(6, 5.55, 0.17, ORANGE)


def network(sheet: Sheet) -> None:
    """Six around one in the middle."""
    middle = (6.0, 4.0)
    for number in range(6):
        angle = math.radians(60 * number + 30)
        end = (middle[0] + 3.6 * math.cos(angle), middle[1] + 2.9 * math.sin(angle))
        sheet.line(middle, end, width=0.1)
        sheet.circle(*end, 0.75, (VIOLET, LILAC, DEEP)[number % 3])
    sheet.circle(*middle, 1.1, ORANGE)


def steps(sheet: Sheet) -> None:
    """Four columns of squares, each higher than the one before."""
    for column, height in enumerate((2, 3, 4, 6)):
        for row in range(height):
            top = row == height - 1
            fill = ORANGE if top and height == 6 else VIOLET if top else LILAC  # noqa: PLR2004
            sheet.square(2.2 + column * 2, 6 - row, fill)


DRAWINGS: dict[str, Callable[[Sheet], None]] = {
    drawing.__name__: drawing
    for drawing in (tiles, talk, course, forms, shelter, path, signal, network, steps)
}


def draw(name: str) -> bytes:
    """The picture of this name as PNG."""
    sheet = Sheet()
    DRAWINGS[name](sheet)
    return sheet.png()
