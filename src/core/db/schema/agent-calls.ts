import type { McpCall } from "@/core/models/system";
import { index, serial, table, text } from "@/core/db/table";

/** Tool calls of agents, over HTTP and over standard input, without what was asked or answered. The oldest go. */
export const agentCall = table(
  "agentCall",
  {
    id: serial().primaryKey(),
    at: text().notNull(),
    way: text().$type<McpCall["way"]>().notNull(),
    tool: text().notNull(),
    outcome: text().$type<McpCall["outcome"]>().notNull(),
    /** What the client calls itself, if it does. */
    client: text(),
  },
  (t) => [index("agentCall_way").on(t.way)],
);
