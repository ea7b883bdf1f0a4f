import { OutboundFailed, type OutboundFailure, OutboundRefused } from "../failure/Outbound.js"
import type { Entries } from "./Entry.js"

const refusal: Record<OutboundRefused["reason"], string> = {
  address: "it resolves to an address of this machine or of a private network",
  scheme: "its scheme is neither http nor https",
  insecure: "a redirect led from https to http",
  credentials: "it holds a user name or a password",
  malformed: "it is no well-formed address"
}

const fault: Record<OutboundFailed["reason"], string> = {
  name: "its name could not be looked up",
  connection: "no connection to it could be made",
  tls: "its certificate is not valid",
  timeout: "it did not answer in time",
  too_large: "its answer was too large",
  too_many_redirects: "it redirected too often",
  malformed: "its answer was not what was asked for"
}

/** What people are told when another site could not be asked. */
export const outbound: Entries<OutboundFailure> = {
  OutboundRefused: {
    example: new OutboundRefused({ host: "intranet.example", reason: "address" }),
    explain: ({ host, reason }) => ({
      code: "outbound.refused",
      status: 400,
      fault: "user",
      retryable: false,
      message: "That address cannot be visited from here",
      suggestion: "Use a public https address",
      troubleshooting: ["Open the address in a browser to see whether it is public"],
      operator: {
        details: `${host} was not asked: ${refusal[reason]}`,
        troubleshooting: ["Name the host in STARPUNK_OUTBOUND_ALLOW if it is yours and may be asked"]
      }
    })
  },
  OutboundFailed: {
    example: new OutboundFailed({ host: "provider.example", reason: "timeout" }),
    explain: ({ host, reason }) => ({
      code: "outbound.failed",
      status: 502,
      fault: "system",
      retryable: true,
      retryAfter: 5,
      message: "Another site that is needed for this did not answer as it should",
      suggestion: "Please try again in a moment",
      troubleshooting: ["Check whether the other site can be reached at all"],
      operator: {
        details: `${host}: ${fault[reason]}`,
        troubleshooting: ["Ask the host from this machine, for example with curl, and look at its certificate"]
      }
    })
  }
}
