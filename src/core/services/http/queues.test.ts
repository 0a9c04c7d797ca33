import { expect, test } from "bun:test";
import { learnBucket, limitedQueue, queuesOf } from "./queues";

const url = new URL("https://api.example.com/channels/1/messages");
const options = { credentialKey: "mine" };
const messagesOf = (place: string) => ({ bucket: { route: "/channels/:id/messages", place } });

test("requests without a bucket share their host's queue", () => {
  expect(queuesOf(url, {}, options, new Map())).toEqual({ host: "api.example.com mine", bucket: undefined });
});

test("a bucket is one of its route and place, until the provider names it", () => {
  const names = new Map<string, string>();
  const first = queuesOf(url, messagesOf("1"), options, names);
  expect(queuesOf(url, messagesOf("2"), options, names).bucket).not.toBe(first.bucket);
  const pins = { bucket: { route: "/channels/:id/pins", place: "1" } };
  expect(queuesOf(url, pins, options, names).bucket).not.toBe(first.bucket);
  const headers = new Headers({ "X-RateLimit-Bucket": "abcd" });
  learnBucket(url, messagesOf("1"), headers, names);
  learnBucket(url, pins, headers, names);
  expect(queuesOf(url, pins, options, names)).toEqual(queuesOf(url, messagesOf("1"), options, names));
});

test("a limit holds for the bucket, unless it is said to be everyone's", () => {
  const queues = { host: "host", bucket: "bucket" };
  expect(limitedQueue(queues, new Headers({ "X-RateLimit-Scope": "user" }))).toBe("bucket");
  expect(limitedQueue(queues, undefined)).toBe("bucket");
  expect(limitedQueue(queues, new Headers({ "X-RateLimit-Global": "true" }))).toBe("host");
  expect(limitedQueue(queues, new Headers({ "X-RateLimit-Scope": "global" }))).toBe("host");
  expect(limitedQueue({ host: "host", bucket: undefined }, new Headers())).toBe("host");
});
