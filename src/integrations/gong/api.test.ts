/** The requests to Gong, against a server that answers as told. */
import { describe, expect, test } from "bun:test";
import { AuthError } from "@/core/models/errors";
import type { HttpClient, JsonRequest } from "@/core/models/http";
import { MissingError, RequestRefusedError, TooLargeError } from "@/core/services/http/errors";
import { clientOf, type Heard, provider } from "@test/provider";
import { createGongApi, gongHttp, isExpiredCursor } from "./api";

const SMALL = 20_000;
const refusal = (status: number, ...errors: string[]) =>
  Response.json({ requestId: "r", errors }, { status });
const none = () => refusal(404, "No calls found corresponding to the provided filters");
const bodyOf = ({ body }: Heard) => JSON.parse(body) as { filter: { callIds: string[] }; cursor?: string };

/** An API that takes small answers alone, and what its server was asked. */
function gong(answer: (heard: Heard) => Response) {
  const server = provider(answer);
  const { auth } = gongHttp(server.url, "key", "secret");
  const client = clientOf(server, auth === undefined ? {} : { auth });
  // One of the four signatures, which is the one that is used here.
  const request = ((asked: JsonRequest<unknown>) =>
    client.request({ ...asked, maxBytes: SMALL })) as HttpClient["request"];
  return {
    api: createGongApi({ request }, server.url, new AbortController().signal),
    heard: server.heard,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

const transcriptOf = (callId: string, text = "Hello.") => ({
  callId,
  transcript: [{ speakerId: "1", topic: null, sentences: [{ start: 0, end: 9, text }] }],
});

describe("calls", () => {
  test("are asked for with everything that is shown, and with key and secret", async () => {
    await using place = gong(() =>
      Response.json({ records: { totalRecords: 7, cursor: "c1" }, calls: [{ metaData: { id: "1" } }] }),
    );
    const page = await place.api.calls({ fromDateTime: "2026-01-01T00:00:00Z" }, "c0");
    expect(page).toMatchObject({ calls: [{ metaData: { id: "1" } }], cursor: "c1", total: 7 });
    const [heard] = place.heard;
    expect(heard?.headers.get("authorization")).toBe(`Basic ${btoa("key:secret")}`);
    const body = JSON.parse(heard?.body ?? "");
    expect(body).toMatchObject({ cursor: "c0", filter: { fromDateTime: "2026-01-01T00:00:00Z" } });
    expect(Object.keys(body.contentSelector.exposedFields.content)).toContain("keyPoints");
  });

  test("are asked for without details where only their ids matter", async () => {
    await using place = gong(() => Response.json({ records: {}, calls: [] }));
    expect(await place.api.calls({ callIds: ["1"] }, undefined, false)).toMatchObject({
      calls: [],
      cursor: undefined,
      total: 0,
    });
    expect(Object.keys(JSON.parse(place.heard[0]?.body ?? ""))).toEqual(["filter"]);
  });

  test("carry the time by Gong's clock", async () => {
    const date = "Sat, 02 May 2026 10:00:00 GMT";
    await using place = gong(() => Response.json({ calls: [] }, { headers: { date } }));
    expect((await place.api.calls({})).at.toISOString()).toBe("2026-05-02T10:00:00.000Z");
  });

  test("that are none are an empty page; another 404 is an error", async () => {
    await using empty = gong(none);
    expect(await empty.api.calls({})).toMatchObject({ calls: [], cursor: undefined, total: 0 });
    expect((await empty.api.transcripts(["1"])).size).toBe(0);
    await using lost = gong(() => refusal(404, "Not Found"));
    await expect(lost.api.calls({})).rejects.toBeInstanceOf(MissingError);
    await using page = gong(() => new Response("<h1>404 calls found</h1>", { status: 404 }));
    await expect(page.api.calls({})).rejects.toBeInstanceOf(MissingError);
  });

  test("are refused to a wrong key once, without a second try", async () => {
    await using place = gong(() => refusal(401, "Unauthorized"));
    await expect(place.api.calls({})).rejects.toBeInstanceOf(AuthError);
    expect(place.heard).toHaveLength(1);
  });
});

describe("a cursor that Gong has forgotten", () => {
  test.each([
    [400, "The cursor has expired, please restart the listing."],
    [404, "Cursor expired"],
    [410, "Provided cursor has EXPIRED"],
  ])("is told by status %i and its words", async (status, words) => {
    await using place = gong(() => refusal(status, words));
    const error: unknown = await place.api.calls({}, "old").catch((thrown: unknown) => thrown);
    expect(isExpiredCursor(error)).toBe(true);
  });

  test("is not mistaken for another refusal", async () => {
    await using place = gong(() => refusal(400, "fromDateTime is not a date"));
    const error: unknown = await place.api.calls({}).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RequestRefusedError);
    expect(isExpiredCursor(error)).toBe(false);
    expect(isExpiredCursor(new Error("The cursor has expired"))).toBe(false);
  });
});

describe("transcripts", () => {
  test("come by call, over several pages; a call without one is missing", async () => {
    await using place = gong((heard) =>
      bodyOf(heard).cursor === undefined
        ? Response.json({ records: { cursor: "next" }, callTranscripts: [transcriptOf("1")] })
        : Response.json({ records: {}, callTranscripts: [transcriptOf("2", "Bye.")] }),
    );
    const found = await place.api.transcripts(["1", "2", "3"]);
    expect([...found.keys()]).toEqual(["1", "2"]);
    expect(place.heard.map((heard) => bodyOf(heard).cursor)).toEqual([undefined, "next"]);
    expect(place.heard.map((heard) => bodyOf(heard).filter.callIds)).toEqual([
      ["1", "2", "3"],
      ["1", "2", "3"],
    ]);
  });

  test("of no call ask for nothing", async () => {
    await using place = gong(none);
    expect((await place.api.transcripts([])).size).toBe(0);
    expect(place.heard).toEqual([]);
  });

  test("that are too large together are asked for in halves; one that is too large by itself is named", async () => {
    const long = "x".repeat(SMALL);
    await using place = gong((heard) =>
      Response.json({
        callTranscripts: bodyOf(heard).filter.callIds.map((id) =>
          transcriptOf(id, id === "3" ? long : "y".repeat(6_000)),
        ),
      }),
    );
    const found = await place.api.transcripts(["1", "2", "3", "4", "5"]);
    const lengths = [...found].map(([id, said]) => [id, said === "too large" ? said : said.length] as const);
    expect(Object.fromEntries(lengths)).toEqual({ 1: 1, 2: 1, 3: "too large", 4: 1, 5: 1 });
    expect(place.heard.map((heard) => bodyOf(heard).filter.callIds.join(""))).toEqual([
      "12345",
      "123",
      "12",
      "3",
      "45",
    ]);
  });

  test("stop at an error that says nothing of their size", async () => {
    await using place = gong(() => refusal(403, "Missing scope"));
    await expect(place.api.transcripts(["1", "2"])).rejects.not.toBeInstanceOf(TooLargeError);
    expect(place.heard).toHaveLength(1);
  });
});

test("people and workspaces are listed to the last page, odd fields let through", async () => {
  await using place = gong(({ path }) => {
    if (path === "/v2/workspaces")
      return Response.json({
        workspaces: [
          { id: "1", name: 5 },
          { id: "2", name: "Sales" },
        ],
      });
    const next = path.includes("cursor=more");
    return Response.json({
      records: next ? {} : { cursor: "more" },
      users: [{ id: next ? "u2" : "u1", active: "perhaps" }],
    });
  });
  expect((await place.api.users()).map(({ id, active }) => [id, active ?? null])).toEqual([
    ["u1", null],
    ["u2", null],
  ]);
  expect((await place.api.workspaces()).map(({ name }) => name ?? null)).toEqual([null, "Sales"]);
});
