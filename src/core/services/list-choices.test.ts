import { expect, test } from "bun:test";
import type { OptionChoice } from "@/core/models/choices";
import { ConflictError, InputError, NotFoundError } from "@/core/models/errors";
import type { Integration, IntegrationContext } from "@/core/models/integration";
import { testApp } from "@test/app";
import { listOption } from "./credentials/options";
import { z } from "zod";
import { listChoices } from "./list-choices";

/** A source with rooms to choose from, which notes how many it was asked for, and by whom. */
function hotel(rooms: readonly OptionChoice[], change: Partial<Integration> = {}) {
  const seen = { asked: 0, context: undefined as IntegrationContext | undefined };
  const integration: Integration = {
    config: {
      integration: "Hotel",
      icon: "/assets/files.svg",
      integrationType: "API_KEY",
      inputs: [{ input: "apiKey", label: "Key", secret: true }],
      optionInputs: [
        { key: "rooms", label: "Rooms", required: true },
        { key: "floor", label: "Floor" },
      ],
    },
    options: z.object({
      rooms: listOption.refine((given) => !given.includes("half"), "takes whole names"),
      floor: z.string().regex(/^\d$/, "takes a number").optional(),
    }),
    connect: async (input) => ({
      account: "lobby",
      credential: { ...input, apiKey: input.apiKey?.slice(1) },
    }),
    choices: {
      rooms: async function* (context) {
        seen.context = context;
        for (const room of rooms) {
          seen.asked += 1;
          yield room;
        }
      },
    },
    sync: async () => {},
    syncUpdates: async () => {},
    deleteSync: async () => {},
    ...change,
  };
  return { integration, seen };
}

const { signal } = new AbortController();
const named = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ id: `r${at}`, name: `Room ${String(at).padStart(5, "0")}` }));
const input = { integration: "Hotel", apiKey: " xkey " };

test("names are written where they mean one entry, ids elsewhere; all in order", async () => {
  const { integration } = hotel([
    { id: "r1", name: "Zen" },
    { id: "r2", name: "Attic", hint: "old" },
    { id: "r3", name: "attic", hint: "new\n\u0000wing" },
    { id: "r4", name: "Sea, view" },
    { id: "r5", name: "" },
    { id: "https://hotel.example/r6", name: "Linked", byIdOnly: true },
  ]);
  await using app = await testApp({ integrations: [integration] });
  const { choices, more } = await listChoices(app, integration, {
    option: "rooms",
    input,
    words: "",
    signal,
  });
  expect(choices.map(({ name, value }) => [name, value])).toEqual([
    ["attic", "r3"],
    ["Attic", "r2"],
    ["Linked", "https://hotel.example/r6"],
    ["r5", "r5"],
    ["Sea, view", "r4"],
    ["Zen", "Zen"],
  ]);
  expect(choices[0]?.hint).toBe("new wing");
  expect(more).toBe(false);
});

test("no more are asked for than are answered, and words find what lies beyond", async () => {
  const { integration, seen } = hotel(named(20_000));
  await using app = await testApp({ integrations: [integration] });
  const ask = (words: string) => listChoices(app, integration, { option: "rooms", input, words, signal });
  const first = await ask("");
  expect([first.choices.length, first.more, seen.asked]).toEqual([200, true, 201]);
  expect(await ask("ROOM 00777")).toEqual({
    choices: [{ value: "Room 00777", name: "Room 00777" }],
    more: true,
  });
  seen.asked = 0;
  expect(await ask("Room 19999")).toEqual({ choices: [], more: true });
  expect(seen.asked).toBeLessThanOrEqual(10_001);
});

test("the key is checked and cleaned first; what is half written does not matter, other settings do", async () => {
  const { integration, seen } = hotel(named(2));
  await using app = await testApp({ integrations: [integration] });
  const ask = (given: object) =>
    listChoices(app, integration, { option: "rooms", input: { ...input, ...given }, words: "", signal });
  await ask({ options: { rooms: "half" } });
  expect(seen.context?.credential).toMatchObject({
    apiKey: "key",
    account: "lobby",
    options: { rooms: "half" },
  });
  await expect(ask({ options: { floor: "top" } })).rejects.toThrow(InputError);
  await expect(ask({ options: { stairs: "up" } })).rejects.toThrow(InputError);
  expect(await app.credentials.list("Hotel")).toEqual([]);
  await app.credentials.save(integration, { ...input, options: { rooms: "Zen" } });
  await ask({ apiKey: undefined, account: "lobby", keepSecrets: true });
  expect(seen.context?.credential.apiKey).toBe("ey");
});

test("a setting without a list, and an account that nobody has agreed to yet, are told so", async () => {
  const oauth = { authorizeUrl: "https://h.example/a", tokenUrl: "https://h.example/t", scopes: [] };
  const { integration } = hotel(named(1), {
    oauth: {
      ...oauth,
      pkce: true,
      clientAuth: "body",
      tokenFormat: "form",
      account: async () => ({ account: "x" }),
    },
  });
  await using app = await testApp({ integrations: [integration] });
  const ask = (option: string) =>
    listChoices(app, integration, {
      option,
      input: { integration: "Hotel", account: "new" },
      words: "",
      signal,
    });
  for (const option of ["floor", "constructor", "__proto__"])
    await expect(ask(option)).rejects.toThrow(NotFoundError);
  await expect(ask("rooms")).rejects.toThrow(ConflictError);
});

test("a source that breaks off tells why", async () => {
  const { integration } = hotel([], {
    choices: {
      // oxlint-disable-next-line require-yield
      rooms: async function* () {
        throw new InputError("Hotel is closed.", []);
      },
    },
  });
  await using app = await testApp({ integrations: [integration] });
  const answer = listChoices(app, integration, { option: "rooms", input, words: "", signal });
  await expect(answer).rejects.toThrow("Hotel is closed.");
});
