/** The MCP server: one factory behind HTTP and standard input, for clients of 2026-07-28 and of the 2025 revisions. */
import {
  createMcpHandler,
  McpServer,
  type McpRequestContext,
  type McpServerOptions,
  type ServerNotifier,
} from "@modelcontextprotocol/server";
import { serveStdio } from "@modelcontextprotocol/server/stdio";
import { allows, type Caller, scopes } from "@/core/models/access";
import type { App } from "@/core/services/app";
import { programVersion } from "@/core/services/program-version";
import { AnsweringStdio } from "./answering-stdio";
import { createInstructions } from "./instructions";
import { withPlainErrors } from "./plain-errors";
import { createPrompts } from "./prompts";
import { registerResources } from "./resources";
import { registerSchemaResource } from "./schema-resource";
import type { EndedCall } from "./tool";
import { tools } from "./tools";

/** Shorter than the time after which Bun closes a silent connection. */
const KEEP_ALIVE_MS = 5_000;
/** Longest request body, in bytes. */
const MAX_BODY_BYTES = 1_048_576;
/** Most list elements and object members in one call's arguments. */
const MAX_ARGUMENT_ELEMENTS = 1_000;

/** Lists may be asked for again after a minute; nobody else may be given them. */
const cacheHints = Object.fromEntries(
  (["tools/list", "prompts/list", "resources/templates/list"] as const).map((method) => [
    method,
    { ttlMs: 60_000, cacheScope: "private" as const },
  ]),
);

/** What tests add to every server, such as the tools that the protocol's conformance suite calls. Else unused. */
export interface McpExtension {
  options: Pick<McpServerOptions, "capabilities" | "requestState">;
  register: (server: McpServer, notify: ServerNotifier) => void;
}

/**
 * Answers MCP over HTTP, statelessly: any process can answer any request. Host, Origin and tokens are checked by
 * the HTTP layer in front of it, which says who the caller is.
 */
export function createMcpHttpHandler(
  app: App,
  extension?: McpExtension,
): {
  fetch: (request: Request, caller: Pick<Caller, "scope" | "actor">) => Promise<Response>;
} {
  const create = createFactory(app, extension?.options);
  const factory = async (context: McpRequestContext) => {
    const server = await create(context);
    extension?.register(server, handler.notify);
    return server;
  };
  const handler = createMcpHandler(factory, {
    keepAliveMs: KEEP_ALIVE_MS,
    maxRequestBodySize: MAX_BODY_BYTES,
    onerror: (error) => app.log.warn("MCP over HTTP had trouble.", { error }),
  });
  return {
    // The token itself goes no further than the HTTP layer.
    fetch: (request, { scope, actor }) =>
      handler.fetch(request, { authInfo: { token: "", clientId: actor, scopes: [scope] } }),
  };
}

/**
 * Serves MCP over standard input and output until the input has ended and what was asked is answered. Nothing else may
 * write to standard output.
 */
export async function serveMcpStdio(app: App): Promise<void> {
  const transport = new AnsweringStdio();
  const handle = serveStdio(createFactory(app), {
    transport,
    onerror: (error) => app.log.warn("MCP over standard input had trouble.", { error }),
  });
  await transport.ended;
  await handle.close();
}

function createFactory(
  app: App,
  options: Partial<McpServerOptions> = {},
): (context: McpRequestContext) => Promise<McpServer> {
  const instructions = createInstructions(app);
  const registerPrompts = createPrompts(app);
  // Calls over HTTP are counted there, with those that reach no tool.
  const ownCall = (call: EndedCall) => app.mcpCalls.take({ way: "stdio", ...call });
  return async ({ authInfo }) => {
    // Over standard input, whoever started the process owns the data.
    const held = authInfo === undefined ? "admin" : scopes.findLast((name) => authInfo.scopes.includes(name));
    const server = new McpServer(
      { name: "stoneturner", title: "Stoneturner", version: programVersion() },
      {
        ...options,
        instructions: await instructions(),
        maxToolInputElements: MAX_ARGUMENT_ELEMENTS,
        cacheHints,
      },
    );
    const connect = server.server.connect.bind(server.server);
    server.server.connect = (transport) => connect(withPlainErrors(transport));
    const called = authInfo === undefined ? ownCall : undefined;
    for (const tool of tools)
      if (held !== undefined && allows(held, tool.scope)) tool.register(server, app, called);
    registerSchemaResource(server, app);
    registerResources(server, app);
    registerPrompts(server);
    return server;
  };
}
