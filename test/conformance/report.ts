import type { Result } from "./kit";

/** Results as a markdown table, with what to do for each fault below it. */
export function reportOf(integration: string, results: readonly Result[]): string {
  const rows = results.map(({ check, faults }) => {
    const said =
      faults === undefined ? "not offered by the provider" : faults.length === 0 ? "passed" : "**failed**";
    return `| ${check} | ${said} |`;
  });
  const failed = results.filter(({ faults }) => (faults?.length ?? 0) > 0);
  const details = failed.map(({ check, hint, faults }) =>
    [`### ${check}`, ...(faults ?? []).slice(0, 10).map((fault) => `- ${fault}`), `\n${hint}`].join("\n"),
  );
  const head = [`## ${integration}`, "", "| check | result |", "| --- | --- |", ...rows].join("\n");
  return [head, ...details].join("\n\n");
}

/** True when nothing failed. */
export function allPassed(results: readonly Result[]): boolean {
  return results.every(({ faults }) => (faults?.length ?? 0) === 0);
}
