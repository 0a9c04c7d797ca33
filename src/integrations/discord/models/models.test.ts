import { expect, test } from "bun:test";
import { inviteLink } from "../invite-link";
import { discordOptionsSchema, floorOf, isNamed } from "./models";
import { timeOfId } from "./snowflake";

test("a form's texts become lists, a date and a number", () => {
  const options = discordOptionsSchema.parse({
    servers: " Acme , 81384788765712384\n",
    channels: "#general",
    since: "2024-01-31",
    rereadDays: "14",
    privateThreads: "Yes",
  });
  expect(options).toMatchObject({
    servers: ["Acme", "81384788765712384"],
    channels: ["general"],
    exclude: [],
    rereadDays: 14,
    privateThreads: true,
  });
  expect(timeOfId(floorOf(options))).toBe(Date.UTC(2024, 0, 31));
  expect(floorOf(discordOptionsSchema.parse({}))).toBe("0");
  expect(discordOptionsSchema.parse({})).toMatchObject({ rereadDays: 7, privateThreads: false });
  expect(discordOptionsSchema.parse(options)).toEqual(options);
});

test.each([
  [{ since: "yesterday-ish" }, "takes a day such as 2025-01-31"],
  [{ rereadDays: "-1" }, "takes a number of days from 0 to 90"],
  [{ since: "2999-01-01" }, "takes a day that is past"],
  [{ rereadDays: "many" }, "takes a number of days from 0 to 90"],
  [{ privateThreads: "perhaps" }, "takes yes or no"],
  [{ servers: 7 }, "takes entries separated by commas"],
])("%p is refused in words", (given, message) => {
  expect(discordOptionsSchema.safeParse(given).error?.issues[0]?.message).toBe(message);
});

test("names are compared without case, ids as they are", () => {
  expect(isNamed(["GENERAL"], "123", "general")).toBe(true);
  expect(isNamed(["123"], "123", "general")).toBe(true);
  expect(isNamed(["gen"], "123", "general", null, undefined)).toBe(false);
});

test("the invite link asks for the rights that reading takes and no others", () => {
  const link = new URL(inviteLink("81384788765712384", { privateThreads: false }));
  expect(link.searchParams.get("client_id")).toBe("81384788765712384");
  expect(link.searchParams.get("scope")).toBe("bot");
  // VIEW_CHANNEL, READ_MESSAGE_HISTORY and CONNECT.
  expect(link.searchParams.get("permissions")).toBe("1115136");
  const more = new URL(inviteLink("1", { privateThreads: true }));
  expect(more.searchParams.get("permissions")).toBe(String(1_115_136n | (1n << 34n)));
});
