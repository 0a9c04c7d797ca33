import { expect, test } from "bun:test";
import { markdownOf } from "./mrkdwn";

const names = {
  user: (id: string) => ({ U1: "Ana Silva", U2: "m*son" })[id],
  channel: (id: string) => ({ C1: "general" })[id],
};

test.each([
  ["people and channels by name", "<@U1> and <@U2> in <#C1|old-name>", "@Ana Silva and @m\\*son in #general"],
  ["people nobody knows", "<@U9|guest> <@U8> <#C9>", "@guest @unknown user #private channel"],
  ["calls to everybody", "<!here> <!channel|channel> <!subteam^S1|@masons>", "@here @channel @masons"],
  ["times by their own words", "<!date^1392734382^Posted {date}|Posted 18 Feb 2014>", "Posted 18 Feb 2014"],
  ["bold, italic, struck", "*bold* _slanted_ ~gone~ 2 * 3 * 4", "**bold** _slanted_ ~~gone~~ 2 * 3 * 4"],
  ["bold around a link", "*see <https://a.example|this>*", "**see [this](https://a.example)**"],
  [
    "links",
    "<https://a.example/x?a=1&amp;b=2|the (one)> <https://b.example>",
    "[the (one)](https://a.example/x?a=1&b=2) https://b.example",
  ],
  ["bars in a link's words", "<https://a.example|Build | passed>", "[Build \\| passed](https://a.example)"],
  ["an address in a link's target", "<https://a.example/a(b)|x>", "[x](https://a.example/a%28b%29)"],
  ["no link to a program", "<javascript:alert(1)|click>", "click"],
  ["mail", "<mailto:ana@a.example|ana@a.example>", "ana@a.example"],
  ["code as it is", "`*a* &lt;b&gt;` *b*", "`*a* <b>` **b**"],
  [
    "a fence that begins within a line",
    "so: ```if (a &amp;&amp; <https://b.example>) {}```",
    "so: \n```\nif (a && https://b.example) {}\n```",
  ],
  ["quotes", "&gt; said\nnot said", "> said\nnot said"],
  ["a quote of all that follows", "&gt;&gt;&gt; one\ntwo", "> one\n> two"],
  ["names in code that pass for addresses", "`cat <http://README.md|README.md>`", "`cat README.md`"],
  ["lists", "• one\n• two", "- one\n- two"],
  [
    "lists in lists",
    "• one\n    ◦ two\n        ▪\uFE0E three\n            • four\n• five",
    "- one\n  - two\n    - three\n      - four\n- five",
  ],
  ["what markdown would take for its own", "# no heading\n--- \n[a](b)", "\\# no heading\n\\--- \n[a]\\(b)"],
  ["a fence that never ends", "```oops\n~~~ *too*", "\\`\\`\\`oops\n\\~~~ **too**"],
  ["no HTML", "&lt;img src=x onerror=alert(1)&gt; 1 &lt; 2", "\\<img src=x onerror=alert(1)> 1 < 2"],
])("%s", (_what, given, shown) => expect(markdownOf(given, names)).toBe(shown));
