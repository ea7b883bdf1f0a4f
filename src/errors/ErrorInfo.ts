/** The error names that Micropub, OAuth 2.0 (RFC 6749 §5.2) and bearer tokens (RFC 6750 §3.1) define. */
export type OAuthError =
  | "invalid_request"
  | "invalid_grant"
  | "invalid_scope"
  | "unsupported_grant_type"
  | "invalid_token"
  | "insufficient_scope"
  | "unauthorized"
  | "forbidden"
  | "server_error"
  | "temporarily_unavailable"

/** The texts and the HTTP status of a failure. */
export interface ErrorInfo {
  /** `area.reason`; never renamed once released. */
  readonly code: string
  /** HTTP status of the response. */
  readonly status: number
  /** Who can fix it: the client (`user`) or the operator (`system`). */
  readonly fault: "user" | "system"
  /** Whether the same request can succeed later. */
  readonly retryable: boolean
  /** Seconds to put in `Retry-After`; only with `retryable`. */
  readonly retryAfter?: number
  /** For visitors and clients: no paths, no SQL, no advice for the operator. */
  readonly message: string
  readonly suggestion: string
  readonly troubleshooting: ReadonlyArray<string>
  /** The failure itself, where translations of its words depend on its data. Never sent or logged. */
  readonly failure?: object
  /** `error` in responses of OAuth endpoints; derived from the status if missing. */
  readonly oauth?: OAuthError
  /** For the log, commands and `starpunk explain`. */
  readonly operator?: {
    readonly details: string
    readonly troubleshooting: ReadonlyArray<string>
  }
}

/** Says in one or two sentences who has to act on a failure, and whether a retry can help. */
export const verdict = ({ fault, retryable }: Pick<ErrorInfo, "fault" | "retryable">): string =>
  fault === "user"
    ? retryable
      ? "Client error. Retry later."
      : "Client error. Fix the request before retrying."
    : retryable
      ? "Server error. Retry later."
      : "Server error. The operator has to fix it."
