/**
 * Names in scripts that have no capitals: what stands with a title, a form of a company, or behind the label of those who
 * take part. Titles and forms are few and sure; other names there are left to a language model.
 */
import type { EntityTally } from "./entity-tally";

/** Finds such names in any of these scripts, and tells each as often as it is met. */
export function scriptNames(text: string, tally: EntityTally): void {
  for (const { script, names } of scripts) {
    if (!script.test(text)) continue;
    for (const name of [...new Set(names(text))].slice(0, MOST_NAMES)) {
      for (let i = mentions(text, name); i > 0; i--) tally.add(name, "strong", 1.2);
    }
  }
}

/** Each is looked for in the whole text. */
const MOST_NAMES = 50;
const MOST_COUNTED = 10;

function mentions(text: string, name: string): number {
  return Math.min(MOST_COUNTED, Math.max(1, text.split(name, MOST_COUNTED + 2).length - 1));
}

const scripts: readonly { script: RegExp; names: (text: string) => string[] }[] = [
  { script: /\p{Script=Han}/u, names: (text) => [...chinese(text), ...japanese(text), ...listed(text)] },
  { script: /\p{Script=Hangul}/u, names: korean },
  { script: /\p{Script=Devanagari}/u, names: hindi },
  { script: /\p{Script=Arabic}/u, names: arabic },
  { script: /\p{Script=Hebrew}/u, names: (text) => hebrew(text) },
  { script: /\p{Script=Thai}/u, names: thai },
];

const all = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map((found) => (found[1] ?? found[0]).trim());

const surnames =
  "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何高林罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾肖田董袁潘于蒋蔣蔡余杜叶葉程苏蘇魏吕呂丁任沈姚卢盧姜崔钟鍾谭譚陆陸汪范金石廖贾賈夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾顧毛郝龚邵万钱严武戴莫孔向汤";
const chineseTitle = "先生|女士|小姐|经理|經理|总监|主任|老师|教授|博士|医生|律师|总裁|董事长|工程师";
const person = new RegExp(`([${surnames}]\\p{Script=Han}{1,2})(?:${chineseTitle})`, "gu");
const company =
  /([\p{Script=Han}A-Za-z0-9]{2,16}?)(股份有限公司|有限责任公司|有限公司|集团公司|集团|银行|大学|基金会|出版社|速运|航空公司)/gu;
/** Small words, verbs and measures: what stands up to one is no part of the name behind it. */
const before =
  /^.*[与與和由在向从從给給对對于於是的到为為被及跟把将將了所家个個间位名至经經同因等过過去他她它我你您们們而且着就也或有其自来來以则又照仿]/u;
const noCompany =
  /^(?:我们|你们|他们|这|那|该|本|贵|各|某|一|两|几|多|每|大型|国有|商业|投资|中央|综合|国立|公立|私立)/u;

function chinese(text: string): string[] {
  const companies = [...text.matchAll(company)].map(
    ([, name = "", form = ""]) => `${name.replace(before, "")}${form}`,
  );
  const proper = companies.filter((name) => name.length >= 4 && !noCompany.test(name));
  return [...all(text, person), ...proper];
}

const kana = /[\u3040-\u30ff]/;
const japaneseCompany =
  /(?:株式会社|有限会社|合同会社)[\p{Script=Han}\p{Script=Katakana}ーA-Za-z0-9・]{2,20}|(?<![\p{Script=Han}\p{Script=Katakana}ー])[\p{Script=Han}\p{Script=Katakana}ーA-Za-z0-9・]{2,16}(?:株式会社|有限会社|合同会社|銀行|大学|市場|運輸|電機|製薬|商事|新聞)/gu;
const japanesePerson =
  /(?<![\p{Script=Han}\p{Script=Katakana}ー])(\p{Script=Han}{2,4}|[\p{Script=Katakana}ー]{2,8})(?:さん|様|氏|部長|課長|社長|会長|専務|常務|係長|店長|教授)(?!\p{Script=Han})/gu;
const nobody =
  /^(?:お?客|患者|業者|取引先|関係者|担当者?|利用者|会員|皆|各社|両|代表|営業|総務|人事|経理|開発|技術|副|新|前|現|元|弊社|御社|本社|支社|名誉|准|客員)$|^(?:副|新|前|現|元)/u;

function japanese(text: string): string[] {
  if (!kana.test(text)) return [];
  return [...all(text, japaneseCompany), ...all(text, japanesePerson).filter((name) => !nobody.test(name))];
}

const participants =
  /(?:人员|参会者|与会者|参加者|出席者|出席人|负责人|主持人|記録者|担当者|担当)[：:]\s*([^\n]{2,200})/gu;
const titled = new RegExp(`(?:${chineseTitle}|さん|様|氏|部長|課長|社長|会長)$`, "u");

/** People in a list behind a label. */
function listed(text: string): string[] {
  return all(text, participants)
    .flatMap((list) => list.split(/[、，,;；\s]+/))
    .map((name) => name.replace(titled, ""))
    .filter((name) => /^\p{Script=Han}{2,4}$/u.test(name) && !nobody.test(name));
}

const koreanSurnames =
  "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진지엄채원천방공현함변염";
const koreanPerson = new RegExp(
  `(?<![가-힣])([${koreanSurnames}][가-힣]{2})\\s?(?:팀장|대표|과장|부장|차장|대리|사원|이사|교수|사장|전무|상무|본부장|실장|씨|님)`,
  "gu",
);
const koreanCompany =
  /(?:주식회사|㈜|\(주\))\s?([가-힣A-Za-z0-9]{2,20})|(?<![가-힣A-Za-z0-9])[A-Z]{0,5}[가-힣]{2,8}(?:은행|대학교|전자|그룹|통운|항공|증권)/gu;

/** What ends a word that is no name's end: "한빛상사가", "을", "은". */
const particle = /^([가-힣A-Za-z0-9]{3,})[이가은는을를와과의에]$/u;

function korean(text: string): string[] {
  // "이용자님", "주문자님": whoever uses or orders.
  const people = all(text, koreanPerson).filter((name) => !/[자사인]$/u.test(name));
  return [...people, ...all(text, koreanCompany).map((name) => name.replace(particle, "$1"))];
}

const hindiSmall =
  /^(?:और|ने|को|का|के|की|से|में|पर|है|हैं|थे|था|थी|भी|जी|एवं|तथा|यह|वह|इस|उस|एक|लिए|नहीं|कहा|कहते|कहती)$/u;
const hindiPerson =
  /(?<!\p{Script=Devanagari})(?:श्री|श्रीमती|सुश्री|डॉ\.)\s+([\p{Script=Devanagari}]{2,20}(?:\s+[\p{Script=Devanagari}]{2,20})?)/gu;
const hindiCompany =
  /([\p{Script=Devanagari}]{2,20}\s+(?:मोटर्स|लिमिटेड|प्राइवेट लिमिटेड|एयरलाइंस))(?!\p{Script=Devanagari})/gu;

function hindi(text: string): string[] {
  const companies = all(text, hindiCompany).filter((name) => !hindiSmall.test(name.split(/\s+/)[0] ?? ""));
  const people = all(text, hindiPerson).filter((name) => !hindiSmall.test(name.split(/\s+/)[0] ?? ""));
  return [...people.map((name) => withoutSmall(name, hindiSmall)), ...companies];
}

const arabicSmall =
  /^(?:على|في|من|إلى|عن|أن|التي|الذي|أو|و|لم|لن|قد|هو|هي|هذا|هذه|كل|بعد|قبل|مع|بين|كما|حيث)$/u;
const arabicPerson =
  /(?<!\p{Script=Arabic})(?:السيد|السيدة|الدكتور|الدكتورة|المهندس|المهندسة|الأستاذ|الأستاذة)\s+(\p{Script=Arabic}{2,20}\s+\p{Script=Arabic}{2,20})/gu;
const arabicCompany =
  /(?<!\p{Script=Arabic})((?:شركة|بنك|مصرف|جامعة|مؤسسة|مجموعة)\s+\p{Script=Arabic}{3,20}(?:\s+(?:لل|ال)\p{Script=Arabic}{2,20})?)/gu;

function arabic(text: string): string[] {
  const companies = all(text, arabicCompany).filter((name) => !arabicSmall.test(name.split(/\s+/)[1] ?? ""));
  return [...all(text, arabicPerson).map((name) => withoutSmall(name, arabicSmall)), ...companies];
}

/** A second word that is no part of the name is left off. */
function withoutSmall(name: string, small: RegExp): string {
  const [first = "", second = ""] = name.split(/\s+/);
  return second === "" || small.test(second) ? first : `${first} ${second}`;
}

const hebrew = (text: string): string[] => [...all(text, hebrewPerson), ...all(text, hebrewCompany)];
const hebrewPerson =
  /(?<!\p{Script=Hebrew})(?:מר|גב['׳]|גברת|ד["״]ר|עו["״]ד)\s(\p{Script=Hebrew}{2,15}\s\p{Script=Hebrew}{2,15})/gu;
const hebrewCompany = /(?<!\p{Script=Hebrew})((?:חברת|בנק|אוניברסיטת)\s\p{Script=Hebrew}{2,15})/gu;

const thaiCompany = /บริษัท\s{0,2}([\p{Script=Thai}A-Za-z0-9 .]{2,40}?)\s{0,2}จำกัด/gu;

function thai(text: string): string[] {
  return all(text, thaiCompany);
}
