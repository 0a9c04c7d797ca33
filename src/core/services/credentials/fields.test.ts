import { describe, expect, test } from "bun:test";
import type { CredentialInput } from "@/core/models/credential";
import type { IntegrationConfig } from "@/core/models/integration-config";
import { cleanInput, formIssues } from "./fields";
import { splitCredential } from "./sealed";

const config: IntegrationConfig = {
  integration: "Probe",
  icon: "/assets/probe.svg",
  integrationType: "API_KEY",
  inputs: [
    { input: "apiKey", label: "API key", required: true },
    { input: "baseUrl", label: "Address" },
  ],
  optionInputs: [
    { key: "path", label: "Folder", placeholder: "/home/ada/notes", required: true },
    { key: "pin", label: "PIN", secret: true },
  ],
};
const good: CredentialInput = { integration: "Probe", apiKey: "k", options: { path: "/notes" } };

const issuesOf = (input: CredentialInput, form = config) => formIssues(form, cleanInput(input));

describe("a credential's fields", () => {
  test("are trimmed, and empty ones count as not given", () => {
    const given = {
      ...good,
      apiKey: " k\n",
      baseUrl: "  ",
      options: { path: " /notes ", pin: "", list: [" a ", ""] },
    };
    expect(cleanInput(given)).toEqual({
      integration: "Probe",
      apiKey: "k",
      options: { path: "/notes", list: ["a"] },
    });
  });

  test("are named when they are missing, with an example", () => {
    expect(issuesOf({ integration: "Probe", apiKey: " " })).toEqual([
      { field: "apiKey", message: "is needed" },
      { field: "options.path", message: "is needed, such as /home/ada/notes" },
    ]);
  });

  test("are refused when the form does not have them, naming the ones it has", () => {
    const [issue, ...others] = issuesOf({ ...good, options: { path: "/notes", pth: "x" } });
    expect(others).toEqual([]);
    expect(issue?.field).toBe("options.pth");
    expect(issue?.message).toContain("Probe takes apiKey, baseUrl, options.path, options.pin");
    expect(issue?.message).toContain("did you mean options.path");
    expect(issuesOf({ ...good, secretKey: "s" })[0]?.field).toBe("secretKey");
  });

  test("are all needed somehow: a form that marks nothing still wants one of them", () => {
    const form = { ...config, inputs: [{ input: "apiKey" as const, label: "API key" }], optionInputs: [] };
    expect(issuesOf({ integration: "Probe" }, form)).toEqual([{ field: "apiKey", message: "is needed" }]);
    expect(issuesOf({ integration: "Probe" }, { ...form, inputs: [] })).toEqual([]);
  });

  test.each([
    [{ ...good, baseUrl: "https://ada:secret@api.example.com" }, "baseUrl"],
    [{ ...good, account: "Ada\u0000Lovelace" }, "account"],
  ] satisfies [CredentialInput, string][])("refuse %p", (input, field) => {
    expect(issuesOf(input).map((issue) => issue.field)).toEqual([field]);
  });

  test("fall into a part that may be shown and one that may not", () => {
    const split = splitCredential(config, {
      ...good,
      baseUrl: "https://x.example",
      options: { path: "/n", pin: "1" },
    });
    expect(split).toEqual({ sealed: { apiKey: "k", options: { pin: "1" } }, options: { path: "/n" } });
    expect(splitCredential(config, { integration: "Probe", options: { path: "/n" } }).sealed).toBeUndefined();
  });
});
