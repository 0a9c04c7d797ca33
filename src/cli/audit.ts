import type { Command } from "commander";
import { auditOutcomes } from "@/core/models/access";
import { InputError } from "@/core/models/errors";
import type { AuditFilter } from "@/core/services/access/types";
import type { Cli } from "./context";
import { columns, oneLine, styled } from "./text";
import { withApp } from "./with-app";

const LINES = 50;

interface AuditOptions {
  json?: boolean;
  action?: string;
  outcome?: AuditFilter["outcome"];
  limit: number;
}

export function addAudit(program: Command, cli: Cli): void {
  program
    .command("audit")
    .description("show who did what to logins, tokens, credentials and data, newest first")
    .option("--action <name>", "only this, e.g. login or token.create")
    .option("--outcome <outcome>", auditOutcomes.join(", "), parseOutcome)
    .option("--limit <number>", "how many lines", parseLimit, LINES)
    .option("--json", "a line of JSON each")
    .addHelpText(
      "after",
      "\nExamples:\n  stoneturner audit\n  stoneturner audit --action login --outcome refused\n  stoneturner audit --json --limit 100000 > audit.jsonl",
    )
    .action(({ json, ...filter }: AuditOptions) =>
      withApp(cli, async ({ access }) => {
        const { events } = await access.audit.list(filter);
        if (json === true) for (const event of events) cli.print(JSON.stringify(event));
        else {
          if (events.length === 0) cli.note("Nothing is written down.");
          const rows = events.map(({ time, outcome, action, actor, target, address }) => [
            time.slice(0, 19).replace("T", " "),
            styled(cli.colour, outcome === "ok" ? "green" : "red", outcome),
            action,
            oneLine(actor),
            address ?? "",
            oneLine(target ?? ""),
          ]);
          for (const line of columns(rows)) cli.print(line);
        }
      }),
    );
}

function parseOutcome(text: string): (typeof auditOutcomes)[number] {
  const outcome = auditOutcomes.find((name) => name === text);
  if (outcome === undefined) {
    throw new InputError(`--outcome takes ${auditOutcomes.join(", ")}, not '${text}'.`);
  }
  return outcome;
}

function parseLimit(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new InputError(`--limit takes a whole number from 1 to 999999, not '${text}'.`);
}
