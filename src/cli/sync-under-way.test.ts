import { expect, test } from "bun:test";
import { testApp } from "@test/app";
import { createShelf } from "@test/shelf";
import { fillShelf } from "@test/shelf-syncs";
import { askedForMore, startedLines } from "./sync-under-way";

test("what is under way does not pass for a sync that was to do more", async () => {
  const shelf = createShelf();
  fillShelf(shelf, 4);
  const goOn = Promise.withResolvers<void>();
  shelf.beforePage = () => goOn.promise;
  await using app = await testApp({ integrations: [shelf.integration] });
  const asked = {
    integration: "Shelf",
    account: undefined,
    mode: "incremental",
    confirmDeletions: false,
  } as const;
  const begin = async (request: Omit<typeof asked, "mode"> & { mode: "full" | "incremental" }) => [
    { request, runs: await app.runner.start({ ...request, trigger: "cli" }) },
  ];
  const first = await begin(asked);
  const { runId: id = "", account = "" } = first[0]?.runs[0] ?? {};
  const same = await begin(asked);
  const full = await begin({ ...asked, mode: "full" });
  expect(await startedLines(app, first)).toEqual([`The server has started 1 sync: ${id}`]);
  const underWay = `Shelf ${account}: a sync is under way already (${id}).`;
  expect(await startedLines(app, same)).toEqual([underWay]);
  expect(await startedLines(app, full)).toEqual([
    `${underWay} It does less than was asked for: ask again once it has ended, or with --wait.`,
  ]);
  goOn.resolve();
  const ended = [await app.runner.wait(id)];
  expect(askedForMore(first, ended)).toEqual([]);
  expect(askedForMore(same, ended)).toEqual([]);
  expect(askedForMore(full, ended)).toEqual([{ ...asked, mode: "full", account }]);
  // Whether the other one removes what the guard holds, nobody here can say.
  const confirmed = full.map(({ runs }) => ({
    request: { ...asked, confirmDeletions: true },
    runs,
  }));
  expect(askedForMore(confirmed, ended)).toEqual([{ ...asked, confirmDeletions: true, account }]);
});
