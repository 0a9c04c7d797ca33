import { describe, expect, test } from "bun:test";
import { GramCounts } from "./grams";
import { LikelyWords } from "./likely-words";
import { slipsAmong } from "./slips";

function slipsFrom(text: string, written: string): Map<string, number> {
  const counts = new GramCounts();
  counts.add(text);
  return slipsAmong(written, new LikelyWords(counts.statistics));
}

const stemsFrom = (text: string, written: string) => [...slipsFrom(text, written).keys()];

describe("what a word may have been before a slip", () => {
  test.each(["ofifce", "offie", "offfice", "ofvice", "foffice", "pffice", "ffice"])("%s", (slip) => {
    expect(stemsFrom("the office", slip)).toContain("offic");
  });

  test("is another letter of its own alphabet", () => {
    expect(stemsFrom("новый договор", "дговор")).toContain("договор");
    expect(stemsFrom("회의실", "회으실")).not.toContain("회의실");
  });

  test("loses its ending as texts do", () => {
    expect(stemsFrom("we are hearing him", "hearnig")).toContain("hear");
  });

  test("is dearer where the first letter slipped", () => {
    expect(slipsFrom("a bird", "vird").get("bird")).toBe(1.5);
    expect(slipsFrom("a bird", "bidr").get("bird")).toBe(1);
  });
});
