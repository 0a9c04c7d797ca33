import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pairedBootstrap } from "./bootstrap";
import { figuresOf } from "./figures";
import { readResult } from "./kept-result";
import { settingFrom } from "./settings";
import { writeBetween } from "./write-between";

describe("figures", () => {
  const judged = new Map([["q", new Map([["a", 2], ["b", 1]])]]); // prettier-ignore

  test("a perfect order scores 1, a swapped one less, by grade", () => {
    const best = figuresOf({ judged }, new Map([["q", ["a", "b", "c"]]]));
    const swapped = figuresOf({ judged }, new Map([["q", ["b", "a", "c"]]]));
    expect(best.ndcg10).toBe(1);
    // (1 + 2 / log2 3) / (2 + 1 / log2 3)
    expect(swapped.ndcg10).toBeCloseTo(0.8597, 4);
    expect(swapped.mrr10).toBe(1);
  });

  test("what stands after the tenth place counts for recall at 100 alone", () => {
    const others = Array.from({ length: 10 }, (_, index) => `x${index}`);
    const figures = figuresOf({ judged }, new Map([["q", [...others, "a"]]]));
    expect(figures).toMatchObject({ ndcg10: 0, recall10: 0, recall100: 0.5, mrr10: 0, empty: 0 });
  });

  test("a question that finds nothing is counted, one that is not judged is not", () => {
    const figures = figuresOf({ judged }, new Map<string, string[]>([["q", []], ["other", ["a"]]])); // prettier-ignore
    expect(figures).toMatchObject({ queries: 1, empty: 1, ndcg10: 0 });
  });
});

describe("the paired bootstrap", () => {
  test("a gain in every question is certain, a mixed one is not", () => {
    const always = pairedBootstrap([Array.from({ length: 50 }, () => 0.1)]);
    expect([always.mean, always.low, always.high].map((value) => value.toFixed(3))).toEqual([
      "0.100",
      "0.100",
      "0.100",
    ]);
    const mixed = pairedBootstrap([Array.from({ length: 50 }, (_, index) => (index % 2 === 0 ? 1 : -1))]);
    expect(mixed.low).toBeLessThan(0);
    expect(mixed.high).toBeGreaterThan(0);
  });

  test("collections count alike, however many questions they have", () => {
    const { mean } = pairedBootstrap([
      Array.from({ length: 90 }, () => 0),
      Array.from({ length: 10 }, () => 1),
    ]);
    expect(mean).toBe(0.5);
  });
});

describe("a setting", () => {
  test("names only what differs", () => {
    const { weights } = settingFrom('{"legs": {"pairs": 0.5}, "title": 3}');
    expect(weights.legs.pairs).toBe(0.5);
    expect(weights.title).toBe(3);
    expect(weights.legs.words).toBeGreaterThan(0);
  });

  test("with a weight that there is not is refused by its name", () => {
    expect(() => settingFrom('{"legs": {"pears": 0.5}}')).toThrow("legs.pears");
    expect(() => settingFrom('{"title": "large"}')).toThrow("title");
  });
});

test("tables are put between marks, and a file without them is left alone", () => {
  const folder = mkdtempSync(join(tmpdir(), "stoneturner-eval-test-"));
  const path = join(folder, "page.md");
  writeFileSync(path, "<!-- eval -->");
  expect(() => writeBetween(path, "eval", "table")).toThrow("<!-- /eval -->");
  expect(readFileSync(path, "utf8")).toBe("<!-- eval -->");
  rmSync(folder, { recursive: true });
});

describe("the command", () => {
  const root = mkdtempSync(join(tmpdir(), "stoneturner-eval-test-"));
  const lines = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).join("\n");

  beforeAll(() => {
    const folder = join(root, "collections", "small");
    mkdirSync(folder, { recursive: true });
    const documents = [
      { _id: "a/1", title: "Keys", text: "Signing keys are rotated each month." },
      { _id: "a/2", title: "", text: "Flights are booked by the travel desk." },
      { _id: "b/1", title: "Keys", text: "Signing keys are kept in a safe." },
    ];
    writeFileSync(join(folder, "corpus.jsonl"), lines(documents));
    writeFileSync(join(folder, "queries.jsonl"), lines([{ _id: "q1", text: "Who books flights?" }, { _id: "q2", text: "signing keys" }])); // prettier-ignore
    writeFileSync(join(folder, "qrels.tsv"), "query-id\tcorpus-id\tscore\nq1\ta/2\t1\nq2\tb/1\t1\n");
    writeFileSync(join(folder, "filters.tsv"), "query-id\tprefix\nq1\ta/\nq2\tb/\n");
  });

  afterAll(() => rmSync(root, { recursive: true, force: true }));

  test("measures a collection with and without its filters and writes a report", async () => {
    const report = join(root, "report.md");
    const cache = join(root, "cache");
    const options = [join(root, "collections", "small"), "--cache", cache, "--report", report];
    const page = join(root, "page.md");
    writeFileSync(page, "Before.\n\n<!-- eval -->\nold\n<!-- /eval -->\n\nAfter.\n");
    const kept = join(root, "kept.json");
    const extra = [
      "--write",
      page,
      "--json",
      kept,
      "--ablate",
      "--plain",
      "--compare",
      '{"legs": {"pairs": 0}}',
    ];
    const run = Bun.spawn([process.execPath, join(import.meta.dir, "eval.ts"), ...options, ...extra], {
      stdout: "ignore",
      stderr: "pipe",
    });
    const errors = await new Response(run.stderr).text();
    expect(errors).toContain("small (filter): 1.000");
    expect(await run.exited).toBe(0);
    const text = readFileSync(report, "utf8");
    expect(text).toContain("| small (filter) | 2 | 1.000 |");
    expect(text).toContain("without characters");
    expect(text).toContain("| total |");
    expect(text).toContain("| total, without characters |");
    const written = readFileSync(page, "utf8");
    expect(written).toMatch(/^Before\.\n\n<!-- eval -->\n\n[^]*\n\n<!-- \/eval -->\n\nAfter\.\n$/);
    expect(written).toContain("| small (filter) | 2 | 1.000 |");
    expect(written).not.toContain("old");
    const { result, plain } = readResult(kept);
    expect(result.runs.get("small (filter)")?.get("q1")?.ndcg10).toBe(1);
    expect([...plain.runs.keys()]).toEqual(["small", "small (filter)"]);
  });

  test("does not measure again what an interrupted one had kept", async () => {
    const kept = join(root, "part.json");
    const command = [join(root, "collections"), "--cache", join(root, "cache"), "--shallow", "--json", kept];
    const run = async (...more: string[]) => {
      const child = Bun.spawn([process.execPath, join(import.meta.dir, "eval.ts"), ...command, ...more], {
        stdout: "pipe",
        stderr: "pipe",
      });
      const reading = new Response(child.stderr).text();
      const out = await new Response(child.stdout).text();
      const errors = await reading;
      expect(await child.exited).toBe(0);
      return { out, errors };
    };
    const measured = await run();
    expect(measured.errors).toContain("small: ");
    const resumed = await run("--resume");
    expect(resumed.errors).not.toContain("small");
    expect(resumed.out).toContain(
      measured.out.split("\n").find((line) => line.startsWith("| small |")) ?? "?",
    );
  });
});
