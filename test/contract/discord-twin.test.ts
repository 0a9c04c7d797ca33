/**
 * A bot against a Discord that nobody here wrote: `discord-digital-twin`, which keeps messages, edits, deletions and
 * threads. Its 174 MB are not among this project's packages: `DISCORD_TWIN` names a folder in which it is installed
 * (version 0.1.1, with its dependency `spiceflow` overridden to 1.19.0). Without it the test is skipped.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "bun:test";
import { z } from "zod";
import { discordIntegration } from "@/integrations/discord/integration";
import { testApp } from "@test/app";
import { servedArtifacts } from "@test/served-artifacts";

const entry = join(process.env["DISCORD_TWIN"] ?? "", "node_modules/discord-digital-twin/dist/index.js");
const leftOut = existsSync(entry) ? "" : " (left out: DISCORD_TWIN names no folder with the twin)";
const token = "twin-bot-token.abc.def";
const GENERAL = "1100000000000000001";
const QUIET = "1100000000000000002";

interface Twin {
  start: () => Promise<void>;
  stop: () => Promise<void>;
  restUrl: string;
  guildId: string;
  botUserId: string;
}
const twinModule = z.object({ DigitalDiscord: z.custom<new (options: object) => Twin>() });
const messageSchema = z.looseObject({ id: z.string(), content: z.string() });

async function startTwin(): Promise<Twin> {
  const { DigitalDiscord } = twinModule.parse(await import(entry));
  const channels = [
    { id: GENERAL, name: "general", type: 0 },
    { id: QUIET, name: "quiet", type: 0 },
  ];
  const guild = { name: "Quarry", ownerId: "1100000000000000009" };
  const users = [{ id: "1100000000000000009", username: "mason" }];
  const twin = new DigitalDiscord({ guild, channels, users, botToken: token });
  await twin.start();
  return twin;
}

/** Answers for the twin where it has no answer, or one that Discord would not give. */
function fillGaps(twin: Twin) {
  const others: Record<string, (url: URL) => unknown> = {
    "/users/@me/guilds": () => [{ id: twin.guildId, name: "Quarry" }],
    "/applications/@me": () => ({ id: twin.botUserId, name: "twin", flags: 1 << 19 }),
  };
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    reusePort: false,
    fetch: async (request) => {
      const url = new URL(request.url);
      if (url.pathname.includes("/threads/archived/")) return Response.json({ threads: [], has_more: false });
      const other = others[url.pathname];
      if (other !== undefined) return Response.json(other(url));
      const answer = await fetch(`${twin.restUrl}/v10${url.pathname}${url.search}`, {
        headers: { authorization: request.headers.get("authorization") ?? "" },
      });
      if (!url.pathname.endsWith("/messages") || !answer.ok)
        return new Response(await answer.text(), {
          status: answer.status,
          headers: { "content-type": "application/json" },
        });
      // Discord gives pages newest first, whatever was asked for; the twin turns those that come `after` round.
      const messages = z.array(messageSchema).parse(await answer.json());
      return Response.json(messages.toSorted((a, b) => (BigInt(a.id) < BigInt(b.id) ? 1 : -1)));
    },
  });
  return { url: `http://127.0.0.1:${server.port}`, stop: () => server.stop(true) };
}

function asBot(twin: Twin) {
  return async (method: string, path: string, body?: object): Promise<z.infer<typeof messageSchema>> => {
    const answer = await fetch(`${twin.restUrl}/v10${path}`, {
      method,
      headers: { authorization: `Bot ${token}`, "content-type": "application/json" },
      body: body === undefined ? null : JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.status === 204
      ? { id: "", content: "" }
      : messageSchema.parse({ content: "", ...z.looseObject({}).parse(await answer.json()) });
  };
}

test.skipIf(!existsSync(entry))(
  `a bot reads the twin's servers whole, and follows messages, edits, deletions and threads${leftOut}`,
  async () => {
    const twin = await startTwin();
    const gaps = fillGaps(twin);
    const environment = { INTEGRATION_API_URLS: `discord=${gaps.url}` };
    await using app = await testApp({ integrations: [discordIntegration], environment });
    const said = async () =>
      [...(await servedArtifacts(app.db, "Discord")).values()].map(({ markdown }) => markdown).join("\n");
    const sync = async (mode: "full" | "incremental") => {
      const [started] = await app.runner.start({ integration: "Discord", mode, trigger: "manual" });
      return app.runner.wait(started?.runId ?? "");
    };
    try {
      const ask = asBot(twin);
      const made: { id: string; content: string }[] = [];
      for (let count = 0; count < 130; count++)
        made.push(
          await ask("POST", `/channels/${GENERAL}/messages`, { content: `Stone no ${count} is cut.` }),
        );
      await ask("POST", `/channels/${QUIET}/messages`, { content: "Nobody talks here." });
      await app.credentials.save(discordIntegration, { integration: "Discord", apiKey: token });
      expect(await sync("full")).toMatchObject({ state: "succeeded", failed: 0 });
      const first = await said();
      for (const { content } of made) expect(first).toContain(content);
      expect(first).toContain("Nobody talks here.");

      const [edited, deleted, opened] = [made[3], made[77], made[120]];
      if (edited === undefined || deleted === undefined || opened === undefined) throw new Error("Too few.");
      await ask("PATCH", `/channels/${GENERAL}/messages/${edited.id}`, { content: "Stone no 3 is broken." });
      await ask("DELETE", `/channels/${GENERAL}/messages/${deleted.id}`);
      const thread = await ask("POST", `/channels/${GENERAL}/messages/${opened.id}/threads`, {
        name: "About stone 120",
      });
      await ask("POST", `/channels/${thread.id}/messages`, { content: "It is too heavy." });
      expect(await sync("incremental")).toMatchObject({ state: "succeeded", failed: 0 });
      const second = await said();
      expect(second).toContain("Stone no 3 is broken.");
      expect(second).not.toContain(edited.content);
      expect(second).not.toContain(deleted.content);
      expect(second).toContain("It is too heavy.");
      const { rows } = await app.sql.query(
        `SELECT count(*) FROM "discordMessage" WHERE "content" LIKE 'Stone no %'`,
      );
      expect(rows).toEqual([[129]]);
    } finally {
      await gaps.stop();
      await twin.stop();
    }
  },
  60_000,
);
