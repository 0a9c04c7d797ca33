/** The same integration against a GitHub that nobody here wrote: vercel-labs' emulator, in this process. */
import { expect, test } from "bun:test";
import { createEmulator } from "emulate";
import { z } from "zod";
import { connectedApp } from "@test/fake-app";
import { fastClock } from "@test/fast-clock";
import { freePort } from "@test/free-port";
import { githubIntegration } from "./integration";

const token = "ghp_emulated0123456789";
const seed = {
  tokens: { [token]: { login: "octocat", scopes: ["repo", "user"] } },
  github: {
    users: [{ login: "octocat", name: "Octo Cat" }],
    repos: [{ owner: "octocat", name: "yard", description: "All about the yard.", auto_init: true }],
  },
};
const someone = z.looseObject({ login: z.string() });
const listed = z.array(z.looseObject({ node_id: z.string(), number: z.number() }));
const comments = z.array(
  z.looseObject({
    node_id: z.string(),
    user: someone,
    body: z.string(),
    created_at: z.string(),
    updated_at: z.string(),
  }),
);

/**
 * The emulator with what it lacks: GraphQL. Conversations come from its own REST API, in the shape of GraphQL's.
 */
function withGraphql(target: string) {
  const rest = async (path: string) =>
    (await fetch(`${target}${path}`, { headers: { authorization: `Bearer ${token}` } })).json();
  const nodeOf = async (id: string) => {
    const pages = await Promise.all(
      [1, 2].map((page) => rest(`/repos/octocat/yard/issues?state=all&per_page=100&page=${page}`)),
    );
    const issue = pages.flatMap((page) => listed.parse(page)).find(({ node_id }) => node_id === id);
    if (issue === undefined) return null;
    const said = comments.parse(await rest(`/repos/octocat/yard/issues/${issue.number}/comments`));
    const nodes = said.map(({ node_id, user, body, created_at, updated_at }) => ({
      ...{ id: node_id, author: user, body, createdAt: created_at, updatedAt: updated_at },
    }));
    return { id, comments: { nodes } };
  };
  return Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch: async (request) => {
      const { pathname, search } = new URL(request.url);
      if (pathname.includes(".wiki.git")) return new Response("Not found", { status: 404 });
      if (pathname !== "/graphql") {
        const answer = await fetch(`${target}${pathname}${search}`, {
          headers: { authorization: request.headers.get("authorization") ?? "" },
        });
        const headers = new Headers(answer.headers);
        for (const name of ["content-encoding", "content-length"]) headers.delete(name);
        return new Response(await answer.text(), { status: answer.status, headers });
      }
      const asked = z.looseObject({ variables: z.looseObject({ ids: z.array(z.string()).optional() }) });
      const { ids } = asked.parse(await request.json()).variables;
      const nodes = ids === undefined ? undefined : await Promise.all(ids.map(nodeOf));
      return Response.json({
        data: nodes === undefined ? { repository: { discussions: { nodes: [] } } } : { nodes },
      });
    },
  });
}

test("an emulated repository of over a page of issues is read, and followed", async () => {
  const emulator = await createEmulator({ service: "github", port: freePort(), seed });
  const target = emulator.url.replace("localhost", "127.0.0.1");
  const proxy = withGraphql(target);
  try {
    const send = async (method: string, path: string, body: unknown) => {
      const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
      const answer = await fetch(`${target}/repos/octocat/yard${path}`, {
        method,
        headers,
        body: JSON.stringify(body),
      });
      expect([path, answer.ok]).toEqual([path, true]);
      return answer.json();
    };
    for (let count = 1; count <= 104; count++)
      await send("POST", "/issues", { title: `Crane ${count}`, body: "It <b>creaks</b>." });
    await send("POST", "/issues/3/comments", { body: "Grease it." });
    await send("POST", "/releases", { tag_name: "v1.0.0", name: "One", body: "All new." });
    const content = (text: string) => ({ message: "m", content: btoa(text) });
    const made = await send(
      "PUT",
      "/contents/docs/guide.md",
      content("# Guide\n\nSee [home](../README.md).\n"),
    );
    const { content: file } = z.looseObject({ content: z.looseObject({ sha: z.string() }) }).parse(made);

    const credential = { integration: "GitHub", apiKey: token };
    const url = `http://127.0.0.1:${proxy.port}`;
    const clock = fastClock();
    await using place = await connectedApp(
      githubIntegration,
      { apiUrls: `github=${url},github.site=${url}`, credential },
      { clock },
    );
    // A repository, 104 issues, a release, README and guide.
    expect(await place.sync("full")).toMatchObject({ state: "succeeded", inserted: 108, failed: 0 });
    const found = async (end: string) => [...(await place.served())].find(([id]) => id.endsWith(end))?.[1];
    expect((await found(":issue:3"))?.markdown).toContain("**octocat**");
    expect((await found(":issue:3"))?.markdown).toContain("Grease it.");
    expect((await found(":issue:104"))?.markdown).toContain("It **creaks**.");
    expect((await found("guide.md"))?.title).toBe("Guide (octocat/yard: docs/guide.md)");

    await send("PATCH", "/issues/5", { title: "Crane 5 is mended", state: "closed" });
    await send("PUT", "/contents/docs/guide.md", { ...content("# A better guide\n"), sha: file.sha });
    expect(await place.sync("incremental")).toMatchObject({ updated: 2, inserted: 0, deleted: 0, failed: 0 });
    expect((await found(":issue:5"))?.title).toBe("Crane 5 is mended (octocat/yard#5)");
    expect((await found("guide.md"))?.title).toBe("A better guide (octocat/yard: docs/guide.md)");
  } finally {
    await proxy.stop(true);
    await emulator.close();
  }
});
