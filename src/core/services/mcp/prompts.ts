/** Ready-made requests that clients offer to people, e.g. as slash commands. */
import { completable, type McpServer } from "@modelcontextprotocol/server";
import { z } from "zod";
import type { App } from "@/core/services/app";

/** Makes what registers the prompts. A server is made for every request, and what its prompts take is the same for all. */
export function createPrompts(app: App): (server: McpServer) => void {
  const integration = completable(
    z.string().max(200, "takes at most 200 characters").describe("Only this source; empty for all"),
    (value) => sourcesThatBegin(app, value),
  ).optional();
  const topic = z
    .string("is missing; it takes text")
    .min(1, "takes at least one character")
    .max(2_000, "takes at most 2000 characters")
    .describe("What to research");
  const days = completable(
    z
      .string()
      .regex(/^\d{1,3}$/, "takes a number of days such as 7")
      .describe("How many days back; 7 when empty"),
    () => ["1", "7", "30"],
  ).optional();
  const researched = z.object({ topic, integration });
  const changed = z.object({ days, integration });
  return (server) => {
    server.registerPrompt(
      "research_topic",
      {
        title: "Research a topic",
        description: "Finds and sums up what the company's sources say about a topic, with citations.",
        argsSchema: researched,
      },
      (asked) =>
        request(
          `Research this topic in the company's sources: ${asked.topic}\n${scope(asked.integration)}` +
            "Search with semantic_search in several wordings, read the best artifacts with get_md_artifact_by_id, and answer with the facts, who said them and when. Cite title and URL for each. Say what the sources disagree on and what they leave open.",
        ),
    );
    server.registerPrompt(
      "what_changed",
      {
        title: "What changed lately",
        description: "Sums up what is new in the company's sources.",
        argsSchema: changed,
      },
      (asked) =>
        request(
          `What changed in the company's sources in the last ${asked.days ?? "7"} days?\n${scope(asked.integration)}` +
            "See get_integration_sources for how fresh each one is, and sync_source where that is too old. List what is new with run_sql_query over mdArtifacts by artifactDate, read what matters, and sum it up by theme with title, date and URL.",
        ),
    );
  };
}

function scope(integration: string | undefined): string {
  return integration === undefined || integration === "" ? "" : `Only use the source ${integration}.\n`;
}

function request(text: string) {
  return { messages: [{ role: "user" as const, content: { type: "text" as const, text } }] };
}

function sourcesThatBegin(app: App, value: string): string[] {
  const names = app.registry.integrations.map(({ config }) => config.integration);
  return names.filter((name) => name.toLowerCase().startsWith(value.toLowerCase()));
}
