import { describe, expect, test } from "bun:test";
import { httpApp } from "@test/http";

describe("health", () => {
  test("a server that can serve says so, and nothing else", async () => {
    await using http = await httpApp();
    for (const path of ["/healthz", "/readyz"]) {
      const response = await http.send("GET", path);
      expect({ path, status: response.status, body: await response.json() }).toEqual({
        path,
        status: 200,
        body: { status: "ok" },
      });
    }
  });

  test("a database that takes no write is alive but not ready, and ready once it does again", async () => {
    await using http = await httpApp();
    await http.app.db.raw.all("PRAGMA query_only = ON");
    const response = await http.send("GET", "/readyz");
    expect(response.status).toBe(503);
    expect(await response.text()).toContain("read-only");
    expect((await http.send("GET", "/healthz")).status).toBe(200);
    await http.app.db.raw.all("PRAGMA query_only = OFF");
    expect((await http.send("GET", "/readyz")).status).toBe(200);
  });

  test("a schema that a newer program has changed meanwhile is not ready", async () => {
    await using http = await httpApp();
    await http.app.db.raw.run(`INSERT INTO "__stoneturnerMigrations" VALUES (9000000000000, 'x', 'later')`);
    const response = await http.send("GET", "/readyz");
    expect(response.status).toBe(503);
    expect(await response.text()).toContain("schema");
  });
});
