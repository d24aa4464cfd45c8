#!/usr/bin/env python3
"""Draws the photographs of the example year, and on request the samples that tests read.

    examples/make-photos.py FOLDER [--samples FOLDER]

Needs Pillow 11 or newer (`pip install pillow`); drawn with 13.0. Each picture shows a plain meeting
room: a wall with a banner, a table, heads. The pictures are synthetic, show nobody and carry no text,
so no font is needed; the same Pillow draws the same bytes.

Some stand on their side or upside down as a telephone would store them (EXIF orientation 6 and 3) and
carry a made-up position (GPS), so that a test can show both are taken care of.
"""

import argparse
import struct
import zlib
from pathlib import Path

from PIL import Image, ImageDraw, TiffImagePlugin

ORIENTATION, GPS, MAKE, TAKEN = 0x0112, 0x8825, 0x010F, 0x0132

# name, size as seen, wall, banner, rows of heads, heads a row, EXIF orientation, position
ROOMS = [
    ("founding-1", (1200, 900), "#e9e2d2", "#b3261e", 1, 7, 1, None),
    ("founding-2", (1200, 900), "#dfe6ea", "#b3261e", 3, 8, 6, (39.9087, 116.3975)),
    ("project-1", (1200, 900), "#efe9dd", "#20558a", 2, 6, 3, (31.2304, 121.4737)),
    ("project-2", (900, 1200), "#e4ebe2", "#20558a", 3, 4, 6, None),
    ("plenary-1", (1200, 900), "#ece7e1", "#b3261e", 3, 9, 1, (30.2741, 120.1551)),
    ("plenary-2", (1200, 900), "#e6e0ea", "#b3261e", 1, 5, 3, None),
    ("vote", (1200, 800), "#e9ece0", "#7a1f5c", 2, 9, 1, None),
]
SKIN = ["#e8c39e", "#d9ab82", "#f0d2b4"]
HAIR = ["#2b2522", "#3a2f2a", "#6f6a66"]
COAT = ["#2f3e55", "#4b4f58", "#6a2f35", "#33524a", "#7d776b"]


def room(size, wall, banner, rows, heads):
    """A meeting room with `rows` rows of `heads` heads behind a table."""
    width, height = size
    picture = Image.new("RGB", size, wall)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, height * 0.80, width, height), fill="#8c7a66")
    draw.rectangle((width * 0.12, height * 0.08, width * 0.88, height * 0.20), fill=banner)
    for cell in range(12):  # blocks in the place of characters
        left = width * (0.18 + cell * 0.054)
        draw.rectangle((left, height * 0.115, left + width * 0.034, height * 0.165), fill="#f6d879")
    for window in (0.05, 0.80):
        box = (width * window, height * 0.27, width * (window + 0.15), height * 0.50)
        draw.rectangle(box, fill="#cfe3f2", outline="#9a958c", width=6)
    for row in range(rows):
        radius = min(width / heads / 3.4, height / 18) * (1 + row * 0.18)
        line = height * (0.50 + row * 0.11)
        for place in range(heads):
            pick = row * 3 + place * 2
            x = width * (place + 0.5 + 0.18 * (row % 2)) / (heads + 0.18)
            draw.ellipse((x - radius * 1.7, line + radius * 0.8, x + radius * 1.7, line + radius * 4.4),
                         fill=COAT[pick % len(COAT)])
            draw.ellipse((x - radius, line - radius, x + radius, line + radius * 1.2), fill=SKIN[pick % len(SKIN)])
            draw.chord((x - radius, line - radius, x + radius, line + radius * 1.1), 180, 360,
                       fill=HAIR[(pick + row) % len(HAIR)])
    table = height * 0.84
    draw.polygon([(width * 0.08, table), (width * 0.92, table), (width, height), (0, height)], fill="#a9764a")
    for place in range(heads):
        x = width * (place + 0.5) / heads
        draw.rectangle((x - width * 0.03, table + 12, x + width * 0.03, table + 34), fill="#f7f5ef")
    return picture


def degrees(value):
    """Degrees, minutes and seconds, as the EXIF standard writes a position."""
    minutes, seconds = divmod(round(value * 360000), 6000)
    parts = (divmod(minutes, 60)[0], minutes % 60, seconds / 100)
    return tuple(TiffImagePlugin.IFDRational(round(part * 100), 100) for part in parts)


def exif(orientation, position):
    """An EXIF block with the given orientation and, if any, position."""
    block = Image.Exif()
    block[ORIENTATION] = orientation
    block[MAKE] = "Synthetic"
    block[TAKEN] = "2017:04:19 09:30:00"
    if position:
        block.get_ifd(GPS).update({1: "N", 2: degrees(position[0]), 3: "E", 4: degrees(position[1])})
    return block


def as_stored(picture, orientation):
    """The pixels as a camera stores them, so that a viewer has to apply `orientation`."""
    turn = {1: None, 3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90}[orientation]
    return picture.transpose(turn) if turn is not None else picture


def photos(folder):
    """Writes the photographs of the example year."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, size, wall, banner, rows, heads, orientation, position in ROOMS:
        picture = as_stored(room(size, wall, banner, rows, heads), orientation)
        picture.save(folder / f"{name}.jpg", quality=70, optimize=True, exif=exif(orientation, position))


def chunk(kind, data):
    """One chunk of a PNG file."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def samples(folder):
    """Writes the good and the bad files that tests read."""
    folder.mkdir(parents=True, exist_ok=True)
    small = room((320, 240), "#e9e2d2", "#b3261e", 2, 5)
    clear = small.convert("RGBA")
    clear.paste((0, 0, 0, 0), (0, 0, 160, 120))  # the upper left quarter is transparent
    clear.save(folder / "transparent.png", optimize=True, exif=exif(6, (39.9, 116.4)))
    small.save(folder / "plain.webp", quality=70, exif=exif(1, (39.9, 116.4)))
    small.save(folder / "phone.jpg", quality=70, exif=exif(6, (39.9, 116.4)))
    whole = (folder / "phone.jpg").read_bytes()
    (folder / "truncated.jpg").write_bytes(whole[: len(whole) // 2])
    (folder / "text.jpg").write_text("这是一份文本，不是图片。\n", encoding="utf-8")
    header = struct.pack(">IIBBBBB", 60000, 60000, 8, 2, 0, 0, 0)
    (folder / "huge.png").write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b""))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="where the photographs go")
    parser.add_argument("--samples", type=Path, help="where the test samples go; none without it")
    options = parser.parse_args()
    photos(options.folder)
    if options.samples:
        samples(options.samples)


if __name__ == "__main__":
    main()
