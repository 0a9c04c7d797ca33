import type { TextTable } from "./postings";

/** The full text of chunks. */
export const textTable: TextTable = {
  name: "searchText",
  columns: "2.0, 1.0, 1.0",
  worths: [2, 1, 1],
  unit: 1,
};

/** Short fields of artifacts: title, key points, questions answered, entities, author. */
export const fieldTable: TextTable = {
  name: "searchField",
  columns: "2.0, 1.0, 1.5, 1.0, 1.0",
  worths: [4, 2, 3, 2, 2],
  unit: 2,
};
