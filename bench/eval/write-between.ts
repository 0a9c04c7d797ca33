import { readFileSync, writeFileSync } from "node:fs";

/**
 * Puts `text` between the comments `<!-- name -->` and `<!-- /name -->` of a markdown file, in place of what stood there.
 *
 * @throws Error when the file has no such pair.
 */
export function writeBetween(path: string, name: string, text: string): void {
  const whole = readFileSync(path, "utf8");
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const start = whole.indexOf(open);
  const end = whole.indexOf(close, start);
  if (start === -1 || end === -1) throw new Error(`${path} has no place between ${open} and ${close}.`);
  const before = whole.slice(0, start + open.length);
  writeFileSync(path, `${before}\n\n${text.trim()}\n\n${whole.slice(end)}`);
}
