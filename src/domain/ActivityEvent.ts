import { Duration, Schema } from "effect"

/** Why a request was refused, in the words that its sender got, and those for whoever runs the site. */
export const Refusal = Schema.Struct({
  /** Says at a glance what was wrong, such as `token_expired`. */
  reason: Schema.String,
  /** The catalogue's code, `area.reason`; it has a page of its own under `/errors/`. */
  code: Schema.String,
  message: Schema.String,
  suggestion: Schema.String,
  troubleshooting: Schema.Array(Schema.String),
  operator: Schema.optional(Schema.Struct({ details: Schema.String, troubleshooting: Schema.Array(Schema.String) }))
})

/** Why a request was refused. */
export type Refusal = typeof Refusal.Type

/**
 * One request of a client, as far as it may be kept: who asked for what, and what came of it. Never a body, a token, a
 * code, a verifier, or the values of a query.
 */
export interface ActivityEvent {
  /** Epoch milliseconds, UTC. */
  readonly at: number
  readonly requestId: string
  /** The template of the route, such as `/micropub`. */
  readonly endpoint: string
  readonly method: string
  /** What was asked for: `create`, `update`, `q=config`, `token` … */
  readonly asked: string
  /** The HTTP status of the answer; 499 where the client left before it. */
  readonly status: number
  /** Absent when the request was granted. */
  readonly refusal?: Refusal
  /** The client's own address, where it said one. */
  readonly clientId?: string
  /** The id of the token that it used, which opens nothing, and what that token is called. */
  readonly tokenId?: string
  readonly label?: string
  /** Where it came from, seen through our own proxies. */
  readonly address: string
  readonly userAgent?: string
}

/** An event as it is kept; newer ones have larger numbers. */
export interface RecordedEvent extends ActivityEvent {
  readonly id: number
}

/** How much is kept: so many of each outcome, so that refusals without end do not push out what was granted, and for so long. */
export const kept = { granted: 1_000, refused: 1_000, millis: Duration.toMillis("30 days") } as const
