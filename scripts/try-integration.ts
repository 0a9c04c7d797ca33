/**
 * `bun run try-integration NAME [--items N] [--seed N] [--port N]`: the whole program with one source that is connected to
 * its fake, in a data folder that goes when it ends. Lines from standard input make things happen at the provider.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { z } from "zod";
import { systemClock } from "@/core/services/http/clock";
import { messageOf } from "@/core/models/errors";
import { freePort } from "@test/free-port";
import { fakeOf, noFake } from "../test/conformance/kit";
import type { FakeSource } from "../test/fakes/fake";
import { argumentsOf, countOf, fail } from "./scaffold/arguments";
import { integrationNamed } from "./scaffold/integration-named";

const usage = "Usage: bun run try-integration NAME [--items N] [--seed N] [--port N]";
const { values, positionals } = argumentsOf(
  {
    items: { type: "string", default: "40" },
    seed: { type: "string", default: "11" },
    port: { type: "string" },
  },
  usage,
);
const [given] = positionals;
if (given === undefined) fail(usage);
const [seed, items] = [countOf("seed", values.seed), countOf("items", values.items)];
const port = values.port === undefined ? freePort() : countOf("port", values.port);
const integration = integrationNamed(given);
if (integration === undefined) process.exit(1);
const name = integration.config.integration;
const startFake = await fakeOf(name);
if (startFake === undefined) fail(noFake(name));

const startedSchema = z.object({ connectUrl: z.string() });
const fake = await startFake({ seed, items, clock: systemClock });
const home = mkdtempSync(join(tmpdir(), "stoneturner-try-"));
const program = Bun.spawn([process.execPath, resolve(import.meta.dir, "../src/cli.ts"), "serve"], {
  // Nothing of the settings of this machine, such as a database of its own: a fake's items have no place there.
  cwd: home,
  env: {
    PATH: process.env["PATH"] ?? "",
    HOME: process.env["HOME"] ?? "",
    STONETURNER_HOME: home,
    INTEGRATION_API_URLS: fake.apiUrls,
    // The way back from a consent page is made of it: one that the system picks later is not known by then.
    PORT: String(port),
  },
  // Ctrl-C is told to it below, once: a second one would end it in the middle of what it does.
  detached: true,
  stdin: "ignore",
  stdout: "pipe",
  stderr: "inherit",
});
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => program.kill("SIGTERM"));
const acts = actsOf(fake);
let page: string | undefined;
void followProgram();
void followInput();
await program.exited;
rmSync(home, { recursive: true, force: true });
await fake[Symbol.asyncDispose]();
process.exit(program.exitCode ?? 0);

/** Shows what the program says, and connects the account once it serves. */
async function followProgram(): Promise<void> {
  for await (const line of linesOf(program.stdout)) {
    console.log(line);
    const [, url] = /^ +Web page +(\S+)/.exec(line) ?? [];
    if (url === undefined) continue;
    page = url;
    // Not awaited: what else the program says comes first.
    void connect(url).catch((error: unknown) => console.error(messageOf(error)));
  }
}

async function connect(url: string): Promise<void> {
  // A source that takes a key as well as consent is given the key.
  const consent = fake.credential.apiKey === undefined ? fake.consent : undefined;
  if (consent === undefined) await post(url, "/api/integrations", fake.credential);
  else await connectByConsent(url, consent);
  await post(url, `/api/sync/${encodeURIComponent(name)}`);
  console.log(`${name} is connected to its fake and syncs: ${url}/sources/${encodeURIComponent(name)}`);
  console.log(`Type what is to happen there (${[...acts.keys()].join(", ")}), sync, or full sync.`);
}

/** The way over the provider's consent page, as a browser takes it that keeps the cookies of the first answer. */
async function connectByConsent(url: string, consent: NonNullable<FakeSource["consent"]>): Promise<void> {
  const { accessKey, secretKey, options } = fake.credential;
  const path = `/api/oauth/${encodeURIComponent(name)}/start`;
  const { connectUrl } = startedSchema.parse(
    JSON.parse(await post(url, path, { accessKey, secretKey, options })),
  );
  const departure = await fetch(connectUrl, { redirect: "manual" });
  const cookie = departure.headers.getSetCookie().map((line) => line.split(";")[0] ?? "");
  const back = await consent(departure.headers.get("location") ?? "");
  const outcome = await fetch(back, { headers: { cookie: cookie.join("; ") } });
  if (!outcome.ok) throw new Error(`The consent was not taken (${outcome.status}): ${await outcome.text()}`);
}

async function followInput(): Promise<void> {
  for await (const line of linesOf(Bun.stdin.stream())) {
    const word = line.trim();
    const act = acts.get(word);
    if (word === "") continue;
    if (act !== undefined) console.log(`${word}: ${act() ?? "done"}`);
    else if (/^(?:full )?sync$/.test(word) && page !== undefined) {
      const path = word === "sync" ? "/api/sync/updates" : "/api/sync";
      await post(page, `${path}/${encodeURIComponent(name)}`).catch((error: unknown) =>
        console.error(messageOf(error)),
      );
    } else console.log(`There is no '${word}'. Type ${[...acts.keys()].join(", ")}, sync, or full sync.`);
  }
}

async function post(url: string, path: string, body: unknown = {}): Promise<string> {
  const headers = { "content-type": "application/json" };
  const answer = await fetch(url + path, { method: "POST", headers, body: JSON.stringify(body) });
  const said = await answer.text();
  if (!answer.ok) throw new Error(`POST ${path} was answered with ${answer.status}: ${said}`);
  return said;
}

/** What can happen at the provider, by the words for it. */
function actsOf({ world }: FakeSource): Map<string, () => string | undefined | void> {
  const plain = {
    create: world.create,
    edit: world.edit,
    delete: world.delete,
    hide: world.hide,
    "create huge": world.createHuge,
    "create empty": world.createEmpty,
  };
  return new Map([
    ...Object.entries(plain).flatMap(([word, act]) =>
      act === undefined ? [] : [[word, act.bind(world)] as const],
    ),
    ...(world.happenings ?? []).map(({ name: word, happen }) => [word, happen] as const),
  ]);
}

async function* linesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const bytes of stream) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
}
