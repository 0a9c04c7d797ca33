import {
  generateText,
  type LanguageModel,
  type LanguageModelUsage,
  type ModelMessage,
  NoObjectGeneratedError,
  Output,
} from "ai";
import type { Insights } from "@/core/models/artifact";
import { ItemError, RateLimitedError, TransientError } from "@/core/models/errors";
import { type Bottleneck, aiGatewayBottleneck } from "@/core/services/rate-limiter";
import { retry, sleep } from "@/lib/utils";
import { cleanInsights } from "./clean";
import { consequenceOf, LONGEST_WAIT_MS, refusesSchema } from "./llm-errors";
import { answerSchema, documentPrompt, INSTRUCTIONS, REPAIR } from "./llm-prompt";
import type { InsightExtractor, InsightInput } from "./types";

export interface LlmOptions {
  /** For logs and messages. */
  name: string;
  model: LanguageModel;
  /** How long one call may take, in milliseconds, counted from when it is its turn. Default 60,000. */
  timeoutMs?: number;
  /** Calls in all for one answer while the provider stumbles. Default 4. */
  attempts?: number;
  /** Wait before the second call, in milliseconds; doubles each time. Default 1,000. */
  baseDelayMs?: number;
  /** Most tokens of a text that are sent, roughly counted. Default 6,000. */
  inputTokens?: number;
  bottleneck?: Bottleneck;
  /** Told the tokens that the provider says a call used. */
  onTokens?: ((used: TokensUsed) => void) | undefined;
}

export interface TokensUsed {
  input: number | undefined;
  output: number | undefined;
}

const MAX_OUTPUT_TOKENS = 4_000;

/**
 * Insights from a language model: held to a schema, repaired once, cleaned, and names kept only if the text has them.
 * Every call goes through the one gate for models; waiting for a retry holds no place in it.
 */
export function createLlmExtractor(options: LlmOptions): InsightExtractor {
  const caller = new Caller(options);
  return {
    name: options.name,
    extract: async (artifact, signal) => {
      const messages: ModelMessage[] = [
        { role: "user", content: documentPrompt(artifact, options.inputTokens ?? 6_000) },
      ];
      const first = await caller.ask(messages, signal);
      const answer = readAnswer(first) ?? readAnswer(await caller.ask(afterJunk(messages, first), signal));
      if (answer === undefined)
        throw new ItemError(`The model ${options.name} gave no usable answer, twice.`);
      return cleanInsights(grounded(answer, artifact));
    },
  };
}

/** The second and last try shows the model what it said. */
function afterJunk(messages: readonly ModelMessage[], answer: string): ModelMessage[] {
  const said = answer.trim() === "" ? "(nothing)" : answer.slice(0, 4_000);
  return [...messages, { role: "assistant", content: said }, { role: "user", content: REPAIR }];
}

class Caller {
  /** Endpoints that cannot be held to a schema are asked for the same JSON in words. */
  private bySchema = true;
  private readonly bottleneck: Bottleneck;

  constructor(private readonly options: LlmOptions) {
    this.bottleneck = options.bottleneck ?? aiGatewayBottleneck;
  }

  /** The model's words. Tries again when the provider stumbles or asks to wait a moment. */
  ask(messages: ModelMessage[], signal: AbortSignal | undefined): Promise<string> {
    const { attempts = 4, baseDelayMs = 1_000 } = this.options;
    return retry(
      async (attempt) => {
        try {
          return await this.turn(messages, signal);
        } catch (error) {
          if (signal?.aborted === true) throw signal.reason;
          const consequence = consequenceOf(error, this.options.name);
          if (attempt < attempts && isShortWait(consequence)) {
            await sleep(consequence.retryAt.getTime() - Date.now(), signal);
          }
          throw consequence;
        }
      },
      {
        attempts,
        baseDelayMs,
        shouldRetry: (error) => error instanceof TransientError || isShortWait(error),
        ...(signal === undefined ? {} : { signal }),
      },
    );
  }

  private async turn(messages: ModelMessage[], signal: AbortSignal | undefined): Promise<string> {
    const bySchema = this.bySchema;
    try {
      return await this.bottleneck.schedule(() => this.generate(messages, bySchema, signal));
    } catch (error) {
      if (!bySchema || !refusesSchema(error)) throw error;
      this.bySchema = false;
      return await this.bottleneck.schedule(() => this.generate(messages, false, signal));
    }
  }

  private async generate(
    messages: ModelMessage[],
    bySchema: boolean,
    signal: AbortSignal | undefined,
  ): Promise<string> {
    signal?.throwIfAborted();
    const timeout = AbortSignal.timeout(this.options.timeoutMs ?? 60_000);
    const request = {
      model: this.options.model,
      instructions: INSTRUCTIONS,
      messages,
      maxRetries: 0,
      maxOutputTokens: MAX_OUTPUT_TOKENS,
      abortSignal: signal === undefined ? timeout : AbortSignal.any([timeout, signal]),
    };
    const { text, usage } = bySchema ? await heldToSchema(request) : await generateText(request);
    this.options.onTokens?.({ input: usage?.inputTokens, output: usage?.outputTokens });
    return text;
  }
}

type Request = Parameters<typeof generateText>[0];

async function heldToSchema(
  request: Request,
): Promise<{ text: string; usage?: LanguageModelUsage | undefined }> {
  try {
    return await generateText({ ...request, output: Output.object({ schema: answerSchema }) });
  } catch (error) {
    // Words that do not fit the schema are looked at, and repaired, by ourselves.
    if (!NoObjectGeneratedError.isInstance(error)) throw error;
    return { text: error.text ?? "", usage: error.usage };
  }
}

function isShortWait(error: unknown): error is RateLimitedError {
  return error instanceof RateLimitedError && error.retryAt.getTime() - Date.now() <= LONGEST_WAIT_MS;
}

/** The JSON object in a model's answer, whatever stands around it; undefined when there is none of the right shape. */
function readAnswer(text: string): Insights | undefined {
  const open = text.lastIndexOf("</think>");
  const body = open === -1 ? text : text.slice(open);
  const start = body.indexOf("{");
  const end = body.lastIndexOf("}");
  if (start === -1 || end < start) return undefined;
  try {
    const parsed = answerSchema.safeParse(JSON.parse(body.slice(start, end + 1)));
    return parsed.success ? parsed.data : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Drops names that the artifact does not have: made up, or put there by a text that wanted more than to be read. */
function grounded(answer: Insights, artifact: InsightInput): Insights {
  const text = [artifact.title, artifact.author ?? "", artifact.markdown]
    .join("\n")
    .toLowerCase()
    .replace(/\s+/g, " ");
  const has = (entity: string) => text.includes(entity.toLowerCase().replace(/\s+/g, " ").trim());
  return { ...answer, entities: answer.entities.filter(has) };
}
