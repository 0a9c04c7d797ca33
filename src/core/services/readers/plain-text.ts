import { fenced } from "@/lib/fence";
import type { TextReader } from "./reader";

/** Plain text is shown as it was written. */
export const readPlainText: TextReader = (_input, text) => ({ markdown: text, kind: "document" });

/** Logs keep their lines and columns in a fence. */
export const readLog: TextReader = (_input, text) => ({
  markdown: text.trim() === "" ? "" : fenced(text, "log"),
  kind: "document",
});
