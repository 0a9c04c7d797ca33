import { describe, expect, test } from "bun:test";
import { credentialInputSchema } from "@/core/models/credential";
import { newSources, sources } from "../../../test/browser/fixtures";
import type { Source } from "@/core/models/api";
import {
  fieldAtFault,
  formFields,
  givenValues,
  missingFields,
  sentenceOf,
  toCredential,
  waysOf,
  type Way,
} from "./connect-form";

const [files, linear] = newSources;
if (files === undefined || linear === undefined) throw new Error("The fixtures have no sources.");

describe("the connect form", () => {
  test("has the source's own fields, and the account's name last", () => {
    expect(formFields(files, "key").map((field) => field.name)).toEqual([
      "options.path",
      "options.include",
      "options.exclude",
      "options.watch",
      "account",
    ]);
    expect(formFields(linear, "key")[0]).toMatchObject({ name: "apiKey", secret: true, required: true });
  });

  test("sends what was filled in, trimmed, and nothing else", () => {
    const values = new Map([
      ["options.path", " ~/notes "],
      ["options.include", "  "],
      ["account", "Notes"],
      ["stray", "x"],
    ]);
    const input = toCredential(files, values);
    expect(input).toEqual({ integration: "Files", account: "Notes", options: { path: "~/notes" } });
    expect(credentialInputSchema.safeParse(input).success).toBe(true);
    expect(toCredential(linear, new Map([["apiKey", "key"]]))).toEqual({
      integration: "Linear",
      apiKey: "key",
    });
  });

  test("offers a key or consent where a source takes both, each with its own fields", () => {
    const both: Source = {
      ...linear,
      oauth: { redirectUri: "http://127.0.0.1:9000/api/oauth/linear", clientKnown: false },
      inputs: [
        { input: "apiKey", label: "API key", secret: true },
        { input: "accessKey", label: "Client ID" },
        { input: "secretKey", label: "Client secret", secret: true },
        { input: "baseUrl", label: "Address" },
      ],
    };
    const known = (source: Source): Source => ({
      ...source,
      oauth: { redirectUri: "http://127.0.0.1:9000/api/oauth/linear", clientKnown: true },
    });
    const needed = (way: Way) => formFields(both, way).filter((one) => one.required);
    expect(waysOf(both)).toEqual(["key", "consent"]);
    expect(needed("key").map((one) => one.name)).toEqual(["apiKey"]);
    expect(needed("consent").map((one) => one.name)).toEqual(["accessKey", "secretKey"]);
    expect(formFields(both, "key").map((one) => one.name)).toContain("baseUrl");
    expect(missingFields(formFields(both, "key"), new Map([["apiKey", "x"]])).size).toBe(0);
    expect(waysOf(linear)).toEqual(["key"]);
    const consentAlone = { ...both, inputs: both.inputs.filter(({ input }) => input !== "apiKey") };
    expect(waysOf(consentAlone)).toEqual(["consent"]);
    expect(missingFields(formFields(consentAlone, "consent"), new Map()).size).toBe(2);
    expect(missingFields(formFields(known(consentAlone), "consent"), new Map()).size).toBe(0);
    expect(waysOf({ ...both, inputs: [] })).toEqual(["consent"]);
  });

  test("asks for no secret again of an account that is changed, nor for its name", () => {
    const fields = formFields(linear, "key", { status: "connected" });
    expect(fields.find((one) => one.name === "apiKey")).toMatchObject({ required: false, secret: true });
    expect(fields.some((one) => one.name === "account")).toBe(false);
    expect(missingFields(fields, new Map()).size).toBe(0);
    expect(missingFields(formFields(linear, "key", { status: "needs_reconnect" }), new Map()).size).toBe(1);
    expect(missingFields(formFields(linear, "key", { status: "error" }), new Map()).size).toBe(0);
  });

  test("shows an e-mail address as it is typed, and needs it no more once it is stored", () => {
    const hints = { label: "E-mail address", placeholder: "ana@acme.example", secret: false, required: true };
    const named = { ...linear, inputs: [{ input: "accessKey" as const, ...hints }] };
    expect(formFields(named, "key")[0]).toMatchObject({ secret: false, required: true });
    expect(formFields(named, "key", { status: "connected" })[0]).toMatchObject({
      required: false,
      placeholder: "ana@acme.example",
      help: "Leave it empty to keep what is stored.",
    });
  });

  test("a message that goes on from its field is said as a sentence", () => {
    expect(sentenceOf("Start at", "takes web addresses, such as https://a.example")).toBe(
      "“Start at” takes web addresses, such as https://a.example.",
    );
    expect(sentenceOf("Token", "is not accepted by Notion. It takes another.")).toBe(
      "“Token” is not accepted by Notion. It takes another.",
    );
    expect(sentenceOf("Site", "it names a port. Give one such as https://a.example.")).toBe(
      "It names a port. Give one such as https://a.example.",
    );
    expect(sentenceOf("Site", "acme is not part of a.example.")).toBe("acme is not part of a.example.");
    expect(sentenceOf("Folder", "There is no such folder")).toBe("There is no such folder.");
  });

  test("shows what is stored of an account as it would be written, never as JSON", () => {
    const account = sources.flatMap((source) => source.accounts)[0];
    if (account === undefined) throw new Error("The fixtures have no account.");
    const options = { path: "/notes", include: ["*.md", "a.{b,c}"], exclude: [], watch: false, files: true };
    const given = givenValues({ ...account, options: { ...options, since: null, maxFileMb: 2.5 } });
    expect(Object.fromEntries(given)).toEqual({
      baseUrl: "",
      "options.path": "/notes",
      "options.include": "*.md, a.{b,c}",
      "options.exclude": "",
      "options.watch": "no",
      "options.files": "yes",
      "options.since": "",
      "options.maxFileMb": "2.5",
    });
    expect(givenValues(undefined).size).toBe(0);
  });

  test("finds the field that an error is about, however it is named", () => {
    const fields = formFields(files, "key");
    for (const named of ["path", "options.path", "options/path", "/options/path"]) {
      expect(fieldAtFault(fields, named)).toBe("options.path");
    }
    expect(fieldAtFault(fields, "account")).toBe("account");
    expect(fieldAtFault(fields, "apiKey")).toBeUndefined();
  });

  test("names required fields that are empty", () => {
    const fields = formFields(files, "key");
    expect(missingFields(fields, new Map([["options.path", " "]]))).toEqual(
      new Map([["options.path", "Fill in “Folder”."]]),
    );
    expect(missingFields(fields, new Map([["options.path", "/srv"]])).size).toBe(0);
  });
});
