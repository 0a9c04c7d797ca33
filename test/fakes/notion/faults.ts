/** Trouble of a fake workspace, in Notion's manner. */
import type { FakeFaults, FakeRequest } from "../fake";
import type { FakeOAuth } from "./oauth";
import { conflict, internalError, overloaded, rateLimited, type Reply } from "./errors";

export type Trouble =
  | { kind: "reply"; reply: () => Reply }
  | { kind: "breakOff" }
  | { kind: "slow"; ms: number }
  | { kind: "shape" };

export class Faults implements FakeFaults {
  private waiting: { trouble: Trouble; times: number; on: RegExp }[] = [];
  private listener: ((request: Omit<FakeRequest, "status">) => void) | undefined;

  constructor(
    /** Takes the token's word: false when it is no longer accepted. */
    private readonly access: { accepted: boolean; generation: number; oauth: FakeOAuth },
  ) {}

  /** The next `times` requests whose "METHOD /path" matches meet this. */
  next(trouble: Trouble, times = 1, on = /./): void {
    this.waiting.push({ trouble, times, on });
  }

  rateLimit(times: number): void {
    this.next({ kind: "reply", reply: () => rateLimited(1) }, times);
  }

  /** A workspace-wide limit asks for minutes. */
  rateLimitFor(seconds: number): void {
    this.next({ kind: "reply", reply: () => rateLimited(seconds, "workspace_rate_limit") });
  }

  overload(times: number): void {
    this.next({ kind: "reply", reply: () => overloaded(1) }, times);
  }

  conflict(times: number): void {
    this.next({ kind: "reply", reply: conflict }, times);
  }

  serverError(times: number): void {
    this.next({ kind: "reply", reply: internalError }, times);
  }

  breakOff(times: number): void {
    this.next({ kind: "breakOff" }, times);
  }

  slow(times: number): void {
    this.next({ kind: "slow", ms: 300 }, times);
  }

  refuseCredential(): void {
    this.access.accepted = false;
  }

  expireToken(): void {
    this.access.oauth.expire();
  }

  expireCursors(): void {
    this.access.generation++;
  }

  breakShape(): void {
    this.next({ kind: "shape" }, Number.POSITIVE_INFINITY, /search|query|markdown/);
  }

  heal(): void {
    this.waiting = [];
    this.access.accepted = true;
  }

  onRequest(listener: (request: Omit<FakeRequest, "status">) => void): void {
    this.listener = listener;
  }

  /** What this request meets, if anything. */
  meet(request: Omit<FakeRequest, "status">): Trouble | undefined {
    this.listener?.(request);
    const found = this.waiting.find(({ on }) => on.test(`${request.method} ${request.path}`));
    if (found === undefined) return undefined;
    if (--found.times <= 0) this.waiting = this.waiting.filter((one) => one !== found);
    return found.trouble;
  }
}
