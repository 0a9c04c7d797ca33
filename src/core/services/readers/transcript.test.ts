import { describe, expect, test } from "bun:test";
import { readWhole } from "./fixtures";

describe("transcripts", () => {
  test("from WebVTT merge the turns of one speaker and keep the times", async () => {
    const read = await readWhole(
      "call.vtt",
      "WEBVTT\n\nNOTE made by hand\n\n1\n00:00:01.000 --> 00:00:03.000 align:start\n<v Ada L>Hello &amp; <i>welcome</i></v>\n\n" +
        "00:04.500 --> 00:05.000\n<v Ada L>again\n\n01:01:05.000 --> 01:01:09.000\nBob: Yes\nindeed",
    );
    expect(read.markdown).toBe(
      "[00:00:01] **Ada L:** Hello & welcome again\n\n[01:01:05] **Bob:** Yes indeed",
    );
    expect(read).toMatchObject({
      kind: "transcript",
      title: "call",
      metadata: { cues: 3, speakers: ["Ada L", "Bob"], seconds: 3_665 },
    });
  });

  test("from SRT without speakers are blocks of half a minute", async () => {
    const cues = Array.from(
      { length: 8 },
      (_, at) => `${at + 1}\n00:00:${String(at * 7).padStart(2, "0")},000 --> 00:00:59,000\nword${at}`,
    );
    expect((await readWhole("a.srt", cues.join("\n\n"))).markdown).toBe(
      "[00:00:00] word0 word1 word2 word3 word4\n\n[00:00:35] word5 word6 word7",
    );
  });

  test("split one caption with two voices, and do not repeat rolling captions", async () => {
    const read = await readWhole(
      "a.vtt",
      "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ada>Hi <v.loud Bob>Hello\n\n00:02.000 --> 00:03.000\n<v Bob>Hello",
    );
    expect(read.markdown).toBe("[00:00:01] **Ada:** Hi\n\n[00:00:01] **Bob:** Hello");
  });

  test("with broken times keep their words", async () => {
    expect((await readWhole("a.srt", "1\n0x:00 --> bad\nwords\n\n2\nmore")).markdown).toBe("words\nmore");
    expect((await readWhole("a.srt", "1\n00:00:01,000 --> bad\nwords")).markdown).toBe("[00:00:01] words");
    expect((await readWhole("a.vtt", "WEBVTT")).markdown).toBe("");
  });
});
