import { Parser } from "htmlparser2";
import { ItemError } from "@/core/models/errors";
import { shownName } from "@/lib/file-names";
import type { DocumentInput } from "./reader";
import { ZipTooLarge, unpackZip } from "./zip-guard";

/** Text of one part of the document; more is a machine's work, and would hold up the process for a minute. */
const LARGEST_PART = 30 * 1024 * 1024;
const PASSWORD_MARK = [0xd0, 0xcf, 0x11, 0xe0];

/** The XML parts of an Office file by name, without its pictures. */
export type OfficeParts = Record<string, Uint8Array>;

/**
 * @param wanted which parts are unpacked.
 * @throws ItemError when the file is locked, damaged, or unpacks to far more than a document holds.
 */
export function officeParts(input: DocumentInput, wanted = /\.(xml|rels)$/i): OfficeParts {
  const name = shownName(input.path);
  if (PASSWORD_MARK.every((byte, index) => input.bytes[index] === byte)) {
    throw new ItemError(`${name} is protected by a password, or is of Office's old kind.`, {
      action: "Save it in Office as it is today, without a password.",
    });
  }
  try {
    const parts = unpackZip(input.bytes, (part) => wanted.test(part));
    const largest = Math.max(0, ...Object.values(parts).map((part) => part.length));
    if (largest > LARGEST_PART) throw new ZipTooLarge(`a part has ${largest} bytes`);
    return parts;
  } catch (error) {
    if (error instanceof ZipTooLarge) {
      throw new ItemError(`${name} unpacks to far more than a document holds and is not read.`, {
        action: "Check where the file comes from, or leave it out.",
        cause: error,
      });
    }
    throw damagedOffice(input, error);
  }
}

/** The refusal of a file that is broken. */
export function damagedOffice(input: DocumentInput, cause?: unknown): ItemError {
  return new ItemError(`${shownName(input.path)} is damaged and cannot be read.`, {
    action: "Open it in Office and save it again, or leave the file out.",
    cause,
  });
}

/** The refusal of a file that only opens with a password. */
export function lockedOffice(input: DocumentInput, cause?: unknown): ItemError {
  return new ItemError(`${shownName(input.path)} is protected by a password.`, {
    action: "Save a copy without a password to have it read.",
    cause,
  });
}

export interface XmlListener {
  /** Names are without their namespace's prefix; attributes keep it. */
  open?: (name: string, attributes: Readonly<Record<string, string>>) => void;
  text?: (text: string) => void;
  close?: (name: string) => void;
}

/** Walks a part; does nothing where there is none. */
export function walkXml(parts: OfficeParts, part: string, listener: XmlListener): void {
  const bytes = parts[part];
  if (bytes === undefined) return;
  const local = (name: string) => name.slice(name.indexOf(":") + 1);
  const parser = new Parser(
    {
      onopentag: (name, attributes) => listener.open?.(local(name), attributes),
      ontext: (text) => listener.text?.(text),
      onclosetag: (name) => listener.close?.(local(name)),
    },
    { xmlMode: true },
  );
  parser.end(new TextDecoder().decode(bytes));
}

/** What a part refers to: `type` is the last word of its address, `target` is as it was written, such as a web address. */
export interface Relation {
  type: string;
  path: string;
  target: string;
}

/** What a part refers to, by id. */
export function relationsOf(parts: OfficeParts, part: string): Map<string, Relation> {
  const [, folder = "", file = ""] = /^(.*\/)?([^/]*)$/.exec(part) ?? [];
  const found = new Map<string, Relation>();
  walkXml(parts, `${folder}_rels/${file}.rels`, {
    open: (name, { Id: id = "", Target: target = "", Type: type = "" }) => {
      if (name !== "Relationship") return;
      const path = URL.parse(target, `zip:///${folder}`)?.pathname.slice(1) ?? "";
      found.set(id, { type: type.slice(type.lastIndexOf("/") + 1), path, target });
    },
  });
  return found;
}
