/** A program with the scripted provider as its one source, and the usual things to do with both. */
import { expect } from "bun:test";
import type { SyncRun } from "@/core/models/sync";
import { testApp, type TestApp } from "./app";
import { structureViolations, truthViolations } from "./invariants";
import { createFake, type FakeOptions } from "./provider-integration";
import { FakeProvider } from "./provider-server";

export interface FakeApp extends AsyncDisposable {
  app: TestApp;
  provider: FakeProvider;
  sync: (mode?: "full" | "incremental") => Promise<SyncRun>;
  /** Ids of everything that is served, in order. */
  served: () => Promise<string[]>;
  /** Fails when an invariant is broken; with `truth` also when something served is not what the provider holds. */
  check: (truth?: "truth") => Promise<void>;
}

/** `await using fake = await fakeApp();` */
export async function fakeApp(options: FakeOptions = {}): Promise<FakeApp> {
  const provider = await FakeProvider.start();
  const app = await testApp({ integrations: [createFake(provider.url, options)] });
  return {
    app,
    provider,
    sync: async (mode = "full") => {
      const [started] = await app.runner.start({ integration: "Fake", mode, trigger: "manual" });
      return app.runner.wait(started?.runId ?? "");
    },
    served: async () => {
      const rows = await app.db.raw.all(
        "SELECT integrationArtifactId AS id FROM mdArtifacts WHERE deletedAt IS NULL ORDER BY id",
      );
      return rows.map((row) => String(row["id"]).replace(/^fake\//, ""));
    },
    check: async (truth) => {
      expect(await structureViolations(app.db)).toEqual([]);
      if (truth !== undefined) expect(await truthViolations(app.db, provider.world.truth())).toEqual([]);
    },
    [Symbol.asyncDispose]: async () => {
      await app[Symbol.asyncDispose]();
      await provider[Symbol.asyncDispose]();
    },
  };
}
