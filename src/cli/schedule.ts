import type { Command } from "commander";
import { InputError } from "@/core/models/errors";
import { MAX_JITTER_SECONDS, type Schedule, scheduleInputSchema } from "@/core/models/schedule";
import { type SyncMode, syncModes } from "@/core/models/sync";
import type { App } from "@/core/services/app";
import type { ScheduleTarget } from "@/core/services/schedule/schedules";
import type { Cli } from "./context";
import { columns, count, oneLine } from "./text";
import { withApp } from "./with-app";

interface TargetOptions {
  account?: string;
  mode?: SyncMode;
}

interface SetOptions extends TargetOptions {
  timeZone?: string;
  jitter?: number;
}

const after = `
Examples:
  stoneturner schedule set files "every 15 minutes"
  stoneturner schedule set gong "weekdays at 06:30" --time-zone Europe/Berlin --jitter 300
  stoneturner schedule set files weekly --mode full
  stoneturner schedule pause files

A time is 'every 15 minutes', 'hourly', 'daily at 03:00', 'nightly', 'weekdays at 07:30', 'weekly on monday at 06:00',
or the five fields of a cron expression. Schedules run while the server does.`;

export function addSchedule(program: Command, cli: Cli): void {
  const schedule = program
    .command("schedule")
    .description("when accounts sync by themselves")
    .addHelpText("after", after);
  addList(schedule, cli);
  addSet(schedule, cli);
  targeted(schedule, "remove", "remove a schedule").action((integration: string, options: TargetOptions) =>
    withApp(cli, async (app) => {
      const removed = await app.schedules.remove({ integration, ...options });
      await audit(app, "schedule.remove", { integration, ...options });
      cli.print(`Removed ${count(removed, "schedule")} of ${integration}.`);
    }),
  );
  targeted(schedule, "pause", "keep a schedule but start nothing")
    .option("--reason <text>", "what others are told")
    .action((integration: string, { reason, ...options }: TargetOptions & { reason?: string }) =>
      withApp(cli, async (app) => {
        const paused = await app.schedules.pause({ integration, ...options }, reason);
        await audit(app, "schedule.set", { integration, ...options });
        print(cli, paused);
      }),
    );
  targeted(schedule, "resume", "go on with a paused schedule").action(
    (integration: string, options: TargetOptions) =>
      withApp(cli, async (app) => {
        const resumed = await app.schedules.resume({ integration, ...options });
        await audit(app, "schedule.set", { integration, ...options });
        print(cli, resumed);
      }),
  );
}

function addList(schedule: Command, cli: Cli): void {
  schedule
    .command("list", { isDefault: true })
    .description("show all schedules and their next runs")
    .option("--json", "print them as JSON")
    .action((options: { json?: boolean }) =>
      withApp(cli, async ({ schedules, config }) => {
        const all = await schedules.list();
        if (options.json === true) return cli.print(JSON.stringify(all, null, 2));
        if (all.length === 0)
          cli.print('There are no schedules. Make one: stoneturner schedule set files "every 15 minutes"');
        print(cli, all);
        if (all.length > 0 && !config.schedulesEnabled) cli.note("CRON_ENABLED is false: none of them runs.");
      }),
    );
}

function addSet(schedule: Command, cli: Cli): void {
  schedule
    .command("set")
    .description("make a schedule, or change the one of the same account and mode")
    .argument("<integration>", "whose accounts sync")
    .argument("<time>", "'every 15 minutes', 'daily at 03:00', '30 6 * * 1-5', …")
    .option("--account <account>", "only this account; default: all that have no schedule of their own")
    .option("--mode <mode>", "incremental or full", parseMode, "incremental")
    .option("--time-zone <name>", "IANA name of the time zone; default: this machine's")
    .option("--jitter <seconds>", "start up to this much later", parseJitter, 0)
    .action((integration: string, cron: string, options: SetOptions) =>
      withApp(cli, async (app) => {
        const { schedules } = app;
        const { account, mode, timeZone, jitter: jitterSeconds } = options;
        const input = scheduleInputSchema.parse({ cron, timeZone, mode, jitterSeconds });
        const target: ScheduleTarget = { integration, account };
        const made = await schedules.set(target, input);
        await audit(app, "schedule.set", target);
        print(cli, [made]);
        const { next } = schedules.preview({ cron, timeZone });
        cli.print(`Next: ${next.map((time) => time.slice(0, 16).replace("T", " ")).join(", ")} (UTC)`);
      }),
    );
}

/** The page's changes are written down by the server; these are by the same names. */
async function audit(
  app: App,
  action: "schedule.set" | "schedule.remove",
  { integration, account }: ScheduleTarget,
): Promise<void> {
  const name = app.registry.find(integration).config.integration;
  const target = account === undefined ? name : `${name}: ${account}`;
  await app.access.audit.record({ actor: "command line", action, target, outcome: "ok" });
}

function targeted(schedule: Command, name: string, description: string): Command {
  return schedule
    .command(name)
    .description(description)
    .argument("<integration>", "whose schedule")
    .option("--account <account>", "the schedule of this account; default: the one of all accounts")
    .option("--mode <mode>", "only of incremental or full syncs", parseMode);
}

function parseMode(text: string): SyncMode {
  const mode = syncModes.find((known) => known === text);
  if (mode === undefined) throw new InputError(`--mode takes ${syncModes.join(" or ")}, not '${text}'.`);
  return mode;
}

function parseJitter(text: string): number {
  if (/^\d{1,4}$/.test(text) && Number(text) <= MAX_JITTER_SECONDS) return Number(text);
  throw new InputError(`--jitter takes seconds, 0 to ${MAX_JITTER_SECONDS}, not '${text}'.`);
}

function print(cli: Cli, schedules: readonly Schedule[]): void {
  for (const line of columns(schedules.map(rowOf))) cli.print(line);
}

function rowOf(schedule: Schedule): string[] {
  const next = schedule.nextRunAt?.slice(0, 16).replace("T", " ");
  return [
    schedule.integration,
    oneLine(schedule.account ?? "all accounts"),
    schedule.mode,
    schedule.summary,
    next === undefined ? "paused" : `next ${next} UTC`,
    schedule.mode === "full" || schedule.nextFullRunAt === null
      ? ""
      : `full ${schedule.nextFullRunAt.slice(0, 16).replace("T", " ")} UTC`,
    oneLine(schedule.pausedReason ?? ""),
  ];
}
