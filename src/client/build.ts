/** Bundles the web page: files by path, with hashed names. */
export function buildClient(): Promise<ReadonlyMap<string, { body: Uint8Array | string; type: string }>> {
  throw new Error("not built");
}
