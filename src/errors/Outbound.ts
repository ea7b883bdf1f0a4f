import { Schema } from "effect"
import type { ErrorInfo } from "./ErrorInfo.js"
import { TaggedFailure } from "./TaggedFailure.js"

const refusal: Record<OutboundRefused["reason"], string> = {
  address: "it resolves to an address of this server or of a private network",
  scheme: "its scheme is neither http nor https",
  insecure: "a redirect led from https to http",
  credentials: "it contains a user name or password",
  malformed: "it is not a valid URL"
}

/** A request to another server was not sent, because its address is not allowed. */
export class OutboundRefused extends TaggedFailure<OutboundRefused>()(
  "OutboundRefused",
  { host: Schema.String, reason: Schema.Literal("address", "scheme", "insecure", "credentials", "malformed") },
  { host: "intranet.example", reason: "address" }
) {
  get info(): ErrorInfo {
    const { host, reason } = this
    return {
      code: "outbound.refused",
      status: 400,
      fault: "user",
      retryable: false,
      message: "This site cannot fetch that address",
      suggestion: "Use a public https address",
      troubleshooting: ["Check in a browser that the address is public"],
      operator: {
        details: `The request to ${host} was blocked: ${refusal[reason]}`,
        troubleshooting: ["If the host is yours, add it to STARPUNK_OUTBOUND_ALLOW"]
      }
    }
  }
}

const fault: Record<OutboundFailed["reason"], string> = {
  name: "its name could not be resolved",
  connection: "the connection failed",
  tls: "its certificate is not valid",
  timeout: "it did not answer in time",
  too_large: "its response was too large",
  too_many_redirects: "it redirected too often",
  malformed: "its response was invalid"
}

/** A request to another server failed. */
export class OutboundFailed extends TaggedFailure<OutboundFailed>()(
  "OutboundFailed",
  {
    host: Schema.String,
    reason: Schema.Literal("name", "connection", "tls", "timeout", "too_large", "too_many_redirects", "malformed")
  },
  { host: "provider.example", reason: "timeout" }
) {
  get info(): ErrorInfo {
    const { host, reason } = this
    return {
      code: "outbound.failed",
      status: 502,
      fault: "system",
      retryable: true,
      retryAfter: 5,
      message: "Another site did not respond correctly",
      suggestion: "Try again in a moment",
      troubleshooting: ["Check whether the other site is reachable"],
      operator: {
        details: `${host}: ${fault[reason]}`,
        troubleshooting: ["Request the host from this server, for example with curl, and check its certificate"]
      }
    }
  }
}

/** Failures of a request to another server. */
export type OutboundFailure = OutboundRefused | OutboundFailed
