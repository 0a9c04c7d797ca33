import { describe, expect, test } from "bun:test";
import { wordsOf } from "@/core/services/index/words";
import { askingWords, languageOf } from "./asking-words";

const english = new Set("what was the of in to is an who".split(" "));
const rest = (question: string) => {
  const words = wordsOf(question).map(({ text }) => text);
  const asking = askingWords(words, languageOf(words, english));
  return words.filter((word) => !asking.has(word)).join(" ");
};

describe("words that ask", () => {
  test.each([
    ["黑豹队的防守丢了多少分？", "黑 豹 队 防守 丢 分"],
    ["有給休暇はどこで申請しますか", "有给 休暇 申请 し"],
    ["Кто согласовывает договор с поставщиком?", "согласовывает договор поставщиком"],
    ["Πότε πληρώνεται το τιμολόγιο;", "πληρωνεται τιμολογιο"],
    ["कर्मचारी की छुट्टी कौन मंज़ूर करता है", "कर्मचारी छुट्टी मंजूर करता"],
    ["متى تدفع فاتورة المورد؟", "تدفع فاتوره المورد"],
    ["Wer prüft die Rechnung der Lieferanten?", "pruft rechnung lieferanten"],
    ["¿Cuándo se paga la factura de un proveedor?", "paga factura proveedor"],
    ["Quand est-ce que la facture est payée ?", "facture payee"],
    ["Faturayı kim ve nasıl öder?", "faturayi oder"],
    ["Hvornår og hvordan betales en faktura?", "betales faktura"],
    ["விடுப்பு எப்போது எப்படி கிடைக்கும்?", "விடுப்பு கிடைக்கும்"],
    ["Ai là người duyệt đơn nghỉ phép của nhân viên?", "nguoi duyet don nghi phep nhan vien"],
  ])("%s", (question, expected) => {
    expect(rest(question).replaceAll(/\u093c/g, "")).toBe(expected);
  });

  test("of another language are left alone in a question that is English, or has one of them alone", () => {
    expect(rest("What was the die made of in Rome")).toBe("What was the die made of in Rome".toLowerCase());
    expect(rest("Die Hard")).toBe("die hard");
    expect(rest("La Paz")).toBe("la paz");
  });

  test("leave nothing over where a question has no others, which is for the caller to see", () => {
    expect(rest("¿qué es la de un?")).toBe("");
  });
});

test.each([
  ["Wer prüft die Rechnung der Lieferanten?", "german"],
  ["¿Cuándo se paga la factura de un proveedor?", "spanish"],
  ["Quem aprova o pedido de férias?", "portuguese"],
  ["What was the die made of in Rome", undefined],
  ["La Paz", undefined],
])("the words of '%s' tell %p", (question, language) => {
  const words = wordsOf(question).map(({ text }) => text);
  expect(languageOf(words, english)?.language).toBe(language);
});
