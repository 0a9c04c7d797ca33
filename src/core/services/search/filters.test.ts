import { describe, expect, test } from "bun:test";
import { InputError } from "@/core/models/errors";
import { temporaryDatabase } from "@test/database";
import { artifactRow, registryOf, storeAndIndex } from "@test/search";
import { filterOf } from "./filters";

const registry = registryOf("Notes", "Chat");

describe("filterOf", () => {
  test("nothing wanted leaves everything that is live", async () => {
    await using database = await temporaryDatabase();
    expect(await filterOf({}, database.db, registry)).toEqual({
      sql: "a.live = 1",
      parameters: [],
      narrows: false,
    });
  });

  test("dates are compared in one form", async () => {
    await using database = await temporaryDatabase();
    const filter = await filterOf(
      { minDate: "2026-05-01T02:00:00+02:00", maxDate: "2026-05-03" },
      database.db,
      registry,
    );
    expect(filter.parameters).toEqual(["2026-05-01T00:00:00.000Z", "2026-05-03T23:59:59.999Z"]);
  });

  test("a month or a year as the end of a span is in it whole", async () => {
    await using database = await temporaryDatabase();
    const filter = await filterOf({ minDate: "2026-03", maxDate: "2026-03" }, database.db, registry);
    expect(filter.parameters).toEqual(["2026-03-01T00:00:00.000Z", "2026-03-31T23:59:59.999Z"]);
    expect((await filterOf({ maxDate: "2026" }, database.db, registry)).parameters).toEqual([
      "2026-12-31T23:59:59.999Z",
    ]);
  });

  test("a date for 'any time' leaves nothing out, and one beyond all dates is still a bound", async () => {
    await using database = await temporaryDatabase();
    const bounds = async (minDate: string, maxDate: string) =>
      (await filterOf({ minDate, maxDate }, database.db, registry)).parameters;
    expect(await bounds("0001-01-01", "9999-12-31")).toEqual([
      "0001-01-01T00:00:00.000Z",
      "9999-12-31T23:59:59.999Z",
    ]);
    expect(await bounds("-000044-03-15", "+275760-09-13")).toEqual([
      "0000-01-01T00:00:00.000Z",
      "9999-12-31T23:59:59.999Z",
    ]);
  });

  test("a span that ends before it begins is refused; one that is a single day is none of these", async () => {
    await using database = await temporaryDatabase();
    const span = (minDate: string, maxDate: string) => filterOf({ minDate, maxDate }, database.db, registry);
    await expect(span("2026-05-02", "2026-05-01")).rejects.toThrow(InputError);
    await expect(span("2026-05-01T10:00:00Z", "2026-05-01T09:00:00Z")).rejects.toThrow(InputError);
    expect((await span("2026-05-01T10:00:00Z", "2026-05-01")).narrows).toBe(true);
  });

  test("several integrations are any of them, in their own spelling", async () => {
    await using database = await temporaryDatabase();
    const filter = await filterOf({ integration: ["notes", "CHAT"] }, database.db, registry);
    expect(filter.parameters).toEqual(["Notes", "Chat"]);
  });

  test("an unknown entity names the nearest ones and the field", async () => {
    await using database = await temporaryDatabase();
    await storeAndIndex(database.db, [artifactRow("a", "x", { entities: ["Müller GmbH", "Acme"] })]);
    expect((await filterOf({ entities: ["muller  gmbh"] }, database.db, registry)).parameters).toEqual([
      "muller gmbh",
      expect.stringMatching(/^title : "mull\w* gmbh ?"$/),
    ]);
    const error = await filterOf({ entities: ["Acmee"] }, database.db, registry).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(InputError);
    if (!(error instanceof InputError)) return;
    expect(error.details.map((issue) => issue.field)).toEqual(["entities"]);
    expect(error.explanation).toContain("Did you mean Acme?");
  });
});
