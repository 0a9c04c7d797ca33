/** Searches through MCP over HTTP, as an agent asks. */
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { freePort, startServer } from "../server-process";
import { share } from "./questions";

export interface McpFigures {
  readyMs: number;
  firstAnswerMs: number;
  idleMb: number;
  memoryMb: number;
  /** Each question for the first time, and once everything was asked before: p50 and p95 in milliseconds. */
  first: [number, number];
  again: [number, number];
  /** The same client calling a tool that hardly does anything: what protocol and client take. */
  plain: [number, number];
  /** Searches a second by one client, and by several at once. */
  alone: number;
  together: number;
  /** How long the server's loop was held while several searched: `/healthz` asked every 10 ms, p99 and worst. */
  held: [number, number];
}

const clients = 8;
const healthEachMs = 10;

async function connect(url: string): Promise<Client> {
  const client = new Client({ name: "bench", version: "1" });
  await client.connect(new StreamableHTTPClientTransport(new URL(`${url}/mcp`)));
  return client;
}

/** Milliseconds of each question, one after the other. */
function ask(client: Client, questions: readonly string[]): Promise<number[]> {
  return call(
    client,
    questions.map((query) => ({ name: "semantic_search", arguments: { query, limit: 10 } })),
  );
}

/** Milliseconds of each call, one after the other. */
async function call(client: Client, calls: readonly Parameters<Client["callTool"]>[0][]): Promise<number[]> {
  const times: number[] = [];
  for (const one of calls) {
    const started = performance.now();
    await client.callTool(one);
    times.push(performance.now() - started);
  }
  return times;
}

/** Asks `/healthz` until `work` is done: milliseconds of each answer. */
async function heldMeanwhile(url: string, work: Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  const over = new AbortController();
  const done = work.finally(() => over.abort());
  while (!over.signal.aborted) {
    const started = performance.now();
    await (await fetch(`${url}/healthz`)).text();
    times.push(performance.now() - started);
    await Bun.sleep(healthEachMs);
  }
  await done;
  return times;
}

/** Starts the real server on a data folder and measures it. */
export async function measureOverMcp(home: string, questions: readonly string[]): Promise<McpFigures> {
  const started = performance.now();
  const server = await startServer(home, await freePort());
  try {
    const client = await connect(server.url);
    const idleMb = server.memoryMb();
    await ask(client, questions.slice(0, 1));
    const firstAnswerMs = performance.now() - started;
    const first = await ask(client, questions.slice(1));
    const aloneFrom = performance.now();
    const again = await ask(client, questions);
    const alone = questions.length / ((performance.now() - aloneFrom) / 1000);
    const plain = await call(
      client,
      questions.map(() => ({ name: "get_sync_status", arguments: {} })),
    );
    const many = await Promise.all(Array.from({ length: clients }, () => connect(server.url)));
    const togetherFrom = performance.now();
    const health = await heldMeanwhile(server.url, Promise.all(many.map((one) => ask(one, questions))));
    const together = (clients * questions.length) / ((performance.now() - togetherFrom) / 1000);
    const pair = (times: number[]): [number, number] => [share(times, 0.5), share(times, 0.95)];
    const memoryMb = server.memoryMb();
    for (const one of [client, ...many]) await one.close();
    return {
      readyMs: server.startMs,
      firstAnswerMs,
      idleMb,
      memoryMb,
      first: pair(first),
      again: pair(again),
      plain: pair(plain),
      alone,
      together,
      held: [share(health, 0.99), share(health, 1)],
    };
  } finally {
    await server.stop();
  }
}
