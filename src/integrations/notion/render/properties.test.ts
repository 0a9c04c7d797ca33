import { describe, expect, test } from "bun:test";
import type { RenderContext } from "../markdown/context";
import { propertySchema } from "../models/objects";
import { headMarkdown } from "./head";
import { propertyRows, propertyText } from "./properties";

const page = "https://app.notion.com/p/0123456789abcdef0123456789abcdef";
const ann = "00000000000040008000000000000001";
const tides = "fedcba98765442109edcba9876543210";

const context: RenderContext = {
  pageUrl: page,
  userName: (id) => (id === ann ? "Ann_Lee" : undefined),
  title: (id) => (id === tides ? "Tide [table]" : undefined),
  links: [],
};

const property = (type: string, value: unknown) => propertySchema.parse({ id: "x", type, [type]: value });
const reads = (type: string, value: unknown) => propertyText(property(type, value), context);
const words = (text: string) => ({ type: "text", plain_text: text });
const link = `[Tide \\[table\\]](https://app.notion.com/p/${tides})`;

describe("a property reads as people wrote it:", () => {
  const cases: [type: string, value: unknown, text: string][] = [
    ["title", [words("The *harbour*")], "The \\*harbour\\*"],
    ["rich_text", [words("a"), { ...words("b"), annotations: { bold: true } }], "a**b**"],
    ["number", 0, "0"],
    ["number", -12.5, "-12.5"],
    ["select", { name: "In `progress`" }, "In \\`progress\\`"],
    ["status", { name: "Done" }, "Done"],
    ["multi_select", [{ name: "a" }, { name: "b|c" }], "a, b|c"],
    ["date", { start: "2026-05-01" }, "2026-05-01"],
    [
      "date",
      { start: "2026-05-01T09:00:00.000+02:00", end: "2026-05-02", time_zone: null },
      "2026-05-01T09:00:00.000+02:00 → 2026-05-02",
    ],
    ["people", [{ id: "x", name: "Bo" }, { id: ann }, { id: "y" }], "Bo, Ann_Lee, someone"],
    ["created_by", { id: ann }, "Ann_Lee"],
    ["last_edited_by", { id: "x", name: "Bo" }, "Bo"],
    ["created_time", "2026-05-01T09:00:00.000Z", "2026-05-01T09:00:00.000Z"],
    ["last_edited_time", "2026-05-01T09:00:00.000Z", "2026-05-01T09:00:00.000Z"],
    [
      "files",
      [{ name: "a (1).pdf", external: { url: "https://a.example/a (1).pdf" } }],
      "[a (1).pdf](https://a.example/a%20%281%29.pdf)",
    ],
    [
      "files",
      [{ name: "own.pdf", file: { url: "https://prod-files-secure.s3.amazonaws.com/x?X-Amz-Date=1" } }],
      `[own.pdf](${page})`,
    ],
    ["files", [{ name: "run.pdf", external: { url: "javascript:alert(1)" } }], `[run.pdf](${page})`],
    ["checkbox", true, "yes"],
    ["checkbox", false, "no"],
    ["url", "https://a.example/<x>", "<https://a.example/%3Cx%3E>"],
    ["url", "javascript:alert(1)", "javascript:alert(1)"],
    ["email", "ann@a.example", "ann@a.example"],
    ["phone_number", "+49 40 123", "+49 40 123"],
    ["formula", { type: "string", string: "a" }, "a"],
    ["formula", { type: "number", number: 3 }, "3"],
    ["formula", { type: "boolean", boolean: false }, "no"],
    ["formula", { type: "date", date: { start: "2026-05-01" } }, "2026-05-01"],
    ["relation", [{ id: tides }], link],
    ["relation", [{ id: "ab".repeat(16) }], `[a page](https://app.notion.com/p/${"ab".repeat(16)})`],
    ["rollup", { type: "number", number: 7, function: "sum" }, "7"],
    ["rollup", { type: "date", date: { start: "2026-05-09" } }, "2026-05-09"],
    [
      "rollup",
      {
        type: "array",
        array: [property("number", 1), property("relation", [{ id: tides }]), property("select", null)],
      },
      `1, ${link}`,
    ],
    ["unique_id", { prefix: "HW", number: 7 }, "HW-7"],
    ["unique_id", { prefix: null, number: 0 }, "0"],
    ["verification", { state: "verified", date: { start: "2026-05-01" } }, "verified 2026-05-01"],
    ["place", { name: "Pier 7", address: "Hafen 1", lat: 1, lon: 2 }, "Pier 7, Hafen 1"],
    ["place", { lat: 53.5, lon: 9.9 }, "53.5, 9.9"],
    ["hologram", "light", "light"],
  ];
  test.each(cases)("%s %j", (type, value, text) => {
    expect(reads(type, value)).toBe(text);
  });
});

describe("a property that holds nothing reads as nothing:", () => {
  const cases: [type: string, value: unknown][] = [
    ["rich_text", []],
    ["number", null],
    ["select", null],
    ["multi_select", []],
    ["date", null],
    ["people", []],
    ["files", []],
    ["url", null],
    ["formula", { type: "string", string: null }],
    ["formula", { type: "boolean", boolean: null }],
    ["formula", { type: "unsupported", unsupported: {} }],
    ["formula", null],
    ["rollup", { type: "array", array: [] }],
    ["rollup", { type: "unsupported", unsupported: {} }],
    ["relation", []],
    ["unique_id", { prefix: "HW", number: null }],
    ["verification", { state: "unverified", date: null }],
    ["place", null],
    ["button", {}],
    ["hologram", { odd: true }],
  ];
  test.each(cases)("%s %j", (type, value) => {
    expect(reads(type, value)).toBe("");
  });
});

test("a value of a shape of tomorrow costs neither the others nor the page", () => {
  expect(reads("multi_select", [{ name: "a" }, { label: "b" }, 3])).toBe("a");
  expect(reads("people", "everyone")).toBe("");
  expect(reads("date", { from: "2026" })).toBe("");
  expect(reads("rollup", { type: "array", array: [3, property("number", 2)] })).toBe("2");
});

test("a row's table leaves out its title and what is empty, and keeps cells on their line", () => {
  const properties = {
    Name: property("title", [words("Rotor")]),
    "Stock | count": property("number", 2),
    Note: property("rich_text", [words("one\ntwo | three")]),
    Empty: property("select", null),
  };
  expect(propertyRows(properties, context).map(([name]) => name)).toEqual(["Stock | count", "Note"]);
  expect(headMarkdown({ title: "Rotor # 1", breadcrumb: ["Parts", "A *b*"], properties }, context)).toBe(
    [
      "# Rotor # 1",
      "",
      "In: Parts / A \\*b\\*",
      "",
      "| Property | Value |",
      "| --- | --- |",
      "| Stock \\| count | 2 |",
      "| Note | one<br>two \\| three |",
    ].join("\n"),
  );
  expect(headMarkdown({ title: " ", breadcrumb: [], properties: {} }, context)).toMatch(
    /^#\s+$|^# Untitled$/,
  );
});
