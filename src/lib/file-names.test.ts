import { describe, expect, test } from "bun:test";
import { below, extensionOf, folderOf, nameOf, shownName, shownSize } from "./file-names";

describe("a name that is shown", () => {
  test("stays on one line and cannot reorder the text around it", () => {
    expect(shownName("a\n b\u202Egpj.exe\t")).toBe("a bgpj.exe");
  });

  test("keeps quotes, accents and other scripts", () => {
    expect(shownName(`"l'été" 議事録 🎉`)).toBe(`"l'été" 議事録 🎉`);
  });

  test("is cut at 300 characters, never within one", () => {
    const shown = shownName("🎉".repeat(200));
    expect(shown.length).toBeLessThanOrEqual(300);
    expect(shown.isWellFormed()).toBeTrue();
    expect(shown).toEndWith("…");
  });
});

test("a relative path has a name, a folder and an extension", () => {
  expect([nameOf("a/b/C.MD"), folderOf("a/b/C.MD"), extensionOf("a/b/C.MD")]).toEqual(["C.MD", "a/b", "md"]);
  expect([nameOf("top"), folderOf("top"), extensionOf("top")]).toEqual(["top", "", ""]);
  expect(extensionOf("a.b/readme")).toBe("");
  expect([below("", "x"), below("a", "x")]).toEqual(["x", "a/x"]);
});

test.each([
  [0, "0 bytes"],
  [999, "999 bytes"],
  [1_500, "1.5 kB"],
  [20_000_000, "20 MB"],
  [2_340_000_000, "2.3 GB"],
  [5e15, "5000 TB"],
])("%d bytes are said as %s", (bytes, words) => {
  expect(shownSize(bytes)).toBe(words);
});
