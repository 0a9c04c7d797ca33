/** What a tool can do with the client that calls it, beside answering. */
import {
  CLIENT_CAPABILITIES_META_KEY,
  CLIENT_INFO_META_KEY,
  inputRequired,
  inputResponse,
  type InputRequiredResult,
  type McpServer,
  type ServerContext,
} from "@modelcontextprotocol/server";
import { z } from "zod";

export interface CallingClient {
  /** Tells how far the work is; nothing goes out unless the client asked. `progress` has to grow from call to call. */
  tell: (step: { progress: number; total?: number; message: string }) => Promise<void>;
  /**
   * The result that has the client offer a page for a person to open; it then calls the tool again. Undefined when
   * the client cannot do that, or has done it for this call: then the answer itself has to hold the address.
   */
  offerPage: (message: string, url: string) => InputRequiredResult | undefined;
}

/** Clients of 2026-07-28 say with every call what they can do. Of older ones a server without sessions cannot know. */
const envelopeSchema = z.object({
  [CLIENT_CAPABILITIES_META_KEY]: z.object({ elicitation: z.object({ url: z.looseObject({}) }) }),
});

export function callingClient({ mcpReq }: ServerContext): CallingClient {
  const { _meta: meta, envelope, inputResponses } = mcpReq;
  const progressToken = meta?.progressToken;
  return {
    tell: async (step) => {
      if (progressToken === undefined) return;
      await mcpReq.notify({ method: "notifications/progress", params: { progressToken, ...step } });
    },
    offerPage: (message, url) => {
      const isDone = inputResponse(inputResponses, "page").kind !== "missing";
      if (isDone || !envelopeSchema.safeParse(envelope).success) return undefined;
      return inputRequired({ inputRequests: { page: inputRequired.elicitUrl({ message, url }) } });
    },
  };
}

const introducedSchema = z.object({
  [CLIENT_INFO_META_KEY]: z.object({ name: z.string(), version: z.string() }),
});

/** What a client calls itself: with each call as of 2026-07-28, once at the start before. Null when it has not said. */
export function clientName({ mcpReq }: ServerContext, { server }: Pick<McpServer, "server">): string | null {
  const client =
    introducedSchema.safeParse(mcpReq.envelope).data?.[CLIENT_INFO_META_KEY] ?? server.getClientVersion();
  return client === undefined ? null : `${client.name}/${client.version}`;
}
