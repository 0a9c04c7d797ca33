import { expect, test } from "bun:test";
import { basicAuth, bearerAuth, headerAuth } from "./auth-kinds";

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
