/** The workspace that newcomers try: it syncs whole, and what somebody there might ask is found at once, offline. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { cpSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";
import { filesIntegration } from "@/integrations/files/integration";
import { testApp, type TestApp } from "@test/app";
import { temporaryFolder } from "@test/database";
import given from "../samples/questions.json";

const questions = z
  .array(z.object({ question: z.string(), answers: z.array(z.string()).min(1) }))
  .parse(given);

let app: TestApp;
let folder: ReturnType<typeof temporaryFolder>;
let state: string;

beforeAll(async () => {
  folder = temporaryFolder();
  const workspace = join(folder.path, "workspace");
  cpSync(resolve(import.meta.dir, "../samples/workspace"), workspace, { recursive: true });
  app = await testApp({ integrations: [filesIntegration] });
  await app.credentials.save(filesIntegration, { integration: "Files", options: { path: workspace } });
  const [run] = await app.runner.start({ integration: "Files", mode: "full", trigger: "cli" });
  ({ state } = await app.runner.wait(run?.runId ?? ""));
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

describe("the sample workspace", () => {
  test("syncs without a failure", async () => {
    expect(state).toBe("succeeded");
    const [source] = await app.credentials.list("Files");
    expect(source?.status).toBe("connected");
  });

  test.each(questions)(
    "finds the answer to $question within the first three",
    async ({ question, answers }) => {
      const { results } = await app.search({ query: question, limit: 3 });
      const found = results.map(({ integrationArtifactId: id }) => id.slice(id.indexOf("/") + 1));
      expect(found.filter((path) => answers.includes(path))).not.toEqual([]);
    },
  );
});
