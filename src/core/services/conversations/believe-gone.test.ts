import { expect, test } from "bun:test";
import { believeGone, type MissingMessages } from "./believe-gone";

const many = Array.from({ length: 60 }, (_, at) => String(100 + at));

/** Ids that were asked for. */
async function asked(missing: Partial<MissingMessages>, isThere = false): Promise<string[]> {
  const ids: string[] = [];
  await believeGone({
    gone: [],
    isRead: () => true,
    isEmpty: false,
    isThere: (id) => {
      ids.push(id);
      return Promise.resolve(isThere);
    },
    service: "Talk",
    channel: "general",
    ...missing,
  });
  return ids;
}

test("a few missing messages are believed to be gone", async () => {
  expect(await asked({ gone: ["1", "2"] }, true)).toEqual([]);
  expect(await asked({ isEmpty: true }, true)).toEqual([]);
});

test("where many or all are missing, the newest that would be read is asked for by itself", async () => {
  expect(await asked({ gone: many })).toEqual(["159"]);
  expect(await asked({ gone: ["1", "2"], isEmpty: true })).toEqual(["2"]);
  expect(await asked({ gone: many, isRead: (id) => id < "120" })).toEqual(["119"]);
  expect(await asked({ gone: many, isRead: () => false }, true)).toEqual([]);
});

test("an answer that left out what is there is not believed, nor one that cannot be asked about", async () => {
  await expect(asked({ gone: many }, true)).rejects.toThrow(
    "Talk left out messages of #general that are still there.",
  );
  const isThere = () => Promise.reject(new Error("Closed."));
  await expect(asked({ gone: many, isThere })).rejects.toThrow("Closed.");
});
