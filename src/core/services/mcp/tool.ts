/** What a tool is made of, and how it becomes one of the protocol's. */
import {
  type CallToolResult,
  type InputRequiredResult,
  isInputRequiredResult,
  type McpServer,
} from "@modelcontextprotocol/server";
import { z } from "zod";
import { plainLine } from "@/lib/clean-text";
import { closest } from "@/lib/closest";
import type { Scope } from "@/core/models/access";
import type { App } from "@/core/services/app";
import { callingClient, type CallingClient, clientName } from "./calling-client";
import { errorResult, structuredResult, textResult } from "./results";
import { slimSchema } from "./slim-schema";

export interface McpTool {
  name: string;
  /** What a caller has to be allowed; the tool does not exist for others. */
  scope: Scope;
  /** `called` is told of each call once it has ended. */
  register: (server: McpServer, app: App, called?: (call: EndedCall) => void) => void;
}

/** What is said of a call: never what was asked or answered. */
export interface EndedCall {
  tool: string;
  outcome: "ok" | "error";
  client: string | null;
}

interface Described<Input extends z.ZodRawShape> {
  name: string;
  title: string;
  /** When to use it and what it gives. Never text from a source. */
  description: string;
  input: Input;
  /** True when it changes something. Default: it only reads. */
  writes?: boolean;
}

type Arguments<Input extends z.ZodRawShape> = z.output<z.ZodObject<Input, z.core.$strict>>;

/** A tool that answers with an object, checked against `output` on its way out, or asks the client first. */
export function structuredTool<Input extends z.ZodRawShape, Output extends z.ZodObject>(
  tool: Described<Input> & {
    output: Output;
    run: (
      app: App,
      input: Arguments<Input>,
      signal: AbortSignal,
      client: CallingClient,
    ) => Promise<z.input<Output> | InputRequiredResult>;
  },
): McpTool {
  return makeTool(tool, tool.output, async (...call) => {
    const answer = await tool.run(...call);
    return isInputRequiredResult(answer) ? answer : structuredResult(tool.output.parse(answer));
  });
}

/** A tool that answers with long text. */
export function textTool<Input extends z.ZodRawShape>(
  tool: Described<Input> & {
    run: (app: App, input: Arguments<Input>, signal: AbortSignal) => Promise<string>;
  },
): McpTool {
  return makeTool(tool, undefined, async (app, input, signal) =>
    textResult(await tool.run(app, input, signal)),
  );
}

function makeTool<Input extends z.ZodRawShape>(
  tool: Described<Input>,
  output: z.ZodObject | undefined,
  run: (
    app: App,
    input: Arguments<Input>,
    signal: AbortSignal,
    client: CallingClient,
  ) => Promise<CallToolResult | InputRequiredResult>,
): McpTool {
  const { name, title, description, writes = false } = tool;
  const annotations = writes
    ? { title, readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: true }
    : { title, readOnlyHint: true, openWorldHint: false };
  const inputSchema = slimSchema(strictInput(tool.input));
  const outputSchema = output === undefined ? undefined : slimSchema(output);
  return {
    name,
    scope: writes ? "sync" : "read",
    register: (server, app, called) => {
      server.registerTool(
        name,
        {
          title,
          description,
          inputSchema,
          annotations,
          ...(outputSchema === undefined ? {} : { outputSchema }),
        },
        async (input, context) => {
          const result = await run(app, input, context.mcpReq.signal, callingClient(context)).catch(
            (error: unknown) => errorResult(error, app.log),
          );
          const outcome = "isError" in result && result.isError === true ? "error" : "ok";
          called?.({ tool: name, outcome, client: clientName(context, server) });
          return result;
        },
      );
    },
  };
}

/** Refuses unknown arguments by name: dropped silently, a misspelt filter would widen a search. */
function strictInput<Input extends z.ZodRawShape>(shape: Input): z.ZodObject<Input, z.core.$strict> {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) => {
      if (issue.code !== "unrecognized_keys") return undefined;
      return issue.keys.map((key) => unknownArgument(key, known)).join(" ");
    },
  });
}

function unknownArgument(key: string, known: readonly string[]): string {
  const near = closest(key, known);
  const hint =
    near.length > 0 ? `Did you mean ${near.join(" or ")}?` : `Known: ${known.join(", ") || "none"}.`;
  return `There is no argument '${plainLine(key, 80)}'. ${hint}`;
}
