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

/** What a person needs to know about a failure, and what to do next. */
export interface ErrorInfo {
  /** `area.reason`; never renamed once released. */
  readonly code: string
  /** The HTTP status it is answered with. */
  readonly status: number
  /** Who can mend it: the one who asked, or the one who runs the site. */
  readonly fault: "user" | "system"
  /** Whether the same request may succeed later. */
  readonly retryable: boolean
  /** Seconds to put in `Retry-After`; only with `retryable`. */
  readonly retryAfter?: number
  /** For whoever gets the answer: no paths, no SQL, no advice they cannot follow. */
  readonly message: string
  readonly suggestion: string
  readonly troubleshooting: ReadonlyArray<string>
  /** The name on OAuth-style endpoints, where it is not simply the status's own. */
  readonly oauth?: OAuthError
  /** For the log, the command line and `starpunk explain`. */
  readonly operator?: {
    readonly details: string
    readonly troubleshooting: ReadonlyArray<string>
  }
}
