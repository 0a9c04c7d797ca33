import { expect, test } from "bun:test";
import { createGateway } from "@ai-sdk/gateway";
import { modelServer, says } from "@test/model-server";
import { extractorFor } from "./extractor-from-config";
import { createLlmExtractor } from "./llm";

const artifact = { kind: "document" as const, title: "T", markdown: "Anna Berg decided." };
const answer = { keyPoints: ["Anna Berg decided."], questionsAnswered: [], entities: ["Anna Berg"] };

test("without a configured model there is no extractor", () => {
  expect(extractorFor(undefined)).toBeUndefined();
});

test("an endpoint of one's own is asked at its address, without a key when it takes none", async () => {
  await using server = modelServer(() => says(JSON.stringify(answer)));
  const config = { kind: "openai-compatible" as const, model: "llama3.2", apiKey: undefined };
  const extractor = extractorFor({ ...config, baseUrl: `${server.baseUrl}/` });
  expect(extractor?.name).toBe("llama3.2");
  expect(await extractor?.extract(artifact)).toEqual(answer);
  expect(server.requests[0]).toMatchObject({ path: "/v1/chat/completions", authorization: null });
  expect(server.requests[0]?.body.model).toBe("llama3.2");
});

test("a gateway model is made without asking anybody", () => {
  const extractor = extractorFor({ kind: "gateway", model: "openai/gpt-5-nano", apiKey: "key" });
  expect(extractor?.name).toBe("openai/gpt-5-nano");
});

test("the gateway's own protocol is spoken, with the key, and its rate limit obeyed", async () => {
  const content = [{ type: "text", text: JSON.stringify(answer) }];
  const usage = { inputTokens: { total: 1 }, outputTokens: { total: 1 } };
  await using server = modelServer(
    () =>
      Response.json(
        { error: { message: "slow down", type: "rate_limit_exceeded" } },
        { status: 429, headers: { "retry-after": "1" } },
      ),
    () => Response.json({ content, finishReason: { unified: "stop" }, usage, warnings: [] }),
  );
  const model = createGateway({ apiKey: "key-1", baseURL: server.baseUrl })("openai/gpt-5-nano");
  const extractor = createLlmExtractor({ name: "gpt-5-nano", model, baseDelayMs: 1 });
  expect(await extractor.extract(artifact)).toEqual(answer);
  const [first, second] = server.requests;
  expect(first?.authorization).toBe("Bearer key-1");
  expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(990);
  expect(server.requests).toHaveLength(2);
});
