import { describe, expect, test } from "bun:test";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { RateLimitedError } from "@/core/models/errors";
import { openRemoteEmbedder } from "@/core/services/embedding/remote-embedder";
import { createIntegrationServices } from "@/core/services/integration-services";
import { createLlmExtractor, type TokensUsed } from "@/core/services/insights/llm";
import { createInsightUpgrader } from "@/core/services/insights/upgrade";
import { fails, modelServer, says } from "@test/model-server";
import { httpApp } from "@test/http";
import { keepingLogger, provider } from "@test/provider";
import { syncShelf } from "@test/shelf-syncs";

/** The program with a server, and its own counters' samples under the names that begin with one of these. */
async function metered() {
  const http = await httpApp();
  return {
    http,
    metrics: http.app.metrics,
    samples: async (...names: string[]) => {
      const text = await (await http.send("GET", "/metrics")).text();
      return text
        .split("\n")
        .filter((line) => names.some((name) => line.startsWith(`stoneturner_${name}`)))
        .toSorted();
    },
    [Symbol.asyncDispose]: () => http[Symbol.asyncDispose](),
  };
}

describe("what others do for the program", () => {
  test("a wait that a provider asks for counts once, however many requests meet it", async () => {
    await using one = await metered();
    const { db } = one.http.app;
    await using busy = provider(
      () => new Response("later", { status: 429, headers: { "retry-after": "600" } }),
    );
    const services = createIntegrationServices({
      db,
      log: keepingLogger(),
      config: { integrationApiUrls: {}, allowedPrivateHosts: [busy.host] },
      onPause: one.metrics.countWait,
    });
    const client = services.for("Shelf", "somebody private").http();
    const ask = () =>
      client.request({ url: `${busy.url}/list`, expect: "json" }).catch((error: unknown) => error);
    const errors = await Promise.all([ask(), ask(), ask()]);
    expect(errors.every((error) => error instanceof RateLimitedError)).toBe(true);
    const [line = ""] = await one.samples("provider_rate_limited_seconds_total");
    expect(line).toStartWith('stoneturner_provider_rate_limited_seconds_total{source="Shelf"} ');
    expect(Number(line.split(" ")[1])).toBeWithin(599, 605);
  });

  test("artifacts given to a language model count by what became of them, and so do the tokens", async () => {
    await using one = await metered();
    const { app } = one.http;
    await syncShelf(app);
    const insights = { keyPoints: ["Zebras are striped."], questionsAnswered: [], entities: [] };
    await using server = modelServer(
      () => says(JSON.stringify(insights)),
      () => says("no JSON"),
    );
    await using closed = modelServer(() => fails(401, "Who are you?"));
    const { db, log } = app;
    const onTokens = ({ input, output }: TokensUsed) => {
      one.metrics.countTokens("input", input);
      one.metrics.countTokens("output", output);
    };
    for (const [name, baseURL] of Object.entries({ open: server.baseUrl, closed: closed.baseUrl })) {
      const model = createOpenAICompatible({ name, baseURL, supportsStructuredOutputs: true })(name);
      const extractor = createLlmExtractor({ name, model, baseDelayMs: 1, onTokens });
      await createInsightUpgrader({ db, log, extractor, onOutcome: one.metrics.countEnrichment }).drain();
    }
    expect(await one.samples("enrich_total", "llm_tokens_total")).toEqual([
      'stoneturner_enrich_total{outcome="declined"} 2',
      'stoneturner_enrich_total{outcome="failed"} 2',
      'stoneturner_enrich_total{outcome="improved"} 1',
      'stoneturner_llm_tokens_total{use="embedding"} 0',
      'stoneturner_llm_tokens_total{use="input"} 50',
      'stoneturner_llm_tokens_total{use="output"} 50',
    ]);
  });

  test("calls of an embedding model are timed by what they embed, and their tokens counted", async () => {
    await using one = await metered();
    await using server = modelServer(() =>
      Response.json({
        object: "list",
        model: "m",
        data: [{ object: "embedding", index: 0, embedding: [0.6, 0.8] }],
        usage: { prompt_tokens: 7, total_tokens: 7 },
      }),
    );
    const gateway = createOpenAICompatible({ name: "test", baseURL: server.baseUrl });
    const onTokens = (tokens: number) => one.metrics.countTokens("embedding", tokens);
    const opened = await openRemoteEmbedder({ name: "m", model: gateway.embeddingModel("m"), onTokens });
    const timed = one.metrics.timeEmbedder(opened);
    expect(timed.id).toBe(opened.id);
    await timed.embed(["a"], "document");
    await timed.embed(["b"], "query");
    await timed.embed(["c"], "query");
    expect(await one.samples("embed_seconds_count", "llm_tokens_total")).toEqual([
      'stoneturner_embed_seconds_count{kind="document"} 1',
      'stoneturner_embed_seconds_count{kind="query"} 2',
      // One call more learns the dimension.
      'stoneturner_llm_tokens_total{use="embedding"} 28',
      'stoneturner_llm_tokens_total{use="input"} 0',
      'stoneturner_llm_tokens_total{use="output"} 0',
    ]);
  });
});
