import { describe, expect, test } from "bun:test";
import { systemClock } from "@/core/services/http/clock";
import { fastClock } from "@test/fast-clock";
import { needing, specChecker, specPath } from "@test/vendor-spec";
import { type GongFake, startGong } from "./fake";

const FILE = "gong-openapi.json";
const spec = specPath(FILE);

interface Answer {
  status: number;
  headers: Headers;
  // What the test looks into; a wrong shape fails it.
  body: { records?: { cursor?: string; totalRecords?: number }; errors?: string[] } & Record<
    string,
    unknown[]
  >;
}

function asking(fake: GongFake) {
  const { accessKey, secretKey } = fake.credential;
  const authorization = `Basic ${Buffer.from(`${accessKey}:${secretKey}`).toString("base64")}`;
  return async (method: string, path: string, body?: unknown): Promise<Answer> => {
    const answer = await fetch(fake.server.url + path, {
      method,
      headers: { authorization },
      body: body === undefined ? null : JSON.stringify(body),
    });
    return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Answer["body"] };
  };
}

const year = { fromDateTime: "2000-01-01T00:00:00Z", toDateTime: "2100-01-01T00:00:00Z" };
const everything = {
  context: "Extended",
  exposedFields: {
    parties: true,
    content: {
      brief: true,
      keyPoints: true,
      outline: true,
      topics: true,
      trackers: true,
      highlights: true,
      pointsOfInterest: true,
      callOutcome: true,
    },
    collaboration: { publicComments: true },
  },
};

describe.skipIf(spec === undefined)(`the fake's answers, by ${FILE}${needing(FILE)}`, () => {
  const check = spec === undefined ? () => [] : specChecker(spec);

  test("hold every field in its place and none that the vendor does not know", async () => {
    await using fake = await startGong({ seed: 1, items: 8, clock: fastClock() });
    const ask = asking(fake);
    const asked: [string, string, string, unknown?][] = [
      ["GET", "/v2/workspaces", "/v2/workspaces"],
      ["GET", "/v2/users", "/v2/users"],
      ["GET", "/v2/calls", `/v2/calls?${new URLSearchParams(year).toString()}`],
      ["POST", "/v2/calls/extensive", "/v2/calls/extensive", { filter: year, contentSelector: everything }],
      ["POST", "/v2/calls/transcript", "/v2/calls/transcript", { filter: year }],
      ["GET", "/v2/calls/{id}", `/v2/calls/${[...fake.world.calls.keys()][0]}`],
    ];
    for (const [method, route, path, body] of asked) {
      const answer = await ask(method, path, body);
      expect(answer.status).toBe(200);
      // The file says "object" where Gong means any value.
      const differences = check(method, route, 200, answer.body).filter(
        (one) => !/fields\/\d+\/value must/.test(one),
      );
      expect(differences).toEqual([]);
    }
  });
});

describe("the fake", () => {
  test("pages by a cursor that belongs to one request and lives an hour", async () => {
    const clock = fastClock();
    await using fake = await startGong({ seed: 1, items: 12, clock });
    const ask = asking(fake);
    const first = await ask("POST", "/v2/calls/extensive", { filter: year });
    const { cursor } = first.body.records ?? {};
    expect(first.body.records?.totalRecords).toBe(12);
    const second = await ask("POST", "/v2/calls/extensive", { filter: year, cursor });
    expect(second.body["calls"]).toHaveLength(5);
    const other = await ask("POST", "/v2/calls/extensive", { filter: { ...year, workspaceId: "1" }, cursor });
    expect([404, 400]).toContain(other.status);
    clock.skip(3_700_000);
    const late = await ask("POST", "/v2/calls/extensive", { filter: year, cursor });
    expect([late.status, late.body.errors?.[0]]).toEqual([
      400,
      expect.stringContaining("cursor has expired"),
    ]);
  });

  test("answers an empty window with 404, gives nothing that was not asked for, and hides late transcripts", async () => {
    await using fake = await startGong({ seed: 1, items: 2, clock: fastClock() });
    const ask = asking(fake);
    const before = { fromDateTime: "1990-01-01T00:00:00Z", toDateTime: "1991-01-01T00:00:00Z" };
    const none = await ask("POST", "/v2/calls/extensive", { filter: before });
    expect([none.status, none.body.errors]).toEqual([
      404,
      ["No calls found corresponding to the provided filters"],
    ]);
    const bare = await ask("POST", "/v2/calls/extensive", { filter: year });
    expect(Object.keys((bare.body["calls"]?.[0] as object | undefined) ?? {})).toEqual(["metaData"]);
    fake.world.createUnprocessed();
    expect(
      (await ask("POST", "/v2/calls/transcript", { filter: year })).body["callTranscripts"],
    ).toHaveLength(2);
  });

  test("refuses a fourth request within a second and a wrong key, as Gong does", async () => {
    await using fake = await startGong({ seed: 1, items: 1, clock: systemClock, perSecond: 3 });
    const ask = asking(fake);
    const answers = await Promise.all(Array.from({ length: 4 }, () => ask("GET", "/v2/workspaces")));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.map(({ headers }) => headers.get("retry-after"))).toEqual(["1"]);
    const stranger = await fetch(`${fake.server.url}/v2/workspaces`, {
      headers: { authorization: "Basic eDp5" },
    });
    expect([401, 429]).toContain(stranger.status);
  });
});
