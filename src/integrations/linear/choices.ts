/** Teams of a Linear workspace, to choose from. */
import type { OptionChoices } from "@/core/models/models";
import { keyAuth, workspaceOf } from "./connect";

export const linearChoices: OptionChoices = {
  teams: async function* (context) {
    const auth = context.auth ?? keyAuth(context.credential.apiKey);
    const { teams } = await workspaceOf(auth, context.signal, context);
    yield* teams.nodes.map(({ key, name }) => ({ id: key, name, hint: key }));
  },
};
