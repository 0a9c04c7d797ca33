/** Parts of a message, and how Gmail shows them (users.messages: MessagePart). */
export interface FakePart {
  mimeType: string;
  text?: string | Uint8Array;
  filename?: string;
  headers?: Record<string, string>;
  parts?: FakePart[];
  /** Given by a request of its own: files, and text that is large. */
  apart?: boolean;
}

export const plain = (text: string): FakePart => ({ mimeType: "text/plain", text });

/** What people's programs send: the same text with form and without. */
export function html(text: string): FakePart {
  const bare = text.replaceAll(/<[^>]*>/g, "\n");
  return { mimeType: "multipart/alternative", parts: [plain(bare), { mimeType: "text/html", text }] };
}

export function withFile(
  text: FakePart,
  ...files: { name: string; mimeType: string; size: number }[]
): FakePart {
  const parts = files.map(({ name, mimeType, size }) => ({
    ...{ mimeType, filename: name, text: new Uint8Array(size), apart: true },
    headers: { "Content-Disposition": `attachment; filename="${name}"` },
  }));
  return { mimeType: "multipart/mixed", parts: [text, ...parts] };
}

export interface ShownPart {
  partId: string;
  mimeType: string;
  filename: string;
  headers: { name: string; value: string }[];
  body: Record<string, unknown>;
  parts?: ShownPart[];
}

/** @param place of the part in the message, "" for the whole; the id of what is given apart. */
export function shownPart(part: FakePart, place = "", headers: Record<string, string> = {}): ShownPart {
  const bytes = Buffer.from(part.text ?? "");
  const inside = part.parts?.map((one, index) =>
    shownPart(one, place === "" ? `${index}` : `${place}.${index}`),
  );
  const all = Object.entries({ ...headers, "Content-Type": part.mimeType, ...part.headers });
  const data =
    part.apart === true ? { attachmentId: `apart-${place}` } : { data: bytes.toString("base64url") };
  return {
    ...{ partId: place, mimeType: part.mimeType, filename: part.filename ?? "" },
    headers: all.map(([name, value]) => ({ name, value })),
    body: { size: bytes.length, ...(bytes.length === 0 ? {} : data) },
    ...(inside === undefined ? {} : { parts: inside }),
  };
}

export function partAt(part: FakePart, place: string): FakePart | undefined {
  if (place === "") return part;
  return place.split(".").reduce<FakePart | undefined>((at, index) => at?.parts?.[Number(index)], part);
}
