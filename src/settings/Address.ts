import { Either } from "effect"
import type { Syntax } from "./Syntax.js"

const parseUrl = (given: string): Either.Either<URL, string> => {
  if (!URL.canParse(given)) {
    const completed = `https://${given}`
    return Either.left(
      !given.includes("://") && URL.canParse(completed)
        ? `Did you mean \`${completed}\`?`
        : "Write a complete URL, such as `https://blog.example`"
    )
  }
  const url = new URL(given)
  if (url.protocol !== "https:" && url.protocol !== "http:")
    return Either.left("Begin the URL with https:// or http://")
  if (url.username !== "" || url.password !== "") return Either.left("Remove the user name and password")
  if (given.includes("#")) return Either.left("Remove the `#` and everything after it")
  return Either.right(url)
}

/**
 * The address of a site: scheme, host and port. A path is refused, because every route and cookie lives at the root of
 * its host. A trailing slash may be written and is not kept.
 */
export const siteUrl: Syntax<string> = {
  expected: "an http:// or https:// URL without path, query or fragment",
  read: (given) =>
    Either.flatMap(parseUrl(given), (url) =>
      given.includes("?")
        ? Either.left("Remove the `?` and everything after it")
        : url.pathname !== "/"
          ? Either.left(`StarPunk needs its own host name and runs at its root: write \`${url.origin}\``)
          : Either.right(url.origin)
    ),
  write: (value) => value
}

/** The address of a service, with a path where it has one; a trailing slash may be written and is not kept. */
export const httpUrl: Syntax<string> = {
  expected: "an http:// or https:// URL without user name, query and fragment",
  read: (given) =>
    Either.flatMap(parseUrl(given), (url) =>
      given.includes("?")
        ? Either.left("Remove the `?` and everything after it")
        : Either.right(`${url.origin}${url.pathname}`.replace(/\/+$/, ""))
    ),
  write: (value) => value
}

/** A person's identity (IndieAuth §3.2, "User Profile URL"): an http(s) address with a path, without a fragment. */
export const profileUrl: Syntax<string> = {
  expected: "an http:// or https:// URL without user name and fragment",
  read: (given) => Either.map(parseUrl(given), (url) => url.href),
  write: (value) => value
}

const isIpv4 = (given: string): boolean =>
  /^(?:\d{1,3}\.){3}\d{1,3}$/.test(given) &&
  given.split(".").every((part) => String(Number(part)) === part && Number(part) < 256)

// The URL parser knows the grammar of IPv6 (WHATWG URL §3.5) on every platform, and `src` has no `node:net`.
const isIpv6 = (given: string): boolean =>
  given.includes(":") && !/[[\]/]/.test(given) && URL.canParse(`http://[${given}]/`)

const hostName = /^(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*$/i

const isHost = (given: string): boolean =>
  isIpv4(given) || isIpv6(given) || (hostName.test(given) && !/^[\d.]+$/.test(given))

/** A host name or an IP address, without scheme and port. */
export const host: Syntax<string> = {
  expected: "a host name or an IP address, without scheme and port",
  read: (given) =>
    isHost(given)
      ? Either.right(given.toLowerCase())
      : Either.left(
          given.includes("://") || /^[^:]+:\d+$/.test(given)
            ? "Write only the host, without scheme, port and path"
            : /^\[.*\]$/.test(given)
              ? "Write the IPv6 address without brackets"
              : "Write a host name such as `localhost`, or an IP address such as `127.0.0.1`"
        ),
  write: (value) => value
}

/** An IP address, or a block of them in CIDR notation (RFC 4632, RFC 4291 §2.3). */
export const addressBlock: Syntax<string> = {
  expected: "an IP address or a CIDR block",
  read: (given) => {
    const [address = "", length, ...rest] = given.split("/")
    const bits = isIpv4(address) ? 32 : isIpv6(address) ? 128 : undefined
    if (bits === undefined) {
      return Either.left("Write an IP address such as `10.0.0.1`, or a block such as `10.0.0.0/8`")
    }
    if (length === undefined) return Either.right(address)
    return rest.length === 0 && /^\d{1,3}$/.test(length) && Number(length) <= bits
      ? Either.right(`${address}/${Number(length)}`)
      : Either.left(`Use a prefix length from 0 to ${bits}`)
  },
  write: (value) => value
}

/** A language tag (BCP 47), in its canonical case. */
export const language: Syntax<string> = {
  expected: "a BCP 47 language tag",
  read: (given) =>
    Either.try({
      try: () => Intl.getCanonicalLocales(given).join(),
      catch: () =>
        given.includes("_")
          ? `Did you mean \`${given.replace(/\..*/, "").replaceAll("_", "-")}\`?`
          : "Write a language tag such as `en` or `pt-BR`"
    }),
  write: (value) => value
}
