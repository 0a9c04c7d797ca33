import { and, eq } from "drizzle-orm";
import { findRun } from "@/core/db/queries/runs";
import { failedTasks } from "@/core/db/queries/tasks";
import { syncItem } from "@/core/db/schema";
import type { Credential } from "@/core/models/credential";
import { CancelledError, ConflictError, NotFoundError } from "@/core/models/errors";
import type { Integration } from "@/core/models/integration";
import type { SyncRun, SyncTrigger } from "@/core/models/sync";
import type { StartedRun, StartSync, SyncRunner } from "@/core/services/app";
import { sleep } from "@/lib/retry";
import { ActiveRuns, type HeldRun } from "./active-runs";
import { requestCancel } from "./cancel-run";
import { CatchUp } from "./catch-up";
import { type Claim, claimRun } from "./claim";
import { credentialsFor } from "./credentials-for";
import { execute } from "./execute";
import { noteFullPass, whyFull } from "./full-pass";
import { leaseOwner } from "./lease";
import { purgeAccount } from "./purge-account";
import { requestPause } from "./pause";
import { abandonedRuns, dueRuns } from "./recover";
import { RecurringTrouble } from "./recurring-trouble";
import type { RunnerDeps } from "./runner-deps";
import { finalStates, resumableStates } from "./transitions";
import { PURGING } from "./stage";
import { ShutdownSignal } from "./shutdown-signal";
import { unknownRun } from "./unknown-run";
import { Watchers } from "./watchers";

/** How often the supervisor looks for parked runs that are due and for runs whose process died, in milliseconds. */
const SUPERVISE_MS = 5_000;
const WAIT_POLL_MS = 200;
/** How long a start waits for a sync of the account that was told to stop; it would be answered with that one's end. */
const LEAVING_MS = 10_000;
/** Why an incremental sync is none where removals are confirmed. */
const CONFIRMED = "What is gone was to be removed, and only a listing of everything shows it.";

/** The one place that starts, stops and picks up syncs in this process. */
export function createSyncRunner(deps: RunnerDeps): SyncRunner {
  return new Runner(deps);
}

class Runner implements SyncRunner {
  private readonly owner = leaseOwner();
  private readonly active = new ActiveRuns();
  private supervisor: Timer | undefined;
  private readonly watchers: Watchers;
  private readonly stopped = new AbortController();
  private readonly indexing: CatchUp;

  constructor(private readonly deps: RunnerDeps) {
    const { db, log, leavesNewer } = deps;
    this.indexing = new CatchUp({ db, log, leavesNewer, signal: this.stopped.signal });
    this.watchers = new Watchers(deps.log, deps.services, (integration, account) =>
      this.announce(integration, account),
    );
  }

  start = async (request: StartSync): Promise<StartedRun[]> => {
    const integration = this.deps.registry.find(request.integration);
    const credentials = await credentialsFor(this.deps.credentials, integration, request.account);
    const started: StartedRun[] = [];
    for (const credential of credentials) started.push(await this.startOne(integration, credential, request));
    return started;
  };

  wait = async (runId: string, signal?: AbortSignal): Promise<SyncRun> => {
    for (;;) {
      await this.active.over(runId);
      const run = await findRun(this.deps.db, runId);
      if (run === undefined) throw unknownRun(runId);
      if (finalStates.includes(run.state) || run.state === "parked") return run;
      if (run.state === "interrupted" && this.stopped.signal.aborted) return run;
      await sleep(WAIT_POLL_MS, signal);
    }
  };

  cancel = async (runId: string): Promise<boolean> => {
    const cancelled = await requestCancel(this.deps.db, runId);
    if (cancelled) this.active.abort(runId, new CancelledError("The sync was cancelled."));
    return cancelled;
  };

  pause = async (runId: string): Promise<boolean> => {
    const paused = await requestPause(this.deps.db, runId);
    if (paused) this.active.abort(runId, new CancelledError("The sync was paused."));
    return paused;
  };

  resume = async (runId: string): Promise<StartedRun> => {
    const run = await findRun(this.deps.db, runId);
    if (run === undefined) throw unknownRun(runId);
    if (!resumableStates.includes(run.state)) {
      throw new ConflictError(`This sync is ${run.state}, so there is nothing to resume.`, {
        action: "Start a new one.",
      });
    }
    const { integration, account, mode } = run;
    const [started] = await this.start({ integration, account, mode, trigger: "manual" });
    if (started === undefined)
      throw new ConflictError(`${integration} has no account '${account}' any more.`, {
        action: "Connect it again; its next sync goes on from there.",
      });
    return started;
  };

  purge = async (name: string, account?: string): Promise<void> => {
    const integration = this.deps.registry.find(name);
    this.watchers.stop(integration.config.integration, account);
    const { active, cancel, owner } = this;
    await purgeAccount({ ...this.deps, active, cancel, owner }, integration, account);
  };

  retryFailed: SyncRunner["retryFailed"] = async (filter) => {
    const { db, registry } = this.deps;
    const integration = filter.integration === undefined ? undefined : registry.find(filter.integration);
    const tasks = await failedTasks(db, { ...filter, integration: integration?.config.integration });
    const accounts = new Map(tasks.map((task) => [`${task.integration}\n${task.account}`, task]));
    const started: StartedRun[] = [];
    for (const { integration: name, account } of accounts.values()) {
      await db
        .update(syncItem)
        .set({ nextAttemptAt: null })
        .where(
          and(eq(syncItem.integration, name), eq(syncItem.account, account), eq(syncItem.state, "failed")),
        );
      started.push(
        ...(await this.start({ integration: name, account, mode: "incremental", trigger: "manual" })),
      );
    }
    return started;
  };

  announce = (integration: string, account: string): void => {
    const request = { integration, account, mode: "incremental", trigger: "watch" } as const;
    const again = async () => {
      const [started] = await this.start(request);
      if (started?.alreadyRunning !== true) return;
      // That sync may have passed the place of the change: another one follows it.
      await this.wait(started.runId, this.stopped.signal);
      await this.start(request);
    };
    again().catch((error: unknown) => {
      if (this.stopped.signal.aborted) return;
      // Another process has disconnected the account, and could not say so here.
      if (error instanceof NotFoundError || error instanceof ConflictError)
        this.unwatch(integration, account);
      this.deps.log.warn("A change was seen but not synced.", { integration, error });
    });
  };

  unwatch = (integration: string, account?: string): void => this.watchers.stop(integration, account);

  recover = async (): Promise<void> => {
    await this.pickUp();
    // Not awaited: it takes as long as there is to do.
    void this.indexing.withAll();
    await this.watchAll();
    const trouble = new RecurringTrouble();
    const told = "Syncs that are due or were left cannot be taken up just now; that is tried again.";
    const look = () =>
      this.pickUp().then(
        () => trouble.over(),
        (error: unknown) => trouble.came(error, (fields) => this.deps.log.error(told, fields)),
      );
    this.supervisor ??= setInterval(() => {
      void look();
      this.indexing.again();
    }, SUPERVISE_MS);
    this.supervisor.unref();
  };

  shutdown = async (): Promise<void> => {
    this.stopped.abort(new ShutdownSignal("The program is stopping."));
    clearInterval(this.supervisor);
    this.watchers.stop();
    await Promise.all([
      this.indexing.settled(),
      this.active.abortAll(new ShutdownSignal("The program is stopping.")),
    ]);
  };

  catchUp = (): Promise<void> => this.indexing.withWaiting();

  renewIndex = (): Promise<void> => this.indexing.withAll();

  /** Starts again what is parked and due, and what dead processes left running. */
  private async pickUp(): Promise<void> {
    const { db, registry, log } = this.deps;
    const isOurs = (runId: string) => this.active.has(runId);
    const left = [...(await abandonedRuns(db, this.owner, isOurs)), ...(await dueRuns(db))];
    for (const run of left) {
      const known = registry.integrations.some((entry) => entry.config.integration === run.integration);
      if (!known || this.stopped.signal.aborted) continue;
      log.info("Picking up what was left.", {
        runId: run.id,
        integration: run.integration,
        stage: run.stage,
      });
      const pickedUp =
        run.stage === PURGING
          ? this.purge(run.integration, run.account)
          : this.start({ ...run, trigger: "start" });
      await pickedUp.catch((error: unknown) =>
        log.warn("A sync could not be picked up.", { runId: run.id, error }),
      );
    }
  }

  private async watchAll(): Promise<void> {
    for (const integration of this.deps.registry.integrations.filter((entry) => entry.watch !== undefined)) {
      const name = integration.config.integration;
      for (const { account } of await this.deps.credentials.list(name)) {
        const credential = await this.deps.credentials.read(name, account);
        if (credential !== undefined) this.watchers.ensure(integration, credential);
      }
    }
  }

  private async startOne(
    integration: Integration,
    credential: Credential,
    request: StartSync & { trigger: SyncTrigger },
  ): Promise<StartedRun> {
    let { claim, held } = await this.claim(integration, credential.account, request);
    for (const began = Date.now(); claim.leaving && Date.now() - began < LEAVING_MS;) {
      await sleep(WAIT_POLL_MS);
      ({ claim, held } = await this.claim(integration, credential.account, request));
    }
    if (held !== undefined) this.launch(integration, credential, claim, held);
    // A command that syncs once has no supervisor, and watches nothing.
    if (this.supervisor !== undefined) this.watchers.ensure(integration, credential);
    return { runId: claim.runId, account: credential.account, alreadyRunning: !claim.ours };
  }

  /** Takes the account, all or nothing: how much is to be read follows from what the claim finds. */
  private async claim(
    integration: Integration,
    account: string,
    request: StartSync & { trigger: SyncTrigger },
  ): Promise<{ claim: Claim; held: HeldRun | undefined }> {
    if (this.stopped.signal.aborted)
      throw new ConflictError("The program is stopping; no sync is started any more.");
    const source = { integration: integration.config.integration, account };
    const { mode, trigger, confirmDeletions = false } = request;
    return this.active.claiming(this.deps.db, async (tx, take) => {
      const confirmed = confirmDeletions ? CONFIRMED : undefined;
      const because = confirmed ?? request.fullBecause ?? (await whyFull(tx, integration, account));
      const whole = mode === "full" ? undefined : because;
      const asked = { ...source, mode: whole === undefined ? mode : "full", trigger, confirmDeletions };
      const claim = await claimRun(tx, asked, this.owner);
      if (!claim.ours) return { claim, held: undefined };
      if (whole !== undefined) await noteFullPass(tx, claim.runId, source, whole);
      return { claim, held: take(claim.runId) };
    });
  }

  private launch(integration: Integration, credential: Credential, claim: Claim, held: HeldRun): void {
    const { controller, earlier, letGo } = held;
    const work = async () => {
      await earlier;
      await execute({ ...this.deps, integration, claim, credential, owner: this.owner, controller });
    };
    work()
      .catch((error: unknown) => this.deps.log.error("A sync ended outside its rows.", { error }))
      .finally(letGo);
  }
}
