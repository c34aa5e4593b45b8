#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Check an output folder against the published schemas, as a stranger to the program would.

    tests/schema_check.py OUT

Every row of every table must fit its schema, have its columns in the schema's order and stand in
the order of its ids; every id that a row names must be that of an article; counts must agree.
"""
import json
import subprocess
import sys
from pathlib import Path

import jsonschema

SCHEMAS = Path(__file__).resolve().parent.parent / "src" / "publish" / "schema"
# of one pair, the copy edge stands before the scored ones
METHODS = {"none": "0", "exact": "0", "jaccard": "0", "contain": "0",
           "related": "1", "across": "2", "story": "3"}
problems = []


def complain(where, what):
    problems.append(f"{where}: {what}")


def schema(name):
    return json.loads((SCHEMAS / f"{name}.schema.json").read_text())


def check(where, value, name, validator):
    for error in validator.iter_errors(value):
        complain(where, f"{'/'.join(map(str, error.path))} {error.message}"[:300])
    known = [key for key in validator.schema["properties"] if key in value]
    if [key for key in value if key in known] != known:
        complain(where, f"columns are not in the order of the schema of {name}")


def document(out, name):
    value = json.loads((out / f"{name}.json").read_bytes())
    check(f"{name}.json", value, name, jsonschema.Draft202012Validator(schema(name)))
    return value


def table(out, name):
    """Rows of a table; none if its file is not there."""
    path = out / f"{name}.jsonl.zst"
    if not path.exists():
        return []
    text = subprocess.run(["zstd", "-dcq", path], check=True, stdout=subprocess.PIPE).stdout
    validator = jsonschema.Draft202012Validator(schema(name))
    rows = []
    if text and not text.endswith(b"\n"):
        complain(path.name, "does not end with a line feed")
    for number, line in enumerate(text.split(b"\n")[:-1], 1):
        rows.append(json.loads(line))
        check(f"{path.name}:{number}", rows[-1], name, validator)
        if len(line) >= 16 << 20:
            complain(f"{path.name}:{number}", "row of 16 MiB or more")
    return rows


def expect_sorted(name, rows, *keys):
    values = [tuple(row[key].encode() for key in keys) for row in rows]
    for before, after in zip(values, values[1:]):
        if before >= after:
            complain(name, f"{after} does not come after {before}")


def check_groups(articles, copies, edges):
    """Each member of a group has a verified edge to its leader, and both tables agree."""
    verified = {(e["a"], e["b"]) for e in edges if e["relation"] == "copy"}
    members = {a["id"]: a["copy"] for a in articles.values() if a["role"] != "single"}
    listed = {}
    for group in copies:
        if group["n_members_listed"] != len(group["members"]):
            complain("copies", f"{group['id']} lists another number of members than it says")
        if group["members"][0]["id"] != group["leader"]:
            complain("copies", f"{group['id']} does not begin with its leader")
        listed.update((member["id"], group["id"]) for member in group["members"])
    if all(g["n_articles"] == g["n_members_listed"] for g in copies) and listed != members:
        complain("copies", "members are not those of the articles table")
    for a in articles.values():
        leader = articles.get(a["copy_of"] or a["id"])
        if not leader or a["copy"] != f"c:{leader['id']}":
            complain("articles", f"{a['id']} is in no group of its leader")
        if a["role"] == "copy" and (a["copy_of"], a["id"]) not in verified:
            complain("articles", f"{a['id']} has no verified edge to its leader")


def check_members(events, articles):
    """Members partition the articles, in the order of time; the tables agree on who is where."""
    seen = {}
    for event in events:
        ids = [member["id"] for member in event["members"]]
        seen.update(dict.fromkeys(ids, event["id"]))
        if not event["members_cut"] and len(ids) != event["n_articles"]:
            complain("events", f"{event['id']} lists another number of members than it says")
        if f"e:{ids[0]}" != event["id"] or event["first"]["id"] != ids[0]:
            complain("events", f"{event['id']} does not begin with its first")
        for member in event["members"]:
            a = articles.get(member["id"], {})
            if (a.get("event"), a.get("storyline"), a.get("event_role"), a.get("centrality")) != (
                    event["id"], event["storyline"], member["role"], member["score"]):
                complain("events", f"{member['id']} says otherwise in the articles table")
        if articles.get(event["central"], {}).get("event") != event["id"]:
            complain("events", f"{event['central']} is no member of {event['id']}")
    if not any(event["members_cut"] for event in events) and seen.keys() != articles.keys():
        complain("events", "members are not the articles")


def check_storylines(storylines, events):
    """Storylines partition the events."""
    story_of = {event["id"]: event["storyline"] for event in events}
    listed = {}
    for story in storylines:
        listed.update((event["id"], story["id"]) for event in story["events"])
        if story["n_events"] != len(story["events"]) and not story["events_cut"]:
            complain("storylines", f"{story['id']} lists another number of events than it says")
    if not any(story["events_cut"] for story in storylines) and listed != story_of:
        complain("storylines", "events are not those of the events table")


def check_relations(articles, edges):
    """A scored pair lies where its relation says; copies lie in the event of their leader."""
    for edge in edges:
        a, b = articles[edge["a"]], articles[edge["b"]]
        where = ("event" if a["event"] == b["event"] else
                 "storyline" if a["storyline"] == b["storyline"] else "near")
        if edge["relation"] in ("event", "storyline", "near") and edge["relation"] != where:
            complain("edges", f"{edge['a']}, {edge['b']}: {edge['relation']} is {where}")
    for a in articles.values():
        if a["event"] != articles[a["copy_of"] or a["id"]]["event"]:
            complain("articles", f"{a['id']} is in another event than its leader")


def check_cuts(article, text, cuts):
    """Report and cuts, put together again, are as long as the articles table says."""
    for begin, piece, _ in cuts:
        if begin > len(text):
            complain("texts", f"{article['id']}: a cut lies after the text")
        text = text[:begin] + piece.encode() + text[begin:]
    if len(text) != article["text_bytes"]:
        complain("texts", f"{article['id']} has another length than in the articles table")
    if sum(len(piece.encode()) for _, piece, _ in cuts) != article["cut_bytes"]:
        complain("texts", f"{article['id']}: other cuts than in the articles table")


def check_texts(articles, texts, edges):
    text = {row["id"]: row["text"].encode() for row in texts}
    whole = {row["id"] for row in texts if not row["text_cut"]}
    if text and text.keys() != articles.keys():
        complain("texts", "ids are not those of the articles table")
    for row in texts:
        if row["id"] in whole:
            check_cuts(articles[row["id"]], row["text"].encode(), row["cut"])
    for edge in edges:
        anchors = [[x["a_begin"], x["a_len"], x["b_begin"], x["b_len"]] for x in edge["anchors"]]
        for a_begin, a_len, b_begin, b_len in edge["spans"] + anchors:
            for key, begin, n in ((edge["a"], a_begin, a_len), (edge["b"], b_begin, b_len)):
                if key not in whole:
                    continue
                piece = text[key][begin:begin + n]
                if len(piece) != n or not n or piece.decode(errors="replace").count("\ufffd"):
                    complain("edges", f"span {begin}+{n} is not in the text of {key}")


def main(out):
    manifest = document(out, "manifest")
    document(out, "run")
    names = ("articles", "copies", "events", "storylines", "edges", "texts", "rejects")
    rows = {name: table(out, name) for name in names}
    for entry in manifest["tables"]:
        name = entry["name"].split(".")[0]
        if name in rows and entry["rows"] != len(rows[name]):
            complain("manifest.json", f"{entry['name']} has {len(rows[name])} rows")
    for name in ("articles", "copies", "events", "storylines", "texts"):
        expect_sorted(name, rows[name], "id")
    expect_sorted("edges", [{**e, "method": METHODS[e["method"]]} for e in rows["edges"]],
                  "a", "b", "method")
    articles = {row["id"]: row for row in rows["articles"]}
    for edge in rows["edges"]:
        if edge["a"] not in articles or edge["b"] not in articles:
            complain("edges", f"{edge['a']}, {edge['b']}: no such article")
    if not problems:
        check_groups(articles, rows["copies"], rows["edges"])
        check_members(rows["events"], articles)
        check_storylines(rows["storylines"], rows["events"])
        check_relations(articles, rows["edges"])
        check_texts(articles, rows["texts"], rows["edges"])
    print("\n".join(problems[:20] or [f"{sum(map(len, rows.values()))} rows fit their schemas"]))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
