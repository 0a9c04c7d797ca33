/** A small company's texts in several languages: each question must find its text first. Guards against regressions. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { Search } from "@/core/services/app";
import { inlineEmbedder } from "@/core/services/index/inline-embedder";
import { temporaryDatabase } from "@test/database";
import { artifactRow, registryOf, storeAndIndex } from "@test/search";
import { createSearch } from "./search";
import { VectorsInUse } from "./vectors/vectors-in-use";

const texts: Record<string, [title: string, markdown: string]> = {
  keys: [
    "Key rotation",
    "# Key rotation\n\nSigning keys are rotated on the first Monday of each month by the platform team.",
  ],
  travel: ["Travel", "# Travel\n\nFlights are booked by the travel desk. Hotels may cost up to 150 a night."],
  deploy: [
    "Deploying",
    "# Deploying\n\nThe kubernetes cluster in staging is redeployed after every merge. Roll back with one command.",
  ],
  config: [
    "config.ts",
    "```ts\nexport function parseConfigFile(path: string) {\n  return readFileSync(path);\n}\n```",
  ],
  retry: ["retry.py", "```python\ndef retry_with_backoff(call, max_attempts=5):\n    pass\n```"],
  standup: [
    "Stand-up",
    "Mira: The import job is stuck again.\nJonas: I restarted the worker, the queue drains now.\nMira: Thanks, the customers were waiting.",
  ],
  budget: [
    "Budget call",
    "Ida: What do we spend on cloud?\nTom: About nine thousand a month.\nIda: We should halve it by summer.",
  ],
  urlaub: ["Urlaub", "Der Urlaubsantrag wird im Personalsystem gestellt. Resturlaub verfällt am 31. März."],
  congés: ["Congés", "Les demandes de congés sont validées par le responsable avant la fin du mois."],
  договор: ["Договор", "Договоры с поставщиками хранятся в юридическом отделе пять лет."],
  休暇: ["休暇", "有給休暇の申請は人事システムで行います。承認には三日かかります。"],
  预算: ["预算", "今年的市场预算增加了百分之二十，由财务部门批准。"],
  छुट्टी: ["छुट्टी", "छुट्टी का आवेदन प्रबंधक को भेजा जाता है।"],
  عقد: ["عقد", "تحفظ العقود مع الموردين في القسم القانوني لمدة خمس سنوات."],
  إجازة: ["إجازة", "تُقدَّم طلبات الإجازات عبر نظام الموارد البشرية قبل أسبوعين."],
  ลา: ["การลา", "พนักงานต้องยื่นใบลาล่วงหน้าสามวันผ่านระบบทรัพยากรบุคคล"],
  ห้อง: ["ห้องประชุม", "การจองห้องประชุมทำได้ที่แผนกต้อนรับชั้นหนึ่ง"],
  बजट: ["बजट", "इस साल विपणन का बजट बीस प्रतिशत बढ़ाया गया और वित्त विभाग ने मंज़ूरी दी।"],
  कम्पनी: ["कंपनी की गाड़ियाँ", "कम्पनी की गाड़ियों की चाबियाँ स्वागत कक्ष में रखी जाती हैं।"],
  发票: ["发票", "供应商的发票由财务人员在月底前核对并归档。"],
  rechnung: ["Rechnungen", "Lieferantenrechnungen werden von der Buchhaltung binnen zehn Tagen geprüft."],
  schlüssel: [
    "Schlüssel",
    "Die Büroschlüssel liegen beim Pförtner. Ersatzschlüssel gibt die Hausverwaltung aus.",
  ],
  client: [
    "http-client.ts",
    "```ts\nexport class HttpClient {\n  private maxRetries = 3;\n  async fetchJson(url: URL) {\n    return this.send(url);\n  }\n}\n```",
  ],
  incident: [
    "Incident 42",
    "# Incident 42\n\nThe database ran out of connections at noon. A leaked pool in the billing service was the cause.",
  ],
  hiring: [
    "Hiring",
    "# Hiring\n\nCandidates meet two engineers and a manager. Offers are approved by the head of the department.",
  ],
  회의실: ["회의실", "회의실 예약은 총무팀에서 담당하며 하루 전에 신청해야 합니다."],
  휴가: ["휴가", "휴가 신청서는 인사 시스템에 제출하고 팀장이 승인합니다."],
  精算: ["経費", "経費精算は月末までに提出してください。"],
  facturas: ["Facturas", "Las facturas de los proveedores se pagan a los treinta días."],
  vacaciones: ["Vacaciones", "Las vacaciones se solicitan en el portal de recursos humanos."],
  fatura: [
    "Faturalar",
    "Tedarikçilerin faturaları muhasebe departmanı tarafından on gün içinde kontrol edilir.",
  ],
  izin: ["İzin", "İzin talepleri insan kaynakları sistemine girilir."],
  άδεια: ["Άδειες", "Οι άδειες των υπαλλήλων εγκρίνονται από τον προϊστάμενο."],
  nghỉ: ["Nghỉ phép", "Nhân viên phải nộp đơn xin nghỉ phép trước ba ngày."],
  phòng: ["Phòng họp", "Phòng họp được đặt tại quầy lễ tân."],
  отпуск: ["Отпуск", "Заявки на отпуск согласует руководитель отдела в течение двух дней."],
  חופשה: ["חופשה", "בקשות חופשה מוגשות במערכת משאבי אנוש."],
  חשבונית: ["חשבוניות", "חשבוניות של ספקים נבדקות על ידי הנהלת החשבונות."],
  合同: ["合同", "供应商合同由法务部门保存五年。"],
  ticket: ["OPS-4711", "Ticket OPS-4711: the nightly export stops when the disk is full."],
  ticket2: ["OPS-4712", "Ticket OPS-4712: the nightly import skips empty files."],
  "chat-1": ["#random", "Noor: Did anybody see the projector?"],
  "chat-2": ["#random", "Ben: It is in the blue room since Tuesday."],
  "chat-3": ["#random", "Noor: Great, I will bring it back after lunch."],
};

const questions: [question: string, answer: string][] = [
  ["When are the signing keys rotated?", "keys"],
  ["how often do we do key rotations", "keys"],
  ["How much may a hotel cost per night?", "travel"],
  ["who books flights", "travel"],
  ["kubernets cluster redeploy", "deploy"],
  ["kubernets", "deploy"],
  ["parse config file", "config"],
  ["parseConfigFile", "config"],
  ["retryWithBackoff max attempts", "retry"],
  ["Who restarted the worker?", "standup"],
  ["What did Tom say about cloud spending?", "budget"],
  ["Wann verfallen die Resturlaubstage?", "urlaub"],
  ["Urlaubsanträge stellen", "urlaub"],
  ["demande de conge responsable", "congés"],
  ["где хранится договор с поставщиком", "договор"],
  ["有給休暇はどこで申請しますか", "休暇"],
  ["市场预算增加了多少？", "预算"],
  ["छुट्टी का आवेदन किसे भेजें", "छुट्टी"],
  ["أين يحفظ العقد مع المورد", "عقد"],
  ["كيف أقدم طلب إجازة", "إجازة"],
  ["ต้องยื่นใบลาก่อนกี่วัน", "ลา"],
  ["จองห้องประชุมที่ไหน", "ห้อง"],
  ["विपणन के बजट में कितनी बढ़ोतरी हुई", "बजट"],
  ["कंपनी की गाड़ी की चाबी कहाँ है", "कम्पनी"],
  ["发票什么时候核对", "发票"],
  ["Wer prüft die Rechnung eines Lieferanten?", "rechnung"],
  ["Wo gibt es einen Ersatz für den Büroschlüssel", "schlüssel"],
  ["fetch_json", "client"],
  ["HttpClient maxRetries", "client"],
  ["why did the databse run out of conections", "incident"],
  ["Summarize the discussion about the leaked connection pool", "incident"],
  ["Please tell me who approves job offers", "hiring"],
  ["candidat intervew", "hiring"],
  ["회의실을 어디서 예약하나요", "회의실"],
  ["휴가를 누가 승인하나요?", "휴가"],
  ["経費の精算はいつまで", "精算"],
  ["¿Cuándo se paga la factura de un proveedor?", "facturas"],
  ["pedir vacacion", "vacaciones"],
  ["tedarikçi faturasını kim kontrol ediyor", "fatura"],
  ["izin talebi nereye girilir", "izin"],
  ["ποιος εγκρίνει την άδεια του υπαλλήλου", "άδεια"],
  ["xin nghỉ phép trước mấy ngày", "nghỉ"],
  ["dat phong hop o dau", "phòng"],
  ["кто согласовывает отпуск", "отпуск"],
  ["איפה מגישים בקשה לחופשה", "חופשה"],
  ["מי בודק את החשבונית של הספק", "חשבונית"],
  ["合同由谁保存", "合同"],
  ["OPS-4711", "ticket"],
  ["ops 4712", "ticket2"],
  ["retry with backof", "retry"],
  ["max_retries", "client"],
  ["Resturlaub verfalt", "urlaub"],
  ["Which room did Ben mean?", "chat-2"],
  ["did anybody see the projector", "chat-1"],
  ["who brings it back after lunch", "chat-3"],
];

describe("search over a small company's texts", () => {
  let search: Search;
  let database: Awaited<ReturnType<typeof temporaryDatabase>>;

  beforeAll(async () => {
    database = await temporaryDatabase();
    const rows = Object.entries(texts).map(([id, [title, markdown]]) => artifactRow(id, markdown, { title }));
    await storeAndIndex(database.db, rows);
    const { db } = database;
    const vectors = new VectorsInUse({ db, embedderOf: () => inlineEmbedder }).current;
    search = createSearch({ db, registry: registryOf("notes"), vectors });
  });

  afterAll(() => database[Symbol.asyncDispose]());

  for (const [question, answer] of questions) {
    test(`'${question}' finds '${answer}' first`, async () => {
      const { results } = await search({ query: question });
      expect(results[0]?.id).toBe(answer);
      expect(results[0]?.snippet.length).toBeGreaterThan(0);
    });
  }
});
