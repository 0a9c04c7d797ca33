import { describe, expect, test } from "bun:test";
import { plainGfm } from "./plain-gfm";

describe("people's markdown without its HTML", () => {
  test.each([
    ["a comment goes", "Before.<!-- Please fill in\nthe form. -->After.", "Before.After."],
    ["one that never ends hides the rest", "Seen. <!-- hidden", "Seen."],
    [
      "a picture becomes markdown",
      '<img width="9" alt="The yard" src="https://x.example/a b.png">',
      "![The yard](https://x.example/a%20b.png)",
    ],
    ["a picture without a place leaves its words", "<img alt='The yard'>", "The yard"],
    ["a link becomes markdown", '<a href="https://x.example">there</a>', "[there](https://x.example)"],
    ["an anchor leaves its words", '<a name="top">there</a>', "there"],
    ["details are opened", "<details><summary>Log</summary>\nlines\n</details>", "**Log**\nlines"],
    ["headings", "<h2 align=center>Yard</h2>", "## Yard"],
    ["scripts lose their tags", "<script>alert(1)</script>", "alert(1)"],
    ["what is no tag stays", "a < b and Array<Crane> > c", "a < b and Array<Crane> > c"],
    ["bold and breaks", "<b>Now</b><br/>then", "**Now**\nthen"],
  ])("%s", (_case, given, wanted) => expect(plainGfm(given)).toBe(wanted));

  test("code stays as it is, in fences and in lines", () => {
    const code = "Use `<b>` here:\n\n```html\n<!-- kept --><img src=x>\n```";
    expect(plainGfm(code)).toBe(code);
  });

  test("a fence that was left open is closed, also a longer one and one in a list", () => {
    expect(plainGfm("````js\n```\nlet a;")).toBe("````js\n```\nlet a;\n````");
    expect(plainGfm("- ```\n  <b>\n  ```\n<b>x</b>")).toBe("- ```\n  <b>\n  ```\n**x**");
  });

  test("control characters and invisible text are left out", () => {
    expect(plainGfm("a\u0000b\u200Bc\u202Ed\r\ne")).toBe("abcd\ne");
  });

  test("addresses of links, pictures and definitions can be changed; those in code are not", () => {
    const shown = plainGfm(
      '[a](./a.md) ![b](b.png "t") [![c](c.svg)](d)\n\n[e]: ../e.md\n\n`[f](f)`',
      (at) => `/${at}`,
    );
    expect(shown).toBe('[a](/./a.md) ![b](/b.png "t") [![c](/c.svg)](/d)\n\n[e]: /../e.md\n\n`[f](f)`');
  });

  test.each(["<!--", "<a href=", "](", "[", "<img alt='", "`", "```\n", "<h1>"])(
    "half a megabyte of %p is read within the time of a test",
    (part) => expect(plainGfm(`a${part.repeat(Math.ceil(500_000 / part.length))}`)).toBeString(),
  );
});
