import { describe, expect, test } from "bun:test";
import type { CredentialInput } from "@/core/models/credential";
import { AuthError, InputError } from "@/core/models/errors";
import { createHttpShared } from "@/core/services/http/shared";
import { testApp } from "@test/app";
import { fastClock } from "@test/fast-clock";
import { startGong } from "../../../test/fakes/gong/fake";
import { gongIntegration } from "./integration";

async function form() {
  const clock = fastClock();
  const fake = await startGong({ seed: 3, items: 2, clock });
  const app = await testApp({
    integrations: [gongIntegration],
    environment: { INTEGRATION_API_URLS: fake.apiUrls },
    http: createHttpShared({ clock }),
  });
  return {
    app,
    fake,
    save: (change: Partial<CredentialInput> = {}) =>
      app.credentials.save(gongIntegration, { ...fake.credential, ...change }),
    refusal: async (change: Partial<CredentialInput>) => {
      try {
        await app.credentials.save(gongIntegration, { ...fake.credential, ...change });
      } catch (error) {
        return error;
      }
      throw new Error("The credential was taken.");
    },
    [Symbol.asyncDispose]: async () => {
      await app[Symbol.asyncDispose]();
      await fake[Symbol.asyncDispose]();
    },
  };
}

describe("an account that is connected", () => {
  test("costs one request, and is named by its host", async () => {
    await using place = await form();
    const saved = await place.save({ baseUrl: " us-12345.api.gong.io/v2/ " });
    expect(saved).toMatchObject({
      account: "us-12345",
      baseUrl: "https://us-12345.api.gong.io",
      status: "connected",
    });
    expect(place.fake.requests().map(({ path }) => path)).toEqual(["/v2/workspaces"]);
  });

  test("keeps chosen workspaces by id, whatever they are called later", async () => {
    await using place = await form();
    const saved = await place.save({
      options: { workspaces: "customer success", private: "no", since: "2025-02-01" },
    });
    expect(saved.options).toEqual({
      workspaces: ["623457276584334002"],
      private: false,
      since: "2025-02-01",
    });
  });
});

describe("what a person gets wrong", () => {
  test.each([
    [{ baseUrl: "https://gong.example.com" }, "gong.example.com is not part of api.gong.io"],
    [{ baseUrl: "http://us-12345.api.gong.io" }, "does not start with https://"],
    [{ baseUrl: "https://api.gong.io.evil.example" }, "is not part of api.gong.io"],
    [{ options: { since: "last year" } }, "“Calls since” takes a day such as 2025-01-31"],
    [{ options: { since: "2999-01-01" } }, "takes a day that is past"],
    [{ options: { private: "perhaps" } }, "“Private calls too” takes yes or no"],
    [{ options: { workspaces: "Sales EMAE" } }, "did you mean Sales EMEA?"],
    [{ options: { workspaces: "Nothing like it at all" } }, "there are Sales EMEA, Customer Success"],
  ] satisfies [Partial<CredentialInput>, string][])(
    "%j is answered with what it takes",
    async (change, words) => {
      await using place = await form();
      const error = await place.refusal(change);
      expect(error).toBeInstanceOf(InputError);
      expect(String(error)).toContain(words);
    },
  );

  test("a wrong secret says what to check and repeats none of it", async () => {
    await using place = await form();
    const error = await place.refusal({ secretKey: "not-the-secret-4711" });
    expect(error).toBeInstanceOf(AuthError);
    expect(String(error)).toContain("does not accept this access key");
    expect(JSON.stringify(error) + String(error)).not.toContain("not-the-secret-4711");
  });

  test("a host without the API says so", async () => {
    await using place = await form();
    place.fake.server.notFound = true;
    expect(await place.refusal({})).toMatchObject({ details: [{ field: "baseUrl" }] });
  });

  test("a key without the right to list workspaces is taken, with ids only", async () => {
    await using place = await form();
    place.fake.server.forbidden = "/v2/workspaces";
    expect(String(await place.refusal({ options: { workspaces: "Sales EMEA" } }))).toContain("takes ids");
    expect(await place.save({ options: { workspaces: "623457276584334001" } })).toMatchObject({
      status: "connected",
    });
    place.fake.server.forbidden = "/v2/";
    expect(String(await place.refusal({}))).toContain("lets it read nothing");
  });
});
