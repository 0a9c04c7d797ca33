/** Answers that give a property's value whole. */
import { pageOfListing } from "./cursors";
import type { Reply } from "./errors";
import type { Paging } from "./routes";
import type { PropertyValue } from "./state";

/** The answer for what is no list; else its pages, with what a rollup comes to on the last one. Undefined: there is none. */
export function propertyReply(
  value: PropertyValue | undefined,
): Reply | { page: (paging: Paging) => Reply | undefined } | undefined {
  if (value?.type === "formula") return { status: 200, body: { object: "property_item", ...value } };
  const items = itemsOf(value);
  if (value === undefined || items === undefined) return undefined;
  const page = (paging: Paging) => {
    const listed = pageOfListing(items, ({ index }) => String(index).padStart(9, "0"), paging);
    if (listed === undefined) return undefined;
    const property_item = {
      id: value.id,
      next_url: null,
      type: value.type,
      [value.type]: wholeOf(value, listed.has_more),
    };
    const type = "property_item";
    return { status: 200, body: { object: "list", ...listed, type, property_item } };
  };
  return { page };
}

function wholeOf(value: PropertyValue, goesOn: boolean): object {
  if (value.type !== "rollup") return {};
  const { rollup } = value;
  if (rollup.type === "array") return { ...rollup, array: [] };
  return goesOn ? { type: "incomplete", incomplete: {}, function: rollup.function } : rollup;
}

/** Entries of a property's listing: of a rollup that calculates the pages it looks at, of another its values one by one. */
function itemsOf(value: PropertyValue | undefined) {
  const numbered = (items: object[]) =>
    items.map((item, index) => ({ object: "property_item", id: value?.id, ...item, index }));
  if (value?.type === "relation")
    return numbered(value.relation.map((relation) => ({ type: "relation", relation })));
  if (value?.type !== "rollup") return undefined;
  if (value.rollup.type !== "array")
    return numbered(
      Array.from({ length: 120 }, () => ({ type: "relation", relation: { id: crypto.randomUUID() } })),
    );
  return numbered(
    value.rollup.array.flatMap((one): object[] =>
      one.type === "title" ? one.title.map((title) => ({ type: "title", title })) : [one],
    ),
  );
}
