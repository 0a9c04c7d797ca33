import { describe, expect, test } from "bun:test";
import { chmodSync, lstatSync, renameSync, rmSync, symlinkSync, truncateSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ItemError } from "@/core/models/errors";
import { sha256 } from "@/lib/hash";
import { failureOf, filesFolder } from "@test/files";
import { MEGABYTE, type FileItem, type KnownContent } from "../models/models";
import { toItem } from "./item";
import { renderFile, type ConnectedFolder } from "./render";

const { signal } = new AbortController();

function connected(root: string): ConnectedFolder {
  return { root, device: "1", account: "Notes", mostBytes: 20 * MEGABYTE };
}

function itemOf(root: string, key: string, known?: KnownContent): Promise<FileItem> {
  const stats = lstatSync(join(root, key), { bigint: true });
  return toItem(connected(root), { kind: "file", key, stats }, known, Date.now() + 60_000);
}

async function render(root: string, key: string, known?: KnownContent) {
  const item = await itemOf(root, key, known);
  const artifact = await renderFile(connected(root), item, signal);
  return { item, artifact };
}

describe("a rendered file", () => {
  test("is found by the path relative to the folder", async () => {
    using folder = filesFolder({ "docs/plan.md": "# The plan\n\nShip it.\n" });
    const { artifact, item } = await render(folder.path, "docs/plan.md");
    expect(artifact).toMatchObject({
      integrationArtifactId: `${sha256("Notes").slice(0, 8)}/docs/plan.md`,
      kind: "document",
      title: "The plan",
      url: pathToFileURL(join(folder.path, "docs/plan.md")).href,
      metadata: { path: "docs/plan.md", size: 21, format: "md" },
    });
    expect(artifact?.markdown).toContain("Ship it.");
    expect(item.facts).toMatchObject({ title: "The plan", kind: "document", format: "md", author: null });
  });

  test("is a conversation where its lines are turns of speech, and a log is none", async () => {
    const chat =
      "12/03/2024, 10:11 - Ann: Hello\n12/03/2024, 10:12 - Bob: Hi\n12/03/2024, 10:13 - Ann: So?\n";
    const log = "10:03:12 INFO: started\n10:03:13 WARN: slow\n10:03:14 INFO: done\n10:03:15 INFO: bye\n";
    using folder = filesFolder({
      "chat.txt": chat,
      "run.txt": log,
      "faq.md": "Q: Why?\n\nA: So.\n".repeat(4),
    });
    const kindOf = async (key: string) => (await render(folder.path, key)).artifact?.kind;
    expect(await kindOf("chat.txt")).toBe("conversation");
    expect(await kindOf("run.txt")).toBe("document");
    expect(await kindOf("faq.md")).toBe("document");
  });

  test("is dated by its last change, unless it says a date itself", async () => {
    using folder = filesFolder({ "a.md": "Text.", "b.md": "---\ndate: 2021-03-04\n---\n\nText." });
    const then = new Date("2024-05-06T07:08:09.000Z");
    for (const name of ["a.md", "b.md"]) utimesSync(join(folder.path, name), then, then);
    expect((await render(folder.path, "a.md")).artifact?.artifactDate).toBe(then.toISOString());
    expect((await render(folder.path, "b.md")).artifact?.artifactDate).toStartWith("2021-03-04");
  });

  test("is dated by its name where that begins with a day, not by when it was copied here", async () => {
    using folder = filesFolder({ "calls/2026-09-16 renewal.md": "Text." });
    const { artifact } = await render(folder.path, "calls/2026-09-16 renewal.md");
    expect(artifact?.artifactDate).toBe("2026-09-16T00:00:00.000Z");
  });

  test("that was touched, but says the same, is the same artifact", async () => {
    using folder = filesFolder({ "a.md": "Text." });
    const first = await render(folder.path, "a.md");
    const future = new Date("2031-01-01T00:00:00.000Z");
    utimesSync(join(folder.path, "a.md"), future, future);
    const second = await render(folder.path, "a.md", first.item.facts);
    expect(second.item.version).not.toBe(first.item.version);
    expect(second.artifact).toEqual(first.artifact);
  });

  test("that says something else has a new date", async () => {
    using folder = filesFolder({ "a.md": "Text." });
    const first = await render(folder.path, "a.md");
    folder.write({ "a.md": "Other." });
    const future = new Date("2031-01-01T00:00:00.000Z");
    utimesSync(join(folder.path, "a.md"), future, future);
    const second = await render(folder.path, "a.md", first.item.facts);
    expect(second.artifact?.artifactDate).toBe(future.toISOString());
  });

  test("with an odd name has a clean title, an exact id and a URL that leads to it", async () => {
    const name = 'it\'s "two"\nlines #1?.md';
    using folder = filesFolder({ [name]: "Text." });
    const { artifact } = await render(folder.path, name);
    expect(artifact?.title).not.toContain("\n");
    expect(artifact?.integrationArtifactId).toEndWith(`/${name}`);
    expect(await Bun.file(new URL(artifact?.url ?? "")).text()).toBe("Text.");
  });

  test("without text may be empty", async () => {
    using folder = filesFolder({ "empty.md": "" });
    expect((await render(folder.path, "empty.md")).artifact?.markdown).toBe("");
  });
});

describe("a file that cannot be shown", () => {
  test("binary bytes under an unknown name are nothing to show", async () => {
    using folder = filesFolder({ "core.dumped": new Uint8Array([1, 0, 2, 0, 255, 0, 0, 0, 3]) });
    const { artifact, item } = await render(folder.path, "core.dumped");
    expect([artifact, item.facts]).toEqual([null, undefined]);
  });

  test("one that vanished after the listing is nothing to show, and no failure", async () => {
    using folder = filesFolder({ "a.md": "a" });
    const item = await itemOf(folder.path, "a.md");
    rmSync(join(folder.path, "a.md"));
    expect(await renderFile(connected(folder.path), item, signal)).toBeNull();
  });

  test("one that a link out of the folder took the place of is not read", async () => {
    using outside = filesFolder({ "secret.md": "secret" });
    using folder = filesFolder({ "a.md": "a", "in/b.md": "b" });
    const items = await Promise.all(["a.md", "in/b.md"].map((key) => itemOf(folder.path, key)));
    renameSync(join(outside.path, "secret.md"), join(outside.path, "b.md"));
    rmSync(join(folder.path, "a.md"));
    symlinkSync(join(outside.path, "b.md"), join(folder.path, "a.md"));
    rmSync(join(folder.path, "in"), { recursive: true });
    symlinkSync(outside.path, join(folder.path, "in"));
    for (const item of items) expect(await renderFile(connected(folder.path), item, signal)).toBeNull();
  });

  test("a broken document is the item's own failure, by name", async () => {
    using folder = filesFolder({ "docs/broken.pdf": "%PDF-1.7 and then nothing" });
    const error = await failureOf(render(folder.path, "docs/broken.pdf"));
    expect(error).toBeInstanceOf(ItemError);
    expect(String(error)).toContain("docs/broken.pdf");
  });

  test.skipIf(process.getuid?.() === 0)(
    "one without the right to read is the item's own failure",
    async () => {
      using folder = filesFolder({ "a.md": "a" });
      const item = await itemOf(folder.path, "a.md");
      chmodSync(join(folder.path, "a.md"), 0o000);
      const error = await failureOf(renderFile(connected(folder.path), item, signal));
      expect(error).toBeInstanceOf(ItemError);
      expect(String(error)).toContain("'a.md' could not be read: Stoneturner may not open it.");
    },
  );
});

describe("a file of 200 MB", () => {
  test("is read in part, says so, and does not fill the memory", async () => {
    using folder = filesFolder({ "big.txt": "A line of the log that goes on.\n".repeat(660_000) });
    truncateSync(join(folder.path, "big.txt"), 200_000_000);
    const before = process.memoryUsage().rss;
    const { artifact } = await render(folder.path, "big.txt");
    expect(process.memoryUsage().rss - before).toBeLessThan(400_000_000);
    expect(artifact?.markdown.length).toBeLessThan(2_001_000);
    expect(artifact?.markdown).toStartWith("A line of the log");
    expect(artifact?.markdown.trimEnd()).toEndWith(
      "> **Cut here.** The file has 200 MB; the first 2 MB of its text are shown.",
    );
    expect(artifact?.metadata).toMatchObject({ size: 200_000_000, truncated: true });
  });
});
