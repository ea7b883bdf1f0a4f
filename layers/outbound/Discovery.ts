import { Effect } from "effect"
import { isConfidential } from "../../src/domain/indieauth/ConfidentialAddress.js"
import { headerLinks, type ProviderLinks } from "../../src/domain/indieauth/ProviderLinks.js"
import { isIssuerOf, readMetadata } from "../../src/domain/indieauth/ProviderMetadata.js"
import { type ProviderFailure, ProviderUnavailable, ProviderUnusable } from "../../src/errors/Provider.js"
import type { ProviderEndpoints } from "../../src/services/OwnerProvider.js"
import type { PageParser } from "../../src/services/PageParser.js"
import type { OutboundResponse, SafeHttp } from "../../src/services/SafeHttp.js"
import type { SettingsValues } from "../../src/settings/Config.js"
import { ask, readAs, unexpected } from "./ProviderQuestion.js"

/** Settings that decide to which addresses a token or a code may be sent. */
export type DiscoverySettings = Pick<SettingsValues, "environment" | "outboundAllow">

/**
 * Finds the endpoints of the provider that a page names (IndieAuth §4.1), in its metadata or, for older ones, in the
 * page itself. The `Link` header comes before the page, and the first link wins. Tokens are sent over https only, except in development and to hosts that the settings allow.
 */
export const discover = (
  http: SafeHttp["Type"],
  parser: PageParser["Type"],
  settings: DiscoverySettings,
  page: string
): Effect.Effect<ProviderEndpoints, ProviderFailure> => {
  const unusable = (reason: ProviderUnusable["reason"]) => new ProviderUnusable({ page, reason })

  const secured = (address: string): Effect.Effect<string, ProviderUnusable> =>
    isConfidential(address, settings) ? Effect.succeed(new URL(address).href) : Effect.fail(unusable("insecure"))

  const endpoint = <Name extends string>(name: Name, address: string | undefined, base: string) =>
    Effect.gen(function* () {
      if (address === undefined) return {}
      if (!URL.canParse(address, base)) return yield* unusable("no_endpoint")
      return { [name]: yield* secured(new URL(address, base).href) } as { readonly [N in Name]?: string }
    })

  const fromMetadata = (metadata: string) =>
    Effect.gen(function* () {
      const answer = yield* ask(http, "metadata", { url: metadata, headers: { accept: "application/json" } })
      if (answer.status !== 200) return yield* unexpected("metadata", answer)
      const document = yield* readAs("metadata", answer, readMetadata(answer.text))
      if (!isIssuerOf(document.issuer, metadata)) return yield* unusable("issuer")
      return {
        issuer: document.issuer,
        ...(yield* endpoint("authorization", document.authorization_endpoint, answer.url)),
        ...(yield* endpoint("token", document.token_endpoint, answer.url)),
        ...(yield* endpoint("introspection", document.introspection_endpoint, answer.url))
      }
    })

  const fromLinks = (links: ProviderLinks) =>
    Effect.gen(function* () {
      return {
        ...(yield* endpoint("authorization", links.authorization, page)),
        ...(yield* endpoint("token", links.token, page))
      }
    })

  /** The links of the page, which is parsed in a thread of its own. A page that takes too long names nothing. */
  const inPage = ({ headers, text, url }: OutboundResponse): Effect.Effect<ProviderLinks, ProviderUnavailable> =>
    Effect.gen(function* () {
      if (!/html/i.test(headers["content-type"] ?? "html")) return {}
      const outcome = yield* parser.read<"provider">({ about: "provider", html: text, url })
      if (outcome.state === "read") return outcome.answer
      if (outcome.state === "too_slow") return {}
      return yield* new ProviderUnavailable({ host: new URL(url).host, question: "profile", reason: "timeout" })
    })

  return Effect.gen(function* () {
    const answer = yield* ask(http, "profile", { url: yield* secured(page), headers: { accept: "text/html" } })
    yield* secured(answer.url)
    if (answer.status < 200 || answer.status > 299) return yield* unexpected("profile", answer)
    const inHeader = yield* headerLinks(answer.headers.link ?? "", answer.url)
    const links = inHeader.metadata === undefined ? { ...(yield* inPage(answer)), ...inHeader } : inHeader
    return yield* links.metadata === undefined
      ? fromLinks(links)
      : Effect.flatMap(secured(links.metadata), fromMetadata)
  })
}
