import { describe, expect, test } from "bun:test";
import { cpuTimeOf } from "@test/cpu-time";
import { EntityTally } from "./entity-tally";
import { isOrdinaryKatakana } from "./katakana";
import { extractOffline } from "./offline";
import { scriptNames } from "./script-names";

function names(text: string): string[] {
  const tally = new EntityTally();
  scriptNames(text, tally);
  return tally.best(25).sort();
}

describe("names in scripts without capitals", () => {
  test("are Chinese people with a title or in a list, and companies without the words before them", () => {
    const text =
      "参会人员：王建国、李芳\n\n李芳负责在三月二十日前与杭州云帆科技有限公司签订合同。张伟经理说，退款由中国工商银行处理。";
    expect(names(text)).toEqual(["中国工商银行", "张伟", "李芳", "杭州云帆科技有限公司", "王建国"]);
    expect(names("我们公司在这家银行有账户。他读过大学，也去过很多公司。")).toEqual([]);
  });

  test("are Japanese people by their titles, and companies by their form", () => {
    const text =
      "出席者：田中部長、鈴木さん\n\n株式会社ミナト物流との契約はヤマト運輸より安い。佐藤様とマリアさんにも伝えます。";
    expect(names(text)).toEqual(
      ["ヤマト運輸", "マリア", "佐藤", "株式会社ミナト物流", "田中", "鈴木"].sort(),
    );
    expect(names("お客様と皆さんに同様の仕様を営業部長が多様に伝えます。")).toEqual([]);
  });

  test("are Korean people by their titles, and companies", () => {
    const text = "재고는 박지훈 팀장님이 확인합니다. 배송은 CJ대한통운과 주식회사 한빛상사가 맡습니다.";
    expect(names(text)).toEqual(["CJ대한통운", "박지훈", "한빛상사"].sort());
    expect(names("고객님과 이용자님께 감사드립니다.")).toEqual([]);
  });

  test("are Hindi, Arabic and Thai ones with their titles and forms", () => {
    expect(names("श्री राजेश शर्मा और टाटा मोटर्स के लोग आए। श्री मोहन ने कहा।")).toEqual(
      ["टाटा मोटर्स", "मोहन", "राजेश शर्मा"].sort(),
    );
    expect(names("توافق السيدة ليلى حداد على كل مبلغ، وتدفع شركة النور للتجارة تكلفة الشحن.")).toEqual(
      ["شركة النور للتجارة", "ليلى حداد"].sort(),
    );
    expect(names("บริษัท สยามขนส่ง จำกัด ส่งใบเสร็จตัวจริงทางไปรษณีย์")).toEqual(["สยามขนส่ง"]);
  });

  test("are Hebrew ones with their titles and forms", () => {
    expect(names("גב' רות לוי מאשרת החזר. חברת אור שולחת את המשלוח לחיפה.")).toEqual(
      ["חברת אור", "רות לוי"].sort(),
    );
  });

  test("are entities of the whole artifact", () => {
    const markdown = "# 纪要\n\n参会人员：王建国、李芳\n\n会议决定由顺丰速运负责华东仓库的配送。";
    const { entities } = extractOffline({ kind: "document", title: "纪要", markdown });
    expect(entities.sort()).toEqual(["李芳", "王建国", "顺丰速运"]);
  });

  test("take bounded time in hostile text", async () => {
    for (const part of [
      "王经理",
      "有限公司",
      "人员：王、",
      "김가나님",
      "श्री क ",
      "السيد ا ",
      "บริษัท ก",
      "株式会社ア",
    ]) {
      expect(await cpuTimeOf(() => names(part.repeat(200_000 / part.length)))).toBeLessThan(1_500);
    }
    const many = Array.from({ length: 30_000 }, (_, i) => `王${String.fromCharCode(0x4e00 + i)}经理`).join(
      "",
    );
    expect(await cpuTimeOf(() => names(many))).toBeLessThan(1_500);
  });
});

test("katakana of ordinary loanwords is no name, also of several in a row", () => {
  for (const word of ["データ", "ソースコード", "パッケージファイル", "デフォルトディレクトリ"])
    expect(isOrdinaryKatakana(word)).toBe(true);
  for (const word of ["ミナト", "キーエンス", "アスクル", "データブリックス"])
    expect(isOrdinaryKatakana(word)).toBe(false);
});
