import { programVersion } from "@/core/services/program-version";

/** How the client names itself to providers: `Stoneturner/<version>`. */
export function userAgent(): string {
  return `Stoneturner/${programVersion()}`;
}
