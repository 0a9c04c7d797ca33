/** What the protocol's conformance suite asks a server for by name, beside the product's own. Never served to people. */
import {
  completable,
  fromJsonSchema,
  type McpServer,
  ResourceTemplate,
  type ServerNotifier,
} from "@modelcontextprotocol/server";
import { z } from "zod";
import type { McpExtension } from "@/core/services/mcp/server";
import { registerInputFixtures, requestState } from "./conformance-inputs";

/** A red pixel. */
const png =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==";
/** No sound at all: a header and an empty body. */
const wav = "UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA=";
const image = { type: "image" as const, data: png, mimeType: "image/png" };

export const conformanceFixtures: McpExtension = {
  options: { capabilities: { logging: {} }, requestState },
  register: (server, notify) => {
    registerContentTools(server);
    registerNoticeTools(server, notify);
    registerSchemaTool(server);
    registerFixturePrompts(server);
    registerFixtureResources(server);
    registerInputFixtures(server);
  },
};

const text = (value: string) => ({ type: "text" as const, text: value });
const embedded = (uri: string, mimeType: string, value: string) => ({
  type: "resource" as const,
  resource: { uri, mimeType, text: value },
});

function registerContentTools(server: McpServer): void {
  const contents = {
    test_simple_text: [text("This is a simple text response for testing.")],
    test_image_content: [image],
    test_audio_content: [{ type: "audio" as const, data: wav, mimeType: "audio/wav" }],
    test_embedded_resource: [
      embedded("test://embedded-resource", "text/plain", "This is an embedded resource content."),
    ],
    test_multiple_content_types: [
      text("Multiple content types test:"),
      image,
      embedded("test://mixed-content-resource", "application/json", '{"test":"data","value":123}'),
    ],
  };
  for (const [name, content] of Object.entries(contents))
    server.registerTool(name, { description: "Gives fixed content." }, () => ({ content }));
  server.registerTool("test_error_handling", { description: "Always fails." }, () => {
    throw new Error("This tool intentionally returns an error for testing");
  });
}

function registerNoticeTools(server: McpServer, notify: ServerNotifier): void {
  const said = { content: [text("Done.")] };
  for (const name of ["test_tool_with_logging", "test_logging_tool"]) {
    server.registerTool(name, { description: "Logs while it works." }, async ({ mcpReq }) => {
      const stages = ["Tool execution started", "Tool processing data", "Tool execution completed"];
      for (const stage of stages) {
        await mcpReq.log("info", stage);
        await Bun.sleep(50);
      }
      return said;
    });
  }
  server.registerTool(
    "test_tool_with_progress",
    { description: "Says how far it is." },
    async ({ mcpReq }) => {
      const { _meta: meta } = mcpReq;
      const progressToken = meta?.progressToken;
      for (const progress of [0, 50, 100]) {
        const params = { progressToken: progressToken ?? "", progress, total: 100 };
        if (progressToken !== undefined) await mcpReq.notify({ method: "notifications/progress", params });
        await Bun.sleep(50);
      }
      return said;
    },
  );
  server.registerTool("test_trigger_tool_change", { description: "Says that tools changed." }, () => {
    notify.toolsChanged();
    return said;
  });
  server.registerTool("test_trigger_prompt_change", { description: "Says that prompts changed." }, () => {
    notify.promptsChanged();
    return said;
  });
}

/** A schema with keywords that a server must hand on untouched. */
function registerSchemaTool(server: McpServer): void {
  const street = { type: "string" } as const;
  const inputSchema = fromJsonSchema({
    $schema: "https://json-schema.org/draft/2020-12/schema",
    type: "object",
    $defs: {
      address: { $anchor: "addressDef", type: "object", properties: { street, city: { type: "string" } } },
    },
    properties: {
      name: { type: "string" },
      address: { $ref: "#/$defs/address" },
      contactMethod: { type: "string", enum: ["phone", "email"] },
      phone: { type: "string" },
      email: { type: "string" },
    },
    allOf: [{ anyOf: [{ required: ["phone"] }, { required: ["email"] }] }],
    if: { properties: { contactMethod: { const: "phone" } }, required: ["contactMethod"] },
    // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
    then: { required: ["phone"] },
    else: { required: ["email"] },
    additionalProperties: false,
  });
  server.registerTool("json_schema_2020_12_tool", { description: "Has a rich schema.", inputSchema }, () => ({
    content: [text("Done.")],
  }));
}

function registerFixturePrompts(server: McpServer): void {
  const user = (content: ReturnType<typeof text> | typeof image | ReturnType<typeof embedded>) => ({
    role: "user" as const,
    content,
  });
  server.registerPrompt("test_simple_prompt", { description: "A sentence." }, () => ({
    messages: [user(text("This is a simple prompt for testing."))],
  }));
  const arg1 = completable(z.string(), () => ["testing"]);
  const argsSchema = z.object({ arg1, arg2: z.string() });
  server.registerPrompt(
    "test_prompt_with_arguments",
    { description: "Two arguments.", argsSchema },
    ({ arg1, arg2 }) => ({
      messages: [user(text(`Prompt with arguments: arg1='${arg1}', arg2='${arg2}'`))],
    }),
  );
  server.registerPrompt(
    "test_prompt_with_embedded_resource",
    { description: "A resource.", argsSchema: z.object({ resourceUri: z.string() }) },
    ({ resourceUri }) => ({
      messages: [
        user(embedded(resourceUri, "text/plain", "Embedded resource content for testing.")),
        user(text("Please process the embedded resource above.")),
      ],
    }),
  );
  server.registerPrompt("test_prompt_with_image", { description: "An image." }, () => ({
    messages: [user(image), user(text("Please analyze the image above."))],
  }));
}

function registerFixtureResources(server: McpServer): void {
  const plain = { mimeType: "text/plain", description: "Fixed text." };
  server.registerResource("static-text", "test://static-text", plain, ({ href }) => ({
    contents: [
      { uri: href, mimeType: "text/plain", text: "This is the content of the static text resource." },
    ],
  }));
  const binary = { mimeType: "image/png", description: "A fixed image." };
  server.registerResource("static-binary", "test://static-binary", binary, ({ href }) => ({
    contents: [{ uri: href, mimeType: "image/png", blob: png }],
  }));
  const template = new ResourceTemplate("test://template/{id}/data", { list: undefined });
  const json = { mimeType: "application/json", description: "Text that names its id." };
  server.registerResource("template", template, json, ({ href }, { id }) => {
    const value = JSON.stringify({ id, templateTest: true, data: `Data for ID: ${String(id)}` });
    return { contents: [{ uri: href, mimeType: "application/json", text: value }] };
  });
}
