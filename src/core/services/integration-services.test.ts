import { afterAll, describe, expect, test } from "bun:test";
import { BlockedAddressError } from "./http/errors";
import { createIntegrationServices } from "./integration-services";
import { RateLimitedError } from "@/core/models/errors";
import { temporaryDatabase } from "@test/database";
import { silentLogger } from "./logger";

const server = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: () => Response.json({ ok: true }) });
afterAll(() => server.stop(true));
const here = `http://127.0.0.1:${server.port}`;
const ask = { url: here, expect: "json" as const };

describe("what integrations are lent", () => {
  test("a client that calls no private address, unless the operator names it", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    const closed = createIntegrationServices({ db, log: silentLogger });
    const refused = await closed
      .for("Probe", "a")
      .http()
      .request(ask)
      .catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(BlockedAddressError);
    const config = { integrationApiUrls: {}, allowedPrivateHosts: [`127.0.0.1:${server.port}`] };
    const open = createIntegrationServices({ db, log: silentLogger, config });
    expect((await open.for("Probe", "a").http().request(ask)).data).toEqual({ ok: true });
  });

  test("the operator's address of the provider, whose host that integration alone may then call", async () => {
    await using database = await temporaryDatabase();
    const config = {
      integrationApiUrls: { probe: `${here}/`, "probe.login": "https://login.example", "two-words": here },
      allowedPrivateHosts: [],
    };
    const services = createIntegrationServices({ db: database.db, log: silentLogger, config });
    const probe = services.for("Probe", "a");
    expect(probe.apiUrl("https://api.probe.example/")).toBe(here);
    expect(probe.apiUrl("https://api.probe.example", "login")).toBe("https://login.example");
    expect(probe.apiUrl("https://files.probe.example/", "files")).toBe("https://files.probe.example");
    expect((await probe.http().request(ask)).status).toBe(200);
    expect(services.for("Two Words", "a").apiUrl("https://two.example")).toBe(here);
    const other = services.for("Probe2", "a");
    expect(other.apiUrl("https://two.example")).toBe("https://two.example");
    const refused = await other
      .http()
      .request(ask)
      .catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(BlockedAddressError);
  });

  test("a day's requests, counted for everyone who shares them and across restarts", async () => {
    await using database = await temporaryDatabase();
    const config = { integrationApiUrls: { probe: here }, allowedPrivateHosts: [] };
    const options = { requestsPerDay: 2, sharedBy: "company" };
    const start = () => createIntegrationServices({ db: database.db, log: silentLogger, config });
    await start().for("Probe", "ann").http(options).request(ask);
    await start().for("Probe", "bob").http(options).request(ask);
    const third = await start()
      .for("Probe", "cid")
      .http(options)
      .request(ask)
      .catch((error: unknown) => error);
    expect(third).toBeInstanceOf(RateLimitedError);
    const apart = await start().for("Probe", "cid").http({ requestsPerDay: 2 }).request(ask);
    expect(apart.status).toBe(200);
  });

  test("a ledger of the latest requests, an integration each", async () => {
    await using database = await temporaryDatabase();
    const config = { integrationApiUrls: { probe: here }, allowedPrivateHosts: [] };
    const services = createIntegrationServices({ db: database.db, log: silentLogger, config });
    await services.for("Probe", "a").http().request(ask);
    await services.for("Probe", "b").http().request(ask);
    expect(services.ledger("Probe").totals().requests).toBe(2);
    expect(services.ledger("Other").totals().requests).toBe(0);
  });
});
