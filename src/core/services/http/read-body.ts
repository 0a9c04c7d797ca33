/** Reads an answer's body in bounded memory: the cap holds on the wire and for what is unpacked from it. */
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { PermanentError } from "@/core/models/errors";
import { TooLargeError } from "./errors";

export interface ReadLimits {
  /** Largest body taken, in bytes. */
  maxBytes: number;
  /** At the cap: fail, or keep what was read so far (enough for an error's text). */
  atCap: "fail" | "cut";
  /** Called with every chunk from the wire, for idle timers. */
  onChunk: () => void;
}

/** @throws TooLargeError at the cap, TransientError when less arrives than was promised. */
export async function readBody(response: Response, host: string, limits: ReadLimits): Promise<Uint8Array> {
  if (response.body === null) return new Uint8Array();
  const encoding = (response.headers.get("content-encoding") ?? "identity").trim().toLowerCase();
  const unpack = unpacker(encoding, host);
  const promised = promisedLength(response.headers);
  if (limits.atCap === "fail" && promised !== undefined && promised > limits.maxBytes) {
    await response.body.cancel();
    throw tooLarge(host, limits.maxBytes);
  }
  const wire = wireChunks(response.body, limits);
  if (unpack === undefined) return collect(wire, host, limits);
  let body: Uint8Array | undefined;
  try {
    await pipeline(Readable.from(wire), unpack, async (unpacked: AsyncIterable<Uint8Array>) => {
      body = await collect(unpacked, host, limits);
    });
  } catch (error) {
    // A body that was cut on purpose is complete here; the pipeline calls leaving early an abort.
    if (body === undefined) throw error;
  }
  return body ?? new Uint8Array();
}

/** Chunks as they arrive; fewer bytes than promised make the read fail. Leaving the loop early closes the connection. */
async function* wireChunks(
  stream: ReadableStream<Uint8Array>,
  limits: ReadLimits,
): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      limits.onChunk();
      yield value;
    }
  } finally {
    // After an abort the stream has failed already, and that failure is the one that is reported.
    await reader.cancel().catch(() => undefined);
  }
}

async function collect(
  chunks: AsyncIterable<Uint8Array>,
  host: string,
  limits: ReadLimits,
): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    const room = limits.maxBytes - size;
    if (chunk.byteLength > room && limits.atCap === "fail") throw tooLarge(host, limits.maxBytes);
    parts.push(chunk.subarray(0, room));
    size += Math.min(chunk.byteLength, room);
    if (size === limits.maxBytes && limits.atCap === "cut") break;
  }
  return new Uint8Array(Buffer.concat(parts, size));
}

function unpacker(encoding: string, host: string) {
  switch (encoding) {
    case "":
    case "identity":
      return undefined;
    case "gzip":
    case "x-gzip":
      return createGunzip();
    case "deflate":
      return createInflate();
    case "br":
      return createBrotliDecompress();
    default:
      throw new PermanentError(
        `${host} answers in the encoding "${encoding.slice(0, 40)}", which is not known here.`,
      );
  }
}

function promisedLength(headers: Headers): number | undefined {
  const text = headers.get("content-length") ?? "";
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

function tooLarge(host: string, maxBytes: number): TooLargeError {
  return new TooLargeError(`The answer of ${host} is larger than ${maxBytes} bytes.`, {
    action: "It was not read; a narrower request or a higher limit is needed.",
  });
}
