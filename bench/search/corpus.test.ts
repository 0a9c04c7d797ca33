import { expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "@test/database";
import { chunksOf, questionsOf } from "./corpus";
import { exactScan } from "./peers";

const words = ["invoice", "discount", "server", "vacation", "contract", "engine", "coffee", "meeting"];

test("a chunk is the nearest to its own text by the scan that others are measured against", async () => {
  using folder = temporaryFolder();
  const paragraphs = Array.from({ length: 400 }, (_, at) => {
    const [one, two] = [words[at % 8], words[(at >> 3) % 8]];
    return `The ${one} of office ${at} was about ${two} and about nothing else.`;
  });
  writeFileSync(join(folder.path, "texts.md"), paragraphs.join("\n\n"));
  const chunks = await chunksOf(40, { texts: folder.path, questions: undefined });
  const asked = chunks[7]?.text.replaceAll(/\s+/g, " ") ?? "";
  const questions = join(folder.path, "questions.txt");
  writeFileSync(questions, `${asked}\n`);
  const [question] = await questionsOf(1, { texts: folder.path, questions });
  if (question === undefined) throw new Error("There is no question.");
  const peer = exactScan();
  await peer.build(chunks, folder.path);
  try {
    expect((await peer.search(question))[0]).toBe(8);
  } finally {
    peer.close?.();
  }
});
