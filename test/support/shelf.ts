/**
 * A small source under a test's control: numbered notes on a shelf, listed in pages by key. Real streams over
 * plain data, with switches for the faults a test wants.
 */
import type { IntegrationConfig } from "@/core/models/integration-config";
import type { Integration } from "@/core/models/integration";
import { createIntegration } from "@/core/services/sync/create-integration";
import type { Page, Stream } from "@/core/services/sync/stream";

export interface Note {
  key: string;
  version: string;
  text: string;
}

export interface Shelf {
  integration: Integration;
  notes: Map<string, Note>;
  put: (key: string, text: string) => void;
  /** Keys asked to be rendered, in order. */
  rendered: string[];
  /** Pages handed out, by the key they start after. */
  listed: (string | null)[];
  /** Called before a page is handed out; throw here to make the source fail. */
  beforePage: (index: number) => Promise<void> | void;
  /** Called before an item is rendered; throw here to make it fail. */
  beforeRender: (key: string) => Promise<void> | void;
  /** Added to every page. */
  extra: Partial<Page<Note>>;
}

/** A shelf named `name`, which hands out `pageSize` notes a page. */
export function createShelf(name = "Shelf", pageSize = 3, stream: Partial<Stream<Note>> = {}): Shelf {
  const config: IntegrationConfig = {
    integration: name,
    icon: "/assets/shelf.svg",
    integrationType: "API_KEY",
    about: "A note is a note.",
    exampleQueries: [{ question: "How many?", sql: "SELECT count(*) FROM mdArtifacts" }],
  };
  const notes = new Map<string, Note>();
  const shelf: Shelf = {
    notes,
    put: (key, text) => void notes.set(key, { key, text, version: `${Bun.hash(text)}` }),
    rendered: [],
    listed: [],
    beforePage: () => undefined,
    beforeRender: () => undefined,
    extra: {},
    integration: createIntegration({ config, streams: () => [notesStream(() => shelf, pageSize, stream)] }),
  };
  return shelf;
}

function notesStream(shelf: () => Shelf, pageSize: number, overrides: Partial<Stream<Note>>): Stream<Note> {
  return {
    name: "notes",
    enumerates: ["full", "incremental"],
    key: (note) => note.key,
    version: (note) => note.version,
    async *pages({ cursor }) {
      const { notes, listed } = shelf();
      let after = typeof cursor === "string" ? cursor : null;
      for (let index = 0; ; index++) {
        await shelf().beforePage(index);
        listed.push(after);
        const start: string | null = after;
        const items = [...notes.values()]
          .filter((note) => start === null || note.key > start)
          .sort((a, b) => (a.key < b.key ? -1 : 1))
          .slice(0, pageSize);
        const last = items.at(-1);
        if (last !== undefined) after = last.key;
        yield { items, cursor: after, ...shelf().extra };
        if (items.length < pageSize) return;
      }
    },
    async render(note) {
      await shelf().beforeRender(note.key);
      shelf().rendered.push(note.key);
      return {
        integrationArtifactId: `shelf/${note.key}`,
        kind: "document",
        title: `Note ${note.key}`,
        markdown: note.text,
        artifactDate: "2026-05-01T00:00:00.000Z",
      };
    },
    ...overrides,
  };
}
