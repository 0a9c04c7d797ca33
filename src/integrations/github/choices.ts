/** Owners and repositories that a token sees, those written to last first. */
import { z } from "zod";
import type { OptionChoices } from "@/core/models/models";
import { openReading } from "./reading";
import { githubOptionsSchema } from "./models/options";
import { repositorySchema } from "./models/rest";

const listings = {
  /** An app's installation has a listing of its own; its tokens are told by their beginning. */
  installation: {
    path: "/installation/repositories?per_page=100",
    schema: z
      .looseObject({ repositories: z.array(repositorySchema) })
      .transform(({ repositories }) => repositories),
  },
  user: { path: "/user/repos?per_page=100&sort=pushed", schema: z.array(repositorySchema) },
};

export const githubChoices: OptionChoices = {
  repositories: async function* (context) {
    const { api } = openReading(context, githubOptionsSchema.parse({}));
    const isInstallation = context.credential.apiKey?.startsWith("ghs_") === true;
    const { path, schema } = isInstallation ? listings.installation : listings.user;
    const owners = new Set<string>();
    for (let next: string | undefined = path; next !== undefined;) {
      const page: Awaited<ReturnType<typeof api.get<z.infer<typeof schema>>>> = await api.get(next, schema);
      for (const { full_name: id, fork } of page.data) {
        const owner = id.slice(0, id.indexOf("/"));
        if (!owners.has(owner)) yield { id: owner, name: owner, hint: "all repositories" };
        owners.add(owner);
        yield { id, name: id, hint: fork === true ? "fork" : undefined };
      }
      next = page.next;
    }
  },
};
