/** Refusals in Notion's words (developers.notion.com/reference/status-codes). */
export interface Reply {
  status: number;
  headers?: Record<string, string>;
  body: unknown;
}

function refusal(status: number, code: string, message: string): Reply {
  return {
    status,
    body: { object: "error", status, code, message, request_id: "5b2f1c3e-0d8a-4b7e-9c1a-6f4e2d8b9a70" },
  };
}

export const unauthorized = () => refusal(401, "unauthorized", "API token is invalid.");

export const restricted = () =>
  refusal(403, "restricted_resource", "Insufficient permissions for this endpoint.");

export const notFound = (what: string, id: string) =>
  refusal(
    404,
    "object_not_found",
    `Could not find ${what} with ID: ${id}. Make sure the relevant pages and databases are shared with your integration.`,
  );

export const invalid = (message: string) => refusal(400, "validation_error", message);

export const invalidCursor = () => invalid("The start_cursor provided is invalid.");

export const missingVersion = () =>
  refusal(
    400,
    "missing_version",
    "Notion-Version header failed validation: Notion-Version header should be defined.",
  );

export const invalidUrl = () => refusal(400, "invalid_request_url", "Invalid request URL.");

export function rateLimited(seconds: number, reason = "integration_rate_limit"): Reply {
  const { body } = refusal(
    429,
    "rate_limited",
    "This request exceeds the number of requests allowed. Slow down and try again.",
  );
  return {
    status: 429,
    headers: { "Retry-After": String(seconds) },
    body: { ...Object(body), additional_data: { rate_limit_reason: reason } },
  };
}

export function overloaded(seconds: number): Reply {
  const reply = refusal(529, "service_overload", "Notion is overloaded. Please try again later.");
  return { ...reply, headers: { "Retry-After": String(seconds) } };
}

export const conflict = () =>
  refusal(409, "conflict_error", "Conflict occurred while saving. Please try again.");

export const internalError = () => refusal(500, "internal_server_error", "Unexpected error occurred.");
