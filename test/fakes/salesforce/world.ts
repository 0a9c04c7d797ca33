/** What stands in a Salesforce organisation, and what people do there. */
import type { Clock } from "@/core/services/http/clock";
import { createRandom } from "@test/random";
import type { ExpectedArtifact, FakeWorld } from "../fake";
import { newId } from "./ids";
import { schema } from "./schema";

/** Objects that are read unless somebody chooses, with the name that their artifacts have. */
export const names = {
  Account: "account",
  Contact: "contact",
  Lead: "lead",
  Opportunity: "opportunity",
  Case: "case",
  Task: "task",
  Event: "event",
  Note: "note",
  ContentNote: "note",
  Knowledge__kav: "article",
} as const;
export type ObjectName = keyof typeof names;
export const objects = Object.keys(names) as ObjectName[];

export type Value = string | number | boolean | null;

export interface FakeRecord {
  object: string;
  id: string;
  values: Record<string, Value>;
  /** Out of the account's sight. */
  hidden: boolean;
}

const HOUR_MS = 3_600_000;
/** The field that says something of a record. */
const says: Readonly<Record<string, string>> = {
  Note: "Body",
  ContentNote: "Html",
  Knowledge__kav: "Summary",
  Project__c: "Plan__c",
};
export const saysOf = (object: string) => says[object] ?? "Description";
const called: Readonly<Record<string, string>> = {
  Case: "Subject",
  Task: "Subject",
  Event: "Subject",
  Note: "Title",
  ContentNote: "Title",
  Knowledge__kav: "Title",
};
export const calledOf = (object: string) => called[object] ?? "Name";

export function keyOf({ object, id, values }: FakeRecord): string {
  const name = names[object as ObjectName] ?? object.replace(/__c$/, "");
  return object === "Knowledge__kav"
    ? `salesforce:${name}:${String(values["KnowledgeArticleId"])}:${String(values["Language"])}`
    : `salesforce:${name}:${id}`;
}

export class SalesforceWorld implements FakeWorld {
  readonly incrementalSees = { edits: true, deletions: true, hiding: false };
  readonly records = new Map<string, FakeRecord>();
  /** Fields that the account may not see, such as `Account.Industry`. */
  readonly hiddenFields = new Set<string>();
  readonly hiddenObjects = new Set<string>();
  happenings: FakeWorld["happenings"] = [];
  readonly random;
  private serial = 0;
  private created = 0;
  private last: number;
  readonly users: readonly [FakeRecord, FakeRecord];

  /** @param items made over as many hours, the last of them an hour ago. */
  constructor(
    seed: number,
    items: number,
    private readonly clock: Clock,
  ) {
    this.random = createRandom(seed);
    this.last = clock.now() - (items + 3) * HOUR_MS;
    this.tick = () => stamp((this.last += HOUR_MS));
    this.users = [
      this.add("User", { Name: "Ana Silva", Username: "ana@northlight.example" }),
      this.add("User", { Name: "Bo Lindqvist", Username: "bo@northlight.example" }),
    ];
    for (let index = 0; index < items; index++) this.create();
    this.tick = () => stamp(this.clock.now());
  }

  /** Now, by the second. */
  tick: () => string;

  create = () => keyOf(this.add(objects[this.created++ % objects.length] ?? "Note"));
  /** Changes what no other record says. */
  edit = () => {
    const there = this.read();
    return this.change(there.length === 0 ? this.add("Lead") : this.random.pick(there), {}, true);
  };
  /** Deletes what no other record names. */
  delete = () => this.remove(this.someFree());
  hide = () => {
    const record = this.someFree();
    record.hidden = true;
    return keyOf(record);
  };
  createHuge = () =>
    keyOf(this.add("Knowledge__kav", { Answer__c: `<p>${this.sentence()}</p>`.repeat(20_000) }));
  createEmpty = () => keyOf(this.add("Note", { Body: null }));
  createUnknown = () =>
    void this.add("Task", { Status: "Telepathy", TaskSubtype: "Dream", Priority: "Ultra" });

  /** A record with references to some of what is there. */
  add(object: string, values: Record<string, Value> = {}): FakeRecord {
    const serial = ++this.serial;
    const at = this.tick();
    const id = this.idOf(object);
    const record: FakeRecord = { object, id, hidden: false, values: {} };
    Object.assign(record.values, { Id: id, IsDeleted: false }, this.usual(record, serial, at));
    Object.assign(record.values, { SystemModstamp: at, CreatedDate: at, LastModifiedDate: at }, values);
    this.records.set(id, record);
    if (object === "Opportunity") this.noteStage(record, at);
    if (object === "ContentNote") this.link(record, this.users[0].id);
    return record;
  }

  /** Salesforce notes each stage that a deal comes to. */
  private noteStage({ id, values }: FakeRecord, at: string): void {
    const { StageName = null, Amount = null, CloseDate = null } = values;
    this.add("OpportunityHistory", { OpportunityId: id, StageName, Amount, CloseDate, CreatedDate: at });
  }

  /** A note is told with a record, or shared with somebody. */
  link(note: FakeRecord, to: Value = this.some("Account")): void {
    if (to !== null) this.add("ContentDocumentLink", { ContentDocumentId: note.id, LinkedEntityId: to });
  }

  /** A deal comes to another stage. */
  move(deal: FakeRecord, StageName: string): string {
    const key = this.change(deal, { StageName });
    this.noteStage(deal, this.tick());
    return key;
  }

  /** A comment in a case, or an e-mail. */
  write(
    parent: FakeRecord,
    object: "CaseComment" | "EmailMessage",
    values: Record<string, Value> = {},
  ): FakeRecord {
    return this.add(object, { ParentId: parent.id, ...values });
  }

  /** @param says whether it says something new. */
  change(record: FakeRecord, values: Record<string, Value>, says = false): string {
    const at = this.tick();
    const told: Record<string, Value> = says ? { [saysOf(record.object)]: this.sentence() } : {};
    if (record.object === "ContentNote") told["LatestPublishedVersionId"] = newId("068", ++this.serial);
    Object.assign(record.values, { SystemModstamp: at, LastModifiedDate: at, ...told, ...values });
    return keyOf(record);
  }

  rename(record: FakeRecord): string {
    return this.change(record, { [calledOf(record.object)]: `Renamed ${++this.serial}` });
  }

  /** Into the bin, from which it can be taken out again. */
  remove(record: FakeRecord): string {
    if (record.object === "Knowledge__kav") record.values["PublishStatus"] = "Archived";
    else Object.assign(record.values, { IsDeleted: true, SystemModstamp: this.tick() });
    return keyOf(record);
  }

  /** What can be seen of an object. */
  live(object: string): FakeRecord[] {
    if (this.hiddenObjects.has(object)) return [];
    return [...this.records.values()].filter(
      (one) =>
        one.object === object &&
        !one.hidden &&
        one.values["IsDeleted"] === false &&
        (object !== "Knowledge__kav" || one.values["PublishStatus"] === "Online"),
    );
  }

  /** What is read unless somebody chooses. */
  read(): FakeRecord[] {
    return objects.flatMap((object) => this.live(object));
  }

  /** One that nothing else names. Of articles and notes of Lightning that go Salesforce says nothing. */
  someFree(): FakeRecord {
    const all = [...this.records.values()].flatMap(({ values }) => Object.entries(values));
    const named = new Set(all.flatMap(([name, value]) => (name === "Id" ? [] : [value])));
    const quiet = new Set(["Knowledge__kav", "ContentNote"]);
    const free = this.read().filter(({ id, object }) => !named.has(id) && !quiet.has(object));
    return free.length === 0 ? this.add("Lead") : this.random.pick(free);
  }

  named(id: Value | undefined): string | undefined {
    const found = this.records.get(String(id));
    return found === undefined ? undefined : String(found.values[calledOf(found.object)] ?? "");
  }

  snapshot(): ReadonlyMap<string, ExpectedArtifact> {
    return new Map(
      this.read().map((record) => {
        const { object, values, id } = record;
        const said = ["CaseComment", "EmailMessage"]
          .flatMap((kind) => this.live(kind))
          .filter((one) => one.values["ParentId"] === id)
          .flatMap((one) => one.values["CommentBody"] ?? one.values["TextBody"] ?? []);
        const stages = this.live("OpportunityHistory").filter((one) => one.values["OpportunityId"] === id);
        const people = this.live("OpportunityContactRole").filter(
          (one) => one.values["OpportunityId"] === id,
        );
        const text = String(values[saysOf(object)] ?? "");
        const shown = ["AccountId", "WhatId", "WhoId"].flatMap((field) => this.named(values[field]) ?? []);
        const region = this.hiddenFields.has("Account.Region__c") ? null : (values["Region__c"] ?? null);
        const needles = [
          ...(text.match(/Sentence \d+ says that number \d+ was painted\./g) ?? []),
          ...said.map(String),
          ...stages.map((one) => `: ${String(one.values["StageName"])}, `),
          ...this.live("ContentDocumentLink")
            .filter((one) => one.values["ContentDocumentId"] === id)
            .filter((one) => !String(one.values["LinkedEntityId"]).startsWith("005"))
            .flatMap((one) => this.named(one.values["LinkedEntityId"]) ?? []),
          ...people.flatMap((one) => this.named(one.values["ContactId"]) ?? []),
          ...shown,
          ...(region === null ? [] : [`- Region: ${String(region)}`]),
          ...(values["StageName"] === undefined ? [] : [`- Stage: ${String(values["StageName"])}, open`]),
          ...(values["OwnerId"] === undefined ? [] : [`- Owner: ${this.named(values["OwnerId"])}`]),
        ];
        return [keyOf(record), { title: String(values[calledOf(object)]), needles }];
      }),
    );
  }

  sentence(): string {
    return `Sentence ${++this.serial} says that number ${this.random.below(1e9)} was painted.`;
  }

  private idOf(object: string): string {
    return newId(schema.get(object)?.prefix ?? "000", this.records.size * 61 + this.random.below(60) + 1);
  }

  private usual({ object }: FakeRecord, serial: number, at: string): Record<string, Value> {
    if (object === "User") return {};
    const people = { OwnerId: this.random.pick(this.users).id, CreatedById: this.users[0].id };
    const by = { CreatedById: this.users[0].id };
    if (object === "OpportunityHistory" || object === "ContentDocumentLink") return by;
    if (object === "OpportunityContactRole")
      return { ContactId: this.some("Contact"), Role: "Decision Maker", IsPrimary: false, ...by };
    if (object === "CaseComment") return { CommentBody: this.sentence(), IsPublished: false, ...by };
    if (object === "EmailMessage")
      return { TextBody: this.sentence(), FromName: "Mara Keller", Incoming: true, MessageDate: at, ...by };
    const told = { [calledOf(object)]: `${object} ${serial} & more`, [saysOf(object)]: this.sentence() };
    if (object === "Knowledge__kav") {
      const article = { KnowledgeArticleId: `kA0${this.idOf(object).slice(3)}`, Language: "en_US" };
      return { ...told, ...by, ...article, PublishStatus: "Online", VersionNumber: 1, LastPublishedDate: at };
    }
    return { ...told, ...people, ...this.particular(object, serial, at) };
  }

  private particular(object: string, serial: number, at: string): Record<string, Value> {
    const account = { AccountId: this.some("Account") };
    if (object === "Account") return { Region__c: this.random.pick(["North", "South", null]) };
    if (object === "Contact") return account;
    if (object === "Lead") return { Company: `Company ${serial}`, Status: "Open", IsConverted: false };
    if (object === "Opportunity")
      return {
        ...account,
        StageName: this.random.pick(["Offer", "Talks"]),
        Amount: serial * 100.5,
        IsClosed: false,
        IsWon: false,
        CloseDate: at.slice(0, 10),
      };
    if (object === "Case")
      return { ...account, CaseNumber: String(serial).padStart(8, "0"), Status: "New", IsClosed: false };
    if (object === "Task")
      return { WhatId: this.some("Opportunity"), Status: "Not Started", IsClosed: false, IsArchived: false };
    if (object === "Event") return { WhoId: this.some("Contact"), StartDateTime: at, IsArchived: false };
    if (object === "ContentNote")
      return { FileType: "SNOTE", LatestPublishedVersionId: newId("068", ++this.serial) };
    return object === "Note" ? { ParentId: this.some("Account") } : {};
  }

  private some(object: string): string | null {
    const there = this.live(object);
    return there.length > 0 && this.random.below(4) > 0 ? this.random.pick(there).id : null;
  }
}

/** As Salesforce writes times: by the second, with an offset. */
export function stamp(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}.000+0000`;
}
