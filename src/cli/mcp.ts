import { join } from "node:path";
import type { Command } from "commander";
import type { Cli } from "./context";
import { renewHere } from "./index-here";
import { withApp } from "./with-app";

/** What an agent starts, wherever it runs: nothing of ours need be on its path. */
const args = [join(import.meta.dir, "../../bin/stoneturner.mjs"), "mcp"];

export function addMcp(program: Command, cli: Cli): void {
  program
    .command("mcp")
    .description("serve MCP over standard input and output, for an agent that starts its own servers")
    .addHelpText(
      "after",
      `\nExample (an agent's configuration):\n  ${JSON.stringify({ mcpServers: { stoneturner: { command: "node", args } } })}`,
    )
    .action(() =>
      withApp(cli, async (app) => {
        const { serveMcpStdio } = await import("@/core/services/mcp/server");
        // Not awaited: an agent is answered meanwhile, and told that not all is indexed yet.
        renewHere(app, (line) => app.log.warn(line), cli.signal).catch((error: unknown) =>
          app.log.error("What waits for the index was not looked at.", { error }),
        );
        const stopped = new Promise<void>((resolve) => {
          cli.signal.addEventListener("abort", () => resolve(), { once: true });
        });
        await Promise.race([serveMcpStdio(app), stopped]);
      }),
    );
}
