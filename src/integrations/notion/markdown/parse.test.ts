import { describe, expect, test } from "bun:test";
import type { Block } from "./block";
import { parseEnhanced } from "./parse";
import { attributesOf, decodeEntities, openTag, splitAttributeList } from "./tags";

/** Blocks in short: kind, text and what is inside. */
type Short = [kind: string, text: string, ...inside: Short[]];
const short = ({ kind, text, children }: Block): Short => [kind, text, ...children.map(short)];
const parsed = (markdown: string) => parseEnhanced(markdown).map(short);

describe("blocks of enhanced markdown", () => {
  test("nest by tabs, whatever holds them", () => {
    expect(parsed("a\n\tb\n\t\tc\n\td\ne")).toEqual([
      ["text", "a", ["text", "b", ["text", "c"]], ["text", "d"]],
      ["text", "e"],
    ]);
    expect(parsed("a\n\t\t\tfar\n\tnear")).toEqual([["text", "a", ["text", "far"], ["text", "near"]]]);
  });

  test("in tags nest by the tags, with and without tabs", () => {
    const inside: Short = ["callout", "", ["text", "a"], ["columns", "", ["column", "", ["text", "b"]]]];
    expect(
      parsed("<callout>\n\ta\n\t<columns>\n\t\t<column>\n\t\t\tb\n\t\t</column>\n\t</columns>\n</callout>"),
    ).toEqual([inside]);
    expect(parsed("<callout>\na\n<columns>\n<column>\nb\n</column>\n</columns>\n</callout>")).toEqual([
      inside,
    ]);
  });

  test("on one line end there; what follows is a text of its own", () => {
    expect(parsed('<page url="x">Tides</page>\n<audio source="y"/>z')).toEqual([
      ["page", "Tides"],
      ["audio", ""],
    ]);
    expect(parsed("<details>x</details> after")).toEqual([
      ["details", "x"],
      ["text", "after"],
    ]);
  });

  test("of code and equations are kept to the last blank, without the tabs of the block", () => {
    expect(parsed("- a\n\t```ts\n\tif (x) {\n\t\t<callout>\n\n\t}\n\t```\n\tb")).toEqual([
      ["text", "- a", ["code", "if (x) {\n\t<callout>\n\n}"], ["text", "b"]],
    ]);
    expect(parsed("$$\nx\n\n^2\n$$")).toEqual([["equation", "x\n\n^2"]]);
    expect(parsed("````\n```\n````")).toEqual([["code", "```"]]);
    expect(parseEnhanced('```c++ {color="red"}\n```')[0]?.attributes).toEqual({ language: "c++" });
  });

  test("lose nothing where markup breaks off", () => {
    expect(parsed("```\na")).toEqual([["code", "a"]]);
    expect(parsed("<callout>\na")).toEqual([["callout", "", ["text", "a"]]]);
    expect(parsed("</callout>\na\n</page>")).toEqual([["text", "a"]]);
    expect(parsed("<callout>\n<columns>\na\n</callout>\nb")).toEqual([
      ["callout", "", ["columns", "", ["text", "a"]]],
      ["text", "b"],
    ]);
    expect(parsed("<table>\n<tr><td>a</td></tr>")).toEqual([["table", "\n<tr><td>a</td></tr>"]]);
    expect(parsed("<3 hearts\n< b >\n<span>c</span>")).toEqual([
      ["text", "<3 hearts"],
      ["text", "< b >"],
      ["text", "<span>c</span>"],
    ]);
  });

  test("take Windows' line ends, empty lines and nothing at all", () => {
    expect(parsed("a\r\n\tb\r\rc\n\n\n")).toEqual([
      ["text", "a", ["text", "b"]],
      ["text", "c"],
    ]);
    expect(parsed("")).toEqual([]);
  });
});

describe("tags", () => {
  test("have names, attributes with their entities, and a rest", () => {
    expect(openTag('<callout icon="🌊" color="a &amp; &quot;b&quot;">rest')).toEqual({
      name: "callout",
      attributes: { icon: "🌊", color: 'a & "b"' },
      selfClosing: false,
      rest: "rest",
    });
    expect(openTag("<Empty-Block />")).toMatchObject({ name: "empty-block", selfClosing: true, rest: "" });
  });

  test("that stand within a line begin no block", () => {
    for (const line of ["<span>a</span>", "<br>", "<mention-user/>", "a <callout>", "<>", "</callout>"])
      expect(openTag(line)).toBeUndefined();
  });

  test("keep an attribute without a value, and entities that nobody knows", () => {
    expect(attributesOf('inline url="x"')).toEqual({ inline: "", url: "x" });
    expect(decodeEntities("&lt;&gt;&apos;&nbsp;&amp;lt;")).toBe("<>'&nbsp;&lt;");
  });

  test("a list of attributes at a line's end is taken off, and what only looks like one stays", () => {
    expect(splitAttributeList('Head {toggle="true" color="blue"}')).toEqual({
      text: "Head",
      attributes: { toggle: "true", color: "blue" },
    });
    for (const line of ["costs {net}", 'say \\{color="red"}', '{color="red"} first', "{}"])
      expect(splitAttributeList(line)).toEqual({ text: line, attributes: {} });
    expect(splitAttributeList('{color="red"}')).toEqual({ text: "", attributes: { color: "red" } });
  });
});
