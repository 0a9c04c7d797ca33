/** What the command's exit code says; `docs/cli.md` promises these to scripts. */
export const exitCodes = {
  ok: 0,
  failure: 1,
  usage: 2,
  notFound: 3,
  needsReconnect: 4,
  interrupted: 130,
} as const;
