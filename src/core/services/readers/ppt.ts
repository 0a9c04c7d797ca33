import { inlineText, lineText } from "@/lib/markdown-text";
import { isCompound, readCompound } from "./cfb";
import { compoundFacts } from "./cfb-properties";
import { readDisguised } from "./disguised";
import { firstParts } from "./first-parts";
import { damagedOffice, lockedOffice } from "./office-parts";
import { LockedPpt, type PptSlide, readPptText } from "./ppt-text";
import type { ByteReader, DocumentInput, ReaderResult } from "./reader";

const MOST_SLIDES = 1_000;

/** A PowerPoint presentation of before 2007: one section a slide, with its title, text and speaker's notes. */
export const readPpt: ByteReader = async (input) => {
  if (!isCompound(input.bytes)) return readDisguised(input);
  const { slides, facts } = open(input);
  const shown = firstParts(slides, MOST_SLIDES, "slides", slideMarkdown);
  return {
    ...facts,
    // The one in the properties is mostly the template's.
    title: undefined,
    markdown: shown.join("\n\n"),
    kind: "document",
    metadata: { slides: slides.length },
  };
};

function open(input: DocumentInput): { slides: PptSlide[]; facts: Partial<ReaderResult> } {
  try {
    const file = readCompound(input.bytes);
    return { slides: readPptText(file.streams), facts: compoundFacts(file) };
  } catch (error) {
    throw error instanceof LockedPpt ? lockedOffice(input, error) : damagedOffice(input, error);
  }
}

function slideMarkdown({ title, lines, notes }: PptSlide, index: number): string {
  const head = `## Slide ${index + 1}${title === "" ? "" : `: ${inlineText(title)}`}`;
  const list = lines.map((line) => `- ${inlineText(line)}`).join("\n");
  const spoken = notes.map((line) => lineText(line)).join("\n\n");
  return [head, list, spoken === "" ? "" : `### Notes\n\n${spoken}`]
    .filter((part) => part !== "")
    .join("\n\n");
}
