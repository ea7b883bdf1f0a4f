import { HttpServerResponse } from "@effect/platform"
import { challengeMethod } from "../../domain/indieauth/CodeChallenge.js"
import { issuer, paths } from "../../domain/indieauth/Endpoints.js"
import { Scope } from "../../domain/indieauth/Scope.js"

/** Grant types of the token endpoint. */
export const grantTypes = ["authorization_code", "refresh_token"] as const

/** Metadata of this authorization server (IndieAuth §4.1.1, RFC 8414 §2). */
export const metadata = (site: { readonly siteUrl: string }): HttpServerResponse.HttpServerResponse =>
  HttpServerResponse.unsafeJson({
    issuer: issuer(site),
    authorization_endpoint: `${site.siteUrl}${paths.authorization}`,
    token_endpoint: `${site.siteUrl}${paths.token}`,
    token_endpoint_auth_methods_supported: ["none"],
    introspection_endpoint: `${site.siteUrl}${paths.introspection}`,
    introspection_endpoint_auth_methods_supported: ["Bearer"],
    revocation_endpoint: `${site.siteUrl}${paths.revocation}`,
    revocation_endpoint_auth_methods_supported: ["none"],
    userinfo_endpoint: `${site.siteUrl}${paths.userinfo}`,
    scopes_supported: Scope.literals,
    response_types_supported: ["code"],
    response_modes_supported: ["query"],
    grant_types_supported: grantTypes,
    code_challenge_methods_supported: [challengeMethod],
    authorization_response_iss_parameter_supported: true
  })
