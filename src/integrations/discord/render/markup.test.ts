import { expect, test } from "bun:test";
import { nameText } from "@/core/services/conversations/chat-markdown";
import { markdownOf } from "./markup";
import type { Names } from "./names";

const names: Names = {
  user: (id) => ({ "10": "Ann Lee", "11": "*star*" })[id],
  role: (id) => ({ "20": "Ops" })[id],
  channel: (id) => ({ "30": "help" })[id],
};

test.each([
  ["hello <@10> and <@!10>", "hello @Ann Lee and @Ann Lee"],
  ["<@11>", "@\\*star\\*"],
  ["<@99>", "@unknown user"],
  ["<@&20> <@&21>", "@Ops @deleted role"],
  ["see <#30>, not <#31>", "see #help, not #unknown channel"],
  ["run </deploy now:123456789012345678>", "run /deploy now"],
  ["<:party:123456789012345678> <a:dance:123456789012345678>", ":party: :dance:"],
  ["at <t:1700000000:R>", "at 2023-11-14 22:13 UTC"],
  ["at <t:99999999999999>", "at \\<t:99999999999999>"],
  ["<id:customize>", "(server page: customize)"],
  ["<id:linked-roles:123>", "(server page: linked-roles)"],
  ["||the butler||", "[spoiler: the butler]"],
  ["||`a`|| or ||`b` and c||", "[spoiler: `a`] or [spoiler: `b` and c]"],
  ["`||` is no ||spoiler||", "`||` is no [spoiler: spoiler]"],
  [">>> all `of`\nthis", "> all `of`\n> this"],
  ["-# small print", "small print"],
  ["# Big\ntext", "**Big**\ntext"],
  [
    "[a link](https://example.com) <https://example.com>",
    "[a link](https://example.com) <https://example.com>",
  ],
  ["<script>alert(1)</script>", "\\<script>alert(1)\\</script>"],
  ["`<@10>` and ```js\n<@10> # x\n``` done", "`<@10>` and \n```js\n<@10> # x\n```\n done"],
  ["look: ```inline fence```", "look: \n```\ninline fence\n```"],
  [">>> all of\nthis", "> all of\n> this"],
  ["a < b && c > d", "a < b && c > d"],
  ["one\n\n\n\ntwo", "one\n\ntwo"],
])("%j becomes %j", (content, markdown) => {
  expect(markdownOf(content, names)).toBe(markdown);
});

test.each(["||", "```", "<@", "`", "<t:", "# ", "[["])(
  "%j two thousand times over comes to an end",
  (piece) => {
    expect(markdownOf(piece.repeat(2_000), names)).toBeString();
  },
);

test("a name is one line and no markup", () => {
  expect(nameText("a\n*b*_c_[d]", "x")).toBe("a \\*b\\*\\_c\\_\\[d\\]");
  expect(nameText(undefined, "somebody")).toBe("somebody");
});
