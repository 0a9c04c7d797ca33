import { describe, expect, test } from "bun:test";
import { z } from "zod";
import type { CredentialInput } from "@/core/models/credential";
import { InputError } from "@/core/models/errors";
import { createIntegration } from "@/core/services/sync/create-integration";
import { testApp } from "@test/app";
import { checkInput } from "./check";
import { pastDayOption, yesNoOption } from "./options";

const seen: unknown[] = [];
const radio = createIntegration({
  config: {
    integration: "Radio",
    icon: "/assets/radio.svg",
    integrationType: "API_KEY",
    inputs: [{ input: "apiKey", label: "Station's key", placeholder: "st_…", required: true }],
    optionInputs: [
      { key: "since", label: "Talk since" },
      { key: "loud", label: "Loud talk too" },
      { key: "room", label: "Room", required: true },
    ],
  },
  options: z.object({
    since: pastDayOption.optional(),
    loud: yesNoOption.default(true),
    room: z.string({ error: "takes a room's name" }),
  }),
  streams: (_context, options) => {
    seen.push(options);
    return [];
  },
});
const good: CredentialInput = { integration: "Radio", apiKey: "st_1", options: { room: "blue" } };

function refusalOf(input: CredentialInput): InputError {
  try {
    checkInput(radio, input);
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error("It was taken.");
}

describe("what is wrong with a form", () => {
  test("is said by the labels that the person saw, and told to programs by field", () => {
    const error = refusalOf({ ...good, options: { room: "blue", since: "soon", loud: "perhaps" } });
    expect(error.message).toBe(
      "Radio cannot be connected like this: “Talk since” takes a day such as 2025-01-31; “Loud talk too” takes yes or no.",
    );
    expect(error.details).toEqual([
      { field: "options.since", message: "takes a day such as 2025-01-31" },
      { field: "options.loud", message: "takes yes or no" },
    ]);
  });

  test("is said once of each field, the key's and the settings' together", () => {
    const error = refusalOf({ integration: "Radio", options: { loud: "perhaps" } });
    expect(error.message).toContain(
      "“Station's key” is needed, such as st_…; “Room” is needed; “Loud talk too” takes yes or no.",
    );
    expect(error.details).toHaveLength(3);
  });

  test("that the form does not know is named as it was written", () => {
    const error = refusalOf({ ...good, options: { room: "blue", sinse: "2025-01-31" } });
    expect(error.message).toContain("options.sinse is not known here");
    expect(error.message).toContain("did you mean options.since?");
  });
});

describe("a source that declares what its settings take", () => {
  test("is handed them as read, with their defaults", async () => {
    await using app = await testApp({ integrations: [radio] });
    await expect(
      app.credentials.save(radio, { ...good, options: { room: "red", since: "soon" } }),
    ).rejects.toThrow("“Talk since” takes a day");
    await app.credentials.save(radio, { ...good, options: { room: "red", loud: "no" } });
    const [started] = await app.runner.start({ integration: "Radio", mode: "full", trigger: "manual" });
    expect(await app.runner.wait(started?.runId ?? "")).toMatchObject({ state: "succeeded" });
    expect(seen.at(-1)).toEqual({ room: "red", loud: false });
  });
});
