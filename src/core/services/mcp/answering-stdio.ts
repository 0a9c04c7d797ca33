import { pipeline, Transform } from "node:stream";
import {
  isJSONRPCErrorResponse,
  isJSONRPCNotification,
  isJSONRPCRequest,
  isJSONRPCResultResponse,
  type JSONRPCMessage,
  type Transport,
} from "@modelcontextprotocol/server";
import { StdioServerTransport } from "@modelcontextprotocol/server/stdio";

/** Longest wait for answers after the input has ended. */
const ANSWER_WITHIN_MS = 10_000;
/** Ends only when the client ends it. */
const ENDLESS = "subscriptions/listen";

/**
 * Standard input and output whose end comes after the answers to what was asked before it, as a shell does:
 * `printf … | stoneturner mcp`. The SDK's own transport drops what is under way.
 */
export class AnsweringStdio implements Transport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: (message: JSONRPCMessage) => void;
  /** Resolves once the input has ended, or nobody reads the answers any more. */
  readonly ended: Promise<void>;

  readonly #wire: StdioServerTransport;
  readonly #open = new Set<unknown>();
  #onAnswered: (() => void) | undefined;

  constructor(stdin: NodeJS.ReadableStream = process.stdin, stdout: NodeJS.WriteStream = process.stdout) {
    const input = new Transform({
      transform: (chunk, _encoding, done) => done(null, chunk),
      flush: (done) => this.#whenAnswered(done),
    });
    this.#wire = new StdioServerTransport(input, stdout);
    const ending = Promise.withResolvers<void>();
    this.ended = ending.promise;
    this.#listen(ending.resolve);
    // An error of the input destroys what it is piped into, which ends the wire as well.
    pipeline(stdin, input, (error) => {
      if (error) this.onerror?.(error);
    });
  }

  /** A transport has no events, only properties. */
  #listen(ended: () => void): void {
    const own: Pick<Transport, "onclose" | "onerror" | "onmessage"> = {
      onclose: () => {
        ended();
        this.onclose?.();
      },
      onerror: (error) => this.onerror?.(error),
      onmessage: (message) => {
        this.#take(message);
        this.onmessage?.(message);
      },
    };
    Object.assign(this.#wire, own);
  }

  #take(message: JSONRPCMessage): void {
    if (isJSONRPCRequest(message) && message.method !== ENDLESS) this.#open.add(message.id);
    // What was cancelled gets no answer.
    if (isJSONRPCNotification(message) && message.method === "notifications/cancelled")
      this.#settle(message.params?.["requestId"]);
  }

  start(): Promise<void> {
    return this.#wire.start();
  }

  async send(message: JSONRPCMessage): Promise<void> {
    try {
      await this.#wire.send(message);
    } finally {
      if (isJSONRPCResultResponse(message) || isJSONRPCErrorResponse(message)) this.#settle(message.id);
    }
  }

  close(): Promise<void> {
    return this.#wire.close();
  }

  #settle(id: unknown): void {
    this.#open.delete(id);
    if (this.#open.size === 0) this.#onAnswered?.();
  }

  #whenAnswered(done: () => void): void {
    // What was read last has yet to be handed on.
    setImmediate(() => {
      if (this.#open.size === 0) return done();
      const end = () => {
        clearTimeout(timer);
        this.#onAnswered = undefined;
        done();
      };
      const timer = setTimeout(end, ANSWER_WITHIN_MS);
      this.#onAnswered = end;
    });
  }
}
