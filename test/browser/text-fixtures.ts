/** Canned search hits and artifacts for the page's tests: other scripts, long words, and texts that mean harm. */
import type { Artifact } from "@/core/models/api";
import type { SearchHit, SearchResponse } from "@/core/models/search";
import { minutesAgo } from "./fixtures";

function hit(over: Partial<SearchHit>): SearchHit {
  return {
    id: "art-1",
    integrationArtifactId: "handbook/pricing.md",
    integration: "Files",
    account: "/home/ann/handbook",
    kind: "document",
    title: "Pricing decision, spring 2026",
    url: null,
    author: "Ann Mason",
    artifactDate: "2026-04-14T09:30:00.000Z",
    score: 0.912,
    snippet: "We decided to keep the per-seat price and drop the set-up fee for teams below ten people.",
    alike: [
      { id: "pricing-copy", integration: "Gong", title: "Copy of the pricing page, as it was sent round" },
    ],
    highlights: [
      { start: 3, end: 10 },
      { start: 27, end: 41 },
    ],
    lines: { start: 12, end: 18 },
    why: [
      { leg: "words", rank: 1, raw: 11.42, normalised: 1, weight: 0.5, contribution: 0.5 },
      { leg: "meaning", rank: 2, raw: 0.824, normalised: 0.824, weight: 0.5, contribution: 0.412 },
    ],
    ...over,
  };
}

export const searchAnswer: SearchResponse = {
  results: [
    hit({}),
    hit({
      id: "art-2",
      title: "محضر اجتماع التسعير",
      author: "ليلى",
      integration: "Slack",
      kind: "conversation",
      snippet: "قررنا الإبقاء على السعر لكل مقعد حتى نهاية العام.",
      highlights: [{ start: 0, end: 5 }],
      url: "https://example.com/archives/C01/p1",
      score: 0.744,
    }),
    hit({
      id: "art-3",
      title: "料金プランの見直し",
      author: null,
      integration: "Linear",
      snippet: "席ごとの料金は据え置き、初期費用を廃止する。\n決定日は四月十四日。",
      highlights: [{ start: 5, end: 7 }],
      artifactDate: null,
      score: 0.61,
    }),
    hit({
      id: "art-4",
      title: "quarry/src/billing/calculateSeatPriceWithDiscountsAndRoundingForEveryRegion.ts",
      kind: "code",
      integration: "GitHub",
      snippet:
        "export function calculateSeatPriceWithDiscountsAndRoundingForEveryRegion(seats: number): Money {",
      highlights: [],
      lines: { start: 4, end: 4 },
      score: 0.402,
    }),
  ],
  timings: { total: 14.2 },
  notes: ["12 artifacts still wait for the index and are not searched yet."],
};

const markdown = `# Pricing decision

We keep the **per-seat price** and drop the set-up fee. See [the sheet](https://example.com/sheet) and \`pricing.ts\`.

## Who decided

- Ann Mason
- Bo Quarry

Still to do:

- [x] Tell the customers
- [ ] Change the page

| Plan | Seats | Price per seat and month | Support |
| --- | --- | --- | --- |
| Pebble | 1–9 | 8 € | by mail |
| Boulder | 10 and more | 6 € | by phone |

> A price that nobody can explain is a price that nobody pays.

\`\`\`ts
export const pricePerSeat = (seats: number) => (seats < 10 ? 8 : 6); // a long line that has to scroll in its own box
\`\`\`

قررنا الإبقاء على السعر لكل مقعد.

席ごとの料金は据え置く。
`;

export const artifact: Artifact = {
  id: "art-1",
  integrationArtifactId: "handbook/pricing.md",
  integration: "Files",
  account: "/home/ann/handbook",
  kind: "document",
  title: "Pricing decision, spring 2026",
  url: "https://example.com/handbook/pricing",
  author: "Ann Mason",
  artifactDate: "2026-04-14T09:30:00.000Z",
  updateDate: minutesAgo(12),
  insightState: "offline",
  markdown,
  keyPoints: ["The per-seat price stays.", "No set-up fee below ten seats."],
  questionsAnswered: ["What did we decide about the price?"],
  entities: ["Ann Mason", "Boulder plan", "料金"],
  metadata: { words: 120, path: "handbook/pricing.md", tags: ["price", "2026"] },
};

export const emptyArtifact: Artifact = {
  ...artifact,
  markdown: "",
  keyPoints: [],
  questionsAnswered: [],
  entities: [],
  metadata: {},
};

export const hostileArtifact: Artifact = {
  ...artifact,
  id: "hostile",
  title: "<img src=x onerror=\"document.title='owned'\">",
  url: "javascript:document.title='owned'",
  keyPoints: ["<script>document.title='owned'</script>"],
  markdown: `<script>document.title='owned'</script>

<img src="/api/beacon" onerror="document.title='owned'">

<iframe src="/api/beacon"></iframe>

[a link](javascript:document.title='owned') [data](data:text/html,<script>alert(1)</script>)

![tracked](/api/beacon) ![remote](http://beacon.invalid/pixel.png)

<a href="https://example.com" onclick="document.title='owned'">html link</a>

[web](https://example.com/ok)
`,
};
