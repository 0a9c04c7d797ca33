import { describe, expect, test } from "bun:test";
import type { CredentialInput } from "@/core/models/credential";
import { InputError } from "@/core/models/errors";
import { createHttpShared } from "@/core/services/http/shared";
import { testApp } from "@test/app";
import { fastClock } from "@test/fast-clock";
import { startGithub } from "../../../test/fakes/github/fake";
import { githubIntegration } from "./integration";
import { apiAddress } from "./repositories";

async function form() {
  const clock = fastClock();
  const fake = await startGithub({ seed: 3, items: 5, clock });
  const app = await testApp({
    integrations: [githubIntegration],
    environment: { INTEGRATION_API_URLS: fake.apiUrls },
    http: createHttpShared({ clock }),
  });
  const save = (change: Partial<CredentialInput> = {}) =>
    app.credentials.save(githubIntegration, { ...fake.credential, ...change });
  return {
    fake,
    save,
    refusal: (change: Partial<CredentialInput>) =>
      save(change).then(
        () => "taken",
        (error: unknown) => (error instanceof InputError ? (error.details[0]?.field ?? "") : String(error)),
      ),
    [Symbol.asyncDispose]: async () => {
      await app[Symbol.asyncDispose]();
      await fake[Symbol.asyncDispose]();
    },
  };
}

describe("an account that is connected", () => {
  test("costs two requests, is named by its user, and keeps its options as they were meant", async () => {
    await using place = await form();
    const options = {
      repositories: "https://github.com/harbour-works/cranes.git, Harbour-Works",
      include: "Issues,docs",
    };
    const saved = await place.save({ options });
    expect(saved).toMatchObject({
      account: "ada-quay",
      status: "connected",
      baseUrl: "https://api.github.com",
      options: {
        repositories: ["harbour-works/cranes", "Harbour-Works"],
        include: ["issues", "docs"],
        forks: false,
      },
    });
    expect(place.fake.requests().map(({ path }) => path.split("?")[0])).toEqual([
      "/user",
      "/repos/harbour-works/cranes",
      "/user/repos",
    ]);
  });

  test.each<[string, string, Partial<CredentialInput>]>([
    ["a token that is none", "apiKey", { apiKey: "two words here" }],
    ["a token that GitHub does not know", "apiKey", { apiKey: "ghp_0123456789abcdef" }],
    ["an address that is not https", "baseUrl", { baseUrl: "http://github.example.com" }],
    ["an address with a user in it", "baseUrl", { baseUrl: "https://github.com@evil.example" }],
    [
      "a repository that is not there",
      "options.repositories",
      { options: { repositories: "harbour-works/x" } },
    ],
    [
      "an owner that is not there",
      "options.repositories",
      { options: { repositories: "harbour-works/cranes, nobody" } },
    ],
    ["a name that is none", "options.repositories", { options: { repositories: "a/b/c" } }],
    ["a kind that is none", "options.include", { options: { include: "wikis" } }],
    ["a day to come", "options.since", { options: { since: "2999-01-01" } }],
  ])("%s is refused at the field %s", async (_case, field, change) => {
    await using place = await form();
    expect(await place.refusal(change)).toBe(field);
  });

  test("an app's installation token is asked for its own repositories", async () => {
    await using place = await form();
    place.fake.server.tokens.add("ghs_installation0123");
    // The fake knows no such listing, which shows that it was asked.
    expect(await place.refusal({ apiKey: "ghs_installation0123" })).toContain("404");
    expect(place.fake.requests().map(({ path }) => path.split("?")[0])).toEqual([
      "/installation/repositories",
    ]);
  });
});

test.each([
  [undefined, "https://api.github.com"],
  ["https://github.com/harbour-works", "https://api.github.com"],
  ["https://api.github.com/", "https://api.github.com"],
  ["https://github.example.com", "https://github.example.com/api/v3"],
  ["https://github.example.com/api/v3", "https://github.example.com/api/v3"],
  ["https://octo.ghe.com", "https://api.octo.ghe.com"],
  ["https://api.octo.ghe.com", "https://api.octo.ghe.com"],
])("the API of %p is at %s", (given, wanted) => expect(apiAddress(given)).toBe(wanted));
