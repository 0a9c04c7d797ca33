import type { ReactNode } from "react";

export interface Column {
  /** Its head. */
  text: string;
  /** The width from which it is shown; less important columns go where it is narrow. */
  from?: "sm" | "md";
  /** Numbers and actions stand at the end. */
  end?: boolean;
  /** The head is said, not shown. */
  unseen?: boolean;
}

const shownFrom = { sm: "hidden sm:table-cell", md: "hidden md:table-cell" } as const;

/** Class of a cell of this column, in the head and in every row. */
function cellClass({ from, end }: Omit<Column, "text">): string {
  return ["cell", from === undefined ? "" : shownFrom[from], end === true ? "text-end" : ""].join(" ").trim();
}

/** A table in its box, with its head; its rows are `tr` elements of class `row`. */
export function DataTable({
  caption,
  columns,
  children,
}: {
  /** Said by screen readers. */
  caption: string;
  columns: readonly Column[];
  children: ReactNode;
}) {
  return (
    <div className="table-box">
      <table className="w-full">
        <caption className="sr-only">{caption}</caption>
        <thead className="text-sm text-muted">
          <tr>
            {columns.map((column) => (
              <th key={column.text} scope="col" className={cellClass(column)}>
                {column.unseen === true ? <span className="sr-only">{column.text}</span> : column.text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
