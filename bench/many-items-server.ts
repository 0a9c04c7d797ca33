/** The server that `many-items.ts` measures: the product with one source, which pages through a provider over HTTP. */
import { z } from "zod";
import { parseConfig } from "@/core/config";
import { startServer } from "@/core/handlers/server";
import { startSearchWorker } from "@/core/services/search/thread/search-worker";
import { createIntegration } from "@/core/services/sync/create-integration";
import { openApp } from "@/index";

const [providerUrl = ""] = process.argv.slice(2);
const pageSchema = z.object({
  items: z.array(z.object({ id: z.string(), version: z.string(), text: z.string() })),
  next: z.number().nullable(),
});
type Item = z.infer<typeof pageSchema>["items"][number];

const many = createIntegration({
  config: { integration: "Many", icon: "", integrationType: "API_KEY" },
  streams: (context) => [
    {
      name: "items",
      enumerates: ["full"],
      // The engine gives a stream its own items alone.
      key: (item) => (item as Item).id,
      version: (item) => (item as Item).version,
      render: (item) => {
        const { id, text } = item as Item;
        return { integrationArtifactId: id, kind: "document", title: `Item ${id}`, markdown: text };
      },
      async *pages({ cursor }) {
        const client = context.http();
        for (let from: number | null = Number(cursor ?? 0); from !== null;) {
          const { data }: { data: z.infer<typeof pageSchema> } = await client.request({
            url: `${providerUrl}/items`,
            query: { from },
            expect: "json",
            schema: pageSchema,
            signal: context.signal,
          });
          from = data.next;
          yield { items: data.items, cursor: from };
        }
      },
    },
  ],
});

const config = parseConfig(process.env);
// As `stoneturner serve` does it.
const searchWorker = startSearchWorker(config.databasePath);
const app = await openApp({ config, searchWorker, integrations: [many], configs: [many.config] });
const server = await startServer(app, () => Promise.resolve(new Map()));
await app.startBackgroundWork();
process.stdout.write(`${server.url}\n`);
process.on("SIGTERM", () => {
  void server.stop().then(async () => {
    await app.close();
    process.exit(0);
  });
});
