/** The fake's state as the API's objects, in the SDK's own types: what does not fit them does not compile. */
import type {
  CommentObjectResponse,
  DatabaseObjectResponse,
  DataSourceObjectResponse,
  PageObjectResponse,
  RichTextItemResponse,
  UserObjectResponse,
} from "@notionhq/client";
import {
  type FakeDataSource,
  type FakePage,
  type FakeUser,
  isSourceTrashed,
  isTrashed,
  minute,
  pageUrl,
  plain,
  type State,
} from "./state";

const nobody = { object: "user", id: "00000000-0000-4000-8000-000000000001" } as const;

/** What blocks of every type have. */
export function blockBase(id: string) {
  const time = "2026-05-01T09:00:00.000Z";
  return {
    object: "block" as const,
    id,
    parent: { type: "workspace" as const, workspace: true as const },
    created_time: time,
    created_by: nobody,
    last_edited_time: time,
    last_edited_by: nobody,
    has_children: false,
    in_trash: false,
    archived: false,
  };
}

export function text(content: string): RichTextItemResponse {
  return {
    type: "text",
    text: { content, link: null },
    plain_text: content,
    href: null,
    annotations: {
      bold: false,
      italic: false,
      strikethrough: false,
      underline: false,
      code: false,
      color: "default",
    },
  };
}

export function pageObject(state: State, page: FakePage): PageObjectResponse {
  const rows = [...page.properties].map(
    ([name, { value, shown }]) => [name, firstValues(shown ?? value)] as const,
  );
  const titleName = page.parent.kind === "dataSource" ? "Name" : "title";
  return {
    object: "page",
    id: page.id,
    created_time: minute(page.created),
    last_edited_time: minute(page.edited),
    in_trash: isTrashed(state, page),
    archived: isTrashed(state, page),
    is_archived: false,
    is_locked: false,
    url: pageUrl(page.id),
    public_url: null,
    parent: parentObject(state, page),
    properties: Object.fromEntries([
      [titleName, { id: "title", type: "title", title: [text(page.title)] }],
      ...rows,
    ]),
    icon: null,
    cover: null,
    created_by: state.users[0] === undefined ? nobody : { object: "user", id: state.users[0].id },
    last_edited_by: nobody,
  };
}

/** A page object holds 25 values of a property at most. */
function firstValues(
  value: PageObjectResponse["properties"][string],
): PageObjectResponse["properties"][string] {
  if (value.type === "relation") return { ...value, relation: value.relation.slice(0, 25) };
  if (value.type === "rollup" && value.rollup.type === "array")
    return { ...value, rollup: { ...value.rollup, array: value.rollup.array.slice(0, 25) } };
  if (value.type === "people") return { ...value, people: value.people.slice(0, 25) };
  return value;
}

function parentObject(state: State, { parent }: FakePage): PageObjectResponse["parent"] {
  if (parent.kind === "workspace") return { type: "workspace", workspace: true };
  if (parent.kind === "page") return { type: "page_id", page_id: parent.id };
  if (parent.kind === "block") return { type: "block_id", block_id: parent.id };
  const database = state.dataSources.get(parent.id)?.databaseId ?? "";
  return { type: "data_source_id", data_source_id: parent.id, database_id: database };
}

export function dataSourceObject(state: State, source: FakeDataSource): DataSourceObjectResponse {
  const trashed = isSourceTrashed(state, source);
  return {
    object: "data_source",
    id: source.id,
    title: [text(source.title)],
    description: [],
    parent: { type: "database_id", database_id: source.databaseId },
    database_parent: holderOf(source),
    is_inline: false,
    in_trash: trashed,
    archived: trashed,
    created_time: minute(source.created),
    last_edited_time: minute(source.edited),
    created_by: nobody,
    last_edited_by: nobody,
    properties: {
      Name: { id: "title", name: "Name", description: null, type: "title", title: {} },
      Stage: {
        id: "stge",
        name: "Stage",
        description: null,
        type: "select",
        select: {
          options: ["Draft", "Done"].map((name) => ({ id: name, name, color: "blue", description: null })),
        },
      },
    },
    icon: null,
    cover: null,
    url: pageUrl(source.databaseId),
    public_url: null,
  };
}

function holderOf({ parent }: FakeDataSource): DatabaseObjectResponse["parent"] {
  return parent.kind === "workspace"
    ? { type: "workspace", workspace: true }
    : { type: "page_id", page_id: parent.id };
}

export function databaseObject(state: State, source: FakeDataSource): DatabaseObjectResponse {
  const { title, in_trash, archived, created_time, last_edited_time, is_inline } = dataSourceObject(
    state,
    source,
  );
  return {
    object: "database",
    id: source.databaseId,
    title,
    description: [],
    parent: holderOf(source),
    is_inline,
    in_trash,
    archived,
    is_locked: false,
    created_time,
    last_edited_time,
    data_sources: [{ id: source.id, name: source.title }],
    icon: null,
    cover: null,
    url: pageUrl(source.databaseId),
    public_url: null,
  };
}

export function userObject({ id, name }: FakeUser): UserObjectResponse {
  return {
    object: "user",
    id,
    name,
    avatar_url: null,
    type: "person",
    person: { email: `${plain(id).slice(0, 6)}@example.com` },
  };
}

export function commentObject(
  id: string,
  page: string,
  author: FakeUser,
  content: string,
  at: number,
): CommentObjectResponse {
  return {
    object: "comment",
    id,
    parent: { type: "page_id", page_id: page },
    discussion_id: id,
    created_time: minute(at),
    last_edited_time: minute(at),
    created_by: { object: "user", id: author.id },
    rich_text: [text(content)],
    display_name: { type: "user", resolved_name: author.name },
  };
}
