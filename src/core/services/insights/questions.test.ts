import { describe, expect, test } from "bun:test";
import type { ArtifactKind } from "@/core/models/artifact";
import { blocksOf } from "./blocks";
import { cpuTimeOf } from "@test/cpu-time";
import { questionFromHeading } from "./heading-questions";
import { extractOffline } from "./offline";
import { questionsOf } from "./questions";

const questions = (markdown: string, kind: ArtifactKind = "document") =>
  questionsOf(blocksOf({ kind, markdown }), "english");

describe("questions that a text answers", () => {
  test("are those of a FAQ, however it is marked", () => {
    const markdown = `## Can I get a refund?

Yes, within 30 days of the purchase, without any reason given.

**How long is the warranty?**

The warranty is two years for everything we sell.

Q: Where do you ship to?
A: We ship to every country of the European Union.

1. Who pays for the return?
   We pay for the return within the first two weeks.`;
    expect(questions(markdown)).toEqual([
      "Can I get a refund?",
      "How long is the warranty?",
      "Where do you ship to?",
      "Who pays for the return?",
    ]);
  });

  test("are Greek and Arabic ones too, and then no key points", () => {
    const talk = `**Νίκος** (10:03): Πότε φτάνει το φορτίο από τον Πειραιά;
**Μαρία** (10:05): Το φορτίο από τον Πειραιά φτάνει την Πέμπτη στις οκτώ.`;
    const greek = extractOffline({ kind: "conversation", title: "", markdown: talk });
    expect(greek.questionsAnswered).toEqual(["Πότε φτάνει το φορτίο από τον Πειραιά;"]);
    expect(greek.keyPoints).toEqual(["Το φορτίο από τον Πειραιά φτάνει την Πέμπτη στις οκτώ."]);
    const page = "من يدفع تكلفة الشحن إذا كان المنتج معيبا؟ تدفع الشركة تكلفة الشحن كاملة للعميل.";
    const arabic = extractOffline({ kind: "document", title: "", markdown: page });
    expect(arabic.questionsAnswered).toHaveLength(1);
    expect(arabic.keyPoints.join(" ")).not.toContain("؟");
  });

  test("leave out what nobody answers", () => {
    expect(questions("What is the meaning of this release?")).toEqual([]);
    expect(questions("## What comes after the release?\n\n## Another heading here\n\nshort")).toEqual([]);
    expect(
      questions("Ana: Where is the contract stored?\nAna: I really would like to know that.", "conversation"),
    ).toEqual([]);
  });

  test("leave out what only the next paragraph of the same message follows", () => {
    const own =
      "**Ana** (10:03): Where is the contract stored?\n\nI really would like to know that, it is late.";
    expect(questions(own, "conversation")).toEqual([]);
    expect(questions(`${own}\n\n**Ben** (10:05): It is in the blue folder.`, "conversation")).toHaveLength(1);
  });

  test("leave out addresses and code with a question mark", () => {
    const answer = "\n\nThat is what the manual of the service says about it.";
    expect(questions(`GET https://example.com/search?${answer}`)).toEqual([]);
    expect(questions(`We call /issues/comments?${answer}`)).toEqual([]);
    expect(questions(`SELECT name FROM users WHERE id=?${answer}`)).toEqual([]);
  });

  test("leave out who asks, and halves of brackets", () => {
    const markdown =
      "Some notes on the tool.\n\nJae Lim: Can you post the error message? (list/c string? The message says that the file is missing.";
    expect(questions(markdown)).toEqual(["Can you post the error message?"]);
  });

  test("are at most seven, none twice", () => {
    const markdown = Array.from(
      { length: 30 },
      (_, i) => `What is rule number ${i % 20} about? It is about safety at work.`,
    );
    const found = questions(markdown.join("\n\n"));
    expect(found).toHaveLength(7);
    expect(new Set(found).size).toBe(7);
  });
});

test("half a megabyte of questions that nobody answers is read within the time of a test", () => {
  expect(questionsOf(blocksOf({ kind: "document", markdown: "a? ".repeat(170_000) }), "english")).toEqual([]);
});

describe("a heading as a question", () => {
  test("is made where it is natural", () => {
    expect(questionFromHeading("How to deploy the app")).toBe("How do I deploy the app?");
    expect(questionFromHeading("3.1 Install the CLI")).toBe("How do I install the CLI?");
    expect(questionFromHeading("Create an API key")).toBe("How do I create an API key?");
    expect(questionFromHeading("Refund policy")).toBe("What is the refund policy?");
    expect(questionFromHeading("API limits")).toBe("What are the API limits?");
    expect(questionFromHeading("The hiring process")).toBe("What is the hiring process?");
    expect(questionFromHeading("What is a workspace")).toBe("What is a workspace?");
    expect(questionFromHeading("How billing works")).toBe("How does billing work?");
    expect(questionFromHeading("How reminders work")).toBe("How do reminders work?");
    expect(questionFromHeading("How we stand against Acme")).toBe("How do we stand against Acme?");
    expect(questionFromHeading("How much does it cost")).toBe("How much does it cost?");
  });

  test("is not made where it would be nonsense", () => {
    const headings = [
      "Overview",
      "Get started",
      "Connect dialog",
      "Test results",
      "Release 2024-01",
      "Ana | Ben",
      "Search playground",
      "Sync control & progress",
      "Goals and limits",
      "Read on",
      "How long the freeze takes",
      "How the sausage is made",
    ];
    expect(headings.map(questionFromHeading)).toEqual(headings.map(() => undefined));
  });

  test("is none where the heading is endless, and that costs no time", async () => {
    const heading = `How to do it${".".repeat(150_000)}a`;
    const took = await cpuTimeOf(() => expect(questionFromHeading(heading)).toBeUndefined());
    expect(took).toBeLessThan(1_000);
  });
});
