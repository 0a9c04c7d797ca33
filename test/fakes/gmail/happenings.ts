/** What happens to mail beside coming in and going: all of it is in Gmail's list of changes. */
import type { Happening } from "../fake";
import { type FakeMessage, keyOf, type MailWorld } from "./world";

export function mailHappenings(world: MailWorld): readonly Happening[] {
  const toAny = (act: (message: FakeMessage) => void) => () => {
    if (world.shown().length === 0) return undefined;
    const message = world.pick();
    act(message);
    return keyOf(message);
  };
  const some = (label: string) => [...world.messages.values()].find(({ labels }) => labels.has(label));
  const to = (label: string, act: (message: FakeMessage) => void) => () => {
    const message = some(label);
    if (message === undefined) return undefined;
    act(message);
    return keyOf(message);
  };
  const all: Omit<Happening, "seen">[] = [
    { name: "look at a mail", happen: toAny((message) => world.label(message, [], ["UNREAD"])) },
    { name: "archive a mail", happen: toAny((message) => world.label(message, [], ["INBOX"])) },
    { name: "give a label", happen: toAny((message) => world.label(message, ["Label_1"])) },
    { name: "take a label", happen: to("Label_1", (message) => world.label(message, [], ["Label_1"])) },
    {
      name: "get an advertisement",
      happen: () => keyOf(world.write({ labels: ["INBOX", "CATEGORY_PROMOTIONS"] })),
    },
    {
      name: "answer an advertisement",
      happen: to("CATEGORY_PROMOTIONS", (message) => void world.answer(message, ["SENT"])),
    },
    { name: "begin a draft", happen: toAny((message) => void world.answer(message, ["DRAFT"])) },
    { name: "send a draft", happen: to("DRAFT", (message) => world.label(message, ["SENT"], ["DRAFT"])) },
    {
      name: "throw one message away",
      happen: toAny((message) => world.label(message, ["TRASH"])),
      takesAway: true,
    },
    {
      name: "take a message out of the bin",
      happen: to("TRASH", (message) => world.label(message, [], ["TRASH"])),
    },
    {
      name: "empty the bin",
      happen: () => {
        for (const message of [...world.messages.values()])
          if (message.labels.has("TRASH")) world.remove(message);
      },
    },
    { name: "this is no spam", happen: to("SPAM", (message) => world.label(message, ["INBOX"], ["SPAM"])) },
    {
      name: "this is an advertisement",
      happen: toAny((message) => world.label(message, ["CATEGORY_PROMOTIONS"])),
      takesAway: true,
    },
    {
      name: "rename a label",
      happen: () => void world.names.set("Label_1", `Clients ${world.random.below(1e6)}`),
    },
  ];
  return all.map((one) => ({ ...one, seen: true }));
}
