/** Worlds of talk in Slack for tests: seeded, so that a failure can be replayed. */
import { type FakeChannel, type FakeMessage, SlackWorld } from "../fakes/slack/world";
import { createRandom, type Random } from "./random";

const words = "crane harbour invoice deploy walrus budget meeting release customer pipeline".split(" ");
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

export interface SlackTalk {
  world: SlackWorld;
  random: Random;
  channels: FakeChannel[];
  /** Something new for somebody to say. */
  line: () => { text: string; user: string };
}

/** Channels with `messages` in all over the last `days`; one in five got answers, one in eight of those to all. */
export function slackTalk(
  seed: number,
  size: { channels: number; messages: number; days: number },
): SlackTalk {
  const random = createRandom(seed);
  const world = new SlackWorld();
  world.addUser("stoneturner", { isBot: true });
  const people = ["ann", "bob", "cleo", "dan"].map((name) => world.addUser(name));
  people.push(world.addUser("guest", { listed: false }));
  const channels = Array.from({ length: size.channels }, (_, index) => world.addChannel(`talk-${index}`));
  let count = 0;
  const line = () => ({
    text: `Note ${++count}: ${Array.from({ length: 3 + random.below(9) }, () => random.pick(words)).join(" ")}.`,
    user: random.pick(people).id,
  });
  const talk = { world, random, channels, line };
  const start = Date.now() - size.days * DAY_MS;
  for (let index = 0; index < size.messages; index++) {
    const at = start + Math.floor((index / size.messages) * (size.days * DAY_MS - 30 * MINUTE_MS));
    const channel = channels[random.below(random.below(channels.length) + 1)];
    if (channel === undefined) continue;
    const said = post(talk, channel, at);
    if (random.below(5) > 0) continue;
    for (let turn = 1; turn <= 1 + random.below(4); turn++)
      answer(talk, channel, said, at + turn * MINUTE_MS);
  }
  return talk;
}

function post({ world, line }: SlackTalk, channel: FakeChannel, at: number): FakeMessage {
  const { text, user } = line();
  return world.post(channel, text, at, { user });
}

function answer({ world, random, line }: SlackTalk, channel: FakeChannel, to: FakeMessage, at: number): void {
  const { text, user } = line();
  world.answer(channel, to, text, at, {
    user,
    ...(random.below(8) === 0 ? { subtype: "thread_broadcast" } : {}),
  });
}

/** Random changes of every kind that people make to what is no older than `days`; new talk is of now. */
export function changeTalk(talk: SlackTalk, times: number, days: number): void {
  const { world, random, line } = talk;
  for (let change = 0; change < times; change++) {
    const channel = random.pick(talk.channels);
    const young = world
      .inChannel(channel)
      .filter(({ ts }) => Number(ts) * 1_000 > Date.now() - days * DAY_MS);
    const target = young.length === 0 ? undefined : random.pick(young);
    const isParent = target !== undefined && (target.thread_ts ?? target.ts) === target.ts;
    const kind = random.below(6);
    if (kind === 0 || target === undefined) post(talk, channel, Date.now());
    else if (kind === 1 && isParent) answer(talk, channel, target, Date.now());
    else if (kind === 2 && target["subtype"] !== "tombstone")
      Object.assign(target, { text: line().text, edited: { user: target.user, ts: target.ts } });
    else if (kind === 3) world.delete(channel, target);
    else if (kind === 4) target["reactions"] = [{ name: "tada", count: 1 + random.below(9), users: [] }];
    else {
      const last = world.answersTo(channel, target).at(-1);
      if (last !== undefined) world.delete(channel, last);
    }
  }
}
