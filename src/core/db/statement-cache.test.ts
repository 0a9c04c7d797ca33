import { Database } from "bun:sqlite";
import { expect, test } from "bun:test";
import { StatementCache } from "@/core/db/statement-cache";

test("the same text gives the same prepared statement", () => {
  const cache = new StatementCache(new Database(":memory:"));
  expect(cache.get("SELECT 1")).toBe(cache.get("SELECT 1"));
  expect(cache.get("SELECT 2")).not.toBe(cache.get("SELECT 1"));
  cache.close();
});

test("the least recently used statement is finalised when the cache is full", () => {
  const cache = new StatementCache(new Database(":memory:"), 2);
  const first = cache.get("SELECT 1");
  const second = cache.get("SELECT 2");
  cache.get("SELECT 1");
  cache.get("SELECT 3");
  expect(cache.get("SELECT 1")).toBe(first);
  expect(() => second.all()).toThrow();
  cache.close();
});

test("a statement survives a change of the table it reads", () => {
  const database = new Database(":memory:");
  database.run("CREATE TABLE t (a)");
  const cache = new StatementCache(database);
  expect(cache.get("SELECT * FROM t").all()).toEqual([]);
  database.run("ALTER TABLE t ADD COLUMN b DEFAULT 2");
  database.run("INSERT INTO t (a) VALUES (1)");
  expect(cache.get("SELECT a, b FROM t").all()).toEqual([{ a: 1, b: 2 }]);
  cache.close();
  database.close();
});
