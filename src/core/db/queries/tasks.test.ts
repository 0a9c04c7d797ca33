import { describe, expect, test } from "bun:test";
import { tasksAnswerSchema } from "@/core/models/api";
import { overviewSchema } from "@/core/models/overview";
import { PermanentError } from "@/core/models/errors";
import { httpApp, type HttpApp } from "@test/http";

const failedItems = async ({ send }: HttpApp) => {
  const { queue, failures } = overviewSchema.parse(await (await send("GET", "/api/overview")).json());
  const { syncTasks } = tasksAnswerSchema.parse(await (await send("GET", "/api/syncTasks/recent")).json());
  const failed = syncTasks.filter(({ status }) => status === "FAILED");
  return {
    items: queue.failedItems,
    shown: failures.map(({ error }) => error),
    recent: failed.map(({ step }) => step).sort(),
  };
};

const synced = async ({ app: { runner } }: HttpApp) => {
  const [run] = await runner.start({ integration: "Shelf", mode: "full", trigger: "manual" });
  return runner.wait(run?.runId ?? "");
};

describe("a failure", () => {
  test("of a whole sync is told once, is no item, and is over with the next sync that succeeds", async () => {
    await using http = await httpApp();
    http.shelf.beforePage = () => {
      throw new PermanentError("The shelf is away.");
    };
    expect((await synced(http)).state).toBe("failed");
    expect(await failedItems(http)).toEqual({
      items: 0,
      shown: ["The shelf is away."],
      recent: ["sync", "sync-data"],
    });
    http.shelf.beforePage = () => undefined;
    expect((await synced(http)).state).toBe("succeeded");
    expect(await failedItems(http)).toEqual({ items: 0, shown: [], recent: [] });
    const again = await http.send("POST", "/api/syncTasks/retry", { body: {} });
    expect(await again.json()).toEqual({ runs: [] });
  });

  test("of an item stands through every sync that succeeds until it is made good", async () => {
    await using http = await httpApp();
    http.shelf.beforeRender = (key) => {
      if (key === "c") throw new Error("the page is torn");
    };
    const standing = { items: 1, shown: [expect.stringContaining("torn")], recent: ["sync-data"] };
    for (let times = 0; times < 2; times++) {
      expect((await synced(http)).state).toBe("succeeded");
      expect(await failedItems(http)).toEqual(standing);
    }
    http.shelf.beforeRender = () => undefined;
    await http.send("POST", "/api/syncTasks/retry", { body: {} });
    await synced(http);
    expect(await failedItems(http)).toEqual({ items: 0, shown: [], recent: [] });
  });
});
