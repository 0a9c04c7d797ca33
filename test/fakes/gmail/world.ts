/** A mailbox as Gmail holds it: messages with their labels, and the list of what changed. */
import type { Clock } from "@/core/services/http/clock";
import { createRandom } from "@test/random";
import type { ExpectedArtifact, FakeWorld, Happening } from "../fake";
import { type FakePart, html, plain } from "./parts";

export interface FakeMessage {
  id: string;
  threadId: string;
  labels: Set<string>;
  /** Milliseconds. */
  at: number;
  headers: Record<string, string>;
  body: FakePart;
  /** Text that its thread's artifact must hold. */
  reads: string;
}

type What = "messagesAdded" | "messagesDeleted" | "labelsAdded" | "labelsRemoved";
interface FakeChange {
  id: number;
  threadId: string;
  record: Record<string, unknown>;
}

export const OWN_LABELS = [
  "INBOX",
  "SENT",
  "DRAFT",
  "TRASH",
  "SPAM",
  "STARRED",
  "IMPORTANT",
  "UNREAD",
  "CHAT",
];
export const CATEGORIES = ["PERSONAL", "SOCIAL", "PROMOTIONS", "UPDATES", "FORUMS"].map(
  (one) => `CATEGORY_${one}`,
);
const BULK = ["CATEGORY_PROMOTIONS", "CATEGORY_SOCIAL"];
const NEVER = ["TRASH", "SPAM", "DRAFT", "CHAT"];
export const ANA = "Ana Silva <ana@harbour.example>";
export const BO = '"Lindqvist, Bo" <Bo@Pumps.example>';
const HOUR = 3_600_000;

export class MailWorld implements FakeWorld {
  readonly incrementalSees = { edits: true, deletions: true, hiding: true };
  happenings: readonly Happening[] = [];
  readonly messages = new Map<string, FakeMessage>();
  readonly names = new Map([
    ["Label_1", "Clients"],
    ["Label_2", "Private"],
  ]);
  readonly changes: FakeChange[] = [];
  readonly random;
  /** Changes up to this one are forgotten. */
  forgotten = 0;
  private serial = 0;
  private last = 0;
  private history = 1_000;

  constructor(
    seed: number,
    private readonly clock: Clock,
  ) {
    this.random = createRandom(seed);
  }

  create = () => {
    const first = this.write({ body: this.serial % 2 === 0 ? undefined : "html" });
    if (this.serial % 3 === 0) this.answer(first);
    return keyOf(first);
  };

  /** Mail is never changed: somebody answers. */
  edit = () => keyOf(this.answer(this.pick()));

  /** Into the bin, or gone for good; all of a thread. */
  delete = () => {
    const thread = this.thread(this.pick().threadId);
    const forGood = this.random.below(2) === 0;
    for (const message of thread)
      if (forGood) this.remove(message);
      else this.label(message, ["TRASH"], ["INBOX"]);
    return `gmail:${thread[0]?.threadId}`;
  };

  /** Marked as spam. */
  hide = () => {
    const { threadId } = this.pick();
    for (const message of this.thread(threadId)) this.label(message, ["SPAM"], ["INBOX"]);
    return `gmail:${threadId}`;
  };

  /** Too large to be given with its thread. */
  createHuge = () => {
    const text = "The crane moved once more.\n".repeat(40_000);
    return keyOf(this.write({ reads: "The crane moved once more.", parts: { ...plain(text), apart: true } }));
  };

  createEmpty = () => keyOf(this.write({ reads: "", parts: plain(""), headers: { Subject: "" } }));

  createUnknown = () => {
    const parts = { mimeType: "multipart/hologram", parts: [{ mimeType: "text/hologram", text: "?" }] };
    const message = this.write({ reads: "", parts });
    message.labels.add("CATEGORY_HOLOGRAMS");
    this.changes.push({ id: ++this.history, threadId: message.threadId, record: { hologramsAdded: [{}] } });
  };

  /** Somebody begins a thread, unless `threadId` says otherwise. */
  write(
    given: {
      threadId?: string;
      labels?: string[];
      from?: string;
      to?: string;
      at?: number;
      reads?: string;
      headers?: Record<string, string>;
      parts?: FakePart;
      body?: "html" | undefined;
    } = {},
  ): FakeMessage {
    const serial = ++this.serial;
    const id = (0x19a0_0000_0000 + serial * 4_099).toString(16);
    const reads = given.reads ?? `Pump ${serial} was read at ${this.random.below(1e9)} litres.`;
    const body = given.body === "html" ? html(`<p>Hello,</p><p>${reads}</p>`) : plain(`Hello,\n\n${reads}\n`);
    const headers = {
      From: given.from ?? BO,
      To: given.to ?? ANA,
      Subject: `Matter ${serial}`,
      ...given.headers,
    };
    const message: FakeMessage = {
      ...{ id, threadId: given.threadId ?? id, reads, headers, body: given.parts ?? body },
      at: given.at ?? this.now(),
      labels: new Set(given.labels ?? ["INBOX", "UNREAD"]),
    };
    this.messages.set(id, message);
    this.note("messagesAdded", message);
    return message;
  }

  /** The other one answers, above what is answered, as most programs have it. */
  answer(to: FakeMessage, labels?: string[]): FakeMessage {
    const byAna = to.headers["From"] !== ANA;
    const reads = `Answer ${this.serial} names ${this.random.below(1e9)} euros.`;
    const said = new Date(to.at).toISOString().slice(0, 16).replace("T", " ");
    const quoted = `> Hello,\n>\n> ${to.reads}`;
    return this.write({
      threadId: to.threadId,
      from: byAna ? ANA : BO,
      to: byAna ? BO : ANA,
      labels: labels ?? (byAna ? ["SENT"] : ["INBOX", "UNREAD"]),
      reads,
      headers: { Subject: `Re: ${this.subject(to.threadId)}` },
      parts: plain(`${reads}\n\nOn ${said}, ${to.headers["From"]} wrote:\n${quoted}\n`),
    });
  }

  label(message: FakeMessage, added: string[], removed: string[] = []): void {
    const news = added.filter((one) => !message.labels.has(one));
    const gone = removed.filter((one) => message.labels.has(one));
    for (const one of news) message.labels.add(one);
    for (const one of gone) message.labels.delete(one);
    if (news.length > 0) this.note("labelsAdded", message, news);
    if (gone.length > 0) this.note("labelsRemoved", message, gone);
  }

  remove(message: FakeMessage): void {
    this.messages.delete(message.id);
    this.note("messagesDeleted", message);
  }

  thread(id: string): FakeMessage[] {
    return [...this.messages.values()].filter(({ threadId }) => threadId === id);
  }

  /** Number of the last change, of a thread or of all. */
  historyId(threadId?: string): number {
    const last = this.changes.findLast((change) => threadId === undefined || change.threadId === threadId);
    return last?.id ?? 1_000;
  }

  /** Messages that somebody sees. */
  visible(threadId: string): FakeMessage[] {
    return this.thread(threadId).filter(({ labels }) => !NEVER.some((one) => labels.has(one)));
  }

  /** Threads that are read without any settings. */
  shown(): string[] {
    const ids = new Set([...this.messages.values()].map(({ threadId }) => threadId));
    const isBulk = ({ labels }: FakeMessage) => BULK.some((one) => labels.has(one));
    return [...ids].filter((id) => this.visible(id).some((message) => !isBulk(message)));
  }

  snapshot(): ReadonlyMap<string, ExpectedArtifact> {
    return new Map(
      this.shown().map((id) => {
        const needles = this.visible(id)
          .map(({ reads }) => reads)
          .filter((text) => text !== "");
        return [`gmail:${id}`, { title: this.subject(id, this.visible(id)) || "(no subject)", needles }];
      }),
    );
  }

  pick(): FakeMessage {
    const threadId = this.random.pick(this.shown());
    const [first] = this.visible(threadId);
    if (first === undefined) throw new Error("A thread without messages is shown.");
    return first;
  }

  private subject(threadId: string, messages = this.thread(threadId)): string {
    return (messages[0]?.headers["Subject"] ?? "").replace(/^(?:Re: )+/, "");
  }

  /** Numbers of changes have gaps. */
  private note(what: What, { id, threadId, labels }: FakeMessage, labelIds?: string[]): void {
    this.history += 1 + this.random.below(40);
    const message = { id, threadId, labelIds: [...labels] };
    const entry = labelIds === undefined ? { message } : { message, labelIds };
    const record = { id: String(this.history), messages: [{ id, threadId }], [what]: [entry] };
    this.changes.push({ id: this.history, threadId, record });
  }

  /** Hours apart, as mail is. */
  private now(): number {
    this.last = Math.max(this.last + HOUR, Math.floor(this.clock.now()) - 5_000 * HOUR);
    return this.last;
  }
}

export const keyOf = ({ threadId }: Pick<FakeMessage, "threadId">) => `gmail:${threadId}`;
