import { HttpServerResponse } from "@effect/platform"
import { withParameters } from "../../domain/indieauth/RedirectUri.js"

/** Where an answer to an app leads, and what it is answered with. */
export interface Return {
  readonly redirectUri: string
  readonly state?: string
  readonly issuer: string
}

/** The address that tells an app its answer. */
export const returnAddress = ({ issuer, redirectUri, state }: Return, told: Readonly<Record<string, string>>): string =>
  withParameters(new URL(redirectUri).href, { ...told, state, iss: issuer })

/**
 * Sends the owner back to the app, with what it is told (RFC 6749 §4.1.2), the `state` as it came, and who says so
 * (`iss`, RFC 9207). The address has been checked to be the app's own. 303 after a form, so that it is not posted again.
 */
export const returnTo = (back: Return, told: Readonly<Record<string, string>>): HttpServerResponse.HttpServerResponse =>
  HttpServerResponse.redirect(returnAddress(back, told), {
    status: 303,
    headers: { "cache-control": "no-store" }
  })
