"""What other programs read: the calendar by the icalendar package, a table by the csv module, bundle and receipt forms
by their JSON Schemas, and the e-mails by the email module."""

import csv
import datetime
import email
import email.policy
import hashlib
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

letters = sorted((work / "out").glob("*.eml"))
assert letters, "no e-mail"
for file in letters:
    letter = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    defects = [defect for part in letter.walk() for defect in part.defects]
    defects += [defect for value in letter.values() for defect in value.defects]
    assert not defects, (file, defects)
    bundle = file.with_suffix(".zip")
    [attached] = letter.iter_attachments()
    assert attached.get_filename() == bundle.name and attached.get_content() == bundle.read_bytes(), file
    text = letter.get_body().get_content()
    assert hashlib.sha256(bundle.read_bytes()).hexdigest() in text and bundle.name in letter["Subject"], text
    assert letter["X-Unsent"] == "1" and letter["Date"].datetime.year == 2017, file
print(f"{len(letters)} e-mails")
print(f"{len(events)} events, {len(rows) - 1} rows, {len(found)} submissions")
