import { Cache, Duration, Effect, Either, Encoding, Exit } from "effect"
import { type ClientId, isLoopbackClient } from "../../domain/indieauth/ClientId.js"
import { type ClientMetadata, decodeClientDocument } from "../../domain/indieauth/ClientMetadata.js"
import { rasterImage } from "../../domain/media/RasterImage.js"
import type { OutboundFailure } from "../../errors/Outbound.js"
import { PageParser } from "../../services/PageParser.js"
import { type OutboundResponse, SafeHttp } from "../../services/SafeHttp.js"

/** Information about an app for the owner. */
export interface ClientInformation extends Omit<ClientMetadata, "logo"> {
  readonly clientId: ClientId
  /** A small image as a `data:` address, so that the owner's browser makes no request for it. */
  readonly logo?: string
  /** Why there is no more information, as a sentence; absent if the app's metadata was read. */
  readonly note?: string
}

const metadataLimits = { maxBytes: 262_144, timeout: Duration.seconds(4) }

/** Maximum number of redirects within the app's own site, from an address without a trailing slash for example. */
const maxRedirects = 3

/** Limits of a logo, which is inlined into the page. */
const logoLimits = { maxBytes: 65_536, timeout: Duration.seconds(2), pixels: 1024 }

/** How long metadata is cached, and failures. */
const validity = { known: Duration.minutes(5), failed: Duration.seconds(20) }

const elsewhereNote = "Its address redirects to another site, so only its address could be checked."

const redirecting = new Set([301, 302, 303, 307, 308])

const documentFault = {
  redirected: "Its address redirects to its metadata document, so only its address could be checked.",
  too_long: "Its metadata document is too large, so only its address could be checked.",
  json: "Its metadata document is invalid, so only its address could be checked.",
  client_id: "Its metadata document describes another app, so only its address could be checked.",
  client_uri: "Its metadata document names a home page on another site, so only its address could be checked."
}

const outboundNote = (failure: OutboundFailure): string =>
  failure._tag === "OutboundRefused"
    ? "Its address is in a private network, so only its address could be checked."
    : "Its address could not be fetched, so only its address could be checked."

const loopbackNote = "A local app: only its address could be checked."

/**
 * Fetches information about apps: their metadata document, or the page at their client_id. Never fails; if the app
 * cannot be fetched, only its address is known. Caches the last hundred apps for five minutes.
 */
export const clientInformation: Effect.Effect<
  (clientId: ClientId) => Effect.Effect<ClientInformation>,
  never,
  SafeHttp | PageParser
> = Effect.gen(function* () {
  const http = yield* SafeHttp
  const parser = yield* PageParser
  // Loaded for the first app, because most processes never need the parser.
  const linkHeader = yield* Effect.cached(Effect.promise(() => import("http-link-header")))

  /** Addresses in a `Link` header (RFC 8288); none if it is not valid. */
  const published = Effect.fnUntraced(function* ({ headers, url }: OutboundResponse) {
    if (headers.link === undefined) return []
    const { default: LinkHeader } = yield* linkHeader
    const links = Either.try(() => LinkHeader.parse(headers.link ?? "").rel("redirect_uri"))
    return Either.getOrElse(links, () => []).flatMap(({ uri }) =>
      URL.canParse(uri, url) ? [new URL(uri, url).href] : []
    )
  })

  const fromHtml = Effect.fnUntraced(function* (clientId: ClientId, { text, url }: OutboundResponse) {
    const outcome = yield* parser.read<"client">({ about: "client", clientId, html: text, url })
    const metadata = outcome.state === "read" ? outcome.answer : undefined
    return metadata ?? { redirectUris: [], note: "Its page could not be read, so only its address could be checked." }
  })

  const fetchLogo = Effect.fnUntraced(function* (address: string) {
    const { body, status } = yield* http.request({
      url: address,
      headers: { accept: "image/png, image/webp, image/jpeg, image/gif" },
      maxBytes: logoLimits.maxBytes,
      timeout: logoLimits.timeout
    })
    const image = rasterImage(body)
    const fits = image !== undefined && Math.max(image.width, image.height) <= logoLimits.pixels
    return status === 200 && fits ? { logo: `data:${image.mediaType};base64,${Encoding.encodeBase64(body)}` } : {}
  })

  const ask = (url: string) =>
    http.request({
      url,
      headers: { accept: "application/json, text/html;q=0.9, */*;q=0.1" },
      maxRedirects: 0,
      mayCut: true,
      ...metadataLimits
    })

  /**
   * Fetches the app's own page. Redirects to other sites are not followed, because with an open redirect on the app's
   * site any page could claim to be the app (OAuth Client ID Metadata Document, draft-02 §5).
   */
  const ownPage = Effect.fnUntraced(function* (clientId: ClientId) {
    let response = yield* ask(clientId)
    for (let redirects = 0; redirects < maxRedirects; redirects += 1) {
      const { headers, status, url } = response
      if (!redirecting.has(status) || headers.location === undefined) return response
      const isOwn =
        URL.canParse(headers.location, url) && new URL(headers.location, url).origin === new URL(clientId).origin
      if (!isOwn) return undefined
      response = yield* ask(new URL(headers.location, url).href)
    }
    return response
  })

  const described = Effect.fnUntraced(function* (clientId: ClientId) {
    const response = yield* ownPage(clientId)
    if (response === undefined) return { redirectUris: [], note: elsewhereNote }
    if (response.status < 200 || response.status > 299) {
      return {
        redirectUris: [],
        note: `Its address returned status ${response.status}, so only its address could be checked.`
      }
    }
    const fromHeader = yield* published(response)
    const isJson = /^application\/(?:[\w.-]+\+)?json\b/i.test(response.headers["content-type"] ?? "")
    const documentIsOff = response.url !== clientId ? "redirected" : undefined
    const isTooLong = response.body.length >= metadataLimits.maxBytes ? "too_long" : undefined
    const off = documentIsOff ?? isTooLong
    if (isJson && off !== undefined) return { redirectUris: [], note: documentFault[off] }
    const metadata: ClientMetadata & { readonly note?: string } = isJson
      ? Either.getOrElse(decodeClientDocument(response.text, clientId, response.url), (fault) => ({
          redirectUris: [],
          note: documentFault[fault]
        }))
      : yield* fromHtml(clientId, response)
    return { ...metadata, redirectUris: [...metadata.redirectUris, ...fromHeader] }
  })

  const lookup = (clientId: ClientId): Effect.Effect<ClientInformation> =>
    isLoopbackClient(clientId)
      ? Effect.succeed({ clientId, redirectUris: [], note: loopbackNote })
      : Effect.gen(function* () {
          const { logo: address, ...metadata }: ClientMetadata = yield* described(clientId)
          // A logo does not affect trust, so a missing one is ignored.
          const logo = address === undefined ? {} : yield* Effect.orElseSucceed(fetchLogo(address), () => ({}))
          return { clientId, ...metadata, ...logo }
        }).pipe(
          Effect.catchAll((failure) => Effect.succeed({ clientId, redirectUris: [], note: outboundNote(failure) }))
        )

  const cache = yield* Cache.makeWith({
    capacity: 100,
    lookup,
    timeToLive: Exit.match({
      onFailure: () => Duration.zero,
      onSuccess: ({ note }) => (note === undefined ? validity.known : validity.failed)
    })
  })
  return (clientId) => cache.get(clientId)
})
