/** One value of every property type that the API knows, and how each must read. */
import { elsewhere } from "./gallery";
import { text } from "./objects";
import { pageUrl, type PropertyValue } from "./state";

const ann = { object: "user" as const, id: "00000000-0000-4000-8000-0000000000aa" };
const named = { ...ann, name: "Ann Lee", avatar_url: null, type: "person" as const, person: {} };
const choice = (name: string) => ({ id: name, name, color: "blue" as const });
const day = (start: string, end: string | null = null) => ({ start, end, time_zone: null });
const id = "p%3A1";

/** `title` is the title of the page with the id `elsewhere`; `self` the address of the row. */
export function propertyGallery(title: string, self: string): [string, PropertyValue, string][] {
  const link = `[${title}](${pageUrl(elsewhere)})`;
  return [
    [
      "Text",
      { id, type: "rich_text", rich_text: [text("two\nlines | and a pipe")] },
      "two<br>lines \\| and a pipe",
    ],
    ["Number", { id, type: "number", number: 12.5 }, "12.5"],
    ["Zero", { id, type: "number", number: 0 }, "0"],
    ["Select", { id, type: "select", select: choice("High") }, "High"],
    ["Several", { id, type: "multi_select", multi_select: [choice("a"), choice("b_c")] }, "a, b_c"],
    ["Status", { id, type: "status", status: choice("In progress") }, "In progress"],
    ["Date", { id, type: "date", date: day("2026-05-01", "2026-05-03") }, "2026-05-01 → 2026-05-03"],
    ["People", { id, type: "people", people: [named, ann] }, "Ann Lee, someone"],
    [
      "Files",
      {
        id,
        type: "files",
        files: [
          { name: "map.pdf", type: "external", external: { url: "https://a.example/map.pdf" } },
          {
            name: "own.pdf",
            type: "file",
            file: {
              url: "https://prod-files-secure.s3.amazonaws.com/x?X-Amz-Date=1",
              expiry_time: "2026-05-01T10:00:00.000Z",
            },
          },
        ],
      },
      `[map.pdf](https://a.example/map.pdf), [own.pdf](${self})`,
    ],
    ["Checked", { id, type: "checkbox", checkbox: true }, "yes"],
    ["Unchecked", { id, type: "checkbox", checkbox: false }, "no"],
    ["Address", { id, type: "url", url: "https://a.example/x y" }, "<https://a.example/x%20y>"],
    ["Mail", { id, type: "email", email: "ann@a.example" }, "ann@a.example"],
    ["Phone", { id, type: "phone_number", phone_number: "+49 40 123" }, "+49 40 123"],
    ["Formula text", { id, type: "formula", formula: { type: "string", string: "a *b*" } }, "a \\*b\\*"],
    ["Formula number", { id, type: "formula", formula: { type: "number", number: 3 } }, "3"],
    ["Formula yes", { id, type: "formula", formula: { type: "boolean", boolean: true } }, "yes"],
    [
      "Formula date",
      { id, type: "formula", formula: { type: "date", date: day("2026-05-01") } },
      "2026-05-01",
    ],
    ["Formula unknown", { id, type: "formula", formula: { type: "unsupported", unsupported: {} } }, ""],
    ["Related", { id, type: "relation", relation: [{ id: elsewhere }] }, link],
    [
      "Rolled up",
      {
        id,
        type: "rollup",
        rollup: {
          type: "array",
          function: "show_original",
          array: [
            { type: "number", number: 1 },
            { type: "relation", relation: [{ id: elsewhere }] },
          ],
        },
      },
      `1, ${link}`,
    ],
    ["Sum", { id, type: "rollup", rollup: { type: "number", function: "sum", number: 7 } }, "7"],
    [
      "Latest",
      { id, type: "rollup", rollup: { type: "date", function: "latest_date", date: day("2026-05-09") } },
      "2026-05-09",
    ],
    [
      "Rollup unknown",
      { id, type: "rollup", rollup: { type: "unsupported", function: "sum", unsupported: {} } },
      "",
    ],
    [
      "Created",
      { id, type: "created_time", created_time: "2026-05-01T09:00:00.000Z" },
      "2026-05-01T09:00:00.000Z",
    ],
    ["Created by", { id, type: "created_by", created_by: named }, "Ann Lee"],
    [
      "Edited",
      { id, type: "last_edited_time", last_edited_time: "2026-05-02T09:00:00.000Z" },
      "2026-05-02T09:00:00.000Z",
    ],
    ["Edited by", { id, type: "last_edited_by", last_edited_by: named }, "Ann Lee"],
    ["Number of its own", { id, type: "unique_id", unique_id: { prefix: "HW", number: 7 } }, "HW-7"],
    [
      "Verified",
      {
        id,
        type: "verification",
        verification: { state: "verified", date: day("2026-05-01"), verified_by: null },
      },
      "verified 2026-05-01",
    ],
    [
      "Place",
      { id, type: "place", place: { lat: 53.5, lon: 9.9, name: "Pier 7", address: "Hafen 1" } },
      "Pier 7, Hafen 1",
    ],
    ["Button", { id, type: "button", button: {} }, ""],
  ];
}
