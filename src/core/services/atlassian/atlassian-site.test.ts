import { describe, expect, test } from "bun:test";
import { AuthError, InputError, TransientError } from "@/core/models/errors";
import { MissingError } from "@/core/services/http/errors";
import { refusedSite, siteCredential, unknownToken } from "./atlassian-site";

describe("a site", () => {
  test("is stored as its origin, with what was pasted around the token left out, and gives the account its name", () => {
    const filled = {
      baseUrl: " acme.atlassian.net/wiki ",
      accessKey: " ana@acme.example",
      secretKey: "key\n",
    };
    expect(siteCredential({ integration: "Jira", ...filled })).toEqual({
      account: "acme",
      credential: {
        integration: "Jira",
        baseUrl: "https://acme.atlassian.net",
        accessKey: "ana@acme.example",
        secretKey: "key",
      },
    });
  });

  test("keeps the name that a person gave its account", () => {
    const filled = { integration: "Jira", account: "Work", baseUrl: "https://acme.atlassian.net" };
    expect(siteCredential(filled).account).toBe("Work");
  });

  test("elsewhere is given no token", () => {
    expect(() =>
      siteCredential({ integration: "Jira", baseUrl: "https://atlassian.net.evil.example" }),
    ).toThrow(InputError);
  });
});

describe("a site that refuses", () => {
  const thrown = (error: unknown) => {
    try {
      return refusedSite("Jira", error);
    } catch (failure) {
      return failure;
    }
  };

  test("the token says what to give", () => {
    const error = thrown(new AuthError("401"));
    expect(error).toBeInstanceOf(AuthError);
    expect(error).toMatchObject({ message: unknownToken("Jira").message });
  });

  test("everything is no site of that kind, and the field is named", () => {
    const error = thrown(new MissingError("404", { status: 404, detail: "" }));
    expect(error).toMatchObject({
      message: "There is no Jira at this address.",
      details: [{ field: "baseUrl" }],
    });
  });

  test("for another reason is told as it is", () => {
    const down = new TransientError("503");
    expect(thrown(down)).toBe(down);
  });
});
