import { describe, expect, test } from "bun:test";
import { insightsSchema } from "@/core/models/artifact";
import { plainText } from "./plain";
import { extractOffline } from "./offline";
import type { InsightInput } from "./types";

const page: InsightInput = {
  kind: "document",
  title: "Checkout migration",
  author: "Priya Nair",
  metadata: { tags: ["payments", "Project Falcon"] },
  markdown: `---
owner: nobody
---
# Checkout migration

We decided to move the checkout from Stripe to **Adyen** by the end of March. Adyen costs 0.3 % less per payment
and supports [SEPA](https://example.com/sepa) out of the box.

## Refund policy

Refunds go back to the original payment method within 14 days. Maria Lopez approves every refund above 500 euros.

## How do customers see the change?

Customers see the same form. The only difference is the bank statement, which now reads ACME GmbH.

## Install the test terminal

- Download the terminal app from Adyen.
- Pair it with the office network and log in with your ADY-1042 account.
- Action item: Tom Becker orders two terminals before Friday.

\`\`\`ts
const notAPoint = "code is not a key point of the page, ever, even when it is long enough";
\`\`\`
`,
};

describe("offline insights of a page", () => {
  const insights = extractOffline(page);

  test("key points are the deciding sentences, verbatim, without markdown, in the text's order", () => {
    expect(insights.keyPoints[0]).toBe(
      "We decided to move the checkout from Stripe to Adyen by the end of March.",
    );
    expect(insights.keyPoints.join(" ")).toContain("Tom Becker orders two terminals");
    const text = plainText(page.markdown);
    for (const point of insights.keyPoints) expect(text).toContain(point);
    expect(insights.keyPoints.join(" ")).not.toContain("notAPoint");
  });

  test("questions come from headings that the text under them answers", () => {
    expect(insights.questionsAnswered).toEqual([
      "What is the refund policy?",
      "How do customers see the change?",
      "How do I install the test terminal?",
    ]);
  });

  test("entities are the names, the author and the tags, without ordinary words", () => {
    for (const name of [
      "Priya Nair",
      "Project Falcon",
      "Adyen",
      "Stripe",
      "Maria Lopez",
      "Tom Becker",
      "ADY-1042",
    ]) {
      expect(insights.entities).toContain(name);
    }
    for (const word of ["March", "Friday", "Refunds", "Customers", "Download", "The", "We", "Pair"]) {
      expect(insights.entities).not.toContain(word);
    }
  });

  test("are the same every time and have the shape of insights", () => {
    expect(extractOffline(page)).toEqual(insights);
    expect(insightsSchema.parse(insights)).toEqual(insights);
  });
});

describe("offline insights of talk", () => {
  const transcript: InsightInput = {
    kind: "transcript",
    title: "Weekly sync",
    markdown: `**Ana Silva** (10:00): Um, yeah, hi everyone, you know.
**Ben Okafor** (10:01): Which database do we use for the billing service?
**Ana Silva** (10:02): We agreed on Postgres for the billing service, because the team at Globex runs it already.
**Ben Okafor** (10:03): How are you?
**Ana Silva** (10:04): Next steps: Ben writes the billing migration until Tuesday.
**Chen Wei** (10:05): Globex wants the report about the billing service every month.`,
  };
  const insights = extractOffline(transcript);

  test("speakers lead the entities", () => {
    expect(insights.entities.slice(0, 3).sort()).toEqual(["Ana Silva", "Ben Okafor", "Chen Wei"]);
    expect(insights.entities).toContain("Globex");
    expect(insights.entities).toContain("Postgres");
  });

  test("a question counts when somebody else answers it, small talk does not", () => {
    expect(insights.questionsAnswered).toEqual(["Which database do we use for the billing service?"]);
  });

  test("decisions come before small talk, without the speaker's mark", () => {
    expect(insights.keyPoints.join(" ")).toContain("We agreed on Postgres for the billing service");
    expect(insights.keyPoints.join(" ")).not.toContain("hi everyone");
    expect(insights.keyPoints.join(" ")).not.toContain("**");
  });
});

describe("offline insights in other languages", () => {
  test("German nouns are no entities by their capital alone", () => {
    const markdown =
      "Wir haben beschlossen, die Kasse auf ein neues System umzustellen. Die Umstellung der Kasse leitet Angela Huber aus der Filiale. Der Vertrag mit der Deutschen Bank und der SAP ist schon unterschrieben.";
    const insights = extractOffline({ kind: "document", title: "Kasse", markdown });
    expect(insights.entities.sort()).toEqual(["Angela Huber", "Deutschen Bank", "SAP"]);
    expect(insights.keyPoints[0]).toStartWith("Wir haben beschlossen");
  });

  test("German headings are not made into English questions", () => {
    const markdown =
      "# Handbuch\n\n## Die Strategie\n\nWir wollen in diesem Jahr mit der neuen Kasse in allen Filialen sein.";
    expect(extractOffline({ kind: "document", title: "H", markdown }).questionsAnswered).toEqual([]);
  });

  test("Japanese and Chinese text is cut into sentences, and bracketed, katakana and Latin names are found", () => {
    const markdown =
      "来月から決済を「アドイエン決済」に切り替えることを決定しました。担当はマリア・ロペスです。SEPAにも対応します。返金はいつまでですか？14日以内に返金します。";
    const insights = extractOffline({ kind: "document", title: "決済", markdown });
    expect(insights.keyPoints).toContain("来月から決済を「アドイエン決済」に切り替えることを決定しました。");
    expect(insights.questionsAnswered).toEqual(["返金はいつまでですか？"]);
    expect(insights.entities).toEqual(expect.arrayContaining(["アドイエン決済", "マリア・ロペス", "SEPA"]));
  });

  test("Hindi text gives its sentences", () => {
    const markdown = "पैंथर्स की टीम ने लीग में केवल 308 अंक दिए और छठे स्थान पर रहे। टीम के कप्तान थॉमस डेविस थे।";
    expect(extractOffline({ kind: "document", title: "", markdown }).keyPoints[0]).toEndWith("रहे।");
  });
});

describe("offline insights of odd artifacts", () => {
  test("code gives its comments and the names it defines", () => {
    const markdown =
      "```ts\n// Refunds an order and tells the bank about it within a minute.\nexport class RefundService {\n  function sendRefund() {}\n}\n```";
    const insights = extractOffline({ kind: "code", title: "refund.ts", markdown });
    expect(insights.keyPoints).toEqual(["Refunds an order and tells the bank about it within a minute."]);
    expect(insights.entities).toContain("RefundService");
  });

  test("an e-mail gives its own words, not those it quotes or its signature", () => {
    const markdown =
      "The contract with Globex starts on the first of June.\n\n> The old contract with Initech ended in March of last year.\n\n--\nAnna Berg, head of everything at the company";
    const insights = extractOffline({ kind: "email", title: "Contract", markdown });
    expect(insights.keyPoints).toEqual(["The contract with Globex starts on the first of June."]);
  });

  test("a list of commits gives no key points, and a sentence that is cut says so", () => {
    const commits = "## Commits\n\n- `3f1c9d2` Mount the switch twenty millimetres higher (ada-quay)";
    expect(extractOffline({ kind: "document", title: "", markdown: commits }).keyPoints).toEqual([]);
    const long = `We move the checkout ${"from one provider of payments to another one ".repeat(10)}in March.`;
    const [point = ""] = extractOffline({ kind: "document", title: "", markdown: long }).keyPoints;
    expect(point).toEndWith(" …");
    expect(point.length).toBeLessThanOrEqual(240);
    expect(long).toStartWith(point.slice(0, -2));
  });

  test("links or cells in a row are no key point", () => {
    for (const row of [
      "Architecture · Configuration · Command line · Web page · Security",
      "goodwill | 13536 | assets | 4091 | equipment",
    ])
      expect(
        extractOffline({ kind: "document", title: "", markdown: `The text.\n\n${row}` }).keyPoints,
      ).toEqual([]);
  });

  test("of talk, what is said straight comes before what is stumbled through", () => {
    const markdown = `Ana: I I think the the billing service needs uh a a database of its its own for the billing data.
Ben: The billing service needs a database of its own for the billing data.
Ana: Right.
Ben: So it is.`;
    const { keyPoints } = extractOffline({ kind: "transcript", title: "", markdown });
    expect(keyPoints).toEqual(["The billing service needs a database of its own for the billing data."]);
  });

  test("nothing gives nothing", () => {
    const nothing = { keyPoints: [], questionsAnswered: [], entities: [] };
    for (const markdown of ["", " \n\t", "---", "|||", "???", "```"]) {
      expect(extractOffline({ kind: "document", title: "", markdown })).toEqual(nothing);
    }
  });
});

describe("hostile text", () => {
  const hostile: Record<string, string> = {
    "one long line": "word ".repeat(200_000),
    "one long word": "a".repeat(1_000_000),
    "open brackets": "[".repeat(1_000_000),
    "open tags": "<a ".repeat(300_000),
    "emphasis marks": "*a_b".repeat(250_000),
    "code marks": "```a".repeat(200_000),
    "quote marks": ">".repeat(1_000_000),
    "white space": `${" ".repeat(1_000_000)}x`,
    "address parts": "a@a.".repeat(200_000),
    "half characters": "\ud800".repeat(200_000),
    "ten thousand headings": Array.from(
      { length: 10_000 },
      (_, i) => `# Heading ${i}\n\nText ${i} about Foo Bar.`,
    ).join("\n"),
    "forty thousand names": Array.from({ length: 40_000 }, (_, i) => `The Xa${i.toString(36)} Lee`).join(
      ". ",
    ),
    "many speakers": Array.from({ length: 40_000 }, (_, i) => `P${i}: words of mine`).join("\n"),
    "many questions": "Why is it so? Because it is so and no other way. ".repeat(20_000),
    "no spaces at all": "黑豹队的防守只丢了分在联赛中排名第六".repeat(20_000),
  };
  for (const [name, markdown] of Object.entries(hostile)) {
    test(`takes bounded time and space: ${name}`, () => {
      for (const kind of ["document", "transcript", "code"] as const) {
        const before = process.cpuUsage();
        const insights = extractOffline({ kind, title: name, markdown });
        const { user, system } = process.cpuUsage(before);
        expect((user + system) / 1_000).toBeLessThan(3_000);
        expect(insights.keyPoints.length).toBeLessThanOrEqual(7);
        expect(insights.questionsAnswered.length).toBeLessThanOrEqual(7);
        expect(insights.entities.length).toBeLessThanOrEqual(25);
        for (const text of Object.values(insights).flat()) expect(text.length).toBeLessThanOrEqual(240);
      }
    });
  }
});
