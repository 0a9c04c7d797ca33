import { expect, test } from "bun:test";
import { googleOAuth } from "./google-oauth";

test("a source's token reads what is its own, whatever else the application was granted", () => {
  const { scopes, extraAuthorizeParams } = googleOAuth("drive.readonly", async () => ({ account: "ana" }));
  expect(scopes).toEqual(["https://www.googleapis.com/auth/drive.readonly"]);
  expect(extraAuthorizeParams).toEqual({ access_type: "offline", prompt: "consent" });
});
