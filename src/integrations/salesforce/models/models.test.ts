import { describe, expect, test } from "bun:test";
import { identityOf, longId } from "./ids";
import { loginAddress, optionsSchema } from "./options";

describe("ids", () => {
  test("of 15 characters are those of 18 that say which are capitals", () => {
    expect(longId("00D000000000001")).toBe("00D000000000001EAA");
    expect(longId("001D000000IRFma")).toBe("001D000000IRFmaIAH");
    expect(longId("001D000000IRFmaIAH")).toBe("001D000000IRFmaIAH");
    // Case tells records apart.
    expect(longId("001D000000irfma")).not.toBe(longId("001D000000IRFma"));
  });

  test("of organisation and user stand in an identity address, in either form", () => {
    const long = { organisation: "00Dx0000000BV7zEAG", user: longId("005x00000012Q9P") };
    expect(identityOf("https://login.salesforce.com/id/00Dx0000000BV7z/005x00000012Q9P")).toEqual(long);
    expect(identityOf(`https://test.salesforce.com/id/${long.organisation}/${long.user}`)).toEqual(long);
    expect(identityOf("https://login.salesforce.com/id/1/2")).toBeUndefined();
  });
});

describe("where people log in", () => {
  test.each([
    [undefined, "https://login.salesforce.com"],
    ["Production", "https://login.salesforce.com"],
    ["sandbox", "https://test.salesforce.com"],
    ["acme.my.salesforce.com", "https://acme.my.salesforce.com"],
    ["https://acme--uat.sandbox.my.salesforce.com/home", "https://acme--uat.sandbox.my.salesforce.com"],
  ])("%p leads to %p", (given, address) => expect(loginAddress(given)).toBe(address));

  test.each([
    "https://salesforce.com.evil.example",
    "http://acme.my.salesforce.com",
    "https://me@salesforce.com",
  ])("%p is refused, in words", (login) => {
    const { error } = optionsSchema.safeParse({ login });
    expect(error?.issues[0]?.message).toContain("takes production, sandbox, or an address");
  });
});

test("settings are taken as people write them, and name what they take", () => {
  expect(
    optionsSchema.parse({ objects: "Accounts, cases", custom: "Project__c", talk: "no", share: "50" }),
  ).toEqual({
    login: "production",
    objects: ["accounts", "cases"],
    custom: ["Project__c"],
    talk: false,
    share: 50,
  });
  const messages = (given: unknown) =>
    optionsSchema.safeParse(given).error?.issues.map(({ message }) => message);
  expect(messages({ objects: "invoices" })?.[0]).toContain("takes names out of accounts, contacts");
  expect(messages({ custom: "Account" })?.[0]).toContain("such as Project__c");
  expect(messages({ share: "150" })).toEqual(["takes at most 100"]);
});
