import { expect, test } from "bun:test";
import { setting } from "@/core/db/schema";
import { temporaryDatabase } from "@test/database";
import { askBecauseAnew, askForFullPass, connectedAnew, whyFull } from "./full-pass";

const source = { integration: "Notes", account: "acme" };
const integration = { config: { integration: "Notes", icon: "", integrationType: "API_KEY" as const } };

async function opened() {
  const database = await temporaryDatabase();
  const { db } = database;
  const said = async () => [
    await whyFull(db, integration, source.account),
    (await connectedAnew(db, source)) !== undefined,
  ];
  return { db, said, [Symbol.asyncDispose]: () => database[Symbol.asyncDispose]() };
}

test("the first reason stays, and only a new connection speaks of another account", async () => {
  await using it = await opened();
  expect(await it.said()).toEqual([undefined, false]);
  await askForFullPass(it.db, source, "It was left off.");
  await askForFullPass(it.db, source, "Rows are read differently.");
  expect(await it.said()).toEqual(["It was left off.", false]);
  await askBecauseAnew(it.db, source, "It was connected anew.");
  expect(await it.said()).toEqual(["It was connected anew.", true]);
  await askForFullPass(it.db, source, "It was left off.");
  expect(await it.said()).toEqual(["It was connected anew.", true]);
});

test("what an earlier version of the program asked for still holds", async () => {
  await using it = await opened();
  await askForFullPass(it.db, source, "It was left off.");
  await it.db.update(setting).set({ value: "The account was connected anew." });
  expect(await it.said()).toEqual(["The account was connected anew.", true]);
});
