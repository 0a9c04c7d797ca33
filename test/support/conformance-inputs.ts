/** Fixtures of the conformance suite that ask the client for input before they answer. */
import {
  acceptedContent,
  CLIENT_CAPABILITIES_META_KEY,
  createRequestStateCodec,
  inputRequired,
  type InputRequests,
  inputResponse,
  type McpServer,
  type ServerContext,
} from "@modelcontextprotocol/server";
import { z } from "zod";
import type { McpExtension } from "@/core/services/mcp/server";

const state = createRequestStateCodec<{ round: number }>({ key: "a key that only ever signs test states" });
/** Refuses a state that came back changed. */
export const requestState: McpExtension["options"]["requestState"] = {
  verify: (sealed, context) => state.verify(sealed, context),
};

const envelopeSchema = z.object({
  [CLIENT_CAPABILITIES_META_KEY]: z.object({ sampling: z.unknown(), elicitation: z.unknown() }).partial(),
});

const done = (text: string) => ({ content: [{ type: "text" as const, text }] });
const missing = ({ mcpReq }: ServerContext, key: string) =>
  inputResponse(mcpReq.inputResponses, key).kind === "missing";
const ask = (message: string, field: string, type: z.ZodString | z.ZodBoolean = z.string()) =>
  inputRequired.elicit({ message, requestedSchema: z.object({ [field]: type }) });
const sample = (question: string) =>
  inputRequired.createMessage({
    messages: [{ role: "user", content: { type: "text", text: question } }],
    maxTokens: 100,
  });

export function registerInputFixtures(server: McpServer): void {
  registerAsking(server);
  registerStateful(server);
  registerByCapability(server);
  registerAskingPrompt(server);
}

/** Tools that ask once, without a state. */
function registerAsking(server: McpServer): void {
  const name = () => ask("What is your name?", "name");
  const asked: Record<string, InputRequests> = {
    test_input_required_result_sampling: { capital_question: sample("What is the capital of France?") },
    test_input_required_result_list_roots: { client_roots: inputRequired.listRoots() },
    test_streaming_elicitation: { user_name: name() },
    test_missing_capability: { question: sample("Who are you?") },
  };
  for (const [tool, inputRequests] of Object.entries(asked)) {
    server.registerTool(tool, { description: "Asks the client first." }, (context) =>
      Object.keys(inputRequests).some((key) => missing(context, key))
        ? inputRequired({ inputRequests })
        : done("Thank you."),
    );
  }
  server.registerTool(
    "test_input_required_result_elicitation",
    { description: "Asks for a name." },
    ({ mcpReq }) => {
      const answer = acceptedContent(mcpReq.inputResponses, "user_name", z.object({ name: z.string() }));
      return answer === undefined
        ? inputRequired({ inputRequests: { user_name: name() } })
        : done(`Hello, ${answer.name}!`);
    },
  );
}

/** Tools that ask with a state, which has to come back as it was. */
function registerStateful(server: McpServer): void {
  const confirm = { confirm: ask("Please confirm", "ok", z.boolean()) };
  const single: Record<string, InputRequests> = {
    test_input_required_result_request_state: confirm,
    test_input_required_result_tampered_state: confirm,
    test_input_required_result_multiple_inputs: {
      user_name: ask("What is your name?", "name"),
      greeting: sample("Generate a greeting"),
      client_roots: inputRequired.listRoots(),
    },
  };
  for (const [tool, inputRequests] of Object.entries(single)) {
    server.registerTool(tool, { description: "Asks the client first." }, async (context) =>
      context.mcpReq.requestState() === undefined ||
      Object.keys(inputRequests).some((key) => missing(context, key))
        ? inputRequired({ inputRequests, requestState: await state.mint({ round: 1 }) })
        : done("state-ok"),
    );
  }
  server.registerTool(
    "test_input_required_result_multi_round",
    { description: "Asks twice." },
    async (context) => {
      const round = context.mcpReq.requestState<{ round: number }>()?.round ?? 0;
      const next = async (inputRequests: InputRequests) =>
        inputRequired({ inputRequests, requestState: await state.mint({ round: round + 1 }) });
      if (round === 0) return next({ step1: ask("Step 1: What is your name?", "name") });
      if (round === 1) return next({ step2: ask("Step 2: What is your favorite color?", "color") });
      return done("Thank you.");
    },
  );
}

/** Asks only for what the client says it can give. */
function registerByCapability(server: McpServer): void {
  const tool = "test_input_required_result_capabilities";
  server.registerTool(tool, { description: "Asks for what the client can give." }, ({ mcpReq }) => {
    const able = envelopeSchema.parse(mcpReq.envelope)[CLIENT_CAPABILITIES_META_KEY];
    const inputRequests = {
      ...(able.sampling === undefined ? {} : { greeting: sample("Generate a greeting") }),
      ...(able.elicitation === undefined ? {} : { user_name: ask("What is your name?", "name") }),
    };
    return Object.keys(inputRequests).length === 0 ? done("Thank you.") : inputRequired({ inputRequests });
  });
}

function registerAskingPrompt(server: McpServer): void {
  const prompt = "test_input_required_result_prompt";
  server.registerPrompt(prompt, { description: "Asks for its context." }, (context) => {
    if (missing(context, "user_context")) {
      const user_context = ask("What context should the prompt use?", "context");
      return inputRequired({ inputRequests: { user_context } });
    }
    return { messages: [{ role: "user", content: { type: "text", text: "Use the context." } }] };
  });
}
