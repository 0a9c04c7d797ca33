/** Tags of enhanced markdown: names, attributes, and which of them stand inside a line. */

export interface OpenTag {
  name: string;
  attributes: Record<string, string>;
  selfClosing: boolean;
  /** What follows the tag on its line. */
  rest: string;
}

const OPEN = /^<([a-z][a-z0-9_-]*)((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*(\/?)>(.*)$/is;
const inline = /^(?:span|br|u|b|i|s|a|em|strong|code|mention-.+)$/;

/** The block tag that a line begins with; undefined for text. */
export function openTag(line: string): OpenTag | undefined {
  const match = OPEN.exec(line);
  if (match === null) return undefined;
  const [, name = "", attributes = "", slash = "", rest = ""] = match;
  if (inline.test(name)) return undefined;
  return {
    name: name.toLowerCase(),
    attributes: attributesOf(attributes),
    selfClosing: slash === "/",
    rest: rest.trim(),
  };
}

/** `key="value"` pairs; a key without a value is there with an empty one. */
export function attributesOf(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [, name = "", value = ""] of text.matchAll(/([\w:-]+)(?:="([^"]*)")?/g)) {
    found[name] = decodeEntities(value);
  }
  return found;
}

const entities: Record<string, string> = { quot: '"', amp: "&", lt: "<", gt: ">", apos: "'" };

export function decodeEntities(text: string): string {
  return text.replaceAll(/&(quot|amp|lt|gt|apos);/g, (whole, name: string) => entities[name] ?? whole);
}

/** Takes the list of block attributes (`{color="blue"}`) off the end of a line. */
export function splitAttributeList(line: string): { text: string; attributes: Record<string, string> } {
  const at = line.endsWith("}") ? line.lastIndexOf("{") : -1;
  const list = line.slice(at + 1, -1);
  if (at < 0 || line[at - 1] === "\\" || !/^(?:\s*[\w-]+="[^"]*")+\s*$/.test(list))
    return { text: line, attributes: {} };
  return { text: line.slice(0, at).trimEnd(), attributes: attributesOf(list) };
}
