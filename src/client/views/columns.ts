/** Which columns of a table somebody wants to see, in this browser. */
import { z } from "zod";
import { useKept } from "@/client/data/kept";

const schema = z.array(z.string());
const none: string[] = [];

/** Columns that were put away, by the table's name; all others are shown where there is room. */
export function useHiddenColumns(table: string) {
  const [hidden, keep] = useKept(`columns.${table}`, schema, none);
  return {
    hidden,
    toggle: (column: string) =>
      keep(hidden.includes(column) ? hidden.filter((one) => one !== column) : [...hidden, column]),
  };
}
