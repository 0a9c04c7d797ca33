/** What the skill says, taken apart: its texts and the code blocks in them. */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const folder = resolve(import.meta.dir, "../../skills");
const references = ["anatomy", "sync-pipeline", "chats", "auth", "checklist", "integration-spec"];

/** `SKILL.md` first. */
export const skillTexts = ["SKILL.md", ...references.map((name) => `references/${name}.md`)].map((path) =>
  readFileSync(join(folder, path), "utf8"),
);

/** The code blocks of a language, in the order of the texts. */
export const skillBlocks = (language: string) =>
  skillTexts.flatMap((text) =>
    [...text.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, "g"))].map(
      ([, code = ""]) => code,
    ),
  );

/** The commands in it, each as its words, in order and without repeats. */
export function skillCommands(): string[][] {
  const lines = skillBlocks("sh").flatMap((block) => block.split("\n"));
  const commands = lines.map((line) => line.replace(/#.*$/, "").trim()).filter((line) => line !== "");
  return [...new Set(commands)].map((command) => command.split(" "));
}
