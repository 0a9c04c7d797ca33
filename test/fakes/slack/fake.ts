/** The stand-in for Slack as the suite for all integrations wants it: talk that comes, changes, hides and goes. */
import { createRandom, type Random } from "@test/random";
import type { ExpectedArtifact, FakeFaults, FakeSource, FakeWorld, StartFake } from "../fake";
import { clientId, clientSecret } from "./grants";
import { SlackServer, type Trouble } from "./server";
import { type FakeChannel, type FakeMessage, SlackWorld } from "./world";

const HOUR_MS = 3_600_000;
/** Messages so far apart are conversations of their own. */
const APART_MS = 5 * HOUR_MS;
const A_CHANNEL = 25;

interface Scene {
  world: SlackWorld;
  random: Random;
  authors: string[];
  now: () => number;
  count: number;
}

export const startFake: StartFake = ({ seed, items, clock }) => {
  const world = new SlackWorld();
  const authors = ["stoneturner", "mason", "ana", "guest"].map(
    (name) => world.addUser(name, { isBot: name === "stoneturner", listed: name !== "guest" }).id,
  );
  const scene: Scene = { world, random: createRandom(seed), authors, now: () => clock.now(), count: 0 };
  populate(scene, items);
  const token = `xoxb-canary-${seed}-77ab21`;
  const server = new SlackServer(world, clock, { token });
  const source: FakeSource = {
    integration: "Slack",
    apiUrls: `slack=${server.url},slack.files=${new URL(server.url).origin}`,
    credential: { integration: "Slack", apiKey: token, accessKey: clientId, secretKey: clientSecret },
    secrets: [token, clientSecret],
    world: worldOf(scene),
    faults: faultsOf(server),
    requests: () => server.log,
    leastRequests: () => leastRequests(world),
    consent: server.grants.consent,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
  return Promise.resolve(source);
};

/** Who it is, people, channels, the one guest; each channel's pages, and each thread. */
function leastRequests(world: SlackWorld): number {
  const threads = (channel: FakeChannel) => channel.messages.filter((one) => one.thread_ts === one.ts).length;
  const pages = world
    .readable()
    .map((one) => Math.max(1, Math.ceil(world.inChannel(one).length / 200)) + threads(one));
  return 4 + pages.reduce((sum, count) => sum + count, 0);
}

const nextText = (scene: Scene) => `Stone ${++scene.count} lies in bed ${scene.random.below(1_000)}`;
const author = ({ random, authors }: Scene) => ({ user: random.pick(authors.slice(1)) });
const talkKey = (channel: FakeChannel, { ts }: FakeMessage) => `slack:conv:${channel.id}:${ts}`;
const threadKey = (channel: FakeChannel, { ts }: FakeMessage) => `slack:thread:${channel.id}:${ts}`;

/** Half of the items in busy channels, a quarter with threads, the rest in rooms of one message. */
function populate(scene: Scene, items: number): void {
  const { world } = scene;
  world.addChannel("not-invited", { isMember: false, purpose: "Nobody asked the app in" });
  const start = scene.now() - (A_CHANNEL + 1) * APART_MS;
  const rooms = Math.floor(items / 4);
  let channel: FakeChannel | undefined;
  for (let index = 0; index < items - rooms; index++) {
    const place = index % A_CHANNEL;
    if (place === 0 || channel === undefined) channel = world.addChannel(`talk-${index / A_CHANNEL}`);
    const message = world.post(channel, nextText(scene), start + place * APART_MS, author(scene));
    if (index % 3 === 0) answer(scene, channel, message);
  }
  for (let index = 0; index < rooms; index++) addRoom(scene, start + index * 60_000);
}

function answer(scene: Scene, channel: FakeChannel, parent: FakeMessage): void {
  const at = Math.floor(Number(parent.ts) * 1_000);
  for (const minutes of [1, 2])
    scene.world.answer(channel, parent, nextText(scene), at + minutes * 60_000, author(scene));
}

function addRoom(scene: Scene, at: number, text = nextText(scene), more: Record<string, unknown> = {}) {
  const room = scene.world.addChannel(`room-${++scene.count}`, { isPrivate: scene.count % 2 === 0 });
  return { room, message: scene.world.post(room, text, at, { ...author(scene), ...more }) };
}

function worldOf(scene: Scene): FakeWorld {
  const { world, random } = scene;
  const talk = () =>
    world
      .readable()
      .flatMap((channel) =>
        world
          .inChannel(channel)
          .map((message) => ({ channel, message, answers: world.answersTo(channel, message) })),
      );
  return {
    incrementalSees: { edits: true, deletions: true },
    create: () => {
      const { room, message } = addRoom(scene, scene.now());
      if (random.below(2) === 0) answer(scene, room, message);
      return talkKey(room, message);
    },
    edit: () => {
      const { channel, message } = random.pick(talk().filter((one) => one.message["subtype"] === undefined));
      Object.assign(message, {
        text: `${nextText(scene)} again`,
        edited: { user: message.user, ts: message.ts },
      });
      return talkKey(channel, message);
    },
    delete: () => {
      const { channel, message } = random.pick(talk().filter((one) => one.answers.length === 0));
      world.delete(channel, message);
      return talkKey(channel, message);
    },
    hide: () => {
      const { channel, message } = random.pick(talk().filter((one) => one.channel.name.startsWith("room-")));
      channel.isMember = false;
      return talkKey(channel, message);
    },
    createHuge: () => {
      const { room, message } = addRoom(scene, scene.now(), "A long stone. ".repeat(2_800).trim());
      for (let minute = 1; minute <= 12; minute++)
        world.answer(
          room,
          message,
          "Granite and slate. ".repeat(200).trim(),
          scene.now() + minute * 60_000,
          author(scene),
        );
      return threadKey(room, message);
    },
    createEmpty: () => {
      const { room, message } = addRoom(scene, scene.now(), "");
      return talkKey(room, message);
    },
    createUnknown: () => {
      const novelty = {
        subtype: "hologram",
        blocks: [{ type: "hologram", depth: { z: 3 } }, 7],
        reactions: "many",
      };
      addRoom(scene, scene.now(), nextText(scene), novelty);
      addRoom(scene, scene.now(), nextText(scene), { files: [{ mode: "neural", id: "F1" }], mood: ["calm"] });
    },
    snapshot: () => snapshot(scene),
  };
}

/** Each message is a conversation of its own here; each one with answers is a thread as well. */
function snapshot({ world }: Scene): Map<string, ExpectedArtifact> {
  const expected = new Map<string, ExpectedArtifact>();
  const { team } = world;
  const names = world.readable().map(({ name }) => `#${name}`);
  expected.set(`slack:workspace:${team.id}`, {
    title: `${team.name}: channels of the Slack workspace`,
    needles: [
      ...names,
      ...[...world.channels.values()].filter((one) => !one.isPrivate).map(({ name }) => `#${name}`),
    ],
  });
  for (const channel of world.readable()) {
    for (const message of world.inChannel(channel)) {
      const words = clipped(message.text);
      const day = new Date(Number(message.ts) * 1_000).toISOString().slice(0, 10);
      const title = words === "" ? `#${channel.name}, ${day}` : `#${channel.name}, ${day}: ${words}`;
      expected.set(talkKey(channel, message), { title, needles: [message.text] });
      const answers = world.answersTo(channel, message);
      if (answers.length === 0) continue;
      const needles = [message, ...answers].map(({ text }) => text);
      expected.set(threadKey(channel, message), { title: `${words} (thread in #${channel.name})`, needles });
    }
  }
  return expected;
}

const clipped = (text: string) => (text.length <= 80 ? text : `${text.slice(0, 79)}…`);

function faultsOf(server: SlackServer): FakeFaults {
  const next = (trouble: Trouble) => (times: number) =>
    void server.troubles.push(...Array.from({ length: times }, () => trouble));
  return {
    rateLimit: next("rate limit"),
    serverError: next("server error"),
    breakOff: next("break off"),
    slow: next("slow"),
    refuseCredential: () => void (server.refusal = "token_revoked"),
    expireToken: () => server.grants.expire(),
    expireCursors: () => void server.state.generation++,
    breakShape: () => void (server.shapeBroken = true),
    heal: () => {
      server.troubles.length = 0;
      server.refusal = undefined;
      server.shapeBroken = false;
    },
    onRequest: (listener) => void (server.listener = listener),
  };
}
