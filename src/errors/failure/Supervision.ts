import { Schema } from "effect"

/** The service manager could not be notified. `detail` is for the operator only. */
export class ServiceManagerUnreachable extends Schema.TaggedError<ServiceManagerUnreachable>(
  "starpunk/ServiceManagerUnreachable"
)("ServiceManagerUnreachable", {
  reason: Schema.Literal("program_missing", "refused", "timeout"),
  detail: Schema.String
}) {}

/** Failures of the connection to the service manager. */
export type SupervisionFailure = ServiceManagerUnreachable
