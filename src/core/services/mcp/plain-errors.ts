/** What the SDK says of requests that do not fit the protocol, in plain words: it hands zod's findings on as JSON. */
import { isJSONRPCErrorResponse, type JSONRPCMessage, type Transport } from "@modelcontextprotocol/server";
import { z } from "zod";
import { issueWords } from "@/lib/issue-words";

const INVALID_PARAMS = -32602;
/** The message: nothing but the findings, or a few words and then these. */
const findings = /^([^[\]{}]{0,100}?):? ?(\[\s*\{[^]*\}\s*\])$/;
const shapeSchema = z.looseObject({
  code: z.string(),
  path: z.array(z.union([z.string(), z.number()])),
  message: z.string(),
  values: z.array(z.unknown()).optional(),
  errors: z.array(z.array(z.unknown())).optional(),
});
const issuesSchema = z
  .array(z.custom<z.core.$ZodIssue>((value) => shapeSchema.safeParse(value).success))
  .min(1);

/** The transport, on which findings go out as one line and count as wrong parameters, not as an error of ours. */
export function withPlainErrors(transport: Transport): Transport {
  const send = transport.send.bind(transport);
  transport.send = (message, options) => send(plainError(message), options);
  return transport;
}

function plainError(message: JSONRPCMessage): JSONRPCMessage {
  if (!isJSONRPCErrorResponse(message)) return message;
  const words = plainWords(message.error.message);
  return words === undefined
    ? message
    : { ...message, error: { ...message.error, code: INVALID_PARAMS, message: words } };
}

/** @returns undefined for a message that has no findings in it. */
function plainWords(text: string): string | undefined {
  const [, before = "", json] = findings.exec(text) ?? [];
  const issues = json === undefined ? undefined : issuesIn(json);
  if (issues === undefined) return undefined;
  const told = issues.map((issue) => `${fieldOf(issue.path)} ${issueWords(issue)}`);
  return `${before === "" ? "Invalid parameters" : before}: ${told.join("; ")}.`;
}

function issuesIn(json: string): z.core.$ZodIssue[] | undefined {
  try {
    return issuesSchema.safeParse(JSON.parse(json)).data;
  } catch {
    // Words that only look like findings stay as they are.
    return undefined;
  }
}

function fieldOf(path: readonly PropertyKey[]): string {
  const inside = path[0] === "params" && path.length > 1 ? path.slice(1) : path;
  return inside.length === 0 ? "the request" : inside.map(String).join(".");
}
