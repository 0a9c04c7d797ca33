import { expect, test } from "bun:test";
import { clientOf, provider } from "@test/provider";
import { basicAuth, bearerAuth, headerAuth, queryAuth } from "./auth-kinds";

test.each([
  [bearerAuth("t0ken"), { Authorization: "Bearer t0ken" }],
  [bearerAuth("t0ken", "Bot"), { Authorization: "Bot t0ken" }],
  [
    basicAuth("ana", "pässword"),
    { Authorization: `Basic ${Buffer.from("ana:pässword").toString("base64")}` },
  ],
  [headerAuth("X-Api-Key", "k"), { "X-Api-Key": "k" }],
  [headerAuth("X-Api-Key", undefined), { "X-Api-Key": "" }],
])("%# gives its header", async (auth, headers) => expect(await auth.headers()).toEqual(headers));

test("a key in the query is sent, and stands in no answer, message or link that is kept", async () => {
  const key = "canary-key-81c2";
  const link = { link: `</notes?after=2&api_key=${key}>; rel="next"` };
  await using notes = provider(
    () => Response.json({}, { headers: link }),
    ({ path }) => Response.json({ error: `No note at ${path}.` }, { status: 400 }),
  );
  const client = clientOf(notes, { auth: queryAuth("api_key", key) });
  const answer = await client.request({ url: `${notes.url}/notes?page=1`, expect: "json" });
  expect(answer.url).toBe(`${notes.url}/notes?page=1`);
  const refused = await client.request({ url: `${notes.url}/notes`, expect: "json" }).then(() => "", String);
  expect(notes.heard.map(({ path }) => path)).toEqual([
    `/notes?page=1&api_key=${key}`,
    `/notes?api_key=${key}`,
  ]);
  expect(`${refused} ${answer.url} ${answer.headers.get("link")}`).not.toContain(key);
});
