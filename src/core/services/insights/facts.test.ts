import { describe, expect, test } from "bun:test";
import type { ArtifactKind } from "@/core/models/artifact";
import { blocksOf } from "./blocks";
import { factOf } from "./facts";
import { extractOffline } from "./offline";

const of = (kind: ArtifactKind, markdown: string, title = "") => extractOffline({ kind, title, markdown });

describe("a fact about a text", () => {
  test("is a label with few words behind it, in any language", () => {
    const facts = {
      "Assigned to: Bo Lindqvist": "Bo Lindqvist",
      "Priorité : haute": "haute",
      "Zuletzt geändert: 12.03.2026 14:00": "12.03.2026 14:00",
      "Teilnehmer: Sabine Krüger, Jens Vogel, Meral Aydın, Dr. Karl Beispiel, Petra Lang, Oliver Brandt":
        "Sabine Krüger, Jens Vogel, Meral Aydın, Dr. Karl Beispiel, Petra Lang, Oliver Brandt",
      "出席者：田中部長、鈴木さん": "田中部長、鈴木さん",
      "Статус: в работе": "в работе",
      "**Owner:** Ana Silva": "Ana Silva",
      "Subject: Why does the pump stop every night, and what do we do about it now?":
        "Why does the pump stop every night, and what do we do about it now?",
    };
    for (const [line, value] of Object.entries(facts)) expect(factOf(line, false)).toBe(value);
  });

  test("is a line of parts between dots, one that ends with a break, or a link alone", () => {
    for (const line of ["Issue #1 of a/b · open · by ana", "[Open in Gong](<https://app.example/1>)"])
      expect(factOf(line, false)).toBe(line);
    expect(factOf("#general (channel) of Quarry", true)).toBe("#general (channel) of Quarry");
    expect(factOf("#general (channel) of Quarry", false)).toBeUndefined();
  });

  test("is not what a sentence says, nor a decision, task or note", () => {
    for (const line of [
      "Clarity: Separate the parts of your prompt and keep each of them short.",
      "Action item: Tom Becker orders two terminals before Friday",
      "Decision: we move the checkout to Adyen in March",
      "Nächste Schritte: Jens holt das Angebot bis Freitag ein",
      "決定事項：来月から新しい倉庫で出荷を始める",
      "The gate leaks every tide.",
    ])
      expect(factOf(line, true)).toBeUndefined();
  });
});

describe("facts at the head of a text", () => {
  const issue = `# DOCK-12: The gate leaks

- Status: In work
- Assigned to: Bo Lindqvist
- Reported by: Ana Silva
- Labels: gate

The gate of dock 3 leaks at high tide.

Nobody enters.

## Comments

**Cem Aydin** 2026-01-01: The steel came from Harbour Metals on Monday.`;

  test("are no key points, and their labels no entities, but those they name are", () => {
    const { keyPoints, entities } = of("conversation", issue, "DOCK-12: The gate leaks");
    expect(keyPoints).toEqual(["The gate of dock 3 leaks at high tide."]);
    for (const name of ["Bo Lindqvist", "Ana Silva", "Cem Aydin", "Harbour Metals"])
      expect(entities).toContain(name);
    for (const label of ["Labels", "Status", "Assigned", "Reported"]) expect(entities).not.toContain(label);
  });

  test("are none where a conversation has no turns, whatever its labels look like", () => {
    const [head] = issue.split("## Comments");
    const { entities } = of("conversation", head ?? "");
    expect(entities).toContain("Bo Lindqvist");
    for (const label of ["Labels", "Status"]) expect(entities).not.toContain(label);
  });

  test("are looked for no further than the text's first words", () => {
    const markdown = "The pump of dock 3 was changed.\n\n- Assigned to: the night shift of dock 3";
    expect(of("document", markdown).keyPoints.length + blocksOf({ kind: "document", markdown }).length).toBe(
      3,
    );
    expect(blocksOf({ kind: "document", markdown }).map(({ role }) => role)).toEqual(["text", "bullet"]);
  });

  test("are no sentence that an editor broke", () => {
    const markdown = "We moved the billing server to Oslo  \nand switched the old one off in May.";
    expect(of("document", markdown).keyPoints[0]).toStartWith("We moved the billing server to Oslo and");
  });

  test("of a chat leave its first message in place", () => {
    const chat = `#general (channel) of Quarry  
People: mason, ann lee

## 2026-03-01

**mason** (10:03): Stone eleven goes to the north bed today

Reactions: 👍 2

Attached: the-plan-of-the-north-bed.pdf (application/pdf, 812 bytes)

Thread: [2 answers](https://quarry.example/1)`;
    const { keyPoints, entities } = extractOffline({
      kind: "conversation",
      title: "#general",
      author: "mason, ann lee",
      metadata: { participants: ["mason", "ann lee"] },
      markdown: chat,
    });
    expect(keyPoints).toEqual(["Stone eleven goes to the north bed today"]);
    expect(entities.slice(0, 2).sort()).toEqual(["ann lee", "mason"]);
    for (const none of ["Thread", "Reactions", "mason, ann lee"]) expect(entities).not.toContain(none);
  });

  test("in French and Japanese are told as well", () => {
    const ticket =
      "- Client : Boulangerie Martin\n- Priorité : haute\n\nLe terminal refuse les cartes étrangères.";
    expect(of("document", ticket).keyPoints).toEqual(["Le terminal refuse les cartes étrangères."]);
    expect(of("document", ticket).entities).toContain("Boulangerie Martin");
    const minutes =
      "# 議事録\n\n- 日時：2026年3月10日\n- 出席者：田中部長\n\n契約を4月1日から始めることを決定しました。";
    expect(of("document", minutes).keyPoints).toEqual(["契約を4月1日から始めることを決定しました。"]);
  });
});

describe("turns in a text that is not a conversation", () => {
  test("are those with a bold name and a time", () => {
    const markdown = `The crane stops at half height. It was greased in May. The log says nothing about it.

**bo-lindqvist** (2026-03-02 09:30):

The limit switch of crane five broke as well.

**Camille Durand** (2026-03-04 11:02) : Nous envoyons un interrupteur neuf demain.

**Note:** the switch is out of stock.`;
    const turns = blocksOf({ kind: "document", markdown }).filter(({ role }) => role === "turn");
    expect(turns).toEqual([
      { role: "turn", speaker: "bo-lindqvist", text: "The limit switch of crane five broke as well." },
      { role: "turn", speaker: "Camille Durand", text: "Nous envoyons un interrupteur neuf demain." },
    ]);
  });

  test("that say when and who on a line of their own are no key points", () => {
    const markdown = `[3/12/2026 10:01 AM] Anna Berg
The Globex contract ends on 30 June and renews itself.

[3/12/2026 10:03 AM] Tom Becker
Then we tell them in May that we do not want that.`;
    const { keyPoints } = of("conversation", markdown);
    expect(keyPoints.join(" ")).not.toContain("10:0");
    expect(keyPoints[0]).toBe("The Globex contract ends on 30 June and renews itself.");
  });

  test("of a person and an assistant are told without a time", () => {
    const { keyPoints } = of("document", "assistant: Switch the hashing to Argon2 in the settings.");
    expect(keyPoints).toEqual(["Switch the hashing to Argon2 in the settings."]);
  });
});
