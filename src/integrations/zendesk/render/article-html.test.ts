import { expect, test } from "bun:test";
import { htmlText } from "@/core/services/readers/html-text";
import { readElsewhere } from "./article-html";

const base = "https://help.acme.example/hc/en-us/articles/12-Dock-3";
const { signal } = new AbortController();
const markdownOf = async (html: string, at = base) =>
  await htmlText(readElsewhere(html, at), { name: "Dock 3", level: 2, signal });

test("links and pictures lead to the help centre that they stand in", async () => {
  expect(await markdownOf(`<a href="/hc/en-us/articles/13?a=1&amp;b=2#top">gates</a>`)).toBe(
    "[gates](https://help.acme.example/hc/en-us/articles/13?a=1\\&b=2#top)",
  );
  expect(await markdownOf(`<a href="#pumps">below</a>`)).toBe(`[below](${base}#pumps)`);
  expect(await markdownOf(`<a href="//acme.example/x">x</a>`)).toBe("[x](https://acme.example/x)");
  expect(await markdownOf(`<img src="/hc/article_attachments/9/plan.png" alt="Plan">`)).toBe(
    "![Plan](https://help.acme.example/hc/article_attachments/9/plan.png)",
  );
});

test("whole addresses stay as they are, and scripts lead nowhere", async () => {
  expect(await markdownOf(`<a href="mailto:ana@acme.example">Ana</a>`)).toBe(
    "[Ana](mailto:ana@acme.example)",
  );
  expect(
    await markdownOf(`<a href=" javascript:alert(1)">x</a> <iframe src="javascript:alert(1)"></iframe>`),
  ).toBe("x");
});

test("what is embedded is a link, by its title where it has one", async () => {
  const film = (more: string) =>
    `<p>Watch:</p><p><iframe src="//films.example/embed/a?b=1&amp;c"${more}></iframe></p>`;
  expect(await markdownOf(film(` title="Draining &lt;dock&gt; <3>"`))).toBe(
    "Watch:\n\n[Draining \\<dock> <3>](https://films.example/embed/a?b=1\\&c)",
  );
  expect(await markdownOf(film(""))).toBe("Watch:\n\n<https://films.example/embed/a?b=1&c>");
});

test("without an address nothing is made up", async () => {
  expect(await markdownOf(`<a href="/hc/x">x</a>`, "")).toBe("[x](/hc/x)");
});
