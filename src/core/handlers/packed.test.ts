import { describe, expect, test } from "bun:test";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { clientServer } from "./files";
import { createPacker } from "./packed";

describe("a packed file", () => {
  const text = "export const stone = 'turned';\n".repeat(200);

  test("is the file again once unpacked, and is packed once however often it is asked for", async () => {
    const pack = createPacker();
    const [br, again, gz] = await Promise.all([
      pack("/a", text, "br"),
      pack("/a", text, "br"),
      pack("/a", text, "gzip"),
    ]);
    expect(br).toBe(again);
    expect(brotliDecompressSync(br ?? "").toString()).toBe(text);
    expect(gunzipSync(gz ?? "").toString()).toBe(text);
    expect(br?.length).toBeLessThan(text.length / 20);
  });

  test("is sent with what it is packed in, its own type, and a word to caches", async () => {
    const serve = clientServer(() =>
      Promise.resolve(
        new Map([
          ["/", { body: text, type: "text/html" }],
          ["/client-0a1b2c3d.js", { body: new TextEncoder().encode(text), type: "text/javascript" }],
          ["/client-00000000.js", { body: "tiny", type: "text/javascript" }],
        ]),
      ),
    );
    const headers = async (path: string, accepted?: string) => {
      const answer = await serve(path, accepted);
      const all = answer?.headers;
      return [
        all?.get("content-encoding"),
        all?.get("vary"),
        all?.get("content-type"),
        (await answer?.bytes())?.length,
      ];
    };
    const packed = await headers("/client-0a1b2c3d.js", "gzip, br");
    expect(packed.slice(0, 3)).toEqual(["br", "Accept-Encoding", "text/javascript"]);
    expect(packed[3]).toBeLessThan(text.length / 20);
    expect((await headers("/runs", "gzip")).slice(0, 3)).toEqual(["gzip", "Accept-Encoding", "text/html"]);
    expect(await headers("/client-0a1b2c3d.js")).toEqual([
      null,
      "Accept-Encoding",
      "text/javascript",
      text.length,
    ]);
    expect(await headers("/client-00000000.js", "br")).toEqual([
      null,
      "Accept-Encoding",
      "text/javascript",
      4,
    ]);
  });
});
