import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { analyse } from "./analyse";
import { isJapanese, simplifiedCode, simplify } from "./han";

const both: [string, string][] = [
  ["供應商的發票由財務人員在月底前核對並歸檔。", "供应商的发票由财务人员在月底前核对并归档。"],
  ["會議室的預約由總務處負責", "会议室的预约由总务处负责"],
  ["頭髮與發展", "头发与发展"],
];

describe("both ways of writing Chinese", () => {
  test.each(both)("'%s' is simplified", (traditional, simplified) => {
    expect(simplify(traditional)).toBe(simplified);
    expect(simplify(simplified)).toBe(simplified);
  });

  test.each(both)(
    "'%s' has the words of its simplified form, at the same places",
    (traditional, simplified) => {
      expect(analyse(traditional)).toEqual(analyse(simplified));
    },
  );

  test("are the same unit by unit, so that places in a text remain", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const once = simplify(text);
        expect(once.length).toBe(text.length);
        expect(simplify(once)).toBe(once);
      }),
    );
    for (let code = 0; code < 0x2e80; code++) expect(simplifiedCode(code)).toBe(code);
  });
});

test("Japanese is cut as it is written, and found by its characters all the same", () => {
  const text = "請求書は経理部が確認します";
  expect(isJapanese(text)).toBe(true);
  expect(isJapanese("會議室")).toBe(false);
  expect(
    analyse(text)
      .map(({ start, end }) => text.slice(start, end))
      .join(""),
  ).toBe(text);
  expect(analyse("請求書は").slice(0, 2).map(({ exact }) => exact).join("")).toBe("请求书"); // prettier-ignore
});
