import { expect, test } from "bun:test";
import { modelServer, says } from "@test/model-server";
import { extractorFor } from "./extractor-from-config";

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
