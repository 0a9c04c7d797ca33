import { expect, test } from "bun:test";
import { z } from "zod";
import { parseKept } from "./kept";

test("what cannot be read is as usual", () => {
  const schema = z.array(z.string());
  expect(parseKept(schema, '["author"]', [])).toEqual(["author"]);
  for (const text of [null, "", "{", "7", '{"author":true}', "[1]"]) {
    expect(parseKept(schema, text, ["usual"])).toEqual(["usual"]);
  }
});
