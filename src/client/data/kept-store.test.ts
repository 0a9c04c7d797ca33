import { expect, test } from "bun:test";
import { createKeptStore } from "./kept-store";

/** Storage of the browser's kind that takes `room` characters a text. */
function smallStorage(room: number) {
  const texts = new Map<string, string>();
  const storage = {
    getItem: (name: string) => texts.get(name) ?? null,
    setItem: (name: string, text: string) => {
      if (text.length > room) throw new DOMException("full", "QuotaExceededError");
      texts.set(name, text);
    },
  };
  return { texts, store: createKeptStore(() => storage) };
}

test("what fits is stored, and whoever listens hears of it", () => {
  const { texts, store } = smallStorage(10);
  let heard = 0;
  const end = store.subscribe(() => (heard += 1));
  expect(store.keep("views", "short")).toBe(true);
  expect([store.read("views"), texts.get("views"), heard]).toEqual(["short", "short", 1]);
  end();
  store.keep("views", "other");
  expect(heard).toBe(1);
});

test("what does not fit counts for this visit until something that fits takes its place", () => {
  const { texts, store } = smallStorage(10);
  store.keep("views", "short");
  expect(store.keep("views", "much too long")).toBe(false);
  expect([store.read("views"), texts.get("views")]).toEqual(["much too long", "short"]);
  expect(store.keep("views", "again")).toBe(true);
  expect([store.read("views"), texts.get("views")]).toEqual(["again", "again"]);
});

test("where the browser forbids storage, a choice still counts for this visit", () => {
  const store = createKeptStore(() => {
    throw new DOMException("denied", "SecurityError");
  });
  expect(store.read("columns")).toBeNull();
  expect(store.keep("columns", '["Author"]')).toBe(false);
  expect(store.read("columns")).toBe('["Author"]');
});
