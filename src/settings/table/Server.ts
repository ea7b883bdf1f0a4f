import { Duration, Option } from "effect"
import { addressBlock, host } from "../Address.js"
import { optionalSetting, setting } from "../Setting.js"
import { duration, flag, integer, list } from "../Syntax.js"

/** How the server listens, whom it trusts, and how it stops. */
export const server = {
  host: setting({
    name: "STARPUNK_HOST",
    group: "Server",
    description:
      "The address to listen on. `0.0.0.0` or `::` listens on all: for containers, never without a proxy in front",
    example: "0.0.0.0",
    syntax: host,
    default: "127.0.0.1",
    of: (values) => values.host
  }),
  port: setting({
    name: "STARPUNK_PORT",
    group: "Server",
    description: "The TCP port to listen on; 0 takes any free one",
    example: "8080",
    syntax: integer({ min: 0, max: 65_535 }),
    default: 8000,
    of: (values) => values.port
  }),
  trustedProxies: setting({
    name: "STARPUNK_TRUSTED_PROXIES",
    group: "Server",
    description:
      "Proxies whose `X-Forwarded-For`, `X-Forwarded-Proto`, `X-Request-ID` and `traceparent` are believed, as addresses or CIDR blocks. Nobody is believed by default",
    example: "127.0.0.1,10.0.0.0/8",
    syntax: list(addressBlock),
    default: [],
    of: (values) => values.trustedProxies
  }),
  drainDelay: setting({
    name: "STARPUNK_DRAIN_DELAY",
    group: "Server",
    unit: "seconds",
    description:
      "How long the server goes on taking requests after it was told to stop, with readiness already failing: set it to the time your load balancer takes to notice",
    example: "5",
    syntax: duration("seconds", { min: 0, max: 300 }),
    default: Duration.seconds(0),
    of: (values) => values.drain.delay
  }),
  drainDeadline: setting({
    name: "STARPUNK_DRAIN_DEADLINE",
    group: "Server",
    unit: "seconds",
    description:
      "How long running requests may take to finish when the server stops; then their connections are closed",
    example: "20",
    syntax: duration("seconds", { min: 0.1, max: 3600 }),
    default: Duration.seconds(10),
    of: (values) => values.drain.deadline
  }),
  rateLimitEnabled: setting({
    name: "STARPUNK_RATE_LIMIT_ENABLED",
    group: "Server",
    description: "Whether clients that ask too often or guess at tokens are slowed down",
    example: "false",
    syntax: flag,
    default: true,
    of: (values) => values.rateLimitEnabled
  }),
  hstsSubdomains: setting({
    name: "STARPUNK_HSTS_SUBDOMAINS",
    group: "Server",
    description:
      "Whether browsers are told to use https for every subdomain of the site's host as well (`includeSubDomains`). Set it only when all of them have https: browsers remember it for a year",
    example: "true",
    syntax: flag,
    default: false,
    of: (values) => values.hstsSubdomains
  }),
  pageCacheMb: setting({
    name: "STARPUNK_PAGE_CACHE_SIZE",
    group: "Server",
    unit: "MB",
    description:
      "Memory for rendered pages, which are sent to visitors again until something changes. 0 turns the cache off",
    example: "64",
    syntax: integer({ min: 0, max: 1_024 }),
    default: 16,
    of: (values) => values.pageCacheMb
  }),
  outboundAllow: optionalSetting({
    name: "STARPUNK_OUTBOUND_ALLOW",
    group: "Server",
    description:
      "Hosts that the site's own requests may reach although they have addresses of this machine or of a private network, and over http. Each is named as it stands in the addresses that are asked for: an IP address allows no name that leads to it",
    example: "indieauth.home.arpa",
    syntax: list(host),
    absent: "none; in development `localhost,127.0.0.1,::1`",
    of: (values) => Option.some(values.outboundAllow)
  }),
  devMode: setting({
    name: "STARPUNK_DEV_MODE",
    aliases: ["DEV_MODE"],
    group: "Server",
    description:
      "Whether anybody who reaches the server may log in without proof: for development on one's own machine",
    example: "true",
    production: "must be off",
    syntax: flag,
    default: false,
    of: (values) => values.devMode
  })
}
