import { describe, expect, test } from "bun:test";
import { fileOf, readWhole, refusalOf } from "./fixtures";
import { readFile } from "./read-file";

describe("tables from CSV and TSV", () => {
  test("keep quotes, pipes and line breaks inside cells, and fill ragged rows", async () => {
    const read = await readWhole(
      "people.csv",
      'name,note\nAda,"says ""hi"", a|b\nand more"\nBob\nEve,1,2\n\n',
    );
    expect(read.markdown).toBe(
      "| name | note | Column 3 |\n| --- | --- | --- |\n" +
        '| Ada | says "hi", a\\|b<br>and more |  |\n| Bob |  |  |\n| Eve | 1 | 2 |',
    );
    expect(read).toMatchObject({
      title: "people",
      kind: "table",
      metadata: { rows: 3, columns: ["name", "note"] },
    });
  });

  test("are known by their delimiter", async () => {
    const expected = "| a | b |\n| --- | --- |\n| 1 | 2 |";
    expect((await readWhole("a.csv", "a;b\n1;2")).markdown).toBe(expected);
    expect((await readWhole("a.tsv", "a\tb\n1\t2")).markdown).toBe(expected);
    expect((await readWhole("a.tsv", "a, x\tb\n1\t2")).markdown).toContain("| a, x | b |");
  });

  test("show 5,000 rows and say how many there are", async () => {
    const rows = Array.from({ length: 5_234 }, (_, at) => `${at},x`).join("\n");
    const { markdown, metadata } = await readWhole("big.csv", `id,value\n${rows}`);
    expect(markdown).toStartWith(
      "> The table has 5,234 rows; the first 5,000 rows are shown.\n>\n> Columns: id, value\n\n| id | value |",
    );
    expect(markdown).toEndWith("| 4999 | x |");
    expect(metadata["rows"]).toBe(5_234);
  });

  test("show 100 columns and say how many there are", async () => {
    const { markdown } = await readWhole("wide.csv", `${"c,".repeat(300)}c\n`);
    expect(markdown).toStartWith("> The table has 301 columns; the first 100 are shown.");
  });

  test("survive an open quote, and an empty file", async () => {
    expect((await readWhole("a.csv", 'a,b\n"open,2\n3,4')).markdown).toContain("| a | b |");
    expect(await readWhole("a.csv", "\n \n")).toMatchObject({ markdown: "", kind: "table" });
  });

  test("stop when the sync is called off", async () => {
    const input = fileOf("a.csv", "a,b\n1,2", { signal: AbortSignal.abort() });
    expect(await refusalOf(readFile(input))).toContain("stopped");
  });
});
