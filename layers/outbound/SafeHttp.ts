import { isIP, type LookupFunction } from "node:net"
import { Duration, Effect, Layer } from "effect"
import { OutboundFailed, OutboundRefused } from "../../src/errors/Outbound.js"
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

/** A slow host takes at most eight places; sixty-four concurrent requests are far more than a site makes. */
const defaultLimits: HostPermits.Limits = { perHost: 8, overall: 64 }

/** Headers that are sent to another origin after a redirect: none that could be secret. */
const harmlessHeaders = new Set(["accept", "accept-language"])

/** Options for tests. */
export interface Options {
  /** Resolves names. By default the name server, and the system for hosts that the settings allow. */
  readonly lookup?: NameLookup
  readonly limits?: HostPermits.Limits
}

const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "")

/** Normalizes a host as the URL parser does, for comparison with hosts of addresses. */
const canonical = (host: string): string => {
  // Node's pattern of IPv6 addresses takes ten milliseconds to compile, so a start does not need it.
  const address = `http://${host.includes(":") && isIP(host) === 6 ? `[${host}]` : host}/`
  return URL.canParse(address) ? hostOf(new URL(address)) : host.toLowerCase()
}

/** Normalizes header names, because two spellings of one header would both be sent. */
const lowerCased = (headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))

const isLoopbackName = (host: string): boolean => host === "localhost" || host.endsWith(".localhost")

/**
 * Sends requests with undici, each hop on its own connection, without keeping connections or cookies. Ignores the proxy
 * variables of the environment, because a proxy would resolve names unchecked.
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
        // The size limit would otherwise apply twice: before and after decoding.
        "accept-encoding": "identity"
      }

      /** Why an address is refused before the DNS lookup. A literal IP address never has one. */
      const refusalOf = (url: URL, isPublic: (address: string) => boolean): OutboundRefused["reason"] | undefined => {
        if (url.protocol !== "https:" && url.protocol !== "http:") return "scheme"
        if (url.username !== "" || url.password !== "") return "credentials"
        const host = hostOf(url)
        if (allowed.has(host)) return undefined
        return isLoopbackName(host) || (isIP(host) !== 0 && !isPublic(host)) ? "address" : undefined
      }

      /**
       * The DNS lookup of a connection. It connects to the addresses that were checked here, without a second lookup.
       */
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

/** Requests to public addresses, and to hosts in `STARPUNK_OUTBOUND_ALLOW`. */
export const layer: Layer.Layer<SafeHttp, never, Settings> = layerWith({})
