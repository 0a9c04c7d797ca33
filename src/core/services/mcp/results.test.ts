import { describe, expect, test } from "bun:test";
import { InputError, NotFoundError } from "@/core/models/errors";
import { createLogger, silentLogger } from "@/core/services/logger";
import { errorResult, fitting, MAX_RESULT_CHARACTERS, structuredResult, textResult } from "./results";

const textOf = (result: ReturnType<typeof textResult>) => {
  const [block] = result.content;
  return block?.type === "text" ? block.text : "";
};

describe("results", () => {
  test("say the same in text and in structured content", () => {
    const result = structuredResult({ a: 1, left: undefined, nested: { b: [null] } });
    expect(JSON.parse(textOf(result))).toEqual(result.structuredContent);
    expect(result.structuredContent).toEqual({ a: 1, nested: { b: [null] } });
  });

  test("that would be too long become an error that says so", () => {
    const result = structuredResult({ text: "x".repeat(MAX_RESULT_CHARACTERS) });
    expect(result.isError).toBe(true);
    expect(textOf(result)).toContain("Ask for less");
    expect(textOf(textResult("x".repeat(90_000)))).toHaveLength(MAX_RESULT_CHARACTERS);
  });

  test("name the field and what it takes when the input is wrong", () => {
    const error = new InputError("The request is wrong.", [
      { field: "minDate", message: "takes an ISO-8601 date" },
    ]);
    const result = errorResult(error, silentLogger);
    expect(result.isError).toBe(true);
    expect(textOf(result)).toBe("The request is wrong.\n- minDate: takes an ISO-8601 date");
    const missing = new NotFoundError("There is no integration 'Shelv'.", { action: "Did you mean Shelf?" });
    expect(textOf(errorResult(missing, silentLogger))).toBe(
      "There is no integration 'Shelv'. Did you mean Shelf?",
    );
  });

  test("that are errors stay short, keep their next step, and show nothing invisible", () => {
    const asked = `SELECT ${"y".repeat(90_000)} \u001B[31m\u{E0041}`;
    const error = new NotFoundError(`There is no column '${asked}'.`, { action: "Did you mean title?" });
    const text = textOf(errorResult(error, silentLogger));
    expect(text.length).toBeLessThanOrEqual(6_000);
    expect(text).toStartWith("There is no column 'SELECT yyy");
    expect(text).toEndWith("yyy '. Did you mean title?");
  });

  test("keep the inside of unexpected errors out of the answer, and in the log", () => {
    const lines: string[] = [];
    const log = createLogger({ level: "info", write: (line) => void lines.push(line) });
    const result = errorResult(new Error("SELECT secret FROM /data/stoneturner.db"), log);
    expect(textOf(result)).not.toContain("SELECT");
    expect(textOf(result)).not.toContain("stoneturner.db");
    expect(lines.join()).toContain("SELECT secret");
  });
});

describe("fitting", () => {
  test("keeps leading items within the budget, and always one", () => {
    expect(fitting(["aaa", "bbb", "ccc"], 12)).toEqual(["aaa", "bbb"]);
    expect(fitting(["a".repeat(50)], 10)).toHaveLength(1);
    expect(fitting([], 10)).toEqual([]);
  });
});
