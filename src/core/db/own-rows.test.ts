import { describe, expect, test } from "bun:test";
import { temporaryDatabase } from "@test/database";
import { gt, isNotNull } from "drizzle-orm";
import { changeOwnRows, removeOwnRows, rowsOfAccount, saveOwnRows, upsertRows } from "./own-rows";
import { integer, json, primaryKey, table, text } from "./table";

const berth = table(
  "berth",
  {
    account: text().notNull(),
    quay: text().notNull(),
    number: integer().notNull(),
    ship: text(),
    marks: json().$type<string[]>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.account, t.quay, t.number] })],
);
const crane = table("crane", { account: text().notNull(), name: text().notNull(), driver: text() }, (t) => [
  primaryKey({ columns: [t.account, t.name] }),
]);
const keyless = table("keyless", { account: text().notNull() });

async function harbour() {
  const database = await temporaryDatabase();
  await database.db.raw.run(
    "CREATE TABLE berth (account TEXT, quay TEXT, number INTEGER, ship TEXT, marks TEXT, PRIMARY KEY (account, quay, number))",
  );
  await database.db.raw.run(
    "CREATE TABLE crane (account TEXT, name TEXT, driver TEXT, PRIMARY KEY (account, name))",
  );
  return database;
}

const berthAt = (quay: string, number: number, ship: string | null = null, account = "north") => ({
  account,
  quay,
  number,
  ship,
  marks: ship === null ? [] : [ship],
});

describe("own rows", () => {
  test("are written by a key of any columns; what was there under it is replaced, nothing else", async () => {
    await using database = await harbour();
    const { db } = database;
    await upsertRows(db, berth, [berthAt("A", 2, "Mira"), berthAt("A", 1), berthAt("B", 1, "Old")]);
    await upsertRows(db, berth, [berthAt("B", 1, "New"), berthAt("B", 1, "Other's", "south")]);
    expect(await rowsOfAccount(db, berth, "north")).toEqual([
      berthAt("A", 1),
      berthAt("A", 2, "Mira"),
      berthAt("B", 1, "New"),
    ]);
    expect(await rowsOfAccount(db, berth, "south")).toEqual([berthAt("B", 1, "Other's", "south")]);
  });

  test("keep the columns that are not named; new rows are written whole", async () => {
    await using database = await harbour();
    const { db } = database;
    await upsertRows(db, berth, [berthAt("A", 1, "Mira")]);
    const listed = [
      { ...berthAt("A", 1, "Noor"), marks: ["lost"] },
      { ...berthAt("A", 2, "Bo"), marks: ["kept"] },
    ];
    await upsertRows(db, berth, listed, ["ship"]);
    expect((await rowsOfAccount(db, berth, "north")).map(({ ship, marks }) => [ship, marks])).toEqual([
      ["Noor", ["Mira"]],
      ["Bo", ["kept"]],
    ]);
  });

  test("may be more than one statement takes, and none at all", async () => {
    await using database = await harbour();
    const { db } = database;
    const many = Array.from({ length: 9_000 }, (_, number) => berthAt("long", number, `ship ${number}`));
    await db.transaction((tx) => upsertRows(tx, berth, many));
    await upsertRows(db, berth, []);
    expect(await db.$count(berth)).toBe(9_000);
    const keys = many.map(({ number }) => String(number)).slice(0, 5_000);
    await db.transaction((tx) => removeOwnRows(tx, berth, berth.number, "north", keys));
    expect(await db.$count(berth)).toBe(4_000);
  });

  test("are read by a condition, page by page in the order of the key", async () => {
    await using database = await harbour();
    const { db } = database;
    const named = ["D", "B", "C", "A"].map((name) => ({
      account: "north",
      name,
      driver: name === "B" ? null : name,
    }));
    await upsertRows(db, crane, [...named, { account: "south", name: "E", driver: "E" }]);
    const namesOf = async (some: Parameters<typeof rowsOfAccount>[3]) =>
      (await rowsOfAccount(db, crane, "north", some)).map(({ name }) => name);
    expect(await namesOf({ limit: 2 })).toEqual(["A", "B"]);
    expect(await namesOf({ where: gt(crane.name, "B") })).toEqual(["C", "D"]);
    expect(await namesOf({ where: isNotNull(crane.driver), limit: 2 })).toEqual(["A", "C"]);
    expect(await namesOf({ where: undefined })).toHaveLength(4);
  });

  test("change in the columns that are named, under the keys that are, of one account", async () => {
    await using database = await harbour();
    const { db } = database;
    const numbers = Array.from({ length: 900 }, (_, number) => number);
    await upsertRows(db, berth, [
      ...numbers.map((n) => berthAt("A", n, "Mira")),
      berthAt("A", 1, "Bo", "south"),
    ]);
    const keys = numbers.slice(0, 850).map(String);
    await changeOwnRows(db, berth, berth.number, "north", keys, { ship: null });
    await changeOwnRows(db, berth, berth.number, "north", keys, {});
    const rows = await rowsOfAccount(db, berth, "north");
    expect(rows.filter(({ ship }) => ship === null)).toHaveLength(850);
    expect(rows.every(({ marks }) => marks[0] === "Mira")).toBe(true);
    expect(await rowsOfAccount(db, berth, "south")).toEqual([berthAt("A", 1, "Bo", "south")]);
  });

  test("of another account stay when an account's are removed", async () => {
    await using database = await harbour();
    const { db } = database;
    const rows = [
      { account: "north", name: "Big", driver: "Ana" },
      { account: "south", name: "Big", driver: "Bo" },
    ];
    await saveOwnRows(db, crane, crane.name, rows);
    await saveOwnRows(db, crane, crane.name, [{ account: "south", name: "Big", driver: "Chidi" }]);
    await removeOwnRows(db, crane, crane.name, "north", ["Big", "Small"]);
    expect(await rowsOfAccount(db, crane, "north")).toEqual([]);
    expect(await rowsOfAccount(db, crane, "south")).toEqual([
      { account: "south", name: "Big", driver: "Chidi" },
    ]);
  });

  test("of a table that declares no key of columns are refused, with what is missing", async () => {
    await using database = await harbour();
    const writing = upsertRows(database.db, keyless, [{ account: "north" }]);
    await expect(writing).rejects.toThrow("The table keyless declares no primaryKey({ columns })");
  });
});
