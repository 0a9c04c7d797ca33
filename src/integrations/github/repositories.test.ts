import { describe, expect, test } from "bun:test";
import { z } from "zod";
import { AuthError } from "@/core/models/errors";
import { MissingError } from "@/core/services/http/errors";
import type { GithubApi } from "./api";
import { githubOptionsSchema } from "./models/options";
import { apiAddress, chosenRepositories, createDirectory, siteOf } from "./repositories";

describe("the address of an API", () => {
  test.each([
    [undefined, "https://api.github.com"],
    ["", "https://api.github.com"],
    ["https://github.com/octo/x", "https://api.github.com"],
    ["https://www.github.com", "https://api.github.com"],
    ["https://api.github.com/", "https://api.github.com"],
    ["https://acme.ghe.com/orgs/a", "https://api.acme.ghe.com"],
    ["https://api.acme.ghe.com", "https://api.acme.ghe.com"],
    ["https://git.acme.example:8443/login", "https://git.acme.example:8443/api/v3"],
    ["not an address", "https://api.github.com"],
  ])("of %p is %p", (given, address) => expect(apiAddress(given)).toBe(address));

  test("leads back to where people see it", () => {
    const given = [undefined, "https://acme.ghe.com", "https://git.acme.example"];
    expect(given.map((one) => siteOf(apiAddress(one)))).toEqual([
      "https://github.com",
      "https://acme.ghe.com",
      "https://git.acme.example",
    ]);
  });
});

const repository = (id: number, full_name: string, more: Record<string, unknown> = {}) => ({
  id,
  full_name,
  ...more,
});

/** Answers by path, as GitHub gives them; what is not there is missing. */
function apiOf(answers: Record<string, unknown>) {
  const asked: string[] = [];
  const get = async (path: string, schema: z.ZodType) => {
    asked.push(path);
    const found = answers[path] ?? answers[path.split("?")[0] ?? ""];
    if (found === undefined) throw new MissingError("Not Found", { status: 404, detail: "Not Found" });
    const { data, next } = z.object({ data: z.unknown(), next: z.string().optional() }).parse(found);
    return { data: schema.parse(data), next };
  };
  // The one function of the API that is asked here.
  return { asked, api: { get } as unknown as GithubApi };
}

const chosen = (answers: Record<string, unknown>, given: Record<string, unknown> = {}, token = "ghp_x") =>
  chosenRepositories(apiOf(answers).api, githubOptionsSchema.parse(given), token);

describe("which repositories are read", () => {
  const own = {
    data: [repository(3, "acme/c"), repository(1, "acme/a", { fork: true })],
    next: "/user/repos?page=2",
  };
  const rest = { data: [repository(2, "Octo/b")] };
  const answers = { "/user/repos": own, "/user/repos?page=2": rest };

  test("are all that the token was given, by id, forks where they are wanted", async () => {
    const ids = async (given: Record<string, unknown>) =>
      (await chosen(answers, given)).repositories.map(({ id }) => id);
    expect(await ids({})).toEqual([2, 3]);
    expect(await ids({ forks: "yes" })).toEqual([1, 2, 3]);
    expect(await ids({ repositories: "octo" })).toEqual([2]);
  });

  test("are those named, and only they are asked for; one that is not there is told of", async () => {
    const { api, asked } = apiOf({ "/repos/acme/a": { data: repository(1, "acme/a", { fork: true }) } });
    const options = githubOptionsSchema.parse({ repositories: "acme/a, acme/gone" });
    expect(await chosenRepositories(api, options, "ghp_x")).toMatchObject({
      repositories: [{ id: 1 }],
      missing: ["acme/gone"],
    });
    expect(asked).toEqual(["/repos/acme/a", "/repos/acme/gone"]);
  });

  test("are an owner's open ones where the token was given none of them", async () => {
    const open = { ...answers, "/users/torvalds/repos": { data: [repository(9, "torvalds/linux")] } };
    expect(await chosen(open, { repositories: "torvalds, nobody" })).toMatchObject({
      repositories: [{ id: 9 }],
      missing: ["nobody"],
    });
  });

  test("of an app's installation come from a listing of its own", async () => {
    const installed = { "/installation/repositories": { data: { repositories: [repository(4, "acme/d")] } } };
    expect((await chosen(installed, {}, "ghs_x")).repositories).toMatchObject([{ id: 4 }]);
  });

  test("are asked for once a sync, and none at all is the token's fault", async () => {
    const { api, asked } = apiOf({ "/user/repos": { data: [] } });
    const directory = createDirectory(api, githubOptionsSchema.parse({}), "ghp_x");
    const both = await Promise.allSettled([directory(), directory()]);
    expect(both.map((one) => one.status === "rejected" && one.reason instanceof AuthError)).toEqual([
      true,
      true,
    ]);
    expect(asked).toHaveLength(1);
  });
});
