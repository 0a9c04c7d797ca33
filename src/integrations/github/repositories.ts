/** Which repositories are read: those that the token was given, or those that a person named. */
import { z } from "zod";
import { AuthError } from "@/core/models/errors";
import { MissingError } from "@/core/services/http/errors";
import { askedOnce } from "@/lib/asked-once";
import { type GithubApi, PUBLIC_API } from "./api";
import type { GithubOptions } from "./models/options";
import { type RepositoryAnswer, repositorySchema } from "./models/rest";

/** A repository, by the id that stays with it. */
export type Repository = RepositoryAnswer & { id: number; full_name: string };

export interface Chosen {
  /** By id, ascending. */
  repositories: readonly Repository[];
  /** What was named and is not there, or not to be seen by this token. */
  missing: readonly string[];
}

const installationSchema = z.looseObject({ repositories: z.array(repositorySchema) });

/** Asks for the repositories once, whoever needs them. */
export function createDirectory(
  api: GithubApi,
  options: GithubOptions,
  token: string,
): () => Promise<Chosen> {
  return askedOnce(() => chosenRepositories(api, options, token));
}

/** @throws AuthError when the token sees no repository at all. */
export async function chosenRepositories(
  api: GithubApi,
  options: GithubOptions,
  token: string,
): Promise<Chosen> {
  const named = options.repositories.filter((one) => one.includes("/"));
  const owners = options.repositories.filter((one) => !one.includes("/"));
  const found = new Map<number, Repository>();
  const missing: string[] = [];
  for (const name of named) {
    const one = await orMissing(() => api.get(`/repos/${name}`, repositorySchema));
    if (one === undefined) missing.push(name);
    else found.set(one.data.id, one.data);
  }
  const own = named.length > 0 && owners.length === 0 ? [] : await ownRepositories(api, token);
  const of = (owner: string) => own.filter((one) => ownerOf(one) === owner.toLowerCase());
  const wanted = owners.length === 0 ? own : owners.flatMap(of);
  for (const owner of owners.filter((one) => of(one).length === 0)) {
    const open = await orMissing(() => allPages(api, `/users/${owner}/repos`));
    if (open === undefined || open.length === 0) missing.push(owner);
    wanted.push(...(open ?? []));
  }
  for (const one of wanted) if (options.forks || one.fork !== true) found.set(one.id, one);
  if (found.size === 0) throw seesNothing(missing);
  return { repositories: [...found.values()].sort((a, b) => a.id - b.id), missing };
}

function ownerOf({ full_name }: Repository): string {
  return full_name.slice(0, full_name.indexOf("/")).toLowerCase();
}

/** An app's installation has a listing of its own; its tokens are told by their beginning. */
async function ownRepositories(api: GithubApi, token: string): Promise<Repository[]> {
  if (!token.startsWith("ghs_")) return allPages(api, "/user/repos");
  const all: Repository[] = [];
  let next: string | undefined = "/installation/repositories?per_page=100";
  while (next !== undefined) {
    const page: Awaited<ReturnType<typeof api.get<z.infer<typeof installationSchema>>>> = await api.get(
      next,
      installationSchema,
    );
    all.push(...page.data.repositories);
    next = page.next;
  }
  return all;
}

async function allPages(api: GithubApi, path: string): Promise<Repository[]> {
  const all: Repository[] = [];
  let next: string | undefined = `${path}?per_page=100&sort=created&direction=asc`;
  while (next !== undefined) {
    const page: { data: Repository[]; next: string | undefined } = await api.get(
      next,
      z.array(repositorySchema),
    );
    all.push(...page.data);
    next = page.next;
  }
  return all;
}

async function orMissing<Answer>(ask: () => Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof MissingError) return undefined;
    throw error;
  }
}

function seesNothing(missing: readonly string[]): AuthError {
  const what = missing.length === 0 ? "no repository" : `none of ${missing.join(", ")}`;
  return new AuthError(`The token sees ${what} at GitHub.`, {
    action: "Give it access to repositories, at GitHub under Settings → Developer settings.",
  });
}

/** `https://api.github.com`, or the API of an Enterprise Server, from what a person pastes. */
export function apiAddress(given: string | undefined): string {
  const url = URL.parse((given ?? "").trim() || PUBLIC_API);
  if (url === null) return PUBLIC_API;
  const { host } = url;
  if (host === "github.com" || host === "www.github.com" || host === "api.github.com") return PUBLIC_API;
  if (host.endsWith(".ghe.com")) return `https://${host.startsWith("api.") ? host : `api.${host}`}`;
  return `https://${host}/api/v3`;
}

/** Where people see what an API gives, and git is spoken. */
export function siteOf(address: string): string {
  return address === PUBLIC_API
    ? "https://github.com"
    : address.replace("//api.", "//").replace(/\/api\/v3$/, "");
}
