import { expect, test } from "bun:test";
import {
  closeSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { zipSync } from "fflate";
import { listTasks } from "@/core/db/queries/tasks";
import { testApp } from "@test/app";
import { filesFolder } from "@test/files";
import { filesIntegration } from "./integration";

const bytes = (text: string) => new TextEncoder().encode(text);

/** A text of 200 MB that takes no space on disk: a head, then a hole. */
function hugeText(path: string): void {
  const file = openSync(path, "w");
  writeSync(file, `# The long log\n\nThe heron landed.\n${"filler words here\n".repeat(500_000)}`);
  ftruncateSync(file, 200_000_000);
  closeSync(file);
}

test("whatever a folder holds, each trouble is told by name and everything else is found", async () => {
  using folder = filesFolder({
    "good.md": "# Good\n\nThe kingfisher dived.",
    "broken.pdf": "%PDF-1.7\nthis is no PDF at all",
    "bomb.docx": zipSync({ "word/document.xml": bytes(" ".repeat(25_000_000)) }),
    "not-a-zip.docx": "PK but not really",
    "invalid.txt": new Uint8Array([...bytes("The ouzel sang "), 0xc3, 0x28, 0xff, ...bytes(" at dawn.")]),
    "nul.txt": "The pip\0it hopped.\n".repeat(3),
    [`quotes "and' \n newline.md`]: "The wagtail ran.",
    "empty.md": "",
    "blank.md": " \n\n ",
  });
  hugeText(join(folder.path, "huge.txt"));
  mkdirSync(join(folder.path, "loop"));
  symlinkSync(folder.path, join(folder.path, "loop", "again"));
  symlinkSync("/etc/hostname", join(folder.path, "outside.txt"));
  writeFileSync(join(folder.path, "later.md"), "The dipper bobbed.");

  await using app = await testApp({ integrations: [filesIntegration] });
  await app.credentials.save(filesIntegration, { integration: "Files", options: { path: folder.path } });
  const [started] = await app.runner.start({ integration: "Files", mode: "full", trigger: "manual" });
  const run = await app.runner.wait(started?.runId ?? "");
  expect(run).toMatchObject({ state: "succeeded", failed: 3 });

  const failed = await listTasks(app.db, "Files", 0, { status: "FAILED" });
  const reasons = failed.map((task) => task.error ?? "").sort();
  expect(reasons).toHaveLength(3);
  expect(reasons[0]).toContain("bomb.docx");
  expect(reasons[1]).toContain("broken.pdf");
  expect(reasons[2]).toContain("not-a-zip.docx");

  const find = async (query: string) => (await app.search({ query })).results[0]?.integrationArtifactId;
  expect(await find("kingfisher")).toEndWith("/good.md");
  expect(await find("ouzel dawn")).toEndWith("/invalid.txt");
  expect(await find("wagtail")).toEndWith(`/quotes "and' \n newline.md`);
  expect(await find("heron landed")).toEndWith("/huge.txt");
  expect(await find("dipper")).toEndWith("/later.md");
  const [huge] = (await app.search({ query: "heron" })).results;
  const [row] = await app.db.raw.all(
    "SELECT length(markdown) AS size, markdown LIKE '%**Cut here.**%' AS marked FROM mdArtifacts WHERE id = ?",
    [huge?.id ?? ""],
  );
  expect(Number(row?.["size"])).toBeLessThan(2_100_000);
  expect(row?.["marked"]).toBe(1);
  const outside = await app.db.raw.all(
    "SELECT count(*) AS n FROM mdArtifacts WHERE integrationArtifactId LIKE '%outside%'",
  );
  expect(outside).toEqual([{ n: 0 }]);
});

test("a folder that is not there fails in plain words, and what was synced stays", async () => {
  using folder = filesFolder({ "a.md": "The curlew called." });
  await using app = await testApp({ integrations: [filesIntegration] });
  await app.credentials.save(filesIntegration, { integration: "Files", options: { path: folder.path } });
  const sync = async () => {
    const [started] = await app.runner.start({
      integration: "Files",
      mode: "incremental",
      trigger: "manual",
    });
    return app.runner.wait(started?.runId ?? "");
  };
  await sync();
  folder[Symbol.dispose]();
  const run = await sync();
  expect(run.state).toBe("failed");
  expect(run.error).toContain(folder.path);
  expect((await app.search({ query: "curlew" })).results).toHaveLength(1);
});
