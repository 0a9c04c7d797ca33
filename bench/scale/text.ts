/** Artifacts with the shape of real text, as many as wanted, from the paragraphs of a folder or from made-up ones. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createRandom, type Random } from "../../test/support/random";
import { corpusOf } from "../corpus";

export interface Text {
  title: string;
  markdown: string;
}

/** Words of one artifact: about three chunks. */
const wordsAnArtifact = 620;
/** Share of paragraphs that are left out, so that artifacts from the same place differ. */
const skipped = 0.25;
/** Paragraphs in which a name or number of the artifact's own stands. */
const named = 0.35;
/** Names are drawn from so many times the artifacts: vocabularies of real text never stop growing. */
const namesAnArtifact = 2;
const titleWords = 7;

/** All paragraphs of the .txt and .md files in `folder`, in order; made-up ones without it. */
export function paragraphsOf(folder: string | undefined): string[] {
  if (folder === undefined) return corpusOf(20_000, 120).flatMap(split);
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).toSorted();
  return names
    .filter((name) => /\.(md|txt)$/.test(name))
    .flatMap((name) => split(readFileSync(join(folder, name), "utf8")));
}

/** `count` artifacts, each from a stretch of the paragraphs with some left out and names of its own put in. */
export function* artifactsOf(count: number, paragraphs: readonly string[], from = 0): Generator<Text> {
  for (let index = from; index < count; index++) {
    // A seed for each, so that the first so many are the same whatever `count` is.
    const random = createRandom(1_000 + index);
    yield artifact(paragraphs, random, Math.max(1_000, index * namesAnArtifact));
  }
}

function artifact(paragraphs: readonly string[], random: Random, names: number): Text {
  const parts: string[] = [];
  let words = 0;
  for (let at = random.below(paragraphs.length); words < wordsAnArtifact; at++) {
    const paragraph = paragraphs[at % paragraphs.length] ?? "";
    if (random.next() < skipped) continue;
    parts.push(random.next() < named ? withName(paragraph, random, names) : paragraph);
    words += paragraph.split(" ").length;
  }
  const title = `${(parts[0] ?? "").split(" ").slice(0, titleWords).join(" ")} ${name(random, names)}`;
  return { title, markdown: `# ${title}\n\n${parts.join("\n\n")}\n` };
}

function withName(paragraph: string, random: Random, names: number): string {
  const words = paragraph.split(" ");
  words.splice(random.below(words.length), 0, name(random, names));
  return words.join(" ");
}

/** A name by Zipf's law among `names`, in syllables and sometimes with a number. */
function name(random: Random, names: number): string {
  let rest = Math.floor(names ** random.next()) + 7;
  let text = "";
  while (rest > 0) {
    text += `${"bdfgklmnprstvz"[rest % 14]}${"aeiou"[Math.floor(rest / 14) % 5]}`;
    rest = Math.floor(rest / 70);
  }
  return random.next() < 0.3 ? `${text.toUpperCase()}-${random.below(9_000)}` : text;
}

function split(text: string): string[] {
  return text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== "" && !paragraph.startsWith("# "));
}
