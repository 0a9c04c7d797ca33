import { describe, expect, test } from "bun:test";
import { schedulePreviewSchema, scheduleSchema, schedulesAnswerSchema } from "@/core/models/schedule";
import { type HttpApp, httpApp, play, type Scenario } from "@test/http";

const path = "/api/schedules/shelf";
const body = { cron: "daily at 03:00", timeZone: "Europe/Berlin" };
const put = (http: HttpApp, query = "", more: object = {}) =>
  http.send("PUT", `${path}${query}`, { body: { ...body, ...more } });
const listed = async (http: HttpApp, at = "/api/schedules") =>
  schedulesAnswerSchema.parse(await (await http.send("GET", at)).json()).schedules;

describe("/api/schedules", () => {
  test("a schedule is made, changed, seen and removed", async () => {
    await using http = await httpApp();
    const made = await put(http);
    expect(made.status).toBe(200);
    expect(scheduleSchema.parse(await made.json())).toMatchObject({
      integration: "Shelf",
      account: null,
      mode: "incremental",
      cron: "0 3 * * *",
      summary: "At 03:00 (Europe/Berlin)",
      enabled: true,
      nextRunAt: expect.stringMatching(/T0[12]:00:00.000Z$/),
    });
    await put(http, "", { enabled: false });
    await put(http, "?account=default", { cron: "hourly" });
    await put(http, "", { mode: "full", cron: "weekly" });
    expect((await listed(http)).map((one) => [one.account, one.mode, one.enabled])).toEqual([
      [null, "full", true],
      [null, "incremental", false],
      ["default", "incremental", true],
    ]);
    expect(await listed(http, `${path}?account=default`)).toMatchObject([{ cron: "0 * * * *" }]);
    const gone = await http.send("DELETE", `${path}?mode=full`);
    expect(await gone.json()).toEqual({ removed: 1 });
    await http.send("DELETE", path);
    expect(await listed(http, path)).toMatchObject([{ account: "default" }]);
  });

  test("a time is explained before it is kept", async () => {
    await using http = await httpApp();
    const answer = await http.send("POST", "/api/schedules/preview", { body });
    const preview = schedulePreviewSchema.parse(await answer.json());
    expect(preview).toMatchObject({ cron: "0 3 * * *", summary: "At 03:00 (Europe/Berlin)" });
    expect(preview.next).toHaveLength(5);
    expect(await listed(http)).toEqual([]);
  });

  const refused: Scenario[] = [
    {
      name: "a wrong time, with what is taken",
      path,
      method: "PUT",
      body: { cron: "often" },
      status: 400,
      contains: ["every 15 minutes", '"field":"cron"'],
    },
    {
      name: "a time that never comes",
      path,
      method: "PUT",
      body: { cron: "0 0 30 2 *" },
      status: 400,
      contains: ["never comes"],
    },
    {
      name: "a wrong time zone",
      path: "/api/schedules/preview",
      method: "POST",
      body: { cron: "hourly", timeZone: "Europe/Pariss" },
      status: 400,
      contains: ["Europe/Paris"],
    },
    {
      name: "an unknown field",
      path,
      method: "PUT",
      body: { ...body, every: 5 },
      status: 400,
      contains: ["every", "jitterSeconds"],
    },
    {
      name: "too much delay",
      path,
      method: "PUT",
      body: { ...body, jitterSeconds: 3601 },
      status: 400,
      contains: ["3600"],
    },
    { name: "a missing time", path, method: "PUT", body: {}, status: 400, contains: ["cron"] },
    {
      name: "an unknown integration, with a near one",
      path: "/api/schedules/shelv",
      method: "PUT",
      body,
      status: 404,
      contains: ["Shelf"],
    },
    {
      name: "an unknown account",
      path: `${path}?account=ann`,
      method: "PUT",
      body,
      status: 404,
      contains: ["ann"],
    },
    { name: "what is not there", path, method: "DELETE", status: 404, contains: ["no schedule"] },
    { name: "an unknown query parameter", path: `${path}?acount=a`, status: 400, contains: ["acount"] },
    {
      name: "another method",
      path,
      method: "POST",
      body,
      status: 405,
      answerHeaders: { allow: "GET, HEAD, PUT, DELETE" },
    },
  ];
  test("refuses, in plain words, what cannot be", async () => {
    await using http = await httpApp();
    for (const scenario of refused) await play(http, scenario);
  });
});
