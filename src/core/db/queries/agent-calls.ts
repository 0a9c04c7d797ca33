import { and, desc, eq, lte } from "drizzle-orm";
import { agentCall } from "@/core/db/schema";
import type { Db } from "@/core/models/database";
import type { McpCall } from "@/core/models/system";

/** Adds calls in their order, and drops the oldest of each way beyond `most`. */
export async function appendAgentCalls(db: Db, calls: readonly McpCall[], most: number): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.insert(agentCall).values([...calls]);
    for (const way of new Set(calls.map((call) => call.way))) {
      const [newestToDrop] = await tx
        .select({ id: agentCall.id })
        .from(agentCall)
        .where(eq(agentCall.way, way))
        .orderBy(desc(agentCall.id))
        .offset(most)
        .limit(1);
      if (newestToDrop === undefined) continue;
      await tx.delete(agentCall).where(and(eq(agentCall.way, way), lte(agentCall.id, newestToDrop.id)));
    }
  });
}

/** Every call that is kept, newest first. */
export async function readAgentCalls(db: Db): Promise<McpCall[]> {
  const { way, tool, outcome, at, client } = agentCall;
  return await db
    .select({ way, tool, outcome, at, client })
    .from(agentCall)
    .orderBy(desc(agentCall.at), desc(agentCall.id));
}
