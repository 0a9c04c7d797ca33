import { webAddress } from "./markdown";
import { type OfficeParts, relationsOf, walkXml } from "./office-parts";

/** The web addresses that a sheet's cells lead to, by cell (`B2`); of an area, its first cell. */
export function sheetLinks(parts: OfficeParts, sheet: string): Map<string, string> {
  const links = new Map<string, string>();
  const relations = relationsOf(parts, sheet);
  if (![...relations.values()].some(({ type }) => type === "hyperlink")) return links;
  walkXml(parts, sheet, {
    open: (name, { ref = "", "r:id": id = "" }) => {
      if (name !== "hyperlink") return;
      const address = webAddress(relations.get(id)?.target);
      if (address !== undefined) links.set(ref.replace(/:.*$/, ""), address);
    },
  });
  return links;
}

/** A cell's text as a link; text that says the address already stays as it is. */
export function linked(text: string, address: string): string {
  if (text.trim() === "" || webAddress(text) === address) return text;
  const words = text.replaceAll(/\s+/g, " ").replaceAll(/[[\]]/g, "\\$&");
  return `[${words}](${address.replaceAll("(", "%28").replaceAll(")", "%29")})`;
}
