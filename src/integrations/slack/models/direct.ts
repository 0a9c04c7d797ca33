/** Talk outside of channels: between two people (`im`), or in a group of up to nine (`mpim`). */

/** A channel as Slack names it: ids of talk between two begin with D, names of groups with `mpdm-`. */
interface Named {
  id: string;
  name: string;
}

export function isDirect({ id, name }: Named): boolean {
  return id.startsWith("D") || name.startsWith("mpdm-");
}

/** `mpdm-ana--bo--cem-1` as `ana, bo, cem`; the person's own name where two talk. */
export function directWith({ name }: Named): string {
  const group = /^mpdm-(.+)-\d+$/.exec(name)?.[1];
  return group === undefined ? name : group.split("--").join(", ");
}
