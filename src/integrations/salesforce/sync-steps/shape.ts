/** Which fields of an object are asked for: those that are wanted and that the account may see. */
import type { Kind } from "../models/kinds";
import type { Field } from "../models/models";

/** A field of the organisation's own. */
export interface OwnField {
  name: string;
  label: string;
  type: string;
}

/** What is told of a field that holds long text, HTML where the type says so. */
export const HTML = "html";
const LONG = ["textarea", HTML];
const TELLING = new Set(
  [
    "string textarea picklist multipicklist combobox boolean int double currency percent date datetime time email phone url",
  ].flatMap((types) => types.split(" ")),
);
/** Objects whose records have a name that a reference leads to. */
const NAMED = new Set(["User", "Account", "Contact", "Lead", "Opportunity", "Product2", "Campaign", "Group"]);
/** Characters of the organisation's own fields in a statement, which has to fit into an address of 16,384 bytes. */
const MOST_CHARACTERS = 5_000;
/** No record is told apart or followed without these. */
const neededOf = ({ stamp }: Pick<Kind, "stamp">) => ["Id", stamp ?? "SystemModstamp"];

export interface Shape {
  /** What people call the object. */
  label: string;
  asked: string[];
  /** By what is asked for: `Region__c`, or `Site__r.Name`. */
  own: ReadonlyMap<string, OwnField>;
  /** No longer asks for a field, or for what a relationship leads to; false where it did not. */
  leaveOut: (field: string) => boolean;
}

export function shapeOf(
  kind: Pick<Kind, "fields" | "stamp">,
  fields: readonly Field[],
  label: string,
): Shape {
  const needed = neededOf(kind);
  const names = new Set(fields.map(({ name }) => name));
  const relations = new Set(fields.map(({ relationshipName }) => relationshipName));
  const isSeen = (path: string) => {
    const [relation, name] = path.split(".");
    return name === undefined ? names.has(path) : relations.has(relation);
  };
  const own = new Map<string, OwnField>();
  let room = MOST_CHARACTERS;
  for (const field of fields.filter(({ custom }) => custom === true)) {
    const path = pathOf(field);
    if (path === undefined || (room -= path.length + 2) < 0) continue;
    const type = field.htmlFormatted === true ? HTML : (field.type ?? "");
    own.set(path, { name: field.name, label: field.label ?? field.name, type });
  }
  const deleted = names.has("IsDeleted") ? ["IsDeleted"] : [];
  const shape = {
    label,
    asked: [...new Set([...needed, ...deleted, ...kind.fields.filter(isSeen), ...own.keys()])],
    own,
    leaveOut: (field: string) => {
      const left = shape.asked.filter((path) => path !== field && !path.startsWith(`${field}.`));
      const isKept = left.length === shape.asked.length || needed.includes(field);
      if (!isKept) shape.asked = left;
      return !isKept;
    },
  };
  return shape;
}

/** How a field of the organisation's own is asked for; undefined where it says nothing that can be read. */
function pathOf({ name, type, relationshipName, referenceTo }: Field): string | undefined {
  if (type !== "reference") return TELLING.has(type ?? "") ? name : undefined;
  const isNamed = referenceTo.some((object) => NAMED.has(object) || object.endsWith("__c"));
  return relationshipName && isNamed ? `${relationshipName}.Name` : undefined;
}

export const isLong = ({ type }: OwnField) => LONG.includes(type);
