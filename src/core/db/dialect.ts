/** The two databases that one table declaration serves. */
export type Dialect = "sqlite" | "postgres";

/**
 * Which dialect a `DATABASE_URL` means. Tables are declared when their module loads, before the
 * configuration is parsed, so this one variable is also looked at here.
 */
export function dialectOf(databaseUrl: string | undefined): Dialect {
  return databaseUrl !== undefined && /^postgres(ql)?:\/\//.test(databaseUrl) ? "postgres" : "sqlite";
}
