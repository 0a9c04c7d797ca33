import { expect, test } from "bun:test";
import { createIntegrationServices } from "@/core/services/integration-services";
import { temporaryDatabase } from "@test/database";
import { keepingLogger, provider } from "@test/provider";
import { createMetrics } from "./metrics";

test("requests to providers are counted by source and class of answer, each attempt of them", async () => {
  await using database = await temporaryDatabase();
  await using shelf = provider(
    () => new Response("busy", { status: 503 }),
    () => Response.json({ ok: true }),
  );
  const metrics = createMetrics({ db: database.db, config: { databasePath: database.path } });
  const services = createIntegrationServices({
    db: database.db,
    log: keepingLogger(),
    config: { integrationApiUrls: {}, allowedPrivateHosts: [shelf.host] },
    onRequest: metrics.countRequest,
  });
  const client = services.for("Shelf", "private account").http({ policy: { baseDelayMs: 1, maxDelayMs: 2 } });
  await client.request({ url: `${shelf.url}/secret/path`, expect: "json" });
  const lines = (await metrics.render()).text
    .split("\n")
    .filter((line) => line.includes("provider_requests_total{"));
  expect(lines.toSorted()).toEqual([
    'stoneturner_provider_requests_total{source="Shelf",status_class="2xx"} 1',
    'stoneturner_provider_requests_total{source="Shelf",status_class="5xx"} 1',
  ]);
});
