import { environmentSchema } from "@/core/config-variables";

/** What begins so is ours, or goes into the page, whether the program knows it or no longer does. */
const oursByBeginning = /^(?:STONETURNER|BUN_PUBLIC)_/;
/** Applications at providers, whose names differ. */
const application = /_OAUTH_CLIENT_(?:ID|SECRET)$/;

/** The environment without what would point tests at somebody's data, keys, models or port. */
export function cleanEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const known = new Set(Object.keys(environmentSchema.shape));
  const kept = Object.entries(environment).flatMap(([name, value]): [string, string][] => {
    const isOurs = known.has(name) || oursByBeginning.test(name) || application.test(name);
    return value === undefined || isOurs ? [] : [[name, value]];
  });
  return Object.fromEntries(kept);
}
