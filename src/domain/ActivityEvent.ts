import { Duration, Schema } from "effect"

/** The reason of a refusal: the text for the client, and the text for the operator. */
export const Refusal = Schema.Struct({
  /** Short name of the reason, such as `token_expired`. */
  reason: Schema.String,
  /** Code of the error catalogue, `area.reason`; its page is below `/errors/`. */
  code: Schema.String,
  message: Schema.String,
  suggestion: Schema.String,
  troubleshooting: Schema.Array(Schema.String),
  operator: Schema.optional(Schema.Struct({ details: Schema.String, troubleshooting: Schema.Array(Schema.String) }))
})

export type Refusal = typeof Refusal.Type

/**
 * One request of a client, without private data: never a body, a token, a code, a verifier, or the values of a query.
 */
export interface ActivityEvent {
  /** Epoch milliseconds, UTC. */
  readonly at: number
  readonly requestId: string
  /** Template of the route, such as `/micropub`. */
  readonly endpoint: string
  readonly method: string
  /** The action: `create`, `update`, `q=config`, `token` … */
  readonly asked: string
  /** HTTP status of the answer; 499 if the client disconnected before it. */
  readonly status: number
  /** Absent when the request was granted. */
  readonly refusal?: Refusal
  /** Address of the client (`client_id`), if it named one. */
  readonly clientId?: string
  /** Id and label of the token that it used. The id grants no access. */
  readonly tokenId?: string
  readonly label?: string
  /** Client address, as the trusted proxies report it. */
  readonly address: string
  readonly userAgent?: string
}

/** A stored event; newer events have larger numbers. */
export interface RecordedEvent extends ActivityEvent {
  readonly id: number
}

/**
 * Limits of the stored events. Granted and refused ones are counted separately, so that many refusals do not push out
 * granted requests.
 */
export const kept = { granted: 1_000, refused: 1_000, millis: Duration.toMillis("30 days") } as const
