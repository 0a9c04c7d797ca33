import { describe, expect, test } from "bun:test";
import { run, sources } from "../../../test/browser/fixtures";
import { accountsQuery, newestRuns, readAccountFilters, shownAccounts } from "./account-view";

const [files] = sources;
const [first] = files?.accounts ?? [];
if (files === undefined || first === undefined) throw new Error("The fixtures have no accounts.");
const account = (name: string, over: Partial<typeof first> = {}) => ({
  ...first,
  id: name,
  account: name,
  ...over,
});
const source = {
  ...files,
  accounts: [
    account("/srv/a"),
    account("/srv/b", { status: "error", statusReason: "The disk is gone." }),
    account("/home/c"),
    account("/home/d"),
  ],
  runs: [
    run({ id: "1", account: "/srv/a" }),
    run({ id: "2", account: "/home/d", state: "parked" }),
    run({ id: "3", account: "/srv/a", state: "running" }),
  ],
};
const names = (filters: Parameters<typeof shownAccounts>[1]) =>
  shownAccounts(source, filters).map((one) => one.account);

describe("accounts of a source", () => {
  test("that need somebody come first, the others in their order", () => {
    expect(names({ text: "", onlyTrouble: false })).toEqual(["/srv/b", "/home/d", "/srv/a", "/home/c"]);
    expect(names({ text: "", onlyTrouble: true })).toEqual(["/srv/b", "/home/d"]);
  });

  test("are found by their name and by what is wrong with them", () => {
    expect(names({ text: " HOME ", onlyTrouble: false })).toEqual(["/home/d", "/home/c"]);
    expect(names({ text: "disk", onlyTrouble: true })).toEqual(["/srv/b"]);
    expect(names({ text: "nowhere", onlyTrouble: false })).toEqual([]);
  });

  test("have the run that is under way, else their newest", () => {
    expect(newestRuns(source).get("/srv/a")?.id).toBe("3");
    expect(newestRuns(source).get("/home/d")?.id).toBe("2");
  });

  test("keep what they are narrowed to in the address", () => {
    for (const query of ["", "?accounts=trouble", "?account=%2Fsrv+%26", "?accounts=trouble&account=a"]) {
      expect(accountsQuery(readAccountFilters(new URLSearchParams(query)))).toBe(query);
    }
  });
});
