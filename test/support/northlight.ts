/** The sample workspace's calls, pages and chats, put into the stand-ins of the providers where such things live. */
import { readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { Glob } from "bun";
import { parse } from "yaml";
import { z } from "zod";
import type { DiscordWorld } from "../fakes/discord/world";
import type { GongWorld } from "../fakes/gong/world";
import type { NotionWorld } from "../fakes/notion/world";

const workspace = resolve(import.meta.dir, "../../samples/workspace");
const frontMatter = z.object({ title: z.string(), date: z.coerce.date() });

interface Cue {
  /** Milliseconds from the start. */
  start: number;
  speaker: string;
  text: string;
}

function filesOf(pattern: string): { path: string; text: string }[] {
  return [...new Glob(pattern).scanSync(workspace)]
    .sort()
    .map((path) => ({ path, text: readFileSync(join(workspace, path), "utf8") }));
}

/** Every call, with Gong's own notes left out: only what was said is there to be found. Titles by file. */
export function fillGong(world: GongWorld): Map<string, string> {
  const titles = new Map<string, string>();
  for (const { path, text } of filesOf("calls/*.vtt")) {
    const title = /^WEBVTT - (.+)$/m.exec(text)?.[1] ?? path;
    const started = Date.parse(/^NOTE date: (.+)$/m.exec(text)?.[1] ?? "");
    const cues = cuesOf(text);
    const speakers = [...new Set(cues.map(({ speaker }) => speaker))];
    const speakerId = (name: string) => String(7_000 + speakers.indexOf(name));
    const parties = speakers.map((name) => ({
      id: speakerId(name),
      name,
      speakerId: speakerId(name),
      affiliation: "Unknown" as const,
      methods: ["Attendee" as const],
    }));
    const transcript = cues.map(({ start, speaker, text: said }) => ({
      speakerId: speakerId(speaker),
      sentences: [{ start, end: start + 1_000, text: said }],
    }));
    world.addCall(started, { title, parties, transcript, content: undefined, context: [] });
    titles.set(path, title);
  }
  return titles;
}

function cuesOf(text: string): Cue[] {
  const pattern = /^(\d+):(\d+):(\d+)\.\d+ --> .*\n<v ([^>]+)>(.+)$/gm;
  return [...text.matchAll(pattern)].map(([, hours, minutes, seconds, speaker = "", said = ""]) => ({
    start: ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000,
    speaker,
    text: said,
  }));
}

/** Every page; their markdown is of the kind that Notion writes as well. Titles by file. */
export function fillNotion(world: NotionWorld): Map<string, string> {
  const titles = new Map<string, string>();
  for (const { path, text } of filesOf("pages/**/*.md")) {
    const [, head = "", body = ""] = /^---\n([\s\S]+?)\n---\n+# .+\n([\s\S]*)$/.exec(text) ?? [];
    const { title, date } = frontMatter.parse(parse(head));
    const page = world.addPage({ title, at: date.getTime(), pieces: 0 });
    page.content.push({ enhanced: body.trim(), gfm: body.trim() });
    titles.set(path, title);
  }
  return titles;
}

/** Every chat as a channel of one server. Channel names by file. */
export function fillDiscord(world: DiscordWorld): Map<string, string> {
  const guild = world.addGuild("Northlight");
  const people = new Map<string, ReturnType<DiscordWorld["addUser"]>>();
  const channels = new Map<string, string>();
  for (const { path, text } of filesOf("chats/*.md")) {
    const name = basename(path, ".md");
    const channel = world.addChannel(guild, name);
    let day = "";
    for (const line of text.split("\n")) {
      day = /^## (\d{4}-\d\d-\d\d)$/.exec(line)?.[1] ?? day;
      const [, who = "", time, said = ""] = /^\*\*(.+)\*\* \((\d\d:\d\d)\): (.+)$/.exec(line) ?? [];
      if (time === undefined) continue;
      const author = people.get(who) ?? world.addUser(who.toLowerCase(), { globalName: who });
      people.set(who, author);
      world.post(channel, author, said, { at: Date.parse(`${day}T${time}:00Z`) });
    }
    channels.set(path, name);
  }
  return channels;
}
