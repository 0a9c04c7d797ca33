import { describe, expect, test } from "bun:test";
import { foundPage, webPage } from "../models/web-page";
import { renderPage, wordsOf } from "./render-page";

function made(markdown: string, metadata: Record<string, unknown> = {}) {
  const found = foundPage({
    markdown,
    metadata: { title: "Pumps", sourceURL: "https://acme.com/pumps", ...metadata },
  });
  if (found === undefined) throw new Error("It has an address.");
  return webPage(found, "https://acme.com/", found.document.markdown ?? "");
}

describe("a page", () => {
  test("says where it stands, and its title once", () => {
    const artifact = renderPage(
      made("# Pumps\n\nDrain it.\n\n## Valve 7\n\nShut.", { language: "en", statusCode: 200 }),
    );
    expect(artifact).toMatchObject({
      integrationArtifactId: "web:acme.com/pumps",
      title: "Pumps",
      url: "https://acme.com/pumps",
    });
    expect(artifact?.markdown).toBe(
      "# Pumps\n\n- Site: acme.com\n- Language: en\n\nDrain it.\n\n## Valve 7\n\nShut.",
    );
  });

  test("has none of what only a browser needs", () => {
    const text =
      '[Skip to main content](#main)\n\n## Valve [​](https://acme.com/pumps#valve "Direct link to Valve")\n\n' +
      "![Diagram](<Base64-Image-Removed>)\n\nSee [#](#x) [the plan](/plan#now) <script>alert(1)</script>";
    expect(renderPage(made(text))?.markdown).toBe(
      "# Pumps\n\n- Site: acme.com\n\n## Valve\n\nSee  [the plan](/plan#now) \\<script>alert(1)\\</script>",
    );
  });

  test("tells dates and language as the page says them, whichever way, and none that are none", () => {
    expect(
      made("x", { "article:published_time": "2026-01-02T03:04:05+01:00", language: ["pt-BR", "en"] }),
    ).toMatchObject({
      publishedAt: "2026-01-02T02:04:05.000Z",
      modifiedAt: null,
      language: "pt-BR",
    });
    expect(
      renderPage(made("x", { publishedTime: "2026-01-02", modifiedTime: "2026-02-03" }))?.artifactDate,
    ).toBe("2026-02-03T00:00:00.000Z");
    expect(renderPage(made("x", { modifiedTime: "yesterday" }))).not.toHaveProperty("artifactDate");
  });

  test("without a title is called by its first heading, or its address", () => {
    expect(made("Intro\n\n## Tides & gates", { title: null }).title).toBe("Tides & gates");
    expect(made("Intro", { title: "" }).title).toBe("acme.com/pumps");
  });

  test("that says nothing is left out", () => {
    expect(renderPage(made("[Skip to main content](#main)"))).toBeNull();
    expect(wordsOf(made("# Pumps\n\nDrain **it** 3 times."))).toBe(4);
  });
});

test("an entry without an address is no page", () => {
  for (const entry of [
    null,
    3,
    {},
    { markdown: "x" },
    { metadata: { title: "x" } },
    { metadata: { url: "about:blank" } },
  ])
    expect(foundPage(entry)).toBeUndefined();
});
