#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""newsbraid beside the usual Python libraries, on the same generated nights.

    bench/peers/compare.py [--articles 10000,100000] [--seed 1] [--only NAME,...] [--build DIR]

Installs the peers from PyPI into build/peers/venv (see PACKAGES), makes the nights with
bench_generate, the true pairs with bench_night --pairs, runs every system in a process of its own,
from compressed file to clusters on disk, and prints:

    wall, cpu, RSS  of the whole process
    recall          true pairs (exact Jaccard >= 0.5 or containment >= 0.75 of word 5-grams, see
                    bench/truth.h) that are an edge or stand in one cluster; then of those with
                    Jaccard >= 0.5 and >= 0.7 alone, which is what the peers set out to find
    edges right     share of the system's edges that are true pairs
    clusters right  share of the pairs inside its clusters that come from one report
    largest         articles in its largest cluster, beside the largest there is

Every peer gets the same 5-word sets and 128 hashes, once in 16 bands of 8 rows (the usual setting,
meant for Jaccard 0.7) and once in 32 bands of 4 (for 0.5).  None of them verifies, none is made to.
"""
import argparse
import collections
import io
import json
import os
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
PACKAGES = ["zstandard", "numpy", "datasketch==2.0.0", "rensa==0.5.0", "FastSketchLSH==1.0.1",
            "gaoya==0.2.2"]
PEERS = {"datasketch": "datasketch 2.0.0", "rensa": "rensa 0.5.0",
         "fastsketch": "FastSketchLSH 1.0.1", "gaoya": "gaoya 0.2.2"}


def install(venv):
    """The peers' interpreter; a package that cannot be had is left out with a word."""
    python = os.path.join(venv, "bin", "python")
    if not os.path.exists(python):
        subprocess.run([sys.executable, "-m", "venv", venv], check=True)
    have = subprocess.run([python, "-m", "pip", "freeze"], capture_output=True, text=True)
    have = have.stdout.lower()
    for package in PACKAGES:
        name = package.lower()
        if (name if "==" in name else name + "==") in have:
            continue
        print(f"# installing {package}", flush=True)
        if subprocess.run([python, "-m", "pip", "install", "-q", "--disable-pip-version-check",
                           package]).returncode:
            print(f"# {package} cannot be installed: left out")
    return python


def timed(command, **more):
    """Run a program: (wall, cpu, RSS in bytes, its stdout), or None if it fails."""
    start = time.monotonic()
    p = subprocess.Popen(command, stdout=subprocess.PIPE, **more)
    text = p.stdout.read()
    _, status, used = os.wait4(p.pid, 0)
    p.returncode = status
    if status:
        return None
    return (time.monotonic() - start, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024,
            text.decode())


def read_truth(path):
    """Units and instances of every article: two of the same report have the same label."""
    label = {}
    with open(path) as f:
        next(f)
        for line in f:
            article, unit, _, instance, _, _ = line.split("\t")
            label[article] = (int(unit), int(instance))
    return label


def read_pairs(path):
    """True pairs with their Jaccard, and of articles with equal tokens the earliest."""
    pairs, first = {}, {}
    with open(path) as f:
        for row in f:
            a, b, jaccard, _, equal = row.split("\t")
            pairs[min(a, b), max(a, b)] = float(jaccard)
            if equal == "1\n":  # rows come by b in time, then by a: the first a is the earliest
                first.setdefault(b, a)
    return pairs, first


def read_peer(path):
    edges, leader = set(), {}
    with open(path) as f:
        for line in f:
            what, a, b = line.split()
            if what == "edge":
                edges.add((min(a, b), max(a, b)))
            else:
                leader[a] = b
    return edges, leader


def table(path):
    p = subprocess.Popen(["zstd", "-dcq", path], stdout=subprocess.PIPE)
    for line in io.TextIOWrapper(p.stdout, encoding="utf-8", newline="\n"):
        yield json.loads(line)
    p.wait()


def read_newsbraid(out):
    edges = {(min(r["a"], r["b"]), max(r["a"], r["b"]))
             for r in table(os.path.join(out, "edges.jsonl.zst")) if r["relation"] == "copy"}
    leader = {}
    for r in table(os.path.join(out, "articles.jsonl.zst")):
        if r.get("copy") and r["copy"][2:] != r["id"]:
            leader[r["id"]] = r["copy"][2:]
    return edges, leader


def share(part, whole):
    return part / whole if whole else 1.0


def cluster_pairs(leader, label):
    """Pairs inside clusters, those of one report among them, and the largest cluster."""
    members = collections.defaultdict(list)
    for article, first in leader.items():
        members[first].append(article)
    pairs = right = largest = 0
    for first, others in members.items():
        n = len(others) + 1
        same = collections.Counter(label[a] for a in others + [first])
        pairs += n * (n - 1) // 2
        right += sum(k * (k - 1) // 2 for k in same.values())
        largest = max(largest, n)
    return pairs, right, largest


def score(edges, leader, pairs, label):
    truth, first = pairs
    found = collections.Counter()
    total = collections.Counter()
    for (a, b), jaccard in truth.items():
        x, y = first.get(a, a), first.get(b, b)  # an edge stands for all with the same tokens
        hit = ((a, b) in edges or (min(x, y), max(x, y)) in edges
               or leader.get(a, a) == leader.get(b, b))
        for least in (0, 0.5, 0.7):
            total[least] += jaccard >= least
            found[least] += hit and jaccard >= least
    pairs, right, largest = cluster_pairs(leader, label)
    return ([share(found[x], total[x]) for x in (0, 0.5, 0.7)]
            + [share(sum(e in truth for e in edges), len(edges)), share(right, pairs), largest])


def line(name, run, read, path, files):
    """Score and print in a process of its own: a child starts with its parent's memory, which
    would else count as the next system's."""
    sys.stdout.flush()
    child = os.fork()
    if child:
        return os.waitpid(child, 0)
    wall, cpu, rss, _ = run
    scores = score(*read(path), read_pairs(files["pairs"]), read_truth(files["truth"]))
    print(f"{name:34s} {wall:8.2f} {cpu:8.2f} {rss / 1e6:7.0f}  {scores[0]:.4f} {scores[1]:.4f} "
          f"{scores[2]:.4f}  {scores[3]:11.4f} {scores[4]:14.4f} {scores[5]:8d}", flush=True)
    os._exit(0)


def prepare(n, options, scratch):
    """The night, its labels and its true pairs."""
    bench = os.path.join(options.build, "bench")
    size = ["--articles", str(n), "--seed", str(options.seed)]
    files = {what: os.path.join(scratch, f"{options.seed}-{n}{end}") for what, end in
             (("night", ".jsonl.zst"), ("truth", ".tsv"), ("pairs", "-pairs.tsv"), ("out", "-out"))}
    subprocess.run([os.path.join(bench, "bench_generate"), *size, "--level", "3", "-o",
                    files["night"], "--truth", files["truth"]], check=True,
                   stderr=subprocess.DEVNULL)
    subprocess.run([os.path.join(bench, "bench_night"), *size, "--pairs", files["pairs"]],
                   check=True, stdout=subprocess.DEVNULL)
    return files


def compare(n, options, python, scratch):
    files = prepare(n, options, scratch)
    print(f"\n{n} articles, {os.path.getsize(files['night']) / 1e6:.1f} MB compressed")
    print(f"{'system':34s} {'wall s':>8s} {'cpu s':>8s} {'RSS MB':>7s}  {'recall':>6s} "
          f"{'J>=.5':>6s} {'J>=.7':>6s}  {'edges right':>11s} {'clusters right':>14s} "
          f"{'largest':>8s}")
    systems = [(f"newsbraid, {t} thread{'s' * (t > 1)}", "newsbraid", read_newsbraid, files["out"],
                [options.newsbraid, "run", files["night"], "-o", files["out"], "-f", "--threads",
                 str(t)])
               for t in sorted({1, os.cpu_count()})]
    systems += [(f"{title}, {128 // rows} x {rows}", peer, read_peer, files["out"] + ".txt",
                 [python, os.path.join(HERE, "system.py"), peer, str(rows), files["night"],
                  files["out"] + ".txt"])
                for peer, title in PEERS.items() for rows in (8, 4)]
    for title, name, read, path, command in systems:
        if options.only is not None and name not in options.only:
            continue
        run = timed(command, stderr=subprocess.DEVNULL if name == "newsbraid" else None)
        if run:
            line(title, run, read, path, files)
        else:
            print(f"{title}: failed")


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    p.add_argument("--articles", default="10000,100000")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--only", type=lambda s: s.split(","))
    p.add_argument("--build", default=os.path.join(ROOT, "build", "release"))
    p.add_argument("--newsbraid", default=os.environ.get("NEWSBRAID"))
    options = p.parse_args()
    if not options.newsbraid:
        options.newsbraid = os.path.join(options.build, "newsbraid")
    scratch = os.path.join(ROOT, "build", "peers")
    os.makedirs(scratch, exist_ok=True)
    python = install(os.path.join(scratch, "venv"))
    for n in options.articles.split(","):
        compare(int(n), options, python, scratch)


main()
