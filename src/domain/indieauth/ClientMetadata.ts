import { Either, Option, Schema } from "effect"
import { labelFrom } from "./AccessToken.js"
import { type ClientId, decodeClientId } from "./ClientId.js"

/** Metadata of an app. Addresses are absolute. */
export interface ClientMetadata {
  readonly name?: string
  /** A page about the app, which its client_id begins with. */
  readonly uri?: string
  readonly logo?: string
  /** Redirect addresses beside those of its own origin. */
  readonly redirectUris: ReadonlyArray<string>
}

/** Maximum number of redirect addresses that are read. */
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
 * Parses a client metadata document (IndieAuth §4.2.1). Its client_id must equal the one that it was fetched for, and
 * `client_uri` must be a prefix of that. Other invalid members are ignored.
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

/** Microformats and links of a page, as parsers return them; addresses are absolute. */
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
 * Reads an app's page: microformats (`h-app`, and `h-x-app` of older pages), and its `rel=redirect_uri` links
 * (IndieAuth §4.2.1, §4.2.2). Ignores an app whose address is elsewhere.
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
