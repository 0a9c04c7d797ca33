/** The suite itself must notice what it is there for: an integration with a fault fails the check that is about it. */
import { expect, test } from "bun:test";
import type { Integration, SyncContext } from "@/core/models/integration";
import { gongIntegration } from "@/integrations/gong/integration";
import type { StartFake } from "../fakes/fake";
import { startFake } from "../fakes/gong/fake";
import { checkNames, runCheck } from "./kit";
import { allPassed, documentOf, reportOf } from "./report";

const size = { seed: 5, items: 8, kills: 1, worlds: 1 };
const check = (name: string, integration: Integration) => runCheck(name, integration, startFake, size);

test("an integration that never looks for changes fails where changes are looked for", async () => {
  const lazy = { ...gongIntegration, syncUpdates: async () => {} };
  const result = await check("incremental", lazy);
  expect(result.faults?.join("\n")).toContain("is missing");
  expect(allPassed([result])).toBe(false);
  const report = reportOf("Gong", [result]);
  expect(report).toContain("| incremental | **failed** |");
  expect(report).toContain(result.hint);
  const page = documentOf(new Map([["Gong", [result]]]), size);
  expect(page).toContain("| check | Gong |\n| --- | --- |\n| incremental | **failed** |");
  expect(page).toContain(result.hint);
});

test("one that writes a key into its log fails where leaks are looked for", async () => {
  const loud = {
    ...gongIntegration,
    sync: async (db: Parameters<Integration["sync"]>[0], context: SyncContext) => {
      context.log.info(`Signing in as ${context.credential.secretKey ?? ""}`);
      await gongIntegration.sync(db, context);
    },
  };
  expect((await check("no secret leaks", loud)).faults).toContain("secret 2 stands in the log");
});

test("one that leaves its tables full fails where a purge is tried", async () => {
  const hoarder = { ...gongIntegration, deleteSync: async () => {} };
  expect((await check("purge", hoarder)).faults?.[0]).toContain("gongCall still has 8 rows");
});

test("one that asks for no changes fails in random worlds, which tell what happened before", async () => {
  const lazy = { ...gongIntegration, syncUpdates: async () => {} };
  // Where a sync is stopped differs from run to run: one of several worlds shows it, whatever happens in it.
  const { faults } = await runCheck("random worlds", lazy, startFake, { ...size, worlds: 6 });
  expect(faults?.[0]).toMatch(/^seed \d+: round \d, \w+, then incremental at rest: /);
  expect(faults?.at(-1)).toMatch(/^seed \d+: happened: /);
});

test("one whose source never takes anything back is checked for all but deletions", async () => {
  const startFeed: StartFake = async (options) => {
    const fake = await startFake(options);
    for (const name of ["delete", "hide"]) Object.defineProperty(fake.world, name, { value: undefined });
    return fake;
  };
  const deletions = await runCheck("deletions", gongIntegration, startFeed, size);
  expect(reportOf("Gong", [deletions])).toContain("| deletions | not offered by the provider |");
  for (const name of ["incremental", "edits during a sync", "random worlds"])
    expect((await runCheck(name, gongIntegration, startFeed, size)).faults).toEqual([]);
});

test("one that breaks is a fault of its own, not of the suite", async () => {
  const broken = {
    ...gongIntegration,
    connect: () => Promise.reject(new Error("no form today")),
  };
  expect((await check("complete", broken)).faults).toEqual(["the check broke: no form today"]);
});

test("every check has a name of its own", () => expect(new Set(checkNames).size).toBe(checkNames.length));

test("one that asks too often fails where requests are counted, unless its provider takes as many", async () => {
  let asked = 0;
  const chatty = {
    ...gongIntegration,
    syncUpdates: async (db: Parameters<Integration["sync"]>[0], context: SyncContext) => {
      const http = context.http();
      for (let left = 20; left > 0; left--)
        await http
          .request({ url: context.apiUrl("https://api.gong.io"), expect: "text" })
          .catch(() => void asked++);
    },
  };
  const [fault] = (await check("few requests", chatty)).faults ?? [];
  expect(asked).toBe(20);
  expect(fault).toMatch(/^an incremental sync of nothing new took 20 requests, the full one \d$/);
  const startMany: StartFake = async (options) =>
    Object.assign(await startFake(options), { leastForNothingNew: () => 20 });
  expect((await runCheck("few requests", chatty, startMany, size)).faults).toEqual([]);
});
