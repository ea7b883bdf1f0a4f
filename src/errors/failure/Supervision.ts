import { Schema } from "effect"

/** The service manager could not be told how the service is. `detail` is for the operator only. */
export class ServiceManagerUnreachable extends Schema.TaggedError<ServiceManagerUnreachable>(
  "starpunk/ServiceManagerUnreachable"
)("ServiceManagerUnreachable", {
  reason: Schema.Literal("program_missing", "refused", "timeout"),
  detail: Schema.String
}) {}

/** What can go wrong between the process and whoever supervises it. */
export type SupervisionFailure = ServiceManagerUnreachable
