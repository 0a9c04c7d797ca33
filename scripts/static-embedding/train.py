"""Trains the token table towards the teacher's vectors and writes it in the form that the product reads.

usage: train.py MODEL_DIR WORK_DIR TARGET

A text is the mean of its tokens' rows. Rows start at the teacher's own output for the token alone, weighted by the
logarithm of its rank; then least squares towards the teacher's vectors on their 256 main directions, with a ridge that
holds rows to their start, solved by conjugate gradients. Tokens with anything but ASCII letters and digits are left out:
texts in other scripts then have no say in the vectors at all, in place of a bad one.
"""
import json
import re
import sys
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from tokenizers import Tokenizer

DIMENSION, RIDGE, STEPS, HELD_OUT = 256, 0.06, 20, 10
model, work, target = map(Path, sys.argv[1:4])
tokenizer = Tokenizer.from_file(str(model / "tokenizer.json"))
tokenizer.no_padding()
tokenizer.no_truncation()
size = tokenizer.get_vocab_size()
names = [tokenizer.id_to_token(i) for i in range(size)]
used = np.array([re.fullmatch(r"(##)?[a-z0-9]+", name) is not None for name in names])


def counts(texts):
    """One row a text: how often each used token is in it, over their number."""
    rows, columns, values = [], [], []
    for row, encoding in enumerate(tokenizer.encode_batch(texts, add_special_tokens=False)):
        ids = [i for i in encoding.ids[:94] if used[i]]
        found, number = np.unique(ids, return_counts=True)
        rows += [row] * len(found)
        columns += found.tolist()
        values += (number / max(1, len(ids))).tolist()
    return sp.csr_matrix((values, (rows, columns)), shape=(len(texts), size))


def cosine(a, b):
    lengths = np.linalg.norm(a, axis=1) * np.linalg.norm(b, axis=1) + 1e-9
    return float(np.mean((a * b).sum(1) / lengths))


vectors = np.load(work / "vectors.npy").astype(np.float64)
texts = [text for _, text in json.loads((work / "texts.json").read_text())][: len(vectors)]
matrix = counts(texts)
_, directions = np.linalg.eigh(np.cov(vectors.T))
main = directions[:, ::-1][:, :DIMENSION]
goal = vectors @ main

alone = np.load(work / "tokens.npy").astype(np.float64)
alone /= np.linalg.norm(alone, axis=1, keepdims=True) + 1e-9
alone -= alone[used].mean(0)
rank = np.log(1 + np.arange(size))
start = (alone * (rank / rank.max() * used)[:, None]) @ main
start *= (matrix @ start * goal).sum() / ((matrix @ start) ** 2).sum()

held = np.arange(len(texts)) % HELD_OUT == 0
inner, outer = matrix[~held], matrix[held]
table = start.copy()
apply = lambda rows: inner.T @ (inner @ rows) + RIDGE * rows
rest = inner.T @ goal[~held] + RIDGE * start - apply(table)
step, error = rest.copy(), (rest**2).sum()
for _ in range(STEPS):
    moved = apply(step)
    length = error / (step * moved).sum()
    table += length * step
    rest -= length * moved
    before, error = error, (rest**2).sum()
    step = rest + error / before * step

kept = np.flatnonzero(used)
# The product keeps two directions free: for texts of which nothing is known, and for such questions.
table[:, -2:] = 0
limit = np.quantile(np.abs(table[kept]), 0.9998)
bytes_ = np.clip(np.round(table[kept] / limit * 127), -127, 127)
quantised = np.zeros_like(table)
quantised[kept] = bytes_
print(f"{len(texts)} texts, {len(kept)} tokens; cosine with the teacher, held out: start "
      f"{cosine(outer @ start, goal[held]):.3f}, trained {cosine(outer @ table, goal[held]):.3f}, "
      f"in bytes {cosine(outer @ quantised, goal[held]):.3f}")
np.save(work / "table.npy", quantised.astype(np.float32))
words = "\n".join(names[i] for i in kept).encode("ascii")
words += b"\n" * (-len(words) % 4)
header = b"STET" + np.array([len(kept), DIMENSION, len(words)], "<u4").tobytes()
target.write_bytes(header + words + (bytes_ + 128).astype(np.uint8).tobytes())
