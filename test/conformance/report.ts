import type { Result } from "./kit";
import type { Size } from "./stage";

/** Results as a markdown table, with what to do for each fault below it. */
export function reportOf(integration: string, results: readonly Result[]): string {
  const rows = results.map(({ check, faults }) => `| ${check} | ${wordOf(faults)} |`);
  const head = [`## ${integration}`, "", "| check | result |", "| --- | --- |", ...rows].join("\n");
  return [head, ...faultsOf(results)].join("\n\n");
}

/** Several integrations as one page: a table of checks by integrations, then what failed. */
export function documentOf(
  all: ReadonlyMap<string, readonly Result[]>,
  { seed, items, kills }: Size,
): string {
  const names = [...all.keys()];
  const checks = [...all.values()][0]?.map(({ check }) => check) ?? [];
  const cell = (name: string, check: string) =>
    wordOf(all.get(name)?.find((result) => result.check === check)?.faults).replace(/^not .*/, "–");
  const rows = checks.map((check) => `| ${[check, ...names.map((name) => cell(name, check))].join(" | ")} |`);
  const failed = names.flatMap((name) => {
    const faults = faultsOf(all.get(name) ?? []);
    return faults.length === 0 ? [] : [`## ${name}`, ...faults];
  });
  return [
    "# Conformance",
    `Made by \`bun run check-integration --all --write FILE\`: each integration against the stand-in of its provider, which ` +
      `holds ${items} items (seed ${seed}); a sync is killed at up to ${kills} places. A dash stands for what a provider does ` +
      "not offer, such as cursors that expire. `test/conformance` says what each check looks for.",
    [`| check | ${names.join(" | ")} |`, `| --- |${" --- |".repeat(names.length)}`, ...rows].join("\n"),
    ...failed,
  ]
    .join("\n\n")
    .concat("\n");
}

/** True when nothing failed. */
export function allPassed(results: readonly Result[]): boolean {
  return results.every(({ faults }) => (faults?.length ?? 0) === 0);
}

function wordOf(faults: Result["faults"]): string {
  if (faults === undefined) return "not offered by the provider";
  return faults.length === 0 ? "passed" : "**failed**";
}

function faultsOf(results: readonly Result[]): string[] {
  const failed = results.filter(({ faults }) => (faults?.length ?? 0) > 0);
  return failed.map(({ check, hint, faults }) =>
    [`### ${check}`, ...(faults ?? []).slice(0, 10).map((fault) => `- ${fault}`), `\n${hint}`].join("\n"),
  );
}
