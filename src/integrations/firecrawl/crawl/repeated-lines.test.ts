import { expect, test } from "bun:test";
import { cpuTimeOf } from "@test/cpu-time";
import { RepeatedLines, withoutRepeated } from "./repeated-lines";

const page = (number: number, menu = "- [Guide](/guide)\n- [Prices](/prices)") =>
  `${menu}\n\n# Page ${number}\n\nText ${number}.\n\n- [Guide](/guide)\n- One more\n\n© 2026 Acme`;
const learnt = (pages: readonly string[]) => {
  const lines = new RepeatedLines();
  for (const one of pages) lines.see(one);
  return lines.found();
};
const five = [1, 2, 3, 4, 5];

test("what stands above and below the text of nearly all pages is left out, and nothing amid the text", () => {
  const repeated = learnt(five.map((number) => page(number)));
  expect(repeated).toEqual(
    ["- One more", "- [Guide](/guide)", "- [Prices](/prices)", "© 2026 Acme"].toSorted(),
  );
  expect(withoutRepeated(page(3), new Set(["- [Guide](/guide)", "- [Prices](/prices)", "© 2026 Acme"]))).toBe(
    "\n# Page 3\n\nText 3.\n\n- [Guide](/guide)\n- One more\n",
  );
});

test("a menu that marks where one stands is left out as a whole", () => {
  const menus = five.map((number) =>
    page(number, `- [Guide](/guide)\n- [**Here**](/here/${number})\n- [Prices](/prices)`),
  );
  const [first = ""] = menus;
  expect(withoutRepeated(first, new Set(learnt(menus)))).toStartWith("\n# Page 1");
});

test("few pages tell nothing, and neither does what only some of them have", () => {
  expect(learnt(five.slice(1).map((number) => page(number)))).toEqual([]);
  expect(
    learnt([...five.map((number) => page(number)), ...[6, 7].map((number) => `# Page ${number}\n\nBare.`)]),
  ).toEqual([]);
});

test("fences, tables and lines without a word are no sign, and a page is never emptied", () => {
  const code = five.map((number) => `# ${number}\n\n\`\`\`sh\nrun ${number}\n\`\`\`\n\n---`);
  expect(learnt(code)).toEqual([]);
  const [closed = ""] = code;
  expect(withoutRepeated(closed, new Set(["anything"]))).toBe(closed);
  expect(withoutRepeated("Coming soon", new Set(["Coming soon"]))).toBe("Coming soon");
});

test("hostile lines take no time", async () => {
  const hostile = [
    " ".repeat(100_000),
    `- [${"[".repeat(100_000)}`,
    `[a](${"(".repeat(100_000)}`,
    "**".repeat(50_000),
  ];
  const text = hostile.join("\n");
  expect(await cpuTimeOf(() => withoutRepeated(text, new Set(learnt(five.map(() => text)))))).toBeLessThan(
    500,
  );
});
