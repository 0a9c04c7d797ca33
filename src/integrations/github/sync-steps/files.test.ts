import { expect, test } from "bun:test";
import { github } from "@test/github";

async function documents() {
  const place = await github(0, { include: "docs" });
  const [repository] = place.world.repositories;
  if (repository === undefined) throw new Error("no repository");
  repository.files.clear();
  return { ...place, repository };
}
const blobs = (place: Awaited<ReturnType<typeof github>>, from: number) =>
  place.asked(from).filter(({ path }) => path.includes("/git/blobs/")).length;
const keys = async (place: Awaited<ReturnType<typeof github>>) =>
  [...(await place.served()).keys()]
    .filter((key) => key.includes(":file:"))
    .map((key) => key.split(":file:")[1]);

test("documentation is told by where it lies, and asked for once for each content", async () => {
  await using place = await documents();
  const { repository } = place;
  repository.files.set("README.md", "# Cranes\n\nHow they lift.");
  repository.files.set("docs/night.md", "# At night\n");
  repository.files.set("docs/plan.png", "not text");
  repository.files.set("src/notes.md", "# Notes of a program\n");
  const from = place.fake.requests().length;
  await place.sync("full");
  expect((await keys(place)).toSorted((a = "", b = "") => (a < b ? -1 : 1))).toEqual([
    "README.md",
    "docs/night.md",
  ]);
  expect(blobs(place, from)).toBe(2);
  repository.files.set("docs/night.md", "# By day\n");
  const again = place.fake.requests().length;
  expect(await place.sync("incremental")).toMatchObject({ updated: 1, inserted: 0 });
  expect(blobs(place, again)).toBe(1);
  expect(await place.rows("SELECT title FROM githubFile WHERE path = 'docs/night.md'")).toEqual([
    { title: "By day" },
  ]);
});

test("a moved file keeps its words under its new path, and the old one goes at once", async () => {
  await using place = await documents();
  const { repository } = place;
  repository.files.set("docs/a.md", "# Greasing\n\nOnce a week.");
  await place.sync("full");
  repository.files.delete("docs/a.md");
  repository.files.set("docs/gear/a.md", "# Greasing\n\nOnce a week.");
  expect(await place.sync("incremental")).toMatchObject({ inserted: 1, deleted: 1 });
  expect(await keys(place)).toEqual(["docs/gear/a.md"]);
  expect(await place.rows("SELECT path FROM githubFile")).toEqual([{ path: "docs/gear/a.md" }]);
});

test("a file that grew too large leaves, is told of, and comes back when it is small again", async () => {
  await using place = await documents();
  const { repository } = place;
  repository.files.set("README.md", "# Small");
  await place.sync("full");
  repository.files.set("README.md", "x".repeat(2_200_000));
  expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", skipped: 1, failed: 0 });
  expect(await keys(place)).toEqual([]);
  repository.files.set("README.md", "# Small again");
  await place.sync("incremental");
  expect(await keys(place)).toEqual(["README.md"]);
});

test("a repository without a commit has no documents, and is read once it has one", async () => {
  await using place = await documents();
  const { repository } = place;
  expect(await place.sync("full")).toMatchObject({ state: "succeeded", failed: 0 });
  expect(await keys(place)).toEqual([]);
  repository.files.set("README.md", "# First");
  await place.sync("incremental");
  expect(await keys(place)).toEqual(["README.md"]);
});

test("a link to another file is no document: all it holds is a path", async () => {
  await using place = await documents();
  const { repository } = place;
  repository.files.set("AGENTS.md", "# How the cranes are greased");
  repository.files.set("CLAUDE.md", "AGENTS.md");
  await place.sync("full");
  expect(await keys(place)).toHaveLength(2);
  repository.links = new Set(["CLAUDE.md"]);
  await place.sync("full");
  expect(await keys(place)).toEqual(["AGENTS.md"]);
});
