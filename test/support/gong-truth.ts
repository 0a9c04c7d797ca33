/** Compares what is stored and served of Gong with a stand-in's state, and says in words what differs. */
import type { Db } from "@/core/models/database";
import { gongCall, gongParty } from "@/integrations/gong/db/schema";
import type { FakeCall } from "../fakes/gong/calls";
import { keyOf, type GongWorld } from "../fakes/gong/world";
import { servedArtifacts } from "./served-artifacts";

/** Empty when own rows and served artifacts are what the world holds, every word that was said included. */
export async function gongViolations(db: Db, world: GongWorld): Promise<string[]> {
  const served = await servedArtifacts(db, "Gong");
  const rows = new Map((await db.select().from(gongCall)).map((row) => [row.callId, row]));
  const parties = Map.groupBy(await db.select().from(gongParty), ({ callId }) => callId);
  const violations: string[] = [];
  for (const call of world.visible()) {
    const { id } = call;
    const said = world.hasTranscript(call) ? sentencesOf(call) : [];
    const artifact = served.get(keyOf(id));
    if (artifact === undefined) violations.push(`${id} is missing`);
    else if (artifact.title !== call.title) violations.push(`${id} is called "${artifact.title}"`);
    else violations.push(...textViolations(call, said, artifact.markdown));
    const row = rows.get(id);
    const stored = row && [row.title, row.started, row.workspaceId, row.words, parties.get(id)?.length ?? 0];
    const words = said.reduce((sum, sentence) => sum + sentence.split(" ").length, 0);
    const started = new Date(call.started).toISOString();
    const expected = [call.title, started, call.workspaceId, words, call.parties.length];
    if (JSON.stringify(stored) !== JSON.stringify(expected))
      violations.push(`${id} has the row ${JSON.stringify(stored)}, not ${JSON.stringify(expected)}`);
    rows.delete(id);
    served.delete(keyOf(id));
  }
  for (const id of [...rows.keys(), ...served.keys()]) violations.push(`${id} is kept, but gone`);
  return violations.slice(0, 20);
}

/** Everything Gong wrote and everybody said stands in the artifact, in order, and no turn more. */
function textViolations(call: FakeCall, said: readonly string[], markdown: string): string[] {
  let from = 0;
  for (const text of [...writtenOf(call), ...said]) {
    const at = markdown.indexOf(text, from);
    if (at === -1) return [`${call.id} lacks "${text}", or has it in another place`];
    from = at + text.length;
  }
  const sentences = markdown.split("We agreed that the ").length - 1;
  return sentences === said.length ? [] : [`${call.id} shows ${sentences} sentences, not ${said.length}`];
}

function sentencesOf(call: FakeCall): string[] {
  return call.transcript.flatMap(({ sentences }) => sentences.map(({ text }) => text));
}

/** In the order in which an artifact shows it. */
function writtenOf({ parties, content }: FakeCall): string[] {
  const texts: unknown[] = [content?.["brief"], ...textsIn(content?.["keyPoints"])];
  return [...parties.flatMap(({ name }) => name ?? []), ...texts.filter((text) => typeof text === "string")];
}

function textsIn(list: unknown): unknown[] {
  return Array.isArray(list) ? list.map((entry: { text?: unknown }) => entry.text) : [];
}
