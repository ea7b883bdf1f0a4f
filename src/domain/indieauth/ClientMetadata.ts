import { Either, Option, Schema } from "effect"
import { labelFrom } from "./AccessToken.js"
import { type ClientId, decodeClientId } from "./ClientId.js"

/** What an app says about itself. Addresses are as it wrote them, made absolute. */
export interface ClientMetadata {
  readonly name?: string
  /** A page about it, at the beginning of its client_id. */
  readonly uri?: string
  readonly logo?: string
  /** Where it may have people sent, besides its own origin. */
  readonly redirectUris: ReadonlyArray<string>
}

/** Addresses of an app that are looked at; nobody has more. */
const maxRedirectUris = 100

const Document = Schema.Struct({
  client_id: Schema.String,
  client_name: Schema.optional(Schema.Unknown),
  client_uri: Schema.optional(Schema.Unknown),
  logo_uri: Schema.optional(Schema.Unknown),
  redirect_uris: Schema.optional(Schema.Unknown)
})

const decodeDocument = Schema.decodeUnknownOption(Schema.parseJson(Document))

const present = (name: string | undefined, logo: string | undefined, uri?: string) => ({
  ...(name === undefined ? {} : { name }),
  ...(uri === undefined ? {} : { uri }),
  ...(logo === undefined ? {} : { logo })
})

const nameFrom = (value: unknown): string | undefined => (typeof value === "string" ? labelFrom(value) : undefined)

const absolute = (value: unknown, base: string): ReadonlyArray<string> =>
  typeof value === "string" && URL.canParse(value, base) ? [new URL(value, base).href] : []

const isPrefix = (value: unknown, clientId: ClientId): boolean =>
  typeof value === "string" && URL.canParse(value) && clientId.startsWith(new URL(value).href)

/**
 * Reads a client metadata document (IndieAuth §4.2.1): it has to name the very client_id that led to it, and its
 * `client_uri` has to be the beginning of that. What is odd among the rest is passed over.
 */
export const decodeClientDocument = (
  text: string,
  clientId: ClientId,
  base: string
): Either.Either<ClientMetadata, "json" | "client_id" | "client_uri"> =>
  Option.match(decodeDocument(text), {
    onNone: () => Either.left("json"),
    onSome: (document) => {
      if (Either.getOrUndefined(decodeClientId(document.client_id)) !== clientId) return Either.left("client_id")
      const { client_uri: uri, redirect_uris: redirects } = document
      if (uri !== undefined && !isPrefix(uri, clientId)) return Either.left("client_uri")
      return Either.right({
        ...present(nameFrom(document.client_name), absolute(document.logo_uri, base)[0], absolute(uri, base)[0]),
        redirectUris: (Array.isArray(redirects) ? redirects.slice(0, maxRedirectUris) : []).flatMap((each) =>
          absolute(each, base)
        )
      })
    }
  })

/** What a page's microformats and links hold, as parsers give them; addresses are absolute. */
export interface ParsedPage {
  readonly items: ReadonlyArray<{
    readonly type?: ReadonlyArray<string>
    readonly properties: Readonly<Record<string, ReadonlyArray<unknown>>>
  }>
  readonly rels: Readonly<Record<string, ReadonlyArray<string>>>
}

const textOf = (value: unknown): unknown =>
  typeof value === "object" && value !== null && "value" in value ? value.value : value

/**
 * Reads what an app's page says about it in microformats (`h-app`, and `h-x-app` as older pages have it), and the
 * addresses it publishes as `rel=redirect_uri` (IndieAuth §4.2.1, §4.2.2). An app that is said to live elsewhere is passed over.
 */
export const fromPage = (page: ParsedPage, clientId: ClientId, base: string): ClientMetadata => {
  const app = page.items.find(({ properties, type = [] }) => {
    const urls = properties.url ?? []
    return (
      (type.includes("h-app") || type.includes("h-x-app")) &&
      (urls.length === 0 || urls.some((url) => isPrefix(textOf(url), clientId)))
    )
  })
  const [name] = app?.properties.name ?? []
  const [logo] = app?.properties.logo ?? []
  return {
    ...present(nameFrom(textOf(name)), absolute(textOf(logo), base)[0]),
    redirectUris: (page.rels.redirect_uri ?? []).slice(0, maxRedirectUris).flatMap((each) => absolute(each, base))
  }
}
