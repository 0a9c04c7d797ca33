/**
 * What Plaud answers, as far as it is known: from published clients of its API, since its own documentation says little.
 * Contents are JSON within text, and anything may be missing.
 */
import { z } from "zod";
import { looseList, looseValue } from "@/lib/loose-schema";

/** What the list says of a recording, and nothing else: entries are compared as a whole. */
export const listedSchema = z.object({
  id: z.string().min(1),
  name: looseValue(z.string()),
  created_at: looseValue(z.string()),
  start_at: looseValue(z.string()),
  /** Milliseconds, as a number or as text. */
  duration: looseValue(z.coerce.number().nonnegative()),
});
export type Listed = z.infer<typeof listedSchema>;

export const listSchema = z.looseObject({ data: z.array(z.unknown()) });

const pieceSchema = z.looseObject({
  data_type: z.string(),
  data_title: looseValue(z.string()),
  data_tab_name: looseValue(z.string()),
  data_content: looseValue(z.string()),
});
type Piece = z.infer<typeof pieceSchema>;

const turnSchema = z.looseObject({
  start_time: looseValue(z.coerce.number()),
  content: z.string(),
  speaker: looseValue(z.string()),
});
export type Turn = z.infer<typeof turnSchema>;
const topicSchema = z.looseObject({ start_time: looseValue(z.coerce.number()), topic: z.string() });

/** What was made of one recording. */
export interface Detail {
  turns: Turn[];
  outline: z.infer<typeof topicSchema>[];
  notes: { title: string; text: string }[];
}

const listed = z.array(z.unknown()).nullish();
const pieces = looseList(pieceSchema);
/** An answer with neither list is no recording of which nothing was made. */
const wholeSchema = z
  .looseObject({ source_list: listed, note_list: listed })
  .refine((told) => Array.isArray(told.source_list) || Array.isArray(told.note_list), {
    error: "has neither source_list nor note_list",
  })
  .transform((told) => [...pieces.parse(told.source_list), ...pieces.parse(told.note_list)]);

/** Told in two lists, or, by some, in one. */
export const detailSchema = z
  .union([z.array(z.unknown()).transform((told) => pieces.parse(told)), wholeSchema])
  .transform((told): Detail => {
    const of = (type: string) =>
      told.find(({ data_type, data_content }) => data_type === type && data_content);
    return {
      turns: looseList(turnSchema).parse(within(of("transaction") ?? of("transaction_polish"))),
      outline: looseList(topicSchema).parse(within(of("outline"))),
      notes: told.filter(({ data_type }) => data_type.endsWith("note")).flatMap(noteOf),
    };
  });

/** The JSON that is a piece's text; undefined where it is none. */
function within(piece: Piece | undefined): unknown {
  try {
    return JSON.parse(piece?.data_content ?? "null");
  } catch {
    return undefined;
  }
}

function noteOf(piece: Piece): Detail["notes"] {
  const said = z.looseObject({ ai_content: z.string() }).safeParse(within(piece)).data?.ai_content;
  const text = (said ?? piece.data_content ?? "").trim();
  return text === "" ? [] : [{ title: piece.data_tab_name || piece.data_title || "Notes", text }];
}

export const meSchema = z
  .looseObject({ data: z.unknown().optional() })
  .transform((told) => told.data ?? told)
  .pipe(
    z.looseObject({
      id: looseValue(z.string()),
      nickname: looseValue(z.string()),
      email: looseValue(z.string()),
    }),
  );

/** Times are of UTC, and do not say so. */
export function utc(text: string | null | undefined): string | undefined {
  if (!text) return undefined;
  const date = new Date(/(?:z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
