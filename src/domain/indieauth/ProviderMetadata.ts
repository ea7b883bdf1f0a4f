import { Schema } from "effect"

/** The members of a provider's metadata (IndieAuth §4.1.1, RFC 8414 §2) that are used here. */
const ProviderMetadata = Schema.Struct({
  issuer: Schema.String,
  authorization_endpoint: Schema.optional(Schema.String),
  token_endpoint: Schema.optional(Schema.String),
  introspection_endpoint: Schema.optional(Schema.String)
})

/** Parses a metadata document; none if it is not valid. */
export const readMetadata = Schema.decodeUnknownOption(Schema.parseJson(ProviderMetadata))

/**
 * Returns whether a document at this address may name this issuer: an address without query and fragment that is a
 * prefix of the document's, on the same origin (IndieAuth §4.1.1). So a file on another host cannot claim this issuer.
 */
export const isIssuerOf = (issuer: string, metadataUrl: string): boolean => {
  if (!URL.canParse(issuer) || /[?#]/.test(issuer)) return false
  const { href, origin, username } = new URL(issuer)
  const metadata = new URL(metadataUrl)
  if (username !== "" || origin !== metadata.origin || !metadata.href.startsWith(href)) return false
  // A prefix ends at a segment: `/~ada` is not a prefix of `/~adam`.
  return href.endsWith("/") || /^(?:[/?]|$)/.test(metadata.href.slice(href.length))
}
