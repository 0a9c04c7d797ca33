import { describe, expect, test } from "bun:test";
import { readDocument } from "@/core/services/readers/read-document";
import { type Names, peopleIn, storageToHtml } from "./storage";

const names: Names = {
  person: (id) => ({ "712020:a": "Ana Silva", "712020:gone": "" })[id],
  page: (title, space) =>
    title === "Dock 3 & 4" ? `https://acme.atlassian.net/wiki/${space ?? "HERE"}/dock` : undefined,
  post: () => undefined,
  file: (name) => `https://acme.atlassian.net/files/${encodeURIComponent(name)}`,
};

/** Markdown of a text, as it is served. */
async function markdownOf(storage: string): Promise<string | undefined> {
  const bytes = new TextEncoder().encode(storageToHtml(storage, names));
  const { signal } = new AbortController();
  const input = { path: "a.html", bytes, size: bytes.length, truncated: false, signal };
  return (await readDocument(input))?.markdown.trim();
}

const macro = (name: string, inner: string) =>
  `<ac:structured-macro ac:name="${name}" ac:schema-version="1" ac:macro-id="x">${inner}</ac:structured-macro>`;
const parameter = (name: string, value: string) => `<ac:parameter ac:name="${name}">${value}</ac:parameter>`;
const plain = (text: string) => `<ac:plain-text-body><![CDATA[${text}]]></ac:plain-text-body>`;
const rich = (html: string) => `<ac:rich-text-body>${html}</ac:rich-text-body>`;

describe("plain XHTML", () => {
  test("keeps headings, lists, tables, entities and breaks", async () => {
    const table =
      "<table><tbody><tr><th>Dock</th><th>Depth</th></tr><tr><td><p>3</p></td><td>12&nbsp;m</td></tr></tbody></table>";
    expect(
      await markdownOf(
        `<h2>Why &mdash; now</h2><p>One<br />two</p><ul><li>a<ul><li>b</li></ul></li></ul>${table}<hr />`,
      ),
    ).toBe(
      "## Why — now\n\nOne\\\ntwo\n\n- a\n  - b\n\n| Dock | Depth |\n| - | - |\n| 3 | 12\u00a0m |\n\n---",
    );
  });

  test("of layouts, marked words and dates keeps the words", async () => {
    const layout = `<ac:layout><ac:layout-section ac:type="two_equal"><ac:layout-cell><p>Left <ac:inline-comment-marker ac:ref="1">marked</ac:inline-comment-marker></p></ac:layout-cell><ac:layout-cell><p>Due <time datetime="2026-11-01" /></p></ac:layout-cell></ac:layout-section></ac:layout>`;
    expect(await markdownOf(layout)).toBe("Left marked\n\nDue 2026-11-01");
  });
});

describe("macros", () => {
  test("of code become fences with their language and title, as they were written", async () => {
    const code = "if (a < b && c) {\n\n  return `x`; // ]]]]><![CDATA[>\n}";
    expect(
      await markdownOf(
        macro("code", parameter("language", "ts") + parameter("title", "gate.ts") + plain(code)),
      ),
    ).toBe("**gate.ts**\n\n```ts\nif (a < b && c) {\n\n  return `x`; // ]]>\n}\n```");
    expect(await markdownOf(macro("noformat", plain("<b>raw</b>")))).toBe("```\n<b>raw</b>\n```");
    expect(await markdownOf(macro("code", parameter("language", `x" onload="y`) + plain("1")))).toBe(
      "```\n1\n```",
    );
  });

  test("of panels become quotes that say of what kind they are", async () => {
    expect(await markdownOf(macro("info", rich("<p>Wear a helmet.</p>")))).toBe(
      "> **Info**\n>\n> Wear a helmet.",
    );
    expect(
      await markdownOf(macro("warning", parameter("title", "High &amp; dry") + rich("<p>Mind the gap.</p>"))),
    ).toBe("> **Warning**: **High & dry**\n>\n> Mind the gap.");
    expect(await markdownOf(macro("panel", rich("<p>Plain.</p>")))).toBe("> Plain.");
  });

  test("within macros are shown within them", async () => {
    const inner = macro("code", plain("make dry"));
    expect(
      await markdownOf(
        macro("expand", parameter("title", "More") + rich(`<p>Do</p>${macro("note", rich(inner))}`)),
      ),
    ).toBe("**More**\n\nDo\n\n> **Note**\n>\n> ```\n> make dry\n> ```");
  });

  test("of other kinds show their text, their files and pages, or nothing", async () => {
    expect(
      await markdownOf(
        `<p>Is ${macro("status", parameter("colour", "Red") + parameter("title", "LATE"))} now</p>`,
      ),
    ).toBe("Is **LATE** now");
    expect(
      await markdownOf(
        `<p>See ${macro("jira", parameter("server", "Jira") + parameter("key", "ENG-7"))}</p>`,
      ),
    ).toBe("See ENG-7");
    expect(await markdownOf(`<p>So ${macro("mathinline", parameter("body", "x^2"))}.</p>`)).toBe("So `x^2`.");
    expect(
      await markdownOf(
        macro(
          "view-file",
          parameter("name", `<ri:attachment ri:filename="tide table.pdf" />`) + parameter("height", "250"),
        ),
      ),
    ).toBe("[tide table.pdf](https://acme.atlassian.net/files/tide%20table.pdf)");
    expect(
      await markdownOf(
        macro(
          "excerpt-include",
          parameter("", `<ac:link><ri:page ri:content-title="Dock 3 &amp; 4" /></ac:link>`),
        ),
      ),
    ).toBe("[Dock 3 & 4](https://acme.atlassian.net/wiki/HERE/dock)");
    expect(
      await markdownOf(`${macro("toc", parameter("maxLevel", "2"))}<p>Text</p>${macro("children", "")}`),
    ).toBe("Text");
    expect(await markdownOf(macro("of-tomorrow", parameter("x", "1") + rich("<p>Kept.</p>")))).toBe("Kept.");
  });
});

describe("links, people, pictures and tasks", () => {
  test("lead to pages, files and addresses by the words that people gave them", async () => {
    const page = `<ac:link><ri:page ri:content-title="Dock 3 &amp; 4" ri:space-key="ENG" /><ac:plain-text-link-body><![CDATA[the <dock>]]></ac:plain-text-link-body></ac:link>`;
    expect(await markdownOf(`<p>${page}</p>`)).toBe(
      "[the \\<dock>](https://acme.atlassian.net/wiki/ENG/dock)",
    );
    const unknown = `<ac:link ac:anchor="top"><ri:page ri:content-title="Elsewhere" /><ac:link-body>an <em>old</em> page</ac:link-body></ac:link>`;
    expect(
      await markdownOf(
        `<p>${unknown}, <ac:link ac:anchor="end"><ac:link-body>below</ac:link-body></ac:link></p>`,
      ),
    ).toBe("an *old* page, below");
    expect(await markdownOf(`<p><a href="https://x.example/?a=1&amp;b=2">out</a></p>`)).toBe(
      "[out](https://x.example/?a=1\\&b=2)",
    );
    expect(await markdownOf(`<p><ac:link><ri:space ri:space-key="HB" /></ac:link></p>`)).toBe("HB");
  });

  test("name people, and say so where nobody knows them", async () => {
    const user = (id: string) => `<ac:link><ri:user ri:account-id="${id}" /></ac:link>`;
    const storage = `<p>${user("712020:a")} and ${user("712020:gone")}</p>`;
    expect(peopleIn(storage)).toEqual(["712020:a", "712020:gone"]);
    expect(await markdownOf(storage)).toBe("@Ana Silva and @somebody");
  });

  test("tell pictures by their files' names, and emoji by what stands for them", async () => {
    const picture = `<ac:image ac:width="200"><ri:attachment ri:filename="plan.png" /></ac:image>`;
    expect(
      await markdownOf(
        `<p>${picture} <ac:emoticon ac:name="tick" ac:emoji-fallback="✅" /> <ac:emoticon ac:name="smile" /></p>`,
      ),
    ).toBe("[plan.png](https://acme.atlassian.net/files/plan.png) ✅ :smile:");
    expect(await markdownOf(`<ac:image><ri:url ri:value="https://x.example/a.png" /></ac:image>`)).toBe(
      "<https://x.example/a.png>",
    );
  });

  test("tell pictures by what people wrote for those who cannot see them", async () => {
    const picture = (target: string) =>
      `<ac:image ac:alt="Dock 3 &lt;dry&gt;, from above">${target}</ac:image>`;
    expect(await markdownOf(picture(`<ri:attachment ri:filename="plan.png" />`))).toBe(
      "[Dock 3 \\<dry>, from above](https://acme.atlassian.net/files/plan.png)",
    );
    expect(await markdownOf(picture(`<ri:url ri:value="https://x.example/a.png" />`))).toBe(
      "[Dock 3 \\<dry>, from above](https://x.example/a.png)",
    );
  });

  test("lead to the page that holds a file, where that is another one", async () => {
    const file = (title: string) =>
      `<p><ac:link><ri:attachment ri:filename="tides.pdf"><ri:page ri:content-title="${title}" ri:space-key="HB" /></ri:attachment></ac:link></p>`;
    expect(await markdownOf(file("Dock 3 &amp; 4"))).toBe(
      "[tides.pdf](https://acme.atlassian.net/wiki/HB/dock)",
    );
    expect(await markdownOf(file("Elsewhere"))).toBe("tides.pdf");
  });

  test("keep what is written below a picture", async () => {
    const caption = "<ac:caption><p>Pump 4, from the <em>north</em></p></ac:caption>";
    expect(
      await markdownOf(`<ac:image><ri:attachment ri:filename="plan.png" />${caption}</ac:image><p>Next</p>`),
    ).toBe("[plan.png](https://acme.atlassian.net/files/plan.png)\n\nPump 4, from the *north*\n\nNext");
  });

  test("show what is done and what is not", async () => {
    const task = (status: string, body: string) =>
      `<ac:task><ac:task-id>1</ac:task-id><ac:task-uuid>u</ac:task-uuid><ac:task-status>${status}</ac:task-status><ac:task-body>${body}</ac:task-body></ac:task>`;
    expect(
      await markdownOf(
        `<ac:task-list>${task("complete", "Drain it")}${task("incomplete", "Weld <b>it</b>")}</ac:task-list>`,
      ),
    ).toBe("- ☑ Drain it\n- ☐ Weld **it**");
  });

  // As the new editor stores what was decided and what is still open.
  const decision = (state: string, text: string) =>
    `<ac:adf-node type="decision-item"><ac:adf-attribute key="local-id">x</ac:adf-attribute><ac:adf-attribute key="state">${state}</ac:adf-attribute><ac:adf-content>${text}</ac:adf-content></ac:adf-node>`;
  const decisions = decision("DECIDED", "Steel.") + decision("UNDECIDED", "Which <b>yard</b>?");
  const list = (inner: string) =>
    `<ac:adf-node type="decision-list"><ac:adf-attribute key="local-id">l</ac:adf-attribute>${inner}</ac:adf-node>`;
  const extension = (inner: string) => `<ac:adf-extension>${inner}</ac:adf-extension>`;
  const fallback = "<ac:adf-fallback><ul><li>Steel.</li><li>Which yard?</li></ul></ac:adf-fallback>";

  test("keep every decision and whether it was taken, wherever the old editor's reading of them stands", async () => {
    const told = "- Decided: Steel.\n- Undecided: Which **yard**?";
    expect(await markdownOf(extension(list(decisions)))).toBe(told);
    expect(await markdownOf(extension(list(decisions + fallback)))).toBe(told);
    expect(await markdownOf(extension(list(decisions) + fallback))).toBe(told);
    expect(await markdownOf(extension(list("") + fallback))).toBe("- Steel.\n- Which yard?");
  });

  test("take of the new editor's other nodes what it gives for readers of the old one", async () => {
    const panel = `<ac:adf-node type="panel"><ac:adf-attribute key="panel-type">custom</ac:adf-attribute><ac:adf-content><p>Bees.</p></ac:adf-content></ac:adf-node>`;
    const old = `<ac:adf-fallback><div class="panel"><p>Bees!</p></div></ac:adf-fallback>`;
    expect(await markdownOf(extension(panel + old))).toBe("Bees!");
    expect(await markdownOf(extension(panel))).toBe("Bees.");
  });
});

describe("hostile text", () => {
  test("stays text: scripts, script links and tags in code or names do nothing", async () => {
    const storage = `<script>alert(1)</script><p>Seen <a href="javascript:alert(1)">words</a></p>${macro("info", parameter("title", "<![CDATA[<img src=x onerror=y>]]>") + rich("<p>ok</p>"))}`;
    expect(await markdownOf(storage)).toBe("Seen words\n\n> **Info**: **\\<img src=x onerror=y>**\n>\n> ok");
  });

  test("nested deeper than anybody writes fails in words, one that is never closed keeps its own", () => {
    const layouts = (count: number) => `${"<ac:layout>".repeat(count)}words${"</ac:layout>".repeat(count)}`;
    expect(storageToHtml(layouts(1_000), names)).toBe("words");
    expect(() => storageToHtml(layouts(200_000), names)).toThrow("Its text is nested too deep to be read.");
    expect(storageToHtml("<p>first</p><ac:layout><p>last", names)).toBe("<p>first</p><p>last</p>");
    expect(storageToHtml("</ac:link></ac:layout><p>x", names)).toBe("<p>x</p>");
  });
});
