import type { Command } from "commander";
import type { Cli } from "./context";
import { withApp } from "./with-app";

export function addMcp(program: Command, cli: Cli): void {
  program
    .command("mcp")
    .description("serve MCP over standard input and output, for an agent that starts its own servers")
    .addHelpText(
      "after",
      "\nExample (an agent's configuration):\n" +
        '  {"mcpServers": {"stoneturner": {"command": "stoneturner", "args": ["mcp"]}}}',
    )
    .action(() =>
      withApp(cli, async (app) => {
        const { serveMcpStdio } = await import("@/core/services/mcp/server");
        const stopped = new Promise<void>((resolve) => {
          cli.signal.addEventListener("abort", () => resolve(), { once: true });
        });
        await Promise.race([serveMcpStdio(app), stopped]);
      }),
    );
}
