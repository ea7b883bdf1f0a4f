import { isIP, type LookupFunction } from "node:net"
import { Duration, Effect, Layer } from "effect"
import { OutboundFailed, OutboundRefused } from "../../src/errors/failure/Outbound.js"
import { type OutboundRequest, SafeHttp } from "../../src/services/SafeHttp.js"
import { Settings } from "../../src/settings/Config.js"
import { version } from "../../src/version.js"
import * as HostPermits from "./HostPermits.js"
import { byNameServer, bySystem, type NameLookup } from "./NameLookup.js"
import { AddressRefused, exchange, isRedirect } from "./OutboundHop.js"
import { isPublic } from "./PublicAddress.js"

const defaultMaxBytes = 1_048_576
const defaultTimeout = Duration.seconds(5)
const defaultMaxRedirects = 5

/** One host that is slow keeps eight places at most; sixty-four requests at a time are far more than one site has. */
const defaultLimits: HostPermits.Limits = { perHost: 8, overall: 64 }

/** What goes on to another origin: nothing that could be a secret. */
const harmlessHeaders = new Set(["accept", "accept-language"])

/** What a test may want otherwise. */
export interface Options {
  /** Looks up names. By default the name server is asked, and the system for the hosts that the settings name. */
  readonly lookup?: NameLookup
  readonly limits?: HostPermits.Limits
}

const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "")

/** A host as the URL parser writes it, so that it can be compared with those of addresses. */
const canonical = (host: string): string => {
  const address = `http://${isIP(host) === 6 ? `[${host}]` : host}/`
  return URL.canParse(address) ? hostOf(new URL(address)) : host.toLowerCase()
}

/** Names of headers are the same in any case; two of one would both be sent. */
const lowerCased = (headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))

const isLoopbackName = (host: string): boolean => host === "localhost" || host.endsWith(".localhost")

/**
 * Requests through undici, each hop on a connection of its own: nothing is kept between them, neither connections nor
 * cookies. The proxy variables of the environment are not heeded: a proxy looks names up where nobody checks the answer.
 */
export const layerWith = (options: Options): Layer.Layer<SafeHttp, never, Settings> =>
  Layer.effect(
    SafeHttp,
    Effect.gen(function* () {
      const { outboundAllow, siteUrl } = yield* Settings
      const allowed = new Set(outboundAllow.map(canonical))
      const permitted = HostPermits.make(options.limits ?? defaultLimits)
      const libraries = yield* Effect.cached(
        Effect.promise(async () => {
          const [undici, { default: ip }] = await Promise.all([import("undici"), import("ipaddr.js")])
          return { undici, isPublic: isPublic(ip) }
        })
      )
      const everyRequest = {
        "user-agent": `StarPunk/${version} (+${siteUrl}/)`,
        // The limit on size would have to be held twice otherwise.
        "accept-encoding": "identity"
      }

      /** What may be known of an address before anything is looked up. A literal IP address never is. */
      const refusalOf = (url: URL, isPublic: (address: string) => boolean): OutboundRefused["reason"] | undefined => {
        if (url.protocol !== "https:" && url.protocol !== "http:") return "scheme"
        if (url.username !== "" || url.password !== "") return "credentials"
        const host = hostOf(url)
        if (allowed.has(host)) return undefined
        return isLoopbackName(host) || (isIP(host) !== 0 && !isPublic(host)) ? "address" : undefined
      }

      /** The look-up of one connection. The addresses that pass are those that are connected to: there is no second look-up. */
      const checkedLookup =
        (isPublic: (address: string) => boolean): LookupFunction =>
        (name, { all }, done) => {
          const trusted = allowed.has(canonical(name))
          const find = options.lookup ?? (trusted ? bySystem : byNameServer)
          find(name).then(
            (found) => {
              const passes = found.every((address) => isIP(address) !== 0 && (trusted || isPublic(address)))
              const [first] = found
              if (first === undefined || !passes) done(new AddressRefused(), "")
              else if (all === true)
                done(
                  null,
                  found.map((address) => ({ address, family: isIP(address) }))
                )
              else done(null, first, isIP(first))
            },
            (error) => done(error, "")
          )
        }

      const walk = (request: OutboundRequest, timeoutMillis: number) =>
        Effect.gen(function* () {
          const { isPublic, undici } = yield* libraries
          const method = request.method ?? "GET"
          const maxRedirects = method === "POST" ? 0 : (request.maxRedirects ?? defaultMaxRedirects)
          let headers = lowerCased({ accept: "*/*", ...request.headers })
          if (!URL.canParse(request.url)) return yield* new OutboundRefused({ host: "", reason: "malformed" })
          let url = new URL(request.url)
          for (let redirects = 0; ; redirects += 1) {
            const host = hostOf(url)
            const refused = refusalOf(url, isPublic)
            if (refused !== undefined) return yield* new OutboundRefused({ host, reason: refused })
            const answer = yield* permitted(
              host,
              exchange(undici, {
                url,
                method,
                headers: { ...headers, ...everyRequest },
                form: method === "POST" ? (request.form ?? {}) : undefined,
                maxBytes: request.maxBytes ?? defaultMaxBytes,
                mayCut: request.mayCut ?? false,
                connectMillis: timeoutMillis,
                lookup: checkedLookup(isPublic)
              })
            )
            if (maxRedirects === 0 || !isRedirect(answer)) return answer
            if (redirects === maxRedirects) return yield* new OutboundFailed({ host, reason: "too_many_redirects" })
            const target = answer.headers.location ?? ""
            if (!URL.canParse(target, url.href)) return yield* new OutboundFailed({ host, reason: "malformed" })
            const next = new URL(target, url.href)
            if (url.protocol === "https:" && next.protocol === "http:") {
              return yield* new OutboundRefused({ host: hostOf(next), reason: "insecure" })
            }
            if (next.origin !== url.origin) {
              headers = Object.fromEntries(Object.entries(headers).filter(([name]) => harmlessHeaders.has(name)))
            }
            url = next
          }
        })

      return {
        request: Effect.fn("SafeHttp.request")((request) => {
          const timeout = request.timeout ?? defaultTimeout
          return Effect.timeoutFail(walk(request, Duration.toMillis(timeout)), {
            duration: timeout,
            onTimeout: () => new OutboundFailed({ host: hostIn(request.url), reason: "timeout" })
          })
        })
      }
    })
  )

const hostIn = (address: string): string => (URL.canParse(address) ? hostOf(new URL(address)) : "")

/** Requests to public addresses, and to the hosts that `STARPUNK_OUTBOUND_ALLOW` names. */
export const layer: Layer.Layer<SafeHttp, never, Settings> = layerWith({})
