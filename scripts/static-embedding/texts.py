"""Makes the training texts from unpacked Debian packages (see README.md for their licences).

usage: texts.py PACKAGES_DIR WORK_DIR      writes WORK_DIR/texts.json: [[source, text], …]
"""
import glob
import gzip
import html
import json
import random
import re
import sys
from pathlib import Path

MOST_GLOSSES, MOST_PARAGRAPHS = 90_000, 12_000
BOOKS = "book reference cargo nomicon rust-by-example edition-guide rustc rustdoc embedded-book unstable-book".split()
PAGES = {
    "postgresql-doc-15": ["usr/share/doc/postgresql-doc-15/html/*.html"],
    "python3.11-doc": ["usr/share/doc/python3.11/html/**/*.html"],
    "nodejs-doc": ["usr/share/doc/nodejs/**/*.html"],
    "rust-doc": [f"usr/share/doc/rust-doc/html/{book}/**/*.html" for book in BOOKS],
}
packages, work = map(Path, sys.argv[1:3])
random.seed(7)


def fits(text):
    return 8 <= len(text.split()) <= 250


def glosses():
    """`words: definition` and the examples of each WordNet entry."""
    for kind in ["noun", "verb", "adj", "adv"]:
        for line in (packages / "wordnet-base/usr/share/wordnet" / f"data.{kind}").read_text("latin1").splitlines():
            if line.startswith("  ") or "|" not in line:
                continue
            head, gloss = line.split("|", 1)
            fields = head.split(" ")
            words = [fields[4 + 2 * i].replace("_", " ") for i in range(int(fields[3], 16))]
            words = [re.sub(r"\(.*?\)", "", word) for word in words]
            yield ", ".join(words[:3]) + ": " + re.sub(r'"[^"]*"', "", gloss).strip(" ;\n")
            yield from (example for example in re.findall(r'"([^"]{12,200})"', gloss) if len(example.split()) >= 4)


def paragraphs(package, patterns):
    """Running text of a package's pages; each paragraph once."""
    found = set()
    for pattern in patterns:
        for file in glob.glob(str(packages / package / pattern), recursive=True):
            if file.endswith("print.html") or "/genindex" in file or not Path(file).is_file():
                continue
            page = Path(file).read_text(errors="ignore")
            for part in re.findall(r"<(?:p|dd|li)(?: [^>]*)?>(.*?)</(?:p|dd|li)>", page, flags=re.S):
                text = html.unescape(re.sub(r"<[^>]+>", " ", part)).replace("¶", " ")
                text = re.sub(r"\s+", " ", text).strip()
                if fits(text) and sum(map(str.isalpha, text)) > 0.7 * len(text):
                    found.add(text)
    return sorted(found)


def jargon():
    [file] = glob.glob(str(packages / "dict-jargon/usr/share/dictd/*.dz"))
    entries = re.split(r"\n\s*\n", gzip.open(file, "rt", errors="ignore").read())
    return [text for text in (re.sub(r"\s+", " ", entry).strip() for entry in entries) if fits(text)]


def some(texts, most):
    random.shuffle(texts)
    return texts[:most]


texts = [("wordnet-base", text) for text in some(list(glosses()), MOST_GLOSSES)]
sources = {name: paragraphs(name, patterns) for name, patterns in PAGES.items()} | {"dict-jargon": jargon()}
for name, found in sources.items():
    texts += [(name, text) for text in some(found, MOST_PARAGRAPHS)]
random.shuffle(texts)
(work / "texts.json").write_text(json.dumps(texts))
print(len(texts), "texts")
