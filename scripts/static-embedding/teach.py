"""Asks the teacher for the vector of each training text and of each token alone.

usage: teach.py MODEL_DIR ONNX WORK_DIR [MOST]      writes WORK_DIR/vectors.npy and WORK_DIR/tokens.npy
"""
import json
import sys
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

CLS, SEP, LONGEST, TOGETHER, A_BLOCK = 101, 102, 96, 32, 2048
model, onnx, work = map(Path, sys.argv[1:4])
tokenizer = Tokenizer.from_file(str(model / "tokenizer.json"))
tokenizer.no_padding()
tokenizer.enable_truncation(LONGEST)
session = onnxruntime.InferenceSession(str(onnx))
inputs = {entry.name for entry in session.get_inputs()}


def outputs(ids, mask):
    """The last layer, one row a token."""
    values = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
    return session.run(None, {name: value for name, value in values.items() if name in inputs})[0]


def embed(texts):
    """Mean of the tokens' outputs, at length 1, as the teacher's own pooling has it."""
    lists = [encoding.ids for encoding in tokenizer.encode_batch(texts)]
    ids = np.zeros((len(lists), max(map(len, lists))), np.int64)
    mask = np.zeros_like(ids)
    for row, numbers in enumerate(lists):
        ids[row, : len(numbers)] = numbers
        mask[row, : len(numbers)] = 1
    mean = (outputs(ids, mask) * mask[:, :, None]).sum(1) / mask.sum(1)[:, None]
    return mean / np.linalg.norm(mean, axis=1, keepdims=True)


texts = [text for _, text in json.loads((work / "texts.json").read_text())]
texts = texts[: int(sys.argv[4]) if len(sys.argv) > 4 else len(texts)]
vectors = np.zeros((len(texts), 384), np.float16)
for start in range(0, len(texts), A_BLOCK):
    # Texts of like length together: hardly any padding.
    order = sorted(range(start, min(start + A_BLOCK, len(texts))), key=lambda i: len(texts[i]))
    for at in range(0, len(order), TOGETHER):
        part = order[at : at + TOGETHER]
        vectors[part] = embed([texts[i] for i in part])
    print(start + len(order), "texts", flush=True)
np.save(work / "vectors.npy", vectors)

size = tokenizer.get_vocab_size()
tokens = np.zeros((size, 384), np.float16)
for start in range(0, size, 512):
    numbers = np.arange(start, min(start + 512, size))
    ids = np.stack([np.full_like(numbers, CLS), numbers, np.full_like(numbers, SEP)], 1).astype(np.int64)
    tokens[numbers] = outputs(ids, np.ones_like(ids))[:, 1]
np.save(work / "tokens.npy", tokens)
