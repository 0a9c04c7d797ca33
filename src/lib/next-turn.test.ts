import { expect, test } from "bun:test";
import { nextTurn } from "./next-turn";

test("a server answers a request between two turns of work that never waits for anything else", async () => {
  const server = Bun.serve({ hostname: "127.0.0.1", port: 0, fetch: () => new Response("here") });
  try {
    const answers: string[] = [];
    const asking = fetch(server.url).then(async (response) => answers.push(await response.text()));
    for (let turns = 0; answers.length === 0 && turns < 1_000_000; turns++) await nextTurn();
    expect(answers).toEqual(["here"]);
    await asking;
  } finally {
    await server.stop(true);
  }
});
