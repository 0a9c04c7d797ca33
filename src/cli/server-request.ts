/** What a command asks of the server that runs on the same data folder. */
import type { z } from "zod";
import type { Scope } from "@/core/models/access";
import { errorEnvelopeSchema } from "@/core/models/api";
import { InputError, NotFoundError, PermanentError } from "@/core/models/errors";

export interface ServerRequest<Answer> {
  /** Begins with "/api/". Asked with POST. */
  path: string;
  body: Record<string, unknown>;
  /** What the answer looks like when all went well. */
  schema: z.ZodType<Answer>;
  /** The scope that the route takes, and what it lets one do, for whoever has no such token. */
  scope: Scope;
  purpose: string;
}

export interface Asking {
  signal: AbortSignal;
  /** The API token, where there is one. */
  token: string | undefined;
}

/**
 * Asks the server at `url`. Returns undefined when none answers there, so that the caller does the work by itself.
 *
 * @throws NotFoundError, InputError or PermanentError in the server's words when it refuses.
 */
export async function requestServer<Answer>(
  url: string,
  request: ServerRequest<Answer>,
  { signal, token }: Asking,
): Promise<Answer | undefined> {
  let answer: Response;
  try {
    answer = await fetch(new URL(request.path, url), {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(request.body),
      redirect: "error",
      signal,
    });
  } catch (error) {
    if (signal.aborted) throw error;
    // Its file outlived it: nothing listens there any more.
    return undefined;
  }
  return readAnswer(answer, request);
}

async function readAnswer<Answer>(
  answer: Response,
  { schema, scope, purpose }: ServerRequest<Answer>,
): Promise<Answer> {
  const body: unknown = await answer.json().catch(() => undefined);
  if (answer.ok) {
    const parsed = schema.safeParse(body);
    if (parsed.success) return parsed.data;
  }
  const { data } = errorEnvelopeSchema.safeParse(body);
  const message = data?.error.message ?? `The server answered with status ${answer.status}.`;
  if (data?.error.code === "not_found") throw new NotFoundError(message);
  if (data?.error.code === "invalid_input") throw new InputError(message, data.error.details);
  if (answer.status === 401 || data?.error.code === "insufficient_scope") {
    throw new PermanentError(`The running server asks for a token that may ${purpose}.`, {
      action: `Make one with \`stoneturner token create --name cli --scope ${scope}\` and set STONETURNER_TOKEN to it.`,
    });
  }
  throw new PermanentError(message, { action: data === undefined ? "Look at the server's log." : undefined });
}
