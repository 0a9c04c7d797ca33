/** What ids are called in a server. Absent names say so instead of showing a bare number. */
export interface Names {
  user: (id: string) => string | undefined;
  role: (id: string) => string | undefined;
  channel: (id: string) => string | undefined;
}

/** The same, and people by what a message itself calls those that it mentions. */
export function withMentioned(
  names: Names,
  mentions: readonly { id: string; username: string; global_name?: string | null | undefined }[],
): Names {
  if (mentions.length === 0) return names;
  const called = new Map(mentions.map((user) => [user.id, user.global_name || user.username]));
  return { ...names, user: (id) => names.user(id) ?? called.get(id) };
}

/** The name that people of the server see: the one of this server, else the chosen one, else the user name. */
export function labelOf(person: {
  nick?: string | null | undefined;
  displayName?: string | null | undefined;
  username: string;
}): string {
  return person.nick || person.displayName || person.username;
}
