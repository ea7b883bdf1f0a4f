import { HttpServerResponse } from "@effect/platform"
import { withParameters } from "../../domain/indieauth/RedirectUri.js"

/** Destination of a response to an app. */
export interface Return {
  readonly redirectUri: string
  readonly state?: string
  readonly issuer: string
}

/** The redirect address with the response's parameters. */
export const returnAddress = (
  { issuer, redirectUri, state }: Return,
  parameters: Readonly<Record<string, string>>
): string => withParameters(new URL(redirectUri).href, { ...parameters, state, iss: issuer })

/**
 * Redirects the owner to the app, with the response's parameters (RFC 6749 §4.1.2), the unchanged `state`, and the
 * issuer (`iss`, RFC 9207). The address has been validated. 303 after a form, so that the form is not posted again.
 */
export const returnTo = (
  back: Return,
  parameters: Readonly<Record<string, string>>
): HttpServerResponse.HttpServerResponse =>
  HttpServerResponse.redirect(returnAddress(back, parameters), {
    status: 303,
    headers: { "cache-control": "no-store" }
  })
