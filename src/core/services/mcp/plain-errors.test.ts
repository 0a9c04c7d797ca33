import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { z } from "zod";
import { mcpApp } from "@test/mcp";

let fixture: Awaited<ReturnType<typeof mcpApp>>;
beforeAll(async () => {
  fixture = await mcpApp();
});
afterAll(() => fixture[Symbol.asyncDispose]());

const refused = z.object({ error: z.object({ code: z.number(), message: z.string() }) });
const toolsSchema = z.object({
  result: z.object({
    tools: z.array(
      z.object({
        name: z.string(),
        inputSchema: z.object({
          properties: z.record(z.string(), z.unknown()).default({}),
          required: z.array(z.string()).default([]),
        }),
      }),
    ),
  }),
});
const failed = z.object({
  result: z.object({ isError: z.literal(true), content: z.array(z.object({ text: z.string() })) }),
});

/** Asks as a client that checks nothing would. */
async function ask(method: string, params?: unknown): Promise<unknown> {
  const answer = await fetch(fixture.url, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
      "mcp-protocol-version": "2025-11-25",
    },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
  });
  return JSON.parse((await answer.text()).replace(/^event: message\ndata: /m, ""));
}

const prompt = { type: "ref/prompt", name: "research_topic" };

describe("parameters that do not fit", () => {
  test.each([
    ["completion/complete", undefined, "params is missing; it takes an object"],
    ["completion/complete", { ref: prompt }, "argument is missing; it takes an object"],
    [
      "completion/complete",
      { ref: prompt, argument: { name: "integration", value: 7 } },
      "argument.value takes text",
    ],
    ["completion/complete", { ref: 5, argument: { name: "integration", value: "s" } }, "ref takes an object"],
    [
      "completion/complete",
      { ref: { type: "x" }, argument: { name: "a", value: "s" } },
      "ref takes one of ref/prompt",
    ],
    ["prompts/get", { name: 5 }, "name takes text"],
    ["prompts/get", { name: "what_changed", arguments: { days: 5 } }, "arguments.days takes text"],
    ["resources/read", {}, "uri is missing; it takes text"],
    ["tools/call", { name: "semantic_search", arguments: "x" }, "arguments takes an object"],
    ["tools/call", { name: "semantic_search", arguments: null }, "arguments takes an object"],
  ])("of %s are named in plain words: %j", async (method, params, words) => {
    const { error } = refused.parse(await ask(method, params));
    expect(error).toEqual({ code: -32602, message: expect.stringContaining(words) });
    expect(error.message).not.toMatch(/[\n{}]|Invalid input|invalid_/);
  });

  test("of each tool are named, whatever argument it is", async () => {
    const { tools } = toolsSchema.parse(await ask("tools/list", {})).result;
    for (const { name, inputSchema } of tools) {
      for (const argument of Object.keys(inputSchema.properties)) {
        const others = Object.fromEntries(inputSchema.required.map((one) => [one, "x"]));
        const answer = failed.parse(
          await ask("tools/call", { name, arguments: { ...others, [argument]: {} } }),
        );
        expect(answer.result.content[0]?.text).toContain(`${argument}: takes `);
        expect(answer.result.content[0]?.text).not.toMatch(/[\n{}]|Invalid input/);
      }
    }
  });
});
