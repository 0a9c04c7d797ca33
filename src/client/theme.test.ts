import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { toTheme } from "./theme";

describe("the theme", () => {
  test("follows the system unless a known one was chosen", () => {
    expect(toTheme("dark")).toBe("dark");
    expect(toTheme("light")).toBe("light");
    expect([toTheme(null), toTheme(""), toTheme("blue")]).toEqual(["system", "system", "system"]);
  });

  test("has the same dark colours by system and by choice", () => {
    const css = readFileSync(join(import.meta.dir, "styles.css"), "utf8");
    const tokens = (selector: string) => {
      const block = css.slice(css.indexOf(selector));
      return [...block.slice(0, block.indexOf("}")).matchAll(/--[\w-]+: [^;]+/g)].map((match) => match[0]);
    };
    const chosen = tokens(':root[data-theme="dark"]');
    expect(chosen.length).toBeGreaterThan(15);
    expect(tokens(':root:not([data-theme="light"])')).toEqual(chosen);
  });
});
