import { describe, expect, test } from "bun:test";
import { blocksOf } from "./blocks";
import { cleanInsights } from "./clean";
import { plainText } from "./plain";
import { sentenceWords } from "./sentence-words";
import { sentencesOf } from "./sentences";
import { looksLikeConversation, turnOf } from "./speakers";
import { guessLanguage } from "./language";
import { isTerm, termsOf, wordsOf } from "./words";

describe("plain text", () => {
  test("has no marks, links, tags or images left", () => {
    expect(
      plainText("**Bold** and *soft* with `code`, [a link](https://x.y/z) ![pic](p.png) <b>tag</b>"),
    ).toBe("Bold and soft with code, a link tag");
    expect(plainText("<https://x.y|Chat link> by <@U123> &amp; 2 * 3 * 4 snake_case_name ~~gone~~")).toBe(
      "Chat link by @U123 & 2 * 3 * 4 snake_case_name gone",
    );
    expect(plainText(" wide  gaps,\ttabs\nlines\u00a0and all ")).toBe("wide gaps, tabs lines and all");
    expect(plainText(" even already ")).toBe("even already");
  });
});

describe("plain text with escaped marks", () => {
  test("keeps what they mark as it is", () => {
    expect(plainText("Order \\<steel> for \\*all\\* docks, \\[not\\](there)")).toBe(
      "Order <steel> for *all* docks, [not](there)",
    );
  });

  test("has no emphasis left where words are written without spaces or with particles", () => {
    expect(plainText("*이름*과 일치하는 것, これは*重要*です, 2*3*4")).toBe(
      "이름과 일치하는 것, これは重要です, 2*3*4",
    );
  });
});

describe("sentences", () => {
  test("do not end at German numbers of days and floors", () => {
    expect(
      sentencesOf(
        "Die Lieferung vom 2. März fehlt. Sie kam bis 15. Mai in den 3. Stock. Es waren 12. Das reicht.",
      ),
    ).toEqual([
      "Die Lieferung vom 2. März fehlt.",
      "Sie kam bis 15. Mai in den 3. Stock.",
      "Es waren 12.",
      "Das reicht.",
    ]);
  });

  test("do not end at titles, initials and abbreviations", () => {
    expect(sentencesOf("Dr. Smith met J. Doe, e.g. at Acme Inc. in Rome. It rained.")).toEqual([
      "Dr. Smith met J. Doe, e.g. at Acme Inc. in Rome.",
      "It rained.",
    ]);
  });

  test("end in every script", () => {
    expect(sentencesOf("你好。再见！")).toEqual(["你好。", "再见！"]);
    expect(sentencesOf("पहला वाक्य। दूसरा वाक्य।")).toHaveLength(2);
  });
});

describe("words", () => {
  test("are found in scripts with and without spaces", () => {
    expect(wordsOf("Don't stop: 3 naïve words")).toEqual(["don", "t", "stop", "3", "naïve", "words"]);
    expect(wordsOf("東京都に住む").length).toBeGreaterThan(1);
    expect(termsOf("the quick brown fox is at it")).toEqual(["quick", "brown", "fox"]);
  });

  test("tell the language", () => {
    expect(guessLanguage("We are going to the market and we will buy what is there.")).toBe("english");
    expect(guessLanguage("Wir gehen heute auf den Markt und kaufen, was es dort gibt.")).toBe("german");
    expect(guessLanguage("Nous allons au marché pour acheter des pommes.")).toBe("other");
    expect(guessLanguage("")).toBe("other");
  });

  test("tell it by the first thousand", () => {
    const foreign = "pommes ".repeat(1_000);
    expect(guessLanguage(`${foreign} ${"the of and ".repeat(80)}`)).toBe("other");
    expect(guessLanguage(`${foreign.slice(0, 5_600)} ${"the of and ".repeat(80)}`)).toBe("english");
    expect(guessLanguage(`é ${foreign.slice(0, 5_600)} ${"the of and ".repeat(80)}`)).toBe("english");
  });

  test("of a sentence are counted alike, in plain English and with anything else in it", () => {
    const long = "x".repeat(120);
    for (const text of [
      "Don't stop at the getUserName() of K8s, 3 times_over",
      `An ${long} or two`,
      "",
      "?!",
    ]) {
      for (const sentence of [text, `${text} – naïve`, `${text} 東京都に住む`]) {
        const words = wordsOf(sentence);
        expect(sentenceWords(sentence)).toEqual({
          count: words.length,
          letters: words.join("").length,
          terms: new Set(words.filter(isTerm)),
        });
      }
    }
  });
});

describe("turns of speech", () => {
  test("are read in the usual forms", () => {
    expect(turnOf("Ana Silva: Hello there")).toEqual({ speaker: "Ana Silva", text: "Hello there" });
    expect(turnOf("[00:01:02] Ana: Hi")).toEqual({ speaker: "Ana", text: "Hi" });
    expect(turnOf("**Ana** (10:03): Hi")).toEqual({ speaker: "Ana", text: "Hi" });
    expect(turnOf("**Ana:** Hi")).toEqual({ speaker: "Ana", text: "Hi" });
    expect(turnOf("### Ana Silva · 2026-03-01 10:03")).toEqual({ speaker: "Ana Silva", text: "" });
    const hi = { speaker: "Ana", text: "Hi" };
    for (const line of [
      "12/03/2024, 10:03 - Ana: Hi",
      "3/12/24, 10:03\u202fPM - Ana: Hi",
      "[12.03.24, 10:03:12] Ana: Hi",
      "2024-03-12 10:03 Ana: Hi",
    ])
      expect(turnOf(line)).toEqual(hi);
    expect(turnOf("PhD A: Right")).toEqual({ speaker: "PhD A", text: "Right" });
    expect(turnOf("田中：はい")).toBeUndefined();
    expect(turnOf("田中： はい")).toEqual({ speaker: "田中", text: "はい" });
  });

  test("are not labels, times or addresses", () => {
    for (const line of [
      "Note: this",
      "https://x.y",
      "Next steps: write",
      "What we want: more",
      "10:30 start",
      "Re: mail",
      "2026-11-26 10:03:12 INFO: started",
      "[10:03:12] Warning: slow",
    ]) {
      expect(turnOf(line)).toBeUndefined();
    }
  });

  test("make a conversation only where they carry the text", () => {
    const talk = ["Ana: a", "Ben: b", "Ana: c", "Ben: d", "Ana: e"];
    expect(looksLikeConversation("document", talk)).toBe(true);
    expect(looksLikeConversation("document", ["Speed: fast", "Price: low", "Colour: red", "Weight: 3"])).toBe(
      false,
    );
    expect(looksLikeConversation("conversation", ["Ana: a", "no turn", "no turn"])).toBe(true);
    const timed = ["## Monday", "**Ana** (10:03): a", "**Ben** (10:04): b", "## Friday", "**Ana** (9:15): c"];
    expect(looksLikeConversation("document", timed)).toBe(true);
    const agenda = ["10:00 Welcome: hall A", "10:30 Keynote: hall B", "11:30 Lunch: garden"];
    expect(looksLikeConversation("document", agenda)).toBe(false);
  });
});

describe("blocks", () => {
  test("tell headings, bullets, paragraphs and cells apart and leave code out", () => {
    const markdown =
      "Title\n=====\n\nA paragraph that is wrapped\nover two lines.\n\n- one\n- [x] two\n\n| a | b |\n|---|---|\n\n```\ncode\n```\n**Bold line**\n\n> quoted";
    expect(blocksOf({ kind: "document", markdown })).toMatchObject([
      { role: "heading", text: "Title" },
      { role: "text", text: "A paragraph that is wrapped over two lines." },
      { role: "bullet", text: "one" },
      { role: "bullet", text: "two" },
      { role: "cell", text: "a" },
      { role: "cell", text: "b" },
      { role: "heading", text: "Bold line" },
      { role: "text", text: "quoted" },
    ]);
  });

  test("keep the words under a speaker's line with the speaker", () => {
    const markdown = "**Ana** (10:03)\nfirst words\nmore words\n\n**Ben** (10:04)\nanswer";
    const blocks = blocksOf({ kind: "conversation", markdown });
    expect(blocks).toMatchObject([
      { role: "turn", speaker: "Ana", text: "first words more words" },
      { role: "turn", speaker: "Ben", text: "answer" },
    ]);
  });
});

describe("the paragraphs of a message", () => {
  const message = "**Ana** (10:03):\n\nfirst words\n\nmore words\n\n- a thing\n\n## Later\n\nnobody's words";
  const speakers = (kind: "conversation" | "document") =>
    blocksOf({ kind, markdown: message }).map(({ role, speaker }) => [role, speaker]);

  test("are all hers who speaks in a conversation, up to the next heading", () => {
    expect(speakers("conversation")).toEqual([
      ["turn", "Ana"],
      ["turn", "Ana"],
      ["bullet", "Ana"],
      ["heading", undefined],
      ["text", undefined],
    ]);
  });

  test("are the first alone elsewhere", () => {
    expect(speakers("document")).toEqual([
      ["turn", "Ana"],
      ["text", undefined],
      ["bullet", undefined],
      ["heading", undefined],
      ["text", undefined],
    ]);
  });
});

describe("cleaned insights", () => {
  test("are single lines without invisible characters, emptiness or repeats, and never half a character", () => {
    const cleaned = cleanInsights({
      keyPoints: ["a\u0007 b\n\nc", "A B C", " ", `${"x".repeat(239)}😀`],
      questionsAnswered: ["👩‍👩‍👧 ok?"],
      entities: ["Anna\u202E Berg", "anna berg"],
    });
    expect(cleaned).toEqual({
      keyPoints: ["a b c", "x".repeat(239)],
      questionsAnswered: ["👩‍👩‍👧 ok?"],
      entities: ["Anna Berg"],
    });
  });
});
