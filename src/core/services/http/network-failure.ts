/** What a broken connection means. */
import {
  PermanentError,
  type StoneturnerError,
  StoneturnerError as Known,
  TransientError,
} from "@/core/models/errors";

const tlsCode =
  /^(?:CERT_|ERR_TLS|ERR_SSL|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|EPROTO|INVALID_CA|PATH_LENGTH)/;

/** A connection error as a typed one. Certificates do not mend themselves within a sync; everything else may pass. */
export function networkFailure(error: unknown, host: string): StoneturnerError {
  if (error instanceof Known) return error;
  const code = codeOf(error);
  if (tlsCode.test(code)) {
    return new PermanentError(`The secure connection to ${host} failed (${code}).`, {
      action: "Check the address and its certificate; nothing was sent.",
      cause: error,
    });
  }
  if (code.startsWith("Z_") || code.includes("ZLIB") || code.startsWith("ERR_BROTLI")) {
    return new TransientError(`The answer of ${host} broke off or was damaged (${code}).`, { cause: error });
  }
  const what = code === "ECONNREFUSED" ? "refused the connection" : "broke the connection off";
  return new TransientError(`${host} ${what} (${code === "" ? "no reason given" : code}).`, { cause: error });
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "";
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}
