"""A second reader of the pages: measures with pdfplumber what the tests measured, and must agree.

Usage: witness.py FOLDER, which holds PDFs and the tests' figures.json.
"""

import json
import pathlib
import sys

import pdfplumber

MM = 25.4 / 72
FOOT = 262.0  # of the type area, mm (GB/T 9704-2012, 5.2.1)
AGREED = 0.1  # mm
# The standard's own figures for a full page: 5.1, 5.2.1, 5.2.3.
FULL_PAGE = {"size": [210, 297], "left": 28, "right": 184, "lines": 22, "pitch": 225 / 22}
A_CELL = 0.3  # mm: a character of 16 pt is wider than its cell


def figures(page):
    chars = [c for c in page.chars if c["text"].strip(" \u2060\u200b")]
    baseline = lambda c: (float(page.height) - c["matrix"][5]) * MM
    text = [c for c in chars if abs(c["size"] - 16) < 0.05 and baseline(c) < FOOT]
    baselines = []
    for y in sorted(map(baseline, text)):
        if not baselines or y - baselines[-1] >= 0.3:
            baselines.append(y)
    below = [c for c in chars if baseline(c) > FOOT + 1]
    rules = [
        [float(it[edge]) * MM for edge in ("x0", "x1", "top", "bottom")]
        for it in page.rects + page.lines + page.curves
    ]
    rules = [r for r in rules if r[1] - r[0] > 20 * (r[3] - r[2])]
    steps = [b - a for a, b in zip(baselines, baselines[1:])]
    return {
        "size": [float(page.width) * MM, float(page.height) * MM],
        "left": min((c["x0"] * MM for c in text), default=None),
        "right": max((c["x1"] * MM for c in text), default=None),
        "lines": len(baselines),
        "first": baselines[0] if baselines else None,
        "last": baselines[-1] if baselines else None,
        "pitch": min(steps, default=None),
        "rules": sorted(rules, key=lambda r: r[2]),
        "folio": "".join(c["text"] for c in sorted(below, key=lambda c: c["x0"])),
    }


def differences(ours, theirs, tolerance, where):
    if isinstance(ours, dict):
        for key in ours:
            yield from differences(ours[key], theirs[key], tolerance, f"{where} {key}")
    elif isinstance(ours, list):
        if len(ours) != len(theirs):
            yield f"{where}: {len(ours)} and {len(theirs)}"
        for i, pair in enumerate(zip(ours, theirs)):
            yield from differences(*pair, tolerance, f"{where} {i + 1}")
    elif isinstance(ours, float) and isinstance(theirs, (int, float)):
        if abs(ours - theirs) > tolerance:
            yield f"{where}: {ours:.3f} and {theirs:.3f} mm"
    elif ours != theirs:
        yield f"{where}: {ours} and {theirs}"


def main(folder):
    tests = json.loads((folder / "figures.json").read_text(encoding="utf-8"))
    wrong, pages = [], 0
    for name, theirs in tests.items():
        with pdfplumber.open(folder / f"{name}.pdf") as pdf:
            ours = [figures(page) for page in pdf.pages]
        wrong += differences(ours, theirs, AGREED, name)
        pages += len(ours)
    with pdfplumber.open(folder / "plain.pdf") as pdf:
        full = [it for it in map(figures, pdf.pages) if it["lines"] == FULL_PAGE["lines"]]
    if not full:
        wrong.append("plain: no full page")
    for page in full:
        wrong += differences({key: page[key] for key in FULL_PAGE}, FULL_PAGE, A_CELL, "a full page and the standard")
    for line in wrong:
        print(line)
    print(f"{pages} pages measured twice: {'they disagree' if wrong else 'the same figures'}")
    return 1 if wrong or not pages else 0


sys.exit(main(pathlib.Path(sys.argv[1])))
