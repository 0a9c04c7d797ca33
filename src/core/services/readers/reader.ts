import type { ArtifactKind, JsonValue } from "@/core/models/artifact";

/** One file as it was read from the folder. */
export interface DocumentInput {
  /** Relative path with `/`, as people know the file; error messages name it. */
  path: string;
  /** The bytes that were read: the whole file, or its beginning when `truncated`. */
  bytes: Uint8Array;
  /** Size of the whole file in bytes. */
  size: number;
  /** True when `bytes` ends before the file does. */
  truncated: boolean;
  signal: AbortSignal;
  /** How many mails it lies in, as an attachment; 0 when it is missing. */
  depth?: number;
}

/** What a file became: title and clean markdown, with what the file says about itself. */
export interface ReadDocument {
  title: string;
  /** GitHub-flavoured markdown, LF line ends. May be empty. */
  markdown: string;
  kind: ArtifactKind;
  author?: string;
  /** ISO-8601 UTC, only when the file itself states it. */
  artifactDate?: string;
  url?: string;
  metadata: Record<string, JsonValue>;
}

/** What a reader hands back; a missing title is taken from the file's name, missing metadata is none. */
export interface ReaderResult extends Omit<ReadDocument, "title" | "metadata"> {
  title?: string | undefined;
  metadata?: Record<string, JsonValue>;
}

/** Reads a format that is text; `text` is decoded, with LF line ends and without NUL. */
export type TextReader = (input: DocumentInput, text: string) => ReaderResult | Promise<ReaderResult>;

/** Reads a format from its bytes. */
export type ByteReader = (input: DocumentInput) => ReaderResult | Promise<ReaderResult>;

/** A format's reader, by what it takes. */
export type Reader =
  | { takes: "text"; read: TextReader }
  | {
      takes: "bytes";
      /** True when a file without its end says nothing. */
      whole: boolean;
      read: ByteReader;
    };
