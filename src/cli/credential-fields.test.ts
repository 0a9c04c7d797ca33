import { describe, expect, test } from "bun:test";
import { InputError } from "@/core/models/errors";
import type { IntegrationConfig } from "@/core/models/integration-config";
import { fieldsFromStdin, fieldsFromVariables, optionPairs, withFields } from "./credential-fields";

const config: IntegrationConfig = {
  integration: "Gong",
  icon: "/assets/gong.svg",
  integrationType: "BASIC_TOKEN",
  inputs: [
    { input: "accessKey", label: "Access key" },
    { input: "secretKey", label: "Secret" },
  ],
  optionInputs: [{ key: "workspace", label: "Workspace" }],
};

test("secrets come from their own variables, and only those that the integration asks for", () => {
  const environment: Record<string, string> = { STONETURNER_ACCESS_KEY: "a", STONETURNER_API_KEY: "unasked" };
  expect(fieldsFromVariables(config, (name) => environment[name])).toEqual({ accessKey: "a" });
});

test("settings are cut at their first '=', and a line without one is an error that does not repeat it", () => {
  expect(optionPairs(["path=/a=b", "empty="])).toEqual({ path: "/a=b", empty: "" });
  expect(() => optionPairs(["CANARY"])).toThrow(InputError);
  expect(() => fieldsFromStdin("CANARY")).toThrow(/^(?!.*CANARY)/);
});

test("standard input is read line by line; empty lines and remarks are left out", () => {
  expect(fieldsFromStdin("# keys\r\naccessKey = a\r\n\n secretKey=b=c \n")).toEqual({
    accessKey: "a",
    secretKey: "b=c",
  });
});

describe("withFields", () => {
  const start = { integration: "Gong", options: { kept: "1" } };

  test("puts shared fields and the integration's own settings where they belong", () => {
    expect(withFields(start, config, { accessKey: "a", workspace: "w", account: "Sales" })).toEqual({
      integration: "Gong",
      account: "Sales",
      accessKey: "a",
      options: { kept: "1", workspace: "w" },
    });
  });

  test("leaves out what is not given, and does not change what it was handed", () => {
    expect(withFields(start, config, { accessKey: undefined })).toEqual(start);
    withFields(start, config, { workspace: "w" });
    expect(start.options).toEqual({ kept: "1" });
  });

  test("refuses a field that the integration does not have, and says which there are", () => {
    expect(() => withFields(start, config, { acessKey: "a" })).toThrow("Gong has no field 'acessKey'.");
  });
});
