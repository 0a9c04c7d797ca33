import { describe, expect, test } from "bun:test";
import { cpuTimeOf } from "@test/cpu-time";
import { atxHeading } from "./atx-heading";

describe("atxHeading", () => {
  test("gives depth and text, without the marks at either end", () => {
    expect(atxHeading("# Guide")).toEqual({ depth: 1, text: "Guide" });
    expect(atxHeading("  ### Set up ###  \r")).toEqual({ depth: 3, text: "Set up" });
    expect(atxHeading("#\tTabs\t#")).toEqual({ depth: 1, text: "Tabs" });
  });

  test("leaves marks that belong to a word", () => {
    expect(atxHeading("## Learning C#")).toEqual({ depth: 2, text: "Learning C#" });
    expect(atxHeading("# Issue #12 of F# ##")).toEqual({ depth: 1, text: "Issue #12 of F#" });
  });

  test("other lines are none", () => {
    for (const line of ["", "text", "#tag", "#", "# ", "# ##", "####### seven", "    # code"])
      expect(atxHeading(line)).toBeUndefined();
  });

  test.each([" ", "\t", "#", " #"])("a long run of '%s' within costs no time", async (run) => {
    const line = `# a${run.repeat(100_000)}b`;
    const took = await cpuTimeOf(() => {
      expect(atxHeading(line)?.text).toHaveLength(line.length - 2);
    });
    expect(took).toBeLessThan(1_000);
  });
});
