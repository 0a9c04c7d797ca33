import { describe, expect, test } from "bun:test";
import { PermanentError, RateLimitedError, TransientError } from "@/core/models/errors";
import { refusalOf, UnseenFieldError } from "./refusals";

const now = Date.parse("2026-03-02T09:00:00Z");
const meaning = (status: number, errorCode: string, message = "") =>
  refusalOf({ status, headers: new Headers(), json: [{ errorCode, message }], now }, 90);
const usage = (said: string, share = 90) =>
  refusalOf({ status: 200, headers: new Headers({ "sforce-limit-info": said }), json: {}, now }, share);

describe("a refusal", () => {
  test("for the day's limit waits an hour, for too many at once some seconds", () => {
    const daily = meaning(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.");
    expect(daily).toBeInstanceOf(RateLimitedError);
    expect(daily).toMatchObject({ retryAt: new Date(now + 3_600_000) });
    const atOnce = meaning(403, "REQUEST_LIMIT_EXCEEDED", "ConcurrentPerOrgLongTxn Limit exceeded.");
    expect(atOnce).toMatchObject({ retryAt: new Date(now + 10_000) });
  });

  test("of a field names it; what passes is tried again; a closed API says who can open it", () => {
    const said =
      "\nSELECT Id, Region__c\n  ^\nERROR at Row:1:Column:12\nNo such column 'Region__c' on entity 'Account'.";
    expect(meaning(400, "INVALID_FIELD", said)).toMatchObject({ field: "Region__c" });
    expect(
      meaning(400, "INVALID_FIELD", "Didn't understand relationship 'Owner' in field path."),
    ).toBeInstanceOf(UnseenFieldError);
    expect(meaning(400, "INVALID_FIELD", "something new")).toBeUndefined();
    expect(meaning(400, "QUERY_TIMEOUT")).toBeInstanceOf(TransientError);
    const closed = meaning(403, "API_DISABLED_FOR_ORG");
    expect(closed).toBeInstanceOf(PermanentError);
    expect(closed?.action).toContain("API Enabled");
  });

  test("that only the status tells of is left to it: ended sessions are renewed", () => {
    expect(meaning(401, "INVALID_SESSION_ID", "Session expired or invalid")).toBeUndefined();
    expect(meaning(403, "INSUFFICIENT_ACCESS")).toBeUndefined();
    expect(refusalOf({ status: 500, headers: new Headers(), json: "<html>", now }, 90)).toBeUndefined();
  });
});

describe("the organisation's requests of 24 hours", () => {
  test("are left to others from a share on, and the words say how many there were", () => {
    expect(usage("api-usage=89999/100000")).toBeUndefined();
    expect(usage("api-usage=90000/100000")?.explanation).toBe(
      "This Salesforce organisation has used 90000 of its 100000 API requests of 24 hours. The sync leaves the others to other programs, and goes on once less than 90 % are used.",
    );
    expect(usage("api-usage=90000/100000", 100)).toBeUndefined();
  });

  test("are not taken for those of one application, nor for what is no number", () => {
    expect(usage("per-app-api-usage=250/250(appName=Other)")).toBeUndefined();
    expect(usage("api-usage=25/5000; per-app-api-usage=250/250(appName=Other)")).toBeUndefined();
    expect(usage("per-app-api-usage=1/250(appName=Other); api-usage=5000/5000")).toBeInstanceOf(
      RateLimitedError,
    );
    expect(usage("api-usage=0/0")).toBeUndefined();
    expect(usage("soon")).toBeUndefined();
  });
});
