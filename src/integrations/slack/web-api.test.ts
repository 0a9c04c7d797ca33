import { expect, test } from "bun:test";
import { z } from "zod";
import { PermanentError } from "@/core/models/errors";
import { allEntries, type Call } from "./web-api";

/** Slack's answers to one listing, by the cursor that was asked with. */
function listing(pages: Record<string, { members: unknown[]; next: string }>) {
  const asked: unknown[] = [];
  const call: Call = async (_method, schema, form) => {
    asked.push(form);
    const { members, next } = pages[String(form?.["cursor"] ?? "")] ?? { members: [], next: "" };
    return schema.parse({ ok: true, members, response_metadata: { next_cursor: next } });
  };
  const options = { name: "members", entry: z.object({ id: z.string() }), form: { limit: 2 } };
  return { asked, all: () => allEntries(call, "users.list", options) };
}

test("a listing is read to its end, whatever is empty on the way", async () => {
  const { asked, all } = listing({
    "": { members: [{ id: "U1" }, { id: "U2" }], next: "a=" },
    "a=": { members: [], next: "b=" },
    "b=": { members: [{ id: "U3" }], next: "" },
  });
  expect(await all()).toEqual([{ id: "U1" }, { id: "U2" }, { id: "U3" }]);
  expect(asked).toEqual([{ limit: 2 }, { limit: 2, cursor: "a=" }, { limit: 2, cursor: "b=" }]);
});

test("a listing that goes round in a circle is refused: what it never came to is not gone", async () => {
  const same = listing({
    "": { members: [{ id: "U1" }], next: "a=" },
    "a=": { members: [{ id: "U2" }], next: "a=" },
  });
  expect(await same.all().catch((error: unknown) => error)).toBeInstanceOf(PermanentError);
  const round = listing({
    "": { members: [{ id: "U1" }], next: "a=" },
    "a=": { members: [{ id: "U2" }], next: "b=" },
    "b=": { members: [{ id: "U3" }], next: "a=" },
  });
  expect(await round.all().catch(String)).toContain("stuck");
});
