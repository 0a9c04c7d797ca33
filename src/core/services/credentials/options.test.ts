import { describe, expect, test } from "bun:test";
import { z } from "zod";
import { PermanentError } from "@/core/models/errors";
import type { IntegrationConfig } from "@/core/models/integration-config";
import { listOption, optionIssues, pastDayOption, storedOptions, yesNoOption } from "./options";

const schema = z.object({
  rooms: listOption.default([]),
  since: pastDayOption.optional(),
  loud: yesNoOption.default(false),
});
const config: IntegrationConfig = {
  integration: "Radio",
  icon: "/assets/radio.svg",
  integrationType: "API_KEY",
  optionInputs: [
    { key: "rooms", label: "Only these rooms" },
    { key: "since", label: "Talk since" },
    { key: "loud", label: "Loud talk too" },
  ],
};

describe("settings as people write them", () => {
  test.each([
    [{}, { rooms: [], loud: false }],
    [{ rooms: " a, b\nc,," }, { rooms: ["a", "b", "c"], loud: false }],
    [
      { rooms: ["a"], loud: "Yes" },
      { rooms: ["a"], loud: true },
    ],
    [
      { since: "2024-02-29", loud: true },
      { rooms: [], since: "2024-02-29", loud: true },
    ],
  ])("%j is taken, and once it is stored taken again", (given, taken) => {
    expect(optionIssues(schema, given)).toEqual([]);
    const options = storedOptions(config, schema, given);
    expect(options).toEqual({ ...taken } as typeof options);
    expect(storedOptions(config, schema, { ...options })).toEqual(options);
  });

  test("that are left out altogether take their defaults", () => {
    expect(optionIssues(schema, undefined)).toEqual([]);
  });

  test.each([
    [{ loud: "perhaps" }, "loud", "“Loud talk too” takes yes or no"],
    [{ loud: 3 }, "loud", "“Loud talk too” takes yes or no"],
    [{ since: "2024-02-31x" }, "since", "“Talk since” takes a day such as 2025-01-31"],
    [{ since: "2999-01-01" }, "since", "“Talk since” takes a day that is past"],
    [{ rooms: 4 }, "rooms", "“Only these rooms” takes entries separated by commas"],
    [{ rooms: [3, 4] }, "rooms", "“Only these rooms” takes entries separated by commas"],
  ])("%j is told by the field and, when it is stored, by the field's label", (given, key, words) => {
    expect(optionIssues(schema, given)).toMatchObject([{ field: `options.${key}` }]);
    const read = () => storedOptions(config, schema, given);
    expect(read).toThrow(`The settings of this Radio account are wrong: ${words}.`);
    expect(read).toThrow(PermanentError);
  });
});
