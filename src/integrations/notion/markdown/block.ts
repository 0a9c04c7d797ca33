/** One block of Notion's enhanced markdown. */
export interface Block {
  /** `text` for a line of text, `code`, `equation`, else the name of its tag. */
  kind: string;
  /** The text of a line or of a tag written on one line; for code and equations the body, verbatim. */
  text: string;
  /** Attributes of the tag; of code its `language`. */
  attributes: Readonly<Record<string, string>>;
  children: readonly Block[];
}
