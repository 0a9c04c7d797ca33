/** The fake against GitHub's own descriptions of its APIs, where they are at hand (`VENDOR_SPECS`). */
import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { buildSchema, parse, validate } from "graphql";
import { fastClock } from "@test/fast-clock";
import { connectedApp } from "@test/fake-app";
import { recordBefore } from "@test/recorder";
import { requestChecker } from "@test/vendor-requests";
import { specChecker, specPath } from "@test/vendor-spec";
import { startGithub } from "../../../test/fakes/github/fake";
import { githubIntegration } from "./integration";
import { answersQuery, connections, detailsQuery, discussionsQuery, restQuery } from "./models/graphql";

const openApi = specPath("github-openapi.json");
const sdl = specPath("github-schema.graphql");

test.skipIf(openApi === undefined)(
  "a whole sync asks and is answered as GitHub declares (skipped without github-openapi.json)",
  async () => {
    const clock = fastClock();
    await using fake = await startGithub({ seed: 4, items: 20, clock }, { mostPerPage: 100 });
    fake.world.addRepository("yard", { hasIssues: false, hasDiscussions: false });
    for (let count = 0; count < 2; count++)
      fake.world.addThread("pull", fake.world.repositories[2] ?? fail());
    await using recorder = recordBefore(fake.server.url);
    await using place = await connectedApp(
      githubIntegration,
      { ...fake, apiUrls: `github=${recorder.url},github.site=${fake.server.url}` },
      { clock },
    );
    expect(await place.sync("full")).toMatchObject({ state: "succeeded", failed: 0 });
    for (let count = 0; count < 4; count++) [fake.world.create, () => fake.world.edit()][count % 2]?.();
    clock.skip(3_700_000);
    expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", failed: 0 });
    const { routeOf, problems } = requestChecker(openApi ?? "");
    const check = specChecker(openApi ?? "");
    const rest = recorder.exchanges.filter(({ path }) => path !== "/graphql");
    const found = rest.flatMap(({ method, path, body, status, answer }) => [
      ...problems({ method, path, body }),
      ...(status === 200 ? check(method, routeOf(method, path) ?? "", status, JSON.parse(answer)) : []),
    ]);
    // The file's list of reasons lacks null, which it allows in words, and which GitHub gives for an open issue.
    expect([...new Set(found)].filter((fault) => !/state_reason must be equal/.test(fault))).toEqual([]);
    const met = new Set(
      rest.map(({ method, path }) => routeOf(method, path)?.replace("/repos/{owner}/{repo}", "")),
    );
    const wanted = [
      "issues",
      "pulls",
      "issues/comments",
      "pulls/comments",
      "releases",
      "git/trees/{tree_sha}",
      "git/blobs/{file_sha}",
    ];
    expect(wanted.filter((route) => !met.has(`/${route}`))).toEqual([]);
  },
  60_000,
);

function fail(): never {
  throw new Error("The fake lacks a repository.");
}

test.skipIf(sdl === undefined)(
  "every GraphQL question is one that GitHub's schema takes (skipped without github-schema.graphql)",
  () => {
    const schema = buildSchema(readFileSync(sdl ?? "", "utf8"), { assumeValidSDL: true });
    const names = ["comments", "reviews", "reviewThreads", "commits"] as const;
    expect<string[]>([...names].sort()).toEqual(Object.keys(connections).sort());
    const questions = [detailsQuery, discussionsQuery, answersQuery, ...names.map(restQuery)];
    const faults = questions.flatMap((one) => validate(schema, parse(one)).map(({ message }) => message));
    expect(faults).toEqual([]);
  },
);
