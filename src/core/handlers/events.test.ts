import { describe, expect, test } from "bun:test";
import { bearer, guardedApp } from "@test/access";
import { httpApp } from "@test/http";

describe("a stream of events", () => {
  test("ends when its token is revoked, before it says anything more", async () => {
    await using http = await guardedApp();
    const { access, runner } = http.app;
    const { token, id } = await access.tokens.create({ name: "watcher", scope: "read" });
    const answer = await http.send("GET", "/api/events", { headers: bearer(token) });
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader?.read())?.value).toContain("retry:");
    await access.tokens.revoke(id);
    await runner.start({ integration: "Shelf", mode: "full", trigger: "manual" });
    expect(await reader?.read()).toEqual({ done: true, value: undefined });
  });

  test("is not opened by who asks for its headers alone, however often", async () => {
    await using http = await httpApp();
    for (let asked = 0; asked < 70; asked++) {
      const { status, headers } = await http.send("HEAD", "/api/events");
      expect([status, headers.get("content-type")]).toEqual([200, "text/event-stream"]);
    }
    const answer = await http.send("GET", "/api/events");
    expect(answer.status).toBe(200);
    await answer.body?.cancel();
  });

  test("ends when the login does", async () => {
    await using http = await guardedApp();
    const answer = await http.send("GET", "/api/events", { headers: http.as.owner });
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    await reader?.read();
    await http.send("POST", "/api/logout", { headers: http.as.owner });
    await http.app.runner.start({ integration: "Shelf", mode: "full", trigger: "manual" });
    expect((await reader?.read())?.done).toBe(true);
  });
});
