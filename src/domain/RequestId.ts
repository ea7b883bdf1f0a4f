import { Schema } from "effect"

/**
 * Names one request, or one run of a background job, on every log line and response that belongs to it: 8 to 64
 * letters, digits, dots, underscores and hyphens. Ids of our own are 32 lower-case hexadecimal digits (128 bits).
 */
export const RequestId = Schema.String.pipe(Schema.pattern(/^[A-Za-z0-9._-]{8,64}$/), Schema.brand("RequestId"))

/** Names one request, or one run of a background job. */
export type RequestId = typeof RequestId.Type
