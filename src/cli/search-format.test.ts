import { expect, test } from "bun:test";
import type { SearchHit } from "@/core/models/search";
import { formatResponse } from "./search-format";

const hit: SearchHit = {
  id: "1",
  integrationArtifactId: "abc/prices.md",
  integration: "Files",
  account: "Notes",
  kind: "document",
  title: "Prices",
  url: null,
  author: null,
  artifactDate: "2026-05-01T09:00:00.000Z",
  score: 0.9,
  snippet: "The Acme plan\n\ncosts 20 euros.",
  highlights: [
    { start: 4, end: 8 },
    { start: 24, end: 29 },
  ],
  lines: { start: 3, end: 5 },
};
const answer = (hits: SearchHit[], notes: string[] = []) => ({
  results: hits,
  timings: { total: 12.4 },
  notes,
});

test("a result says rank, title, source, date, lines and where it is", () => {
  expect(formatResponse(answer([hit]), false)).toEqual([
    " 1. Prices",
    "    Files · 2026-05-01 · lines 3–5  abc/prices.md",
    "    The Acme plan",
    "    costs 20 euros.",
    "",
    "1 in 12 ms",
  ]);
});

test("with colours the matches are bold, where they are in the text", () => {
  const text = formatResponse(answer([hit]), true).join("\n");
  expect(text).toContain("\u001b[1mAcme\u001b[0m");
  expect(text).toContain("\u001b[1meuros\u001b[0m");
});

test("a hostile title or passage cannot steer the terminal", () => {
  const hostile = { ...hit, title: "\u001b]0;owned\u0007", snippet: "\u001b[2Jgone", highlights: [] };
  const text = formatResponse(answer([hostile]), false).join("\n");
  expect(text).not.toContain("\u001b");
  expect(text).not.toContain("\u0007");
});

test("an item without a date leaves it out, notes are told, nothing found says what to do", () => {
  expect(formatResponse(answer([{ ...hit, artifactDate: null }]), false)[1]).toContain("Files · lines 3–5");
  expect(formatResponse(answer([hit], ["Part of the index is being built."]), false)).toContain(
    "Note: Part of the index is being built.",
  );
  expect(formatResponse(answer([]), false)[0]).toContain("stoneturner status");
});

test("whole passages stand in the snippet's place, and near-duplicates are named", () => {
  const around = [
    { id: "0", lines: { start: 1, end: 1 }, text: "What does Acme cost?" },
    { id: "1", lines: { start: 1, end: 2 }, text: "The Acme plan\n\u001b[2Jcosts 20 euros." },
  ];
  const alike = [{ id: "2", integration: "Notion", title: "Prices (copy)" }];
  expect(formatResponse(answer([{ ...hit, passages: around, alike }]), false).slice(2, 8)).toEqual([
    "    — 0, lines 1–1",
    "    What does Acme cost?",
    "    — lines 1–2",
    "    The Acme plan",
    "     [2Jcosts 20 euros.",
    "    Reads the same: Notion: Prices (copy)",
  ]);
});
