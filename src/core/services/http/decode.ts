/** Turns the body of a successful answer into what was asked for. Nothing half-read is ever taken for data. */
import { z } from "zod";
import { PermanentError, TransientError } from "@/core/models/errors";
import { looksLikeHtml } from "./answer-text";
import type { HopAnswer } from "./send-hop";

/**
 * The JSON value of an answer; null for 204 and 205.
 * @throws TransientError for a web page, an empty body, or text that breaks off.
 */
export function decodeJson(answer: HopAnswer, asked: string): unknown {
  if (answer.status === 204 || answer.status === 205) return null;
  const text = decodeText(answer);
  // Some sources call their JSON a web page; no web page begins like JSON.
  if (looksLikeHtml(answer.headers, text) && !/^\s*[[{]/.test(text)) {
    throw new TransientError(`${asked} was answered with a web page instead of data.`, {
      action:
        "If it stays so: check the account's address, and that no login page or proxy stands in between.",
    });
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    const found =
      text.trim() === "" ? "nothing" : `${answer.body.byteLength} bytes that are not JSON or break off`;
    // The parser's own message repeats pieces of the body, so it stays behind.
    const position = cause instanceof Error ? cause.name : "";
    throw new TransientError(`${asked} was answered with ${found} (${position}).`);
  }
}

/**
 * The value in the shape the caller needs; a schema may read it with another one in a transform.
 * @throws PermanentError naming the fields that differ, without values.
 */
export function checkShape<Output>(value: unknown, schema: z.ZodType<Output>, asked: string): Output {
  try {
    return schema.parse(value);
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    const issues = error.issues
      .slice(0, 3)
      .map(({ path, code }) => `${path.join(".") || "the whole"} (${code})`);
    throw new PermanentError(
      `${asked} was answered in a shape that is not known here: ${issues.join(", ")}.`,
      { action: "The source's API may have changed; a newer version of Stoneturner may know it." },
    );
  }
}

/** Text in the charset that the answer names, UTF-8 when it names none or an unknown one. */
export function decodeText(answer: HopAnswer): string {
  const named = /charset="?([\w.:-]{1,40})/i.exec(answer.headers.get("content-type") ?? "")?.[1];
  return decoder(named ?? "utf-8").decode(answer.body);
}

function decoder(charset: string): TextDecoder {
  try {
    // The type lists the common names only; unknown ones throw.
    return new TextDecoder(charset);
  } catch {
    return new TextDecoder();
  }
}
