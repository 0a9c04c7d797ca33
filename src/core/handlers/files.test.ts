import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "@test/database";
import { type HttpApp, httpApp, play } from "@test/http";
import { assetResponse, clientServer, safeSegments } from "./files";

describe("the web page's files", () => {
  let http: HttpApp;
  beforeAll(async () => {
    http = await httpApp();
  });
  afterAll(() => http[Symbol.asyncDispose]());

  test.each([
    "/",
    "/sources",
    "/sources/Files/artifacts",
    "/search?q=x",
    "/runs/0a1b",
    "/artifact/870f9078%2Fpages%2Fdouble-patients.md?lines=1-2",
    "/artifact/slack:conv:C01:1764186000.000100",
    "/artifact/..%2F.env",
    "/sources/Example.com",
  ])("answer the page at %s, fresh each time", async (path) => {
    const answerHeaders = { "cache-control": "no-cache", "content-type": "text/html;charset=utf-8" };
    await play(http, { name: path, path, status: 200, contains: ["<title>page"], answerHeaders });
  });

  test("are kept for ever where their name holds their hash", async () => {
    const caching = "public, max-age=31536000, immutable";
    const answerHeaders = { "cache-control": caching, "content-type": "text/javascript" };
    await play(http, { name: "script", path: "/client-0a1b2c3d.js", status: 200, answerHeaders });
  });

  test.each([
    "/.env",
    "/.git/config",
    "/client-0a1b2c3d.js.map",
    "/stoneturner.db",
    "/a/..%2f..%2fpackage.json",
  ])("do not include %s", async (path) => {
    await play(http, { name: path, path, status: 404, contains: ["not_found"], lacks: ["<title>"] });
  });

  test("are built anew after a build that failed", async () => {
    let builds = 0;
    const serve = clientServer(() => {
      builds++;
      if (builds === 1) return Promise.reject(new Error("no memory"));
      return Promise.resolve(new Map([["/", { body: "page", type: "text/html" }]]));
    });
    expect(await serve("/").catch((error: Error) => error.message)).toBe("no memory");
    expect(await (await serve("/"))?.text()).toBe("page");
    await serve("/");
    expect(builds).toBe(2);
  });
});

describe("assets", () => {
  const folder = temporaryFolder();
  const assets = join(folder.path, "assets");
  beforeAll(() => {
    mkdirSync(join(assets, "deep"), { recursive: true });
    writeFileSync(join(assets, "icon.svg"), "<svg/>");
    writeFileSync(join(assets, "page.css"), "a{}");
    writeFileSync(join(assets, "deep", "Größe.PNG"), "png");
    writeFileSync(join(assets, "notes.txt"), "not an image");
    writeFileSync(join(assets, ".hidden.svg"), "<svg/>");
    writeFileSync(join(folder.path, "secret.svg"), "secret");
    symlinkSync(join(folder.path, "secret.svg"), join(assets, "link.svg"));
    mkdirSync(join(assets, "folder.svg"));
  });
  afterAll(() => folder[Symbol.dispose]());

  test.each([
    ["icon.svg", "image/svg+xml"],
    ["page.css", "text/css;charset=utf-8"],
    ["deep/Gr%C3%B6%C3%9Fe.PNG", "image/png"],
  ])("are served with their type: %s", async (path, type) => {
    expect((await assetResponse(assets, path))?.headers.get("content-type")).toBe(type);
  });

  test.each([
    "missing.svg",
    "notes.txt",
    ".hidden.svg",
    "link.svg",
    "folder.svg",
    "../secret.svg",
    "..%2fsecret.svg",
    "%2e%2e/secret.svg",
    "deep%2f..%2f..%2fsecret.svg",
    "..\\secret.svg",
    "icon.svg%00.png",
    "%E0%A4%A.svg",
    "",
  ])("are confined: %s", async (path) => {
    expect(await assetResponse(assets, path)).toBeUndefined();
  });

  test("have names that are plain once decoded", () => {
    expect(safeSegments("/a//b%20c")).toEqual(["a", "b c"]);
    expect(safeSegments("/a/%2E%2E/b")).toBeUndefined();
  });

  test("that are not there are not found over HTTP", async () => {
    await using http = await httpApp();
    await play(http, { name: "missing", path: "/assets/none.svg", status: 404, contains: ["not_found"] });
    await play(http, { name: "traversal", path: "/assets/%2e%2e%2fcore%2fconfig.ts", status: 404 });
  });
});
