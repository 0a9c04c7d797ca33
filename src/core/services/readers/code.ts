import { fenced } from "@/lib/fence";
import { extensionOf, nameOf } from "@/lib/file-names";
import { languageOf } from "./languages";
import type { TextReader } from "./reader";

/** Source code stays verbatim inside one fence; its title is the whole file name. */
export const readCode: TextReader = (input, text) => {
  const language = languageOf(input.path) ?? extensionOf(input.path);
  return {
    title: nameOf(input.path),
    markdown: text.trim() === "" ? "" : fenced(text, language),
    kind: "code",
    metadata: { language, path: input.path },
  };
};
