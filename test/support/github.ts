/** A program with an account at GitHub connected to a stand-in, for tests. */
import { listTasks } from "@/core/db/queries/tasks";
import type { CredentialInput } from "@/core/models/credential";
import { githubIntegration } from "@/integrations/github/integration";
import { startGithub } from "../fakes/github/fake";
import { connectedApp, differences } from "./fake-app";
import { fastClock } from "./fast-clock";

/** `await using place = await github(20);` with so many items at the start. */
export async function github(items: number, options?: CredentialInput["options"]) {
  const clock = fastClock();
  const fake = await startGithub({ seed: 5, items, clock });
  if (options !== undefined) fake.credential.options = options;
  const place = await connectedApp(githubIntegration, fake, { clock });
  const { world, server } = fake;
  return {
    ...place,
    clock,
    fake,
    world,
    server,
    differences: async () => differences(await place.served(), fake),
    rows: (sql: string) => place.app.db.raw.all(sql),
    asked: (from: number) => fake.requests().slice(from),
    errors: async () => (await listTasks(place.app.db, "GitHub", 0)).map(({ error }) => error ?? ""),
    [Symbol.asyncDispose]: async () => {
      await place[Symbol.asyncDispose]();
      await fake[Symbol.asyncDispose]();
    },
  };
}
