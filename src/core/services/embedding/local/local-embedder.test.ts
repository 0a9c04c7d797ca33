import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { PermanentError, TransientError } from "@/core/models/errors";
import type { Embedder } from "@/core/services/index/embedder";
import { vectorVersions } from "@/core/services/index/vector-versions";
import { silentLogger } from "@/core/services/logger";
import { createSearch } from "@/core/services/search/search";
import { product } from "@/core/services/search/vectors/stored-cosines";
import { VectorsInUse } from "@/core/services/search/vectors/vectors-in-use";
import { temporaryDatabase, temporaryFolder } from "@test/database";
import { artifactRow, registryOf, storeAndIndex } from "@test/search";
import { Embedders } from "../embedders";
import { embedderOpener } from "../open-embedder";
import { VectorBuilder } from "../vector-builder";
import { folderOf, openLocalEmbedder } from "./local-embedder";
import { ModelThread } from "./model-thread";
import { loadRuntime } from "./runtime";

/** A model of twelve words, run by ONNX Runtime as a real one is: `scripts/tiny-model`. */
const tiny = resolve(import.meta.dir, "../../../../../test/fixtures/models/tiny");
const nowhere = "http://127.0.0.1:9";

function open(model: string, modelsFolder = "", hubUrl = nowhere) {
  return openLocalEmbedder({ name: `local:${model}`, model, modelsFolder, hubUrl });
}

async function cosine(embedder: Embedder, one: string, other: string): Promise<number> {
  const [first, second] = await embedder.embed([one, other], "document");
  return first === undefined || second === undefined ? Number.NaN : product(first, second);
}

const thrown = (work: Promise<unknown>) => work.catch((error: unknown) => error);

/** The hub on loopback, with the tiny model as `owner/tiny`. */
function hub(isDown = false) {
  const asked: string[] = [];
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch: (request) => {
      const path = new URL(request.url).pathname;
      asked.push(path);
      if (isDown) return new Response("no", { status: 503 });
      const name = path.replace("/owner/tiny/resolve/main/", "");
      const file = join(tiny, name);
      return existsSync(file) && name !== path
        ? new Response(Bun.file(file))
        : new Response("", { status: 404 });
    },
  });
  return { url: server.url.origin, asked, [Symbol.asyncDispose]: () => server.stop(true) };
}

describe("a model in a folder", () => {
  let embedder: Embedder;
  beforeAll(async () => {
    embedder = await open(tiny);
  });
  afterAll(() => embedder.close?.());

  test("knows which words mean alike, in texts of any length and number, in order", async () => {
    expect(embedder.id).toMatch(/^local:.*tiny#8-[0-9a-f]{8}$/);
    expect(await cosine(embedder, "the car", "An Automobile!")).toBeGreaterThan(0.9);
    expect(await cosine(embedder, "the car", "vacation")).toBeLessThan(0.1);
    const texts = Array.from(
      { length: 30 },
      (_, at) => `${"word ".repeat(at * 7)} ${at % 2 ? "price" : "key"}`,
    );
    const short = texts.map((text) => text.replaceAll("word ", ""));
    const [vectors, expected] = [
      await embedder.embed(texts, "document"),
      await embedder.embed(short, "query"),
    ];
    for (const [at, vector] of vectors.entries()) {
      const alike = product(vector, expected[at] ?? new Float32Array(8));
      // Words beyond the model's length are not read.
      if (at * 7 <= 29) expect(alike).toBeCloseTo(1, 5);
      else expect(alike).toBeLessThan(0.5);
    }
  });

  test("answers a question before the passages that came first", async () => {
    const order: string[] = [];
    const many = Array.from({ length: 200 }, () => "price");
    await Promise.all([
      embedder.embed(many, "document").then(() => order.push("passages")),
      embedder.embed(["key"], "query").then(() => order.push("question")),
    ]);
    expect(order).toEqual(["question", "passages"]);
    const abort = new AbortController();
    const stopped = thrown(embedder.embed(many, "document", abort.signal));
    abort.abort(new Error("enough"));
    expect(String(await stopped)).toContain("enough");
    expect(await embedder.embed(["key"], "query")).toHaveLength(1);
  });

  test("that is missing or damaged is refused in plain words", async () => {
    using folder = temporaryFolder();
    const copy = join(folder.path, "model");
    cpSync(tiny, copy, { recursive: true });
    writeFileSync(join(copy, "onnx/model.onnx"), "no graph");
    expect(String(await thrown(open(copy)))).toContain(`The model in ${copy} cannot be opened`);
    writeFileSync(join(copy, "config.json"), "[]");
    expect(String(await thrown(open(copy)))).toContain(
      "config.json is not what a model's config.json should be",
    );
    rmSync(join(copy, "onnx"), { recursive: true });
    const error = await thrown(open(copy));
    expect(error).toBeInstanceOf(PermanentError);
    expect(String(error)).toContain("holds no model: there is none of onnx/model_quantized.onnx");
  });

  test("without a runtime names the command that installs one", () => {
    using folder = temporaryFolder();
    const elsewhere = pathToFileURL(join(folder.path, "program.ts")).href;
    expect(() => loadRuntime(join(folder.path, "models"), elsewhere)).toThrow(
      "ONNX Runtime, which is not installed",
    );
    expect(loadRuntime(folder.path).name).toStartWith("onnxruntime-");
  });

  test("whose thread ends fails what was asked as passing trouble, and works again afterwards", async () => {
    using folder = temporaryFolder();
    const dying = join(folder.path, "dying.ts");
    const body = `import { parentPort } from "node:worker_threads";
      parentPort?.on("message", () => { throw new Error("out of memory"); });
      parentPort?.postMessage({ kind: "open", dimension: 8, revision: "x" });`;
    writeFileSync(dying, body);
    const thread = new ModelThread({ folder: tiny, modelsFolder: "" }, pathToFileURL(dying));
    for (let time = 0; time < 2; time++) {
      const error = await thrown(thread.embed(["key"], "query"));
      expect(error).toBeInstanceOf(TransientError);
      expect(String(error)).toContain("stopped: out of memory");
    }
  });
});

describe("a model from the hub", () => {
  test("is fetched once, whole or not at all", async () => {
    await using served = hub();
    using folder = temporaryFolder();
    const hubbed = { model: "owner/tiny", modelsFolder: folder.path, hubUrl: served.url, log: silentLogger };
    const place = await folderOf(hubbed);
    expect(readFileSync(join(place, "onnx/model.onnx"))).toEqual(readFileSync(join(tiny, "onnx/model.onnx")));
    const asked = served.asked.length;
    expect(await folderOf(hubbed)).toBe(place);
    expect(served.asked).toHaveLength(asked);
    const other = await thrown(open("owner/other", folder.path, served.url));
    expect(other).toBeInstanceOf(PermanentError);
    expect(String(other)).toContain("has no model 'owner/other'");
    expect(String(await thrown(open("owner/../secrets", folder.path, served.url)))).toContain(
      "neither a folder nor",
    );
    expect(readdirSync(folder.path)).toEqual(["owner"]);
    expect(readdirSync(join(folder.path, "owner"))).toEqual(["tiny"]);
  });

  test("that does not answer says where the files can be put by hand", async () => {
    await using served = hub(true);
    using folder = temporaryFolder();
    for (const url of [served.url, nowhere]) {
      const error = await thrown(open("owner/tiny", folder.path, url));
      expect(error).toBeInstanceOf(TransientError);
      expect((error as TransientError).action).toContain(
        `put its files into ${join(folder.path, "owner", "tiny")}`,
      );
    }
  });
});

test("search uses such a model once every vector is made with it", async () => {
  await using database = await temporaryDatabase();
  const { db } = database;
  await storeAndIndex(db, [artifactRow("a", "my automobile"), artifactRow("b", "a vacation")]);
  const model = `local:${tiny}`;
  const config = {
    model,
    baseUrl: undefined,
    apiKey: undefined,
    gatewayKey: undefined,
    modelsFolder: "",
    hubUrl: "",
  };
  const embedders = new Embedders(embedderOpener(config));
  const builder = new VectorBuilder({ db, log: silentLogger, embedders, model });
  await builder.pass(new AbortController().signal);
  expect((await vectorVersions(db)).map(({ model: id, state }) => [id.replace(/#.*/, ""), state])).toEqual([
    [model, "active"],
  ]);
  const vectors = new VectorsInUse({
    db,
    embedderOf: ({ model: id, dimension }) => ({
      id,
      dimension,
      embed: (texts) => Promise.all(texts.map((text) => embedders.embedQuery(id, text))),
    }),
  });
  const search = createSearch({ db, registry: registryOf("notes"), vectors: vectors.current });
  expect((await search({ query: "car" })).results.map(({ id }) => id)).toEqual(["a"]);
  await embedders.close();
});
