/** What ids are called in a server. Absent names say so instead of showing a bare number. */
export interface Names {
  user: (id: string) => string | undefined;
  role: (id: string) => string | undefined;
  channel: (id: string) => string | undefined;
}

/** The name that people of the server see: the one of this server, else the chosen one, else the user name. */
export function labelOf(person: {
  nick?: string | null | undefined;
  displayName?: string | null | undefined;
  username: string;
}): string {
  return person.nick || person.displayName || person.username;
}
