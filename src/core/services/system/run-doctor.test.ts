import { expect, test } from "bun:test";
import { parseConfig } from "@/core/config";
import { environmentOf } from "./run-doctor";

test.each([
  {
    INTEGRATION_API_URLS: "gong=https://proxy.example/gong,google-drive=http://127.0.0.1:4010",
    ALLOWED_PRIVATE_HOSTS: "10.0.0.8,git.local:8443",
  },
  {},
])("the checks ask providers where this server asks them: %p", (environment) => {
  const config = parseConfig({ ...environment, STONETURNER_HOME: "/srv/stoneturner", PORT: "4010" });
  const { integrationApiUrls, allowedPrivateHosts, home, port, databasePath } = config;
  expect(parseConfig(environmentOf(config))).toMatchObject({
    integrationApiUrls,
    allowedPrivateHosts,
    home,
    port,
    databasePath,
  });
});
