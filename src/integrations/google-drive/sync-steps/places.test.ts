import { describe, expect, test } from "bun:test";
import { temporaryDatabase } from "@test/database";
import { saveDrives, saveFiles } from "../db/queries";
import { type DriveFile, fileSchema, FOLDER, SHORTCUT } from "../models/models";
import { wayOf, whyLeftOut } from "./classify";
import { pageOf } from "./page";
import { Places } from "./places";

const file = (fields: Record<string, unknown>): DriveFile =>
  fileSchema.parse({ id: "f", name: "f.txt", mimeType: "text/plain", ownedByMe: true, ...fields });
const folder = (id: string, parent: string | undefined, name = id) =>
  file({ id, name, mimeType: FOLDER, parents: parent === undefined ? undefined : [parent] });

async function places(known: readonly DriveFile[], roots: readonly string[] = []) {
  await using store = await temporaryDatabase();
  await saveFiles(store.db, "a", known);
  await saveFiles(store.db, "another account", [folder("up", "elsewhere")]);
  await saveDrives(store.db, "a", [{ id: "d1", name: "Harbour" }]);
  return await Places.load(store.db, "a", roots);
}

describe("where a file lies", () => {
  test("is told from the top down, as far as it can be seen", async () => {
    const known = await places([
      folder("deep", "mid"),
      folder("mid", "top"),
      folder("top", "root"),
      folder("lone", "hidden"),
    ]);
    expect(known.pathOf(file({ parents: ["deep"] }))).toEqual(["My Drive", "top", "mid", "deep"]);
    expect(known.pathOf(file({ parents: ["lone"], ownedByMe: false }))).toEqual(["Shared with me", "lone"]);
    expect(known.pathOf(file({ parents: ["d1"], driveId: "d1" }))).toEqual(["Harbour"]);
    expect(known.pathOf(file({}))).toEqual(["My Drive"]);
  });

  test("ends where folders go round in a circle", async () => {
    const known = await places([folder("a", "b"), folder("b", "a")], ["elsewhere"]);
    expect(known.pathOf(file({ parents: ["a"] }))).toEqual(["My Drive", "b", "a"]);
    expect(known.includes(file({ parents: ["a"] }))).toBe(false);
  });

  test("decides whether it is among the chosen folders, as do shortcuts and changes", async () => {
    const known = await places([folder("in", "root"), folder("out", "root")], ["in"]);
    const [inside, outside] = [file({ parents: ["in"] }), file({ parents: ["out"] })];
    expect([known.includes(inside), known.includes(outside)]).toEqual([true, false]);
    known.learn(folder("out", "in"));
    expect(known.includes(outside)).toBe(true);
    known.learn(file({ id: "s", mimeType: SHORTCUT, parents: ["in"], shortcutDetails: { targetId: "far" } }));
    expect(known.includes(file({ id: "far", parents: [] }))).toBe(true);
  });
});

describe("how a file is read", () => {
  test("follows from what Google calls it, then from its name, then from its type", () => {
    const google = "application/vnd.google-apps.";
    const ways: [Record<string, unknown>, string | undefined][] = [
      [{ name: "Plan", mimeType: `${google}document` }, "export Plan.md"],
      [{ name: "Sums", mimeType: `${google}spreadsheet` }, "export Sums.xlsx"],
      [{ name: "Talk", mimeType: `${google}presentation` }, "export Talk.pptx"],
      [{ name: "main.rs", mimeType: "application/octet-stream" }, "download main.rs"],
      [{ name: "Scan", mimeType: "application/pdf" }, "download Scan.pdf"],
      [{ name: "v1.2", mimeType: "text/plain" }, "download v1.2.txt"],
      [{ name: "a.png", mimeType: "image/png" }, undefined],
      [{ name: "Form", mimeType: `${google}form` }, undefined],
    ];
    for (const [fields, expected] of ways) {
      const way = wayOf(file(fields));
      expect([fields["name"], way === undefined ? undefined : `${way.kind} ${way.path}`]).toEqual([
        fields["name"],
        expected,
      ]);
    }
  });

  test("is told in words where it is left out", () => {
    const why = (fields: Record<string, unknown>) => whyLeftOut(file(fields), 20)?.reason;
    expect(why({})).toBeUndefined();
    expect(why({ name: "a\n.png", mimeType: "image/png" })).toBe("'a .png' is neither text nor a document.");
    expect(why({ capabilities: { canDownload: false } })).toBe(
      "'f.txt' may not be downloaded, says its owner.",
    );
    expect(why({ size: "52428800" })).toBe("'f.txt' has 52.4 MB, more than the 20 MB that are read.");
  });
});

test("a page has what is there, what is left out, and what is not there for us", async () => {
  const known = await places([folder("in", "root")], ["in"]);
  const files = [
    file({ id: "1", parents: ["in"] }),
    file({ id: "2", parents: ["in"], name: "x.png", mimeType: "image/png" }),
    file({ id: "3", parents: ["in"], trashed: true }),
    file({ id: "4", parents: ["out"] }),
    folder("5", "in"),
  ];
  const { items, skipped, removed } = pageOf(files, known, { folders: ["in"], maxFileMb: 20 });
  expect(items.map((item) => [item.file.id, item.path.join("/")])).toEqual([["1", "My Drive/in"]]);
  expect(skipped.map(({ key }) => key)).toEqual(["2"]);
  expect(removed.map(({ key, state }) => `${key} ${state}`)).toEqual(["3 gone", "4 gone"]);
});
