import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { eq } from "drizzle-orm";
import { mdArtifacts } from "@/core/db/schema";
import type { Search } from "@/core/services/app";
import { temporaryDatabase } from "@test/database";
import { artifactRow, registryOf, storeAndIndex } from "@test/search";
import { createSearch } from "./search";

const filler = (topic: string) =>
  `${topic} is settled by the committee in its yearly meeting. `.repeat(22).trim();
const page = ["Parking", "Lunch", "Needles", "Travel", "Heating"]
  .map((topic) => `# ${topic}\n\n${filler(topic)}`)
  .join("\n\n");
const messages = ["Any news?", "The deploy is stuck.", "Restart the needle worker.", "Done.", "Works now."];

describe("passages around a hit", () => {
  let search: Search;
  let database: Awaited<ReturnType<typeof temporaryDatabase>>;
  beforeAll(async () => {
    database = await temporaryDatabase();
    const chat = messages.map((text, index) =>
      artifactRow(`ops-${index}`, text, { integration: "chat", kind: "conversation", title: "#ops" }),
    );
    await storeAndIndex(database.db, [artifactRow("page", page, { title: "Rules" }), ...chat]);
    search = createSearch({ db: database.db, registry: registryOf("notes", "chat") });
  });
  afterAll(() => database[Symbol.asyncDispose]());

  test("are not given unless asked for", async () => {
    const { results } = await search({ query: "needles" });
    expect(results[0]).not.toHaveProperty("passages");
  });

  test("of a page are the best one whole, with those before and after it, by their true lines", async () => {
    const { results } = await search({ query: "needles committee", integration: "notes", context: 1 });
    const passages = results[0]?.passages ?? [];
    expect(passages.map(({ text }) => text.split("\n")[0])).toEqual(["# Lunch", "# Needles", "# Travel"]);
    const lines = page.split("\n");
    for (const { id, text, lines: at } of passages) {
      expect(id).toBe("page");
      expect(lines.slice(at.start - 1, at.end).join("\n")).toBe(text);
    }
    const whole = await search({ query: "needles committee", integration: "notes", context: 0 });
    expect(whole.results[0]?.passages?.map(({ text }) => text)).toEqual([passages[1]?.text ?? ""]);
  });

  test("of a message are the messages before and after it", async () => {
    const { results } = await search({ query: "restart the needle worker", context: 1 });
    expect(results[0]?.passages?.map(({ id, text }) => [id, text])).toEqual([
      ["ops-1", "The deploy is stuck."],
      ["ops-2", "Restart the needle worker."],
      ["ops-3", "Done."],
    ]);
  });

  test("of a message leave out one that was removed", async () => {
    const { db } = database;
    await db
      .update(mdArtifacts)
      .set({ deletedAt: "2026-05-01T00:00:00.000Z" })
      .where(eq(mdArtifacts.id, "ops-3"));
    const { results } = await search({ query: "restart the needle worker", context: 1 });
    expect(results[0]?.passages?.map(({ id }) => id)).toEqual(["ops-1", "ops-2", "ops-4"]);
  });
});
