import { HttpServerResponse } from "@effect/platform"
import { withParameters } from "../../domain/RedirectUri.js"

/**
 * Sends the owner back to the app, with what it is told (RFC 6749 §4.1.2), the `state` as it came, and who says so
 * (`iss`, RFC 9207). The address has been checked to be the app's own. 303 after a form, so that it is not posted again.
 */
export const returnTo = (
  { issuer, redirectUri, state }: { readonly redirectUri: string; readonly state?: string; readonly issuer: string },
  told: Readonly<Record<string, string>>
): HttpServerResponse.HttpServerResponse =>
  HttpServerResponse.redirect(withParameters(new URL(redirectUri).href, { ...told, state, iss: issuer }), {
    status: 303,
    headers: { "cache-control": "no-store" }
  })
