import { beforeAll, describe, expect, test } from "bun:test";
import { buildClient, pageHtml, type ClientFile } from "./build";

const bytes = (file: ClientFile | undefined) => Buffer.from(file?.body ?? "");
const gzipSize = (file: ClientFile | undefined) => Bun.gzipSync(bytes(file)).length;

describe("the built page", () => {
  let files: ReadonlyMap<string, ClientFile>;
  let html: string;
  beforeAll(async () => {
    files = await buildClient();
    html = bytes(files.get("/")).toString();
  });
  const linked = (pattern: RegExp) => pattern.exec(html)?.[1] ?? "";

  test("names its script and style by their content", () => {
    expect(linked(/src="([^"]+)"/)).toMatch(/^\/client-[a-z0-9]{8}\.js$/);
    expect(linked(/rel="stylesheet" href="([^"]+)"/)).toMatch(/^\/client-[a-z0-9]{8}\.css$/);
    expect(files.get(linked(/src="([^"]+)"/))?.type).toContain("javascript");
    expect(files.get(linked(/rel="stylesheet" href="([^"]+)"/))?.type).toContain("css");
  });

  test("loads little at first: at most 200 KB of script, packed", () => {
    expect(gzipSize(files.get(linked(/src="([^"]+)"/)))).toBeLessThan(200 * 1024);
  });

  test("has no inline script or style, and asks nobody else for anything", () => {
    expect(html).not.toMatch(/<style|<script(?![^>]*src=)|style=|\son\w+=/);
    expect(html).not.toContain("http");
    const css = bytes(files.get(linked(/rel="stylesheet" href="([^"]+)"/))).toString();
    expect(css).not.toMatch(/@import|url\(["']?https?:/);
  });

  test("is built for production", () => {
    expect(bytes(files.get(linked(/src="([^"]+)"/))).toString()).not.toContain(
      "react-dom-client.development",
    );
  });

  test("says what to do without JavaScript", () => {
    expect(pageHtml("/a.js", "/a.css")).toContain("<noscript>");
  });
});
