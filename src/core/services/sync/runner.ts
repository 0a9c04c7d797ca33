import { eq, and, inArray } from "drizzle-orm";
import { findRun } from "@/core/db/queries/runs";
import { forgetSeen } from "@/core/db/queries/sync-state";
import { failedTasks } from "@/core/db/queries/tasks";
import { syncItem, syncRun } from "@/core/db/schema";
import type { Credential } from "@/core/models/credential";
import { CancelledError, ConflictError, NotFoundError } from "@/core/models/errors";
import type { Integration } from "@/core/models/integration";
import type { SyncRun, SyncTrigger } from "@/core/models/sync";
import type { StartedRun, StartSync, SyncRunner } from "@/core/services/app";
import { ensureIndex } from "@/core/services/index/index-schema";
import { sleep } from "@/lib/retry";
import { type Claim, claimRun } from "./claim";
import { credentialsFor } from "./credentials-for";
import { execute } from "./execute";
import { noteFullPass, whyFull } from "./full-pass";
import { leaseOwner } from "./lease";
import { purgeAccount, PURGING } from "./purge-account";
import { requestPause } from "./pause";
import { abandonedRuns, dueRuns, waitingIntegrations } from "./recover";
import { distilWaiting } from "./distil";
import type { RunnerDeps } from "./runner-deps";
import { finalStates, resumableStates, transition } from "./transitions";
import { ShutdownSignal } from "./shutdown-signal";
import { Watchers } from "./watchers";

/** How often the supervisor looks for parked runs that are due and for runs whose process died, in milliseconds. */
const SUPERVISE_MS = 5_000;
const WAIT_POLL_MS = 200;

/** The one place that starts, stops and picks up syncs in this process. */
export function createSyncRunner(deps: RunnerDeps): SyncRunner {
  return new Runner(deps);
}

interface Active {
  controller: AbortController;
  done: Promise<void>;
}

class Runner implements SyncRunner {
  private readonly owner = leaseOwner();
  private readonly active = new Map<string, Active>();
  private supervisor: Timer | undefined;
  private catchingUp: Promise<void> | undefined;
  private readonly watchers: Watchers;
  private readonly stopped = new AbortController();

  constructor(private readonly deps: RunnerDeps) {
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
      await this.active.get(runId)?.done;
      const run = await findRun(this.deps.db, runId);
      if (run === undefined) throw new NotFoundError(`There is no sync run '${runId}'.`);
      if (finalStates.includes(run.state) || run.state === "parked") return run;
      if (run.state === "interrupted" && this.stopped.signal.aborted) return run;
      await sleep(WAIT_POLL_MS, signal);
    }
  };

  cancel = async (runId: string): Promise<boolean> => {
    const { db } = this.deps;
    const now = new Date().toISOString();
    const asked = await db
      .update(syncRun)
      .set({ cancelRequestedAt: now, stage: "cancelling" })
      .where(and(eq(syncRun.id, runId), inArray(syncRun.state, ["queued", "running"])))
      .returning({ id: syncRun.id });
    this.active.get(runId)?.controller.abort(new CancelledError("The sync was cancelled."));
    if (asked.length > 0) return true;
    const cancelled = await transition(db, runId, "cancelled", { finishedAt: now, error: null, stage: null });
    if (cancelled) await forgetSeen(db, runId);
    return cancelled;
  };

  pause = async (runId: string): Promise<boolean> => {
    const paused = await requestPause(this.deps.db, runId);
    this.active.get(runId)?.controller.abort(new CancelledError("The sync was paused."));
    return paused;
  };

  resume = async (runId: string): Promise<StartedRun> => {
    const run = await findRun(this.deps.db, runId);
    if (run === undefined) throw new NotFoundError(`There is no sync run '${runId.slice(0, 100)}'.`);
    if (!resumableStates.includes(run.state)) {
      throw new ConflictError(`This sync is ${run.state}, so there is nothing to resume.`, {
        action: "Start a new one.",
      });
    }
    const { integration, account, mode } = run;
    const [started] = await this.start({ integration, account, mode, trigger: "manual" });
    if (started === undefined)
      throw new ConflictError(`${integration} has no account '${account}' any more.`);
    return started;
  };

  purge = async (name: string, account?: string): Promise<void> => {
    const integration = this.deps.registry.find(name);
    this.watchers.stop(integration.config.integration, account);
    await purgeAccount({ ...this.deps, cancel: this.cancel }, integration, account, this.owner);
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
      if (!this.stopped.signal.aborted)
        this.deps.log.warn("A change was seen but not synced.", { integration, error });
    });
  };

  recover = async (): Promise<void> => {
    await this.pickUp();
    this.catchingUp ??= this.catchUp();
    await this.watchAll();
    this.supervisor ??= setInterval(() => {
      this.pickUp().catch((error: unknown) => this.deps.log.error("The supervisor failed.", { error }));
    }, SUPERVISE_MS);
    this.supervisor.unref();
  };

  shutdown = async (): Promise<void> => {
    this.stopped.abort(new ShutdownSignal("The program is stopping."));
    clearInterval(this.supervisor);
    this.watchers.stop();
    for (const { controller } of this.active.values()) {
      controller.abort(new ShutdownSignal("The program is stopping."));
    }
    await Promise.all([this.catchingUp, ...[...this.active.values()].map(({ done }) => done)]);
  };

  /** Gives insights and index to what an earlier process left waiting, behind everything else. */
  private async catchUp(): Promise<void> {
    const { db, log } = this.deps;
    try {
      await ensureIndex(db);
      for (const name of await waitingIntegrations(db))
        await distilWaiting(db, name, log, this.stopped.signal);
    } catch (error) {
      if (!this.stopped.signal.aborted) log.error("Catching up with what was waiting failed.", { error });
    }
  }

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
    if (this.stopped.signal.aborted)
      throw new ConflictError("The program is stopping; no sync is started any more.");
    const source = { integration: integration.config.integration, account: credential.account };
    const whole =
      request.mode === "full"
        ? undefined
        : (request.fullBecause ?? (await whyFull(this.deps.db, integration, source.account)));
    const claim = await claimRun(
      this.deps.db,
      {
        ...source,
        mode: whole === undefined ? request.mode : "full",
        trigger: request.trigger,
        confirmDeletions: request.confirmDeletions ?? false,
      },
      this.owner,
    );
    if (claim.ours && whole !== undefined) await noteFullPass(this.deps.db, claim.runId, source, whole);
    if (claim.ours) this.launch(integration, credential, claim);
    // A command that syncs once has no supervisor, and watches nothing.
    if (this.supervisor !== undefined) this.watchers.ensure(integration, credential);
    return { runId: claim.runId, account: credential.account, alreadyRunning: !claim.ours };
  }

  private launch(integration: Integration, credential: Credential, claim: Claim): void {
    const controller = new AbortController();
    const done = execute({ ...this.deps, integration, claim, credential, owner: this.owner, controller })
      .catch((error: unknown) => this.deps.log.error("A sync ended outside its rows.", { error }))
      .finally(() => this.active.delete(claim.runId));
    this.active.set(claim.runId, { controller, done });
  }
}
