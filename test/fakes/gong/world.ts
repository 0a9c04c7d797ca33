/** What the made-up company's Gong holds, and everything that can happen to it. */
import type { Clock } from "@/core/services/http/clock";
import { createRandom, type Random } from "@test/random";
import type { ExpectedArtifact, FakeWorld } from "../fake";
import {
  type FakeCall,
  type FakeUser,
  makeCall,
  makeContent,
  makeTranscript,
  makeUser,
  sentence,
} from "./calls";

const HOUR_MS = 3_600_000;
/** All calls of the start lie within so many days, so that incremental syncs can see their changes. */
const DAYS = 12;

export interface GongWorldOptions {
  seed: number;
  items: number;
  clock: Clock;
  users?: number;
  /** Days over which the calls of the start are spread. */
  days?: number;
  /** Only calls that began so many days ago at most change, are hidden or go; all do when it is left out. */
  changesWithinDays?: number;
}

export class GongWorld implements FakeWorld {
  readonly incrementalSees = { edits: true, deletions: true };
  readonly happenings = [];
  readonly calls = new Map<string, FakeCall>();
  readonly users: FakeUser[];
  readonly workspaces = [
    { id: "623457276584334001", name: "Sales EMEA", description: "Calls of the field" },
    { id: "623457276584334002", name: "Customer Success", description: "" },
  ];
  readonly random: Random;
  private serial = 0;

  constructor(private readonly options: GongWorldOptions) {
    this.random = createRandom(options.seed);
    this.users = Array.from({ length: options.users ?? 5 }, (_, index) => makeUser(this.random, index));
    for (let index = 0; index < options.items; index++) {
      const age = (index / Math.max(1, options.items)) * (options.days ?? DAYS) * 24 * HOUR_MS;
      this.addCall(options.clock.now() - HOUR_MS - age);
    }
  }

  addCall(started: number, change: Partial<FakeCall> = {}): FakeCall {
    const serial = ++this.serial;
    // Twenty digits, as the longest of Gong's.
    const id = `${7_782_342_274_025_937_895n + BigInt(serial)}`.padStart(20, "1");
    const { id: workspaceId } = this.random.pick(this.workspaces);
    const call = {
      ...makeCall(this.random, { id, serial, started, workspaceId, users: this.users }),
      ...change,
    };
    this.calls.set(id, call);
    return call;
  }

  create(): string {
    // Some come without a transcript at first, as calls do while Gong works on them.
    return keyOf(this.addCall(this.options.clock.now() - this.random.below(HOUR_MS)).id);
  }

  /** A call whose transcript and notes come only later: `finish` brings them. */
  createUnprocessed(): string {
    const call = this.addCall(this.options.clock.now() - HOUR_MS, { content: undefined });
    call.transcriptAt = Number.POSITIVE_INFINITY;
    return keyOf(call.id);
  }

  finish(key: string): void {
    const call = this.calls.get(key.replace("gong:call:", ""));
    if (call === undefined) return;
    call.transcriptAt = 0;
    call.content = makeContent(this.random, ++this.serial);
  }

  edit(): string {
    const call = this.random.pick(this.changeable());
    const serial = ++this.serial;
    const kind = this.random.below(3);
    if (kind === 0) call.title = `Renamed call ${serial}`;
    else if (kind === 1) call.content = makeContent(this.random, serial);
    else
      call.parties.push({
        id: `p${serial}`,
        name: `Guest ${serial}`,
        affiliation: "External",
        methods: ["Attendee"],
      });
    return keyOf(call.id);
  }

  delete(): string {
    const call = this.random.pick(this.changeable());
    this.calls.delete(call.id);
    return keyOf(call.id);
  }

  hide(): string {
    const call = this.random.pick(this.changeable());
    call.isPrivate = true;
    return keyOf(call.id);
  }

  createHuge(): string {
    const call = this.addCall(this.options.clock.now() - HOUR_MS);
    const first = call.transcript[0];
    if (first !== undefined)
      first.sentences.push(...Array.from({ length: 12_000 }, (_, at) => this.longSentence(at)));
    return keyOf(call.id);
  }

  createEmpty(): string {
    const bare = { content: undefined, transcript: [], parties: [], context: [], title: "" };
    return keyOf(this.addCall(this.options.clock.now() - HOUR_MS, bare).id);
  }

  createUnknown(): void {
    const call = this.addCall(this.options.clock.now() - HOUR_MS);
    call.extra = { direction: "Sideways", scope: "Galactic", mood: { joyful: true }, media: "Hologram" };
    call.content = {
      ...call.content,
      limericks: [{ line: 1 }],
      topics: "none",
      keyPoints: [{ odd: 1 }, { text: "Kept." }],
    };
  }

  /** Calls that the key sees and the account wants. */
  visible(): FakeCall[] {
    return [...this.calls.values()].filter((call) => !call.isPrivate);
  }

  hasTranscript(call: FakeCall): boolean {
    return call.transcriptAt <= this.options.clock.now();
  }

  snapshot(): ReadonlyMap<string, ExpectedArtifact> {
    return new Map(this.visible().map((call) => [keyOf(call.id), expected(call, this.hasTranscript(call))]));
  }

  private changeable(): FakeCall[] {
    const { changesWithinDays: days = Number.POSITIVE_INFINITY, clock } = this.options;
    return this.visible().filter(({ started }) => clock.now() - started < days * 24 * HOUR_MS);
  }

  private longSentence(at: number): { start: number; end: number; text: string } {
    return { start: 100_000 + at, end: 100_001 + at, text: sentence(this.random, at) };
  }
}

export function keyOf(callId: string): string {
  return `gong:call:${callId}`;
}

function expected(call: FakeCall, hasTranscript: boolean): ExpectedArtifact {
  const brief = call.content?.["brief"];
  const said = hasTranscript ? call.transcript.flatMap(({ sentences }) => sentences.slice(0, 2)) : [];
  return {
    title: call.title === "" ? `Call ${call.id}` : call.title,
    needles: [
      ...(typeof brief === "string" ? [brief] : []),
      ...call.parties.flatMap(({ name }) => name ?? []),
      ...said.map(({ text }) => text),
    ],
  };
}

export { makeTranscript };
