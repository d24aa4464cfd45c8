"""What other programs read: the calendar by the icalendar package, a table by the csv module, and bundle and receipt
forms by their JSON Schemas."""

import csv
import datetime
import json
import pathlib
import sys

import icalendar
import jsonschema

work, root = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])

calendar = icalendar.Calendar.from_ical((work / "期限.ics").read_bytes())
events = list(calendar.walk("VEVENT"))
assert events, "no event"
for event in events:
    assert isinstance(event.decoded("DTSTART"), datetime.date), event
    assert len(list(event.walk("VALARM"))) == 2, event
    assert event["SUMMARY"] and event["DESCRIPTION"] and event["UID"], event
assert len({event["UID"] for event in events}) == len(events), "a UID twice"

with open(work / "出勤.csv", encoding="utf-8-sig", newline="") as file:
    rows = list(csv.reader(file))
assert len(rows) > 2 and len({len(row) for row in rows}) == 1, rows

schema = json.loads((root / "docs/submission.schema.json").read_text(encoding="utf-8"))
found = sorted((work / "unpacked").rglob("submission.json"))
for file in found:
    jsonschema.validate(json.loads(file.read_text(encoding="utf-8")), schema)
jsonschema.Draft7Validator.check_schema(json.loads((root / "docs/receipt.schema.json").read_text(encoding="utf-8")))
print(f"{len(events)} events, {len(rows) - 1} rows, {len(found)} submissions")
