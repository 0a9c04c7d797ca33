import { describe, expect, test } from "bun:test";
import { githubOptionsSchema, kinds } from "./options";

const read = (given: Record<string, unknown>) => githubOptionsSchema.parse(given);
const refused = (given: Record<string, unknown>) =>
  githubOptionsSchema.safeParse(given).error?.issues.map(({ message }) => message)[0];

describe("what a person may choose", () => {
  test("is everything but forks where nothing is said", () => {
    expect(read({})).toEqual({ repositories: [], include: [...kinds], forks: false });
    expect(read({ include: " , " }).include).toEqual([...kinds]);
  });

  test("names owners and repositories, by name or by the address in a browser", () => {
    const given =
      "octo-org, octo-org/hand.book, https://github.com/octo/site.git, https://ghe.acme.example/team/,HTTP://github.com/a/b/";
    expect(read({ repositories: given }).repositories).toEqual([
      "octo-org",
      "octo-org/hand.book",
      "octo/site",
      "team",
      "a/b",
    ]);
  });

  test.each([
    "octo/hand/book",
    "git@github.com:octo/x.git",
    "two words",
    "..",
    "../user",
    "octo/..",
    "octo/.",
  ])("refuses %p as a place, which would lead elsewhere", (repositories) =>
    expect(refused({ repositories })).toStartWith("takes names such as octo-org"),
  );

  test("takes kinds in any case, and names them all where one is unknown", () => {
    expect(read({ include: "Pulls,DOCS" }).include).toEqual(["pulls", "docs"]);
    expect(refused({ include: "pulls, tickets" })).toBe(`takes some of ${kinds.join(", ")}`);
  });

  test("takes yes, no and past days", () => {
    expect(read({ forks: "yes", since: "2020-01-01" })).toMatchObject({ forks: true, since: "2020-01-01" });
    expect([refused({ forks: "maybe" }), refused({ since: "2999-01-01" })]).toEqual([
      "takes yes or no",
      "takes a day that is past",
    ]);
  });
});
