/** The files that the server hands out: icons from the assets folder, and the web page. */
import { realpath, stat } from "node:fs/promises";
import { extname, join, sep } from "node:path";
import { encodingFor } from "@/core/middlware/accepted-encoding";
import { askedOnce } from "@/lib/asked-once";
import { createPacker } from "./packed";

const types: Readonly<Record<string, string>> = {
  ".css": "text/css;charset=utf-8",
  ".ico": "image/x-icon",
  ".jpeg": "image/jpeg",
  ".jpg": "image/jpeg",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".webp": "image/webp",
};

/** The built web page's files by path. */
export type ClientFiles = () => Promise<ReadonlyMap<string, { body: Uint8Array | string; type: string }>>;

/** The decoded segments of a path, or undefined where one could lead astray: dots first, separators, control characters. */
export function safeSegments(path: string): string[] | undefined {
  const segments: string[] = [];
  for (const part of path.split("/").filter((text) => text !== "")) {
    let segment: string;
    try {
      segment = decodeURIComponent(part);
    } catch {
      return undefined;
    }
    if (segment.startsWith(".") || /[/\\\p{Cc}]/u.test(segment)) return undefined;
    segments.push(segment);
  }
  return segments;
}

/** An image or style sheet from `folder`, or undefined. Never a file outside of it, through links either. */
export async function assetResponse(folder: string, path: string): Promise<Response | undefined> {
  const segments = safeSegments(path);
  const type = types[extname(segments?.at(-1) ?? "").toLowerCase()];
  if (segments === undefined || type === undefined) return undefined;
  const file = await realpath(join(folder, ...segments)).catch(() => undefined);
  const root = await realpath(folder).catch(() => undefined);
  if (file === undefined || root === undefined || !file.startsWith(root + sep)) return undefined;
  if (!(await stat(file)).isFile()) return undefined;
  return new Response(Bun.file(file), {
    headers: { "Content-Type": type, "Cache-Control": "public, max-age=3600" },
  });
}

/** A place of the page and one thing in it, by a name or id that may hold anything, e.g. dots and encoded slashes. */
const thingInPage = /^\/(?:artifact|runs|sources|settings)\/[^/]+\/?$/;

/**
 * Serves the web page, built at the first request, packed as the request's `Accept-Encoding` allows. A path that names
 * no file and looks like a page answers the page itself, so links into it work; a path that looks like a file is
 * undefined when there is none.
 */
export function clientServer(
  build: ClientFiles,
): (path: string, accepted?: string) => Promise<Response | undefined> {
  const pack = createPacker();
  const files = askedOnce(build);
  return async (path, accepted) => {
    const isThing = thingInPage.test(path);
    if (!isThing && safeSegments(path) === undefined) return undefined;
    const known = await files();
    const exact = known.get(path);
    const file = exact ?? (isThing || extname(path) === "" ? known.get("/") : undefined);
    if (file === undefined) return undefined;
    const isHashed = exact !== undefined && /-[a-z0-9]{8,}\.\w+$/i.test(path);
    const encoding = encodingFor(accepted);
    const name = exact === undefined ? "/" : path;
    const packed = encoding === undefined ? undefined : await pack(name, file.body, encoding);
    // A string or bytes; the DOM's type of a body leaves out shared buffers, which these never are.
    return new Response((packed ?? file.body) as BodyInit, {
      headers: {
        "Content-Type": file.type,
        "Cache-Control": isHashed ? "public, max-age=31536000, immutable" : "no-cache",
        Vary: "Accept-Encoding",
        ...(packed === undefined || encoding === undefined ? {} : { "Content-Encoding": encoding }),
      },
    });
  };
}
