import { expect, test } from "bun:test";
import { shellWord } from "./shell-word";

test("a real shell reads each word as the text it was", () => {
  const texts = [
    "plain",
    "two words",
    "it's",
    '$HOME "x" `id`',
    "",
    "-n",
    "a\nb",
    "\\",
    "ü 設計 🙂",
    "!*?[]{}~#",
  ];
  for (const text of texts) {
    const echoed = Bun.spawnSync(["/bin/sh", "-c", `printf '%s' ${shellWord(text)}`]).stdout.toString();
    expect(echoed).toBe(text);
  }
});
