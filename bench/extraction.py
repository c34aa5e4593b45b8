#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""How well the text of real pages is found, by the measure of the article-extraction benchmark.

    bench/extraction.py [--worst N] ../shared/data/formats/article-extraction-benchmark.tar.zst

Prints precision, recall and F1 of 4-word shingles as that benchmark's evaluate.py counts them (means
over pages, each page's counts scaled to one), and, of what has no ground truth there, two checks:

    date   pages whose address holds a day: how often the date found is that day or one beside it.
           The program is not told the address, but most pages repeat it in their markup.
    title  pages with og:title: how often the title found shares half of its words.

Ends with a skip where the file is absent.
"""
import argparse
import collections
import datetime
import html
import json
import os
import re
import subprocess
import sys
import tempfile

WORD = re.compile(r"\w+")
DAY_IN_URL = re.compile(r"/(20\d\d)[/-]?(\d\d)[/-]?(\d\d)(?:\D|$)")
OG_TITLE = re.compile(r"<meta[^>]+property=[\"']og:title[\"'][^>]*content=([\"'])(.*?)\1", re.S)


def shingles(text, n=4):
    words = WORD.findall(text)
    return collections.Counter(
        tuple(words[i:i + n]) for i in range(max(1, len(words) - n + 1)))


def compare(truth, found):
    """Precision and recall of one page."""
    a, b = shingles(truth), shingles(found)
    both = sum((a & b).values())
    return both / max(1, sum(b.values())), both / max(1, sum(a.values()))


def right_day(url, published):
    """None: the address holds no day."""
    match = DAY_IN_URL.search(url)
    try:
        day = datetime.date(*map(int, match.groups()))
    except (AttributeError, ValueError):
        return None
    found = datetime.date.fromisoformat(published[:10]) if published else None
    return found is not None and abs((found - day).days) <= 1


def right_title(page, title):
    """None: the page claims none."""
    match = OG_TITLE.search(page)
    if not match:
        return None
    claimed = {w.lower() for w in WORD.findall(html.unescape(match.group(2)))}
    found = {w.lower() for w in WORD.findall(title or "")}
    return bool(found) and len(claimed & found) * 2 >= min(len(claimed), len(found))


def share(name, answers):
    known = [a for a in answers if a is not None]
    print(f"{name:6} {sum(known)} of {len(known)}, {sum(known) / max(1, len(known)):.3f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("archive")
    parser.add_argument("--newsbraid", default="build/release/newsbraid")
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="list the N worst pages")
    options = parser.parse_args()
    if not os.path.exists(options.archive):
        print(f"{options.archive} is absent: skipped")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["tar", "--zstd", "-xf", options.archive, "-C", folder], check=True)
        root = os.path.join(folder, "article-extraction-benchmark")
        with open(os.path.join(root, "ground-truth.json"), encoding="utf-8") as file:
            truth = json.load(file)
        path = {key: os.path.join(root, "html", key + ".html") for key in truth}
        lines = subprocess.run([options.newsbraid, "read", "-q", *path.values()],
                               stdout=subprocess.PIPE, check=False).stdout.splitlines()
        found = {a["id"].removeprefix("file:").removesuffix(".html"): a
                 for a in map(json.loads, lines)}
        pages = []
        for key in truth:
            with open(path[key], encoding="utf-8", errors="replace") as file:
                pages.append((truth[key], file.read(), found.get(key, {})))
    scores = [compare(t["articleBody"], a.get("text", "")) for t, _, a in pages]
    precision, recall = (sum(x) / len(scores) for x in zip(*scores))
    print(f"pages  {len(pages)}, read {len(found)}")
    print(f"text   precision {precision:.3f}, recall {recall:.3f}, "
          f"F1 {2 * precision * recall / (precision + recall):.3f}")
    share("date", [right_day(t["url"], a.get("published_at")) for t, _, a in pages])
    share("title", [right_title(page, a.get("title")) for _, page, a in pages])
    for (p, r), url in sorted(zip(scores, (t["url"] for t, _, _ in pages)))[:options.worst]:
        print(f"    precision {p:.2f}, recall {r:.2f}  {url}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
