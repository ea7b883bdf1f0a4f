import { Schema } from "effect"

/**
 * Id of one request, or of one run of a background job, on all of its log lines and responses: 8 to 64 letters, digits,
 * dots, underscores and hyphens. Ids that this program makes are 32 lower-case hexadecimal digits (128 bits).
 */
export const RequestId = Schema.String.pipe(Schema.pattern(/^[A-Za-z0-9._-]{8,64}$/), Schema.brand("RequestId"))

export type RequestId = typeof RequestId.Type
