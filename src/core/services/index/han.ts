// The package declares no types for its tables; so whoever compiles this file alone has them too.
// oxlint-disable-next-line typescript/triple-slash-reference
/// <reference path="./opencc-js.d.ts" />
import traditionalToSimplified from "opencc-js/dict/TSCharacters";

/**
 * What each UTF-16 unit is written as in simplified Chinese: itself, unless it is a traditional character with a simplified
 * form. Characters whose form lies beyond 16 bits stay as they are, so that places in a text remain the same.
 */
const simplified = Uint16Array.from({ length: 65_536 }, (_, code) => code);
for (const pair of traditionalToSimplified.split("|")) {
  const [written = "", form = ""] = pair.split(" ");
  if (written.length === 1 && form.length === 1) simplified[written.charCodeAt(0)] = form.charCodeAt(0);
}

const kana = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** The unit as simplified Chinese writes it. A few forms have a simpler one themselves. */
export function simplifiedCode(code: number): number {
  const form = simplified[code] ?? code;
  return simplified[form] ?? form;
}

/** A text in simplified characters, unit by unit, so that both ways of writing Chinese are the same. */
export function simplify(text: string): string {
  let result = "";
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const form = simplifiedCode(code);
    if (form === code) continue;
    result += text.slice(from, at) + String.fromCharCode(form);
    from = at + 1;
  }
  return from === 0 ? text : result + text.slice(from);
}

/** True for text with Japanese letters, whose words are known by the characters that Japanese writes. */
export function isJapanese(text: string): boolean {
  return kana.test(text);
}
