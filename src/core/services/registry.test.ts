import { describe, expect, test } from "bun:test";
import { ConfigError, messageOf } from "@/core/models/errors";
import type { Integration, IntegrationConfig } from "@/core/models/models";
import { createRegistry } from "./registry";

const config = (integration: string): IntegrationConfig => ({
  integration,
  icon: "/assets/x.svg",
  integrationType: "API_KEY",
});
const integration = (name: string): Integration => ({
  config: config(name),
  sync: async () => {},
  syncUpdates: async () => {},
  deleteSync: async () => {},
});

describe("the registry", () => {
  const registry = createRegistry(
    [config("Files"), config("Gong")],
    [integration("Files"), integration("Gong")],
  );
  const reasonFor = (name: string) => {
    try {
      return registry.find(name).config.integration;
    } catch (error) {
      return messageOf(error);
    }
  };

  test("finds an integration without regard to case or spaces around", () => {
    expect(reasonFor("files")).toBe("Files");
    expect(reasonFor(" GONG ")).toBe("Gong");
  });

  test("says what a mistyped name may have meant, or what there is", () => {
    expect(reasonFor("gogn")).toBe("There is no integration 'gogn'. Did you mean Gong?");
    expect(reasonFor("Salesforce")).toBe("There is no integration 'Salesforce'. Known: Files, Gong.");
  });

  test("has no problems when every integration is in both lists", () => {
    expect(registry.problems).toEqual([]);
  });
});

test("an integration in only one of the two lists is one plain line each", () => {
  const { problems } = createRegistry([config("A"), config("B")], [integration("B"), integration("C")]);
  expect(problems).toEqual([
    "A is in config-registry.ts but not in sync-registry.ts: it cannot sync.",
    "C is in sync-registry.ts but not in config-registry.ts: it has no form.",
  ]);
});

test("two integrations of one name, even in other letters, are refused at start", () => {
  expect(() => createRegistry([], [integration("Files"), integration("files")])).toThrow(ConfigError);
});

test("a time of full syncs that cannot be read is refused at start, by name", () => {
  const source = integration("Files");
  const wrong = { ...source, config: { ...source.config, fullSyncAt: "now and then" } };
  expect(() => createRegistry([], [wrong])).toThrow("'fullSyncAt' of Files is no time");
});

test("an empty registry says so", () => {
  expect(() => createRegistry([], []).find("Files")).toThrow("There is no integration 'Files'.");
});
