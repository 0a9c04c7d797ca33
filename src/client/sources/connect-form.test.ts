import { describe, expect, test } from "bun:test";
import { credentialInputSchema } from "@/core/models/credential";
import { newSources } from "../../../test/browser/fixtures";
import { fieldAtFault, formFields, missingFields, toCredential } from "./connect-form";

const [files, linear] = newSources;
if (files === undefined || linear === undefined) throw new Error("The fixtures have no sources.");

describe("the connect form", () => {
  test("has the source's own fields, and the account's name last", () => {
    expect(formFields(files).map((field) => field.name)).toEqual([
      "options.path",
      "options.include",
      "options.exclude",
      "options.watch",
      "account",
    ]);
    expect(formFields(linear)[0]).toMatchObject({ name: "apiKey", secret: true, required: true });
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

  test("finds the field that an error is about, however it is named", () => {
    const fields = formFields(files);
    for (const named of ["path", "options.path", "options/path", "/options/path"]) {
      expect(fieldAtFault(fields, named)).toBe("options.path");
    }
    expect(fieldAtFault(fields, "account")).toBe("account");
    expect(fieldAtFault(fields, "apiKey")).toBeUndefined();
  });

  test("names required fields that are empty", () => {
    const fields = formFields(files);
    expect(missingFields(fields, new Map([["options.path", " "]]))).toEqual(
      new Map([["options.path", "Fill in “Folder”."]]),
    );
    expect(missingFields(fields, new Map([["options.path", "/srv"]])).size).toBe(0);
  });
});
