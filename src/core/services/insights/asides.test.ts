import { describe, expect, test } from "bun:test";
import { isGreeting, isSmallTalk, withoutAsides, withoutLead } from "./asides";
import { extractOffline } from "./offline";

describe("a greeting", () => {
  test("is one in many languages, and a sentence that only begins like one is none", () => {
    for (const greeting of [
      "Hi Sam,",
      "Thanks for getting back to me so quickly!",
      "Sehr geehrter Herr Brandt,",
      "vielen Dank für Ihre Nachricht.",
      "Bonjour à toutes et à tous,",
      "Buenos días a todos",
      "Bem-vindo à Oficina Atlântica!",
      "Grazie mille a tutti per il lavoro di ieri!",
      "Добрый день, коллеги!",
      "Доброго ранку всім!",
      "お疲れ様です。",
      "你好，各位！",
      "안녕하세요!",
      "धन्यवाद।",
      "شكرا لكم.",
    ]) {
      expect(isGreeting(greeting)).toBe(true);
    }
    for (const sentence of [
      "Thanks to the new pump of dock 3 the harbour saved twelve hours a week.",
      "Highlights of the quarter are two new docks.",
      "Liebenau liegt im Norden der Stadt.",
      "Salutations end every letter that we send to the customers of the bank.",
      "好的设计可以让退货率从百分之七下降到百分之三，并且节省大量的包装材料。",
    ]) {
      expect(isGreeting(sentence)).toBe(false);
    }
  });
});

describe("small talk", () => {
  test("is what expects no answer, tags of many languages among it", () => {
    for (const question of [
      "How are you all doing?",
      "It should be done by noon, right?",
      "Love sure does bring us joy, huh?",
      "Das machen wir am Freitag, oder?",
      "On part à midi, non?",
      "Lo firmo hoy entonces, ¿no?".replace("¿", ""),
      "Qué tal el finde?",
      "Wie geht es Ihnen?",
      "Как дела?",
      "明天发货，对吧？",
      "明日ですよね？",
      "잘 지내셨어요?",
    ]) {
      expect(isSmallTalk(question)).toBe(true);
    }
    for (const question of [
      "Wie geht es mit SAP weiter?",
      "Is it available in Norway?",
      "What happened in Faro on Sunday?",
      "¿Quién tiene la llave del almacén?",
      "Which right does the reader need?",
      "为什么二月的退货率上升？",
    ]) {
      expect(isSmallTalk(question)).toBe(false);
    }
  });

  test("does not stand in front of a question either", () => {
    expect(withoutLead("So, um, who has the key?")).toBe("Who has the key?");
    expect(withoutLead("Und wann kommt der Vertrag?")).toBe("Wann kommt der Vertrag?");
    expect(withoutLead("Y ¿quién paga?")).toBe("¿quién paga?");
    expect(withoutLead("Software of which version?")).toBe("Software of which version?");
    expect(withoutLead("Andere Frage: wer zahlt?")).toBe("Andere Frage: wer zahlt?");
  });
});

describe("talk", () => {
  test("gives what is said, not what is shown or done meanwhile", () => {
    expect(withoutAsides("We had a blast. [shared image: a photo of a lake]")).toBe("We had a blast.");
    expect(withoutAsides("[laughs]")).toBe("");
    expect(withoutAsides("(This message was deleted.)")).toBe("");
    const markdown = `Tim: [shared image: a photo of a very large lake in the north]
John: We moved the summer meeting of the team to the lake house near Oslo. [laughs]
Tim: Great, see you there then.
John: (leaves the room and comes back with the plan)`;
    const { keyPoints } = extractOffline({ kind: "conversation", title: "", markdown });
    expect(keyPoints).toEqual(["We moved the summer meeting of the team to the lake house near Oslo."]);
  });

  test("gives questions that ask something, without who asks", () => {
    const markdown = `Ana: So, strip the happy days game?
Ben: The old one is in the cellar of the office.
Ana: Well, and which database do we use for the billing service?
Ben: We use Postgres for the billing service.
Ana: And if two people take the same hour meanwhile?
Ben: Whoever comes second gets the hour behind it.
Ana: We deploy on Friday, right?
Ben: Yes, we deploy on Friday at noon.`;
    const { questionsAnswered } = extractOffline({ kind: "conversation", title: "", markdown });
    expect(questionsAnswered).toEqual([
      "Which database do we use for the billing service?",
      "If two people take the same hour meanwhile?",
    ]);
  });
});
