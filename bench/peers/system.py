# SPDX-License-Identifier: MIT
"""One peer on one night: system.py NAME ROWS NIGHT.jsonl.zst OUT

Reads the night, makes word 5-gram sets (a Han character is a word), sketches them with 128 hashes
in 128 / ROWS bands of ROWS rows, takes every pair that shares a band as an edge, joins edges to
clusters, and writes OUT ("edge A B" and "cluster A LEADER" lines).  Stage times go to stdout.
Run by compare.py, in a process of its own so that its memory can be told.
"""
import io
import json
import re
import sys
import time

import zstandard

WORD = re.compile(r"\d+(?:[.,:]\d+)*|[\u4e00-\u9fff]|[^\W\d_\u4e00-\u9fff]+")
N_HASHES = 128
SHINGLE = 5


def read(path):
    ids, texts = [], []
    with open(path, "rb") as f:
        stream = zstandard.ZstdDecompressor().stream_reader(f)
        for line in io.TextIOWrapper(stream, encoding="utf-8", newline="\n"):
            row = json.loads(line)
            ids.append(row["id"])
            texts.append(row["text"])
    return ids, texts


def shingles(text):
    words = WORD.findall(text.lower())
    if len(words) <= SHINGLE:
        return {" ".join(words)}
    return {" ".join(words[i:i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)}


def neighbours_datasketch(texts, rows, clock):
    from datasketch import MinHash, MinHashLSH
    signatures = []
    empty = MinHash(num_perm=N_HASHES)
    for text in texts:
        m = empty.copy()
        m.update_batch([s.encode() for s in shingles(text)])
        signatures.append(m)
    clock("sketch")
    lsh = MinHashLSH(num_perm=N_HASHES, params=(N_HASHES // rows, rows))
    with lsh.insertion_session() as session:
        for i, m in enumerate(signatures):
            session.insert(i, m, check_duplication=False)
    for i, m in enumerate(signatures):
        yield i, lsh.query(m)


def neighbours_rensa(texts, rows, clock):
    from rensa import RMinHash, RMinHashLSH
    signatures = []
    for begin in range(0, len(texts), 1000):  # not all sets at once: they are many times the text
        sets = [list(shingles(t)) for t in texts[begin:begin + 1000]]
        signatures += RMinHash.from_token_sets(sets, N_HASHES, 42)
    clock("sketch")
    lsh = RMinHashLSH(0.5, N_HASHES, N_HASHES // rows)
    lsh.insert_many(signatures)
    for i, found in enumerate(lsh.query_all(signatures)):
        yield i, found


def neighbours_fastsketch(texts, rows, clock):
    import numpy
    from FastSketchLSH import LSH, FastSimilaritySketch
    sketch, parts = FastSimilaritySketch(N_HASHES), []
    for begin in range(0, len(texts), 1000):
        sets = [list(shingles(t)) for t in texts[begin:begin + 1000]]
        parts.append(numpy.asarray(sketch.batch(sets), dtype=numpy.uint64))
    signatures = numpy.concatenate(parts)
    clock("sketch")
    lsh = LSH(N_HASHES, N_HASHES // rows)
    lsh.insert(signatures)
    for i, found in enumerate(lsh.query(signatures)):
        yield i, found


def neighbours_gaoya(texts, rows, clock):
    from gaoya.minhash import MinHashStringIndex
    # gaoya reads texts, and drops what its own signatures put below the threshold; its tokeniser
    # knows no Han, so it is given the words
    index = MinHashStringIndex(32, 0.5, N_HASHES // rows, rows, N_HASHES, "word", False, (5, 5),
                               "vec")
    texts = [" ".join(WORD.findall(t.lower())) for t in texts]
    index.par_bulk_insert_docs(list(range(len(texts))), texts)
    clock("sketch")
    for i, found in enumerate(index.par_bulk_query(texts)):
        yield i, found


def main():
    name, rows, night, out = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]
    stages, last = {}, [time.monotonic()]

    def clock(stage):
        now = time.monotonic()
        stages[stage] = round(now - last[0], 3)
        last[0] = now

    ids, texts = read(night)
    clock("read")
    leader = list(range(len(ids)))

    def find(i):
        while leader[i] != i:
            leader[i] = leader[leader[i]]
            i = leader[i]
        return i

    with open(out, "w") as f:
        for i, found in globals()["neighbours_" + name](texts, rows, clock):
            for k in found:
                if k < i:
                    f.write(f"edge {ids[k]} {ids[i]}\n")
                    a, b = find(k), find(i)
                    leader[max(a, b)] = min(a, b)
        clock("match")
        for i, name_i in enumerate(ids):
            if find(i) != i:
                f.write(f"cluster {name_i} {ids[find(i)]}\n")
    clock("write")
    print(json.dumps(stages))


main()
