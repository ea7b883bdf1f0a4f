import { OutboundFailed, type OutboundFailure, OutboundRefused } from "../failure/Outbound.js"
import type { Entries } from "./Entry.js"

const refusal: Record<OutboundRefused["reason"], string> = {
  address: "it resolves to an address of this server or of a private network",
  scheme: "its scheme is neither http nor https",
  insecure: "a redirect led from https to http",
  credentials: "it contains a user name or password",
  malformed: "it is not a valid URL"
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

/** Texts of errors of requests to other sites. */
export const outbound: Entries<OutboundFailure> = {
  OutboundRefused: {
    example: new OutboundRefused({ host: "intranet.example", reason: "address" }),
    explain: ({ host, reason }) => ({
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
      message: "Another site did not respond correctly",
      suggestion: "Try again in a moment",
      troubleshooting: ["Check whether the other site is reachable"],
      operator: {
        details: `${host}: ${fault[reason]}`,
        troubleshooting: ["Request the host from this server, for example with curl, and check its certificate"]
      }
    })
  }
}
