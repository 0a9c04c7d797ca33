import { describe, expect, test } from "bun:test";
import { z } from "zod";
import { InputError, PermanentError } from "@/core/models/errors";
import { listOption, parseOptions, pastDayOption, storedOptions, yesNoOption } from "./options";

const schema = z.object({
  rooms: listOption.default([]),
  since: pastDayOption.optional(),
  loud: yesNoOption.default(false),
});

describe("settings as people write them", () => {
  test.each([
    [{}, { rooms: [], loud: false }],
    [undefined, { rooms: [], loud: false }],
    [{ rooms: " a, b\nc,," }, { rooms: ["a", "b", "c"], loud: false }],
    [
      { rooms: ["a"], loud: "Yes" },
      { rooms: ["a"], loud: true },
    ],
    [
      { since: "2024-02-29", loud: true },
      { rooms: [], since: "2024-02-29", loud: true },
    ],
  ])("%j is taken", (given, taken) => expect(parseOptions("Radio", schema, given)).toEqual(taken));

  test("what was taken once is taken again from the store", () => {
    const options = parseOptions("Radio", schema, { rooms: "a,b", loud: "no" });
    expect(storedOptions(schema, { integration: "Radio", credential: { options } })).toEqual(options);
  });

  test.each([
    [{ loud: "perhaps" }, "options.loud takes yes or no"],
    [{ loud: 3 }, "options.loud takes yes or no"],
    [{ since: "2024-02-31x" }, "options.since takes a day such as 2025-01-31"],
    [{ since: "2999-01-01" }, "options.since takes a day that is past"],
    [{ rooms: 4 }, "options.rooms takes entries separated by commas"],
  ])("%j is refused with what it takes", (given, words) => {
    expect(() => parseOptions("Radio", schema, given)).toThrow(words);
    expect(() => parseOptions("Radio", schema, given)).toThrow(InputError);
    expect(() => storedOptions(schema, { integration: "Radio", credential: { options: given } })).toThrow(
      PermanentError,
    );
  });
});
