import { Schema } from "effect"

/** What a provider says of itself (IndieAuth §4.1.1, RFC 8414 §2), as far as it is of use here. */
const ProviderMetadata = Schema.Struct({
  issuer: Schema.String,
  authorization_endpoint: Schema.optional(Schema.String),
  token_endpoint: Schema.optional(Schema.String),
  introspection_endpoint: Schema.optional(Schema.String)
})

/** Reads a metadata document; none when it is not one. */
export const readMetadata = Schema.decodeUnknownOption(Schema.parseJson(ProviderMetadata))

/**
 * Whether a document at this address may speak for the issuer that it names: an address without query and fragment that
 * the document's own begins with, on the same origin (IndieAuth §4.1.1). Whoever can put a file somewhere on another
 * host cannot claim to be this one.
 */
export const isIssuerOf = (issuer: string, metadataUrl: string): boolean => {
  if (!URL.canParse(issuer) || /[?#]/.test(issuer)) return false
  const { href, origin, username } = new URL(issuer)
  const metadata = new URL(metadataUrl)
  if (username !== "" || origin !== metadata.origin || !metadata.href.startsWith(href)) return false
  // `/~ada` is not where `/~adam` begins.
  return href.endsWith("/") || /^(?:[/?]|$)/.test(metadata.href.slice(href.length))
}
