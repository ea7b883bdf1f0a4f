import { Duration, Option } from "effect"
import { addressBlock, host, httpUrl } from "../Address.js"
import { derivedSetting, optionalSetting, setting } from "../Setting.js"
import { duration, flag, integer, list, text } from "../Syntax.js"

const loopback: ReadonlyArray<string> = ["localhost", "127.0.0.1", "::1"]

/** Settings of the server: address, proxies, limits and shutdown. */
export const server = {
  host: setting({
    name: "STARPUNK_HOST",
    group: "Server",
    description:
      "Address to listen on. `0.0.0.0` or `::` listens on all addresses: use it in containers, and only behind a proxy",
    example: "0.0.0.0",
    syntax: host,
    default: "127.0.0.1"
  }),
  port: setting({
    name: "STARPUNK_PORT",
    group: "Server",
    description: "TCP port to listen on; 0 chooses a free port",
    example: "8080",
    syntax: integer({ min: 0, max: 65_535 }),
    default: 8000
  }),
  instance: optionalSetting({
    name: "STARPUNK_INSTANCE",
    group: "Server",
    description:
      "Name of this server in each line of the log, in health reports, metrics and traces, if several serve the site from one PostgreSQL database",
    example: "blog-1",
    syntax: text(60),
    absent: "the name of the host and the process id, and none in the log"
  }),
  trustedProxies: setting({
    name: "STARPUNK_TRUSTED_PROXIES",
    group: "Server",
    description:
      "Addresses or CIDR blocks of proxies whose `X-Forwarded-For`, `X-Forwarded-Proto`, `X-Request-ID` and `traceparent` headers are trusted. By default, none is trusted",
    example: "127.0.0.1,10.0.0.0/8",
    syntax: list(addressBlock),
    default: []
  }),
  drain: {
    delay: setting({
      name: "STARPUNK_DRAIN_DELAY",
      group: "Server",
      unit: "seconds",
      description:
        "Time for which a stopping server still accepts requests while readiness already fails. Set it to the time your load balancer needs to notice",
      example: "5",
      syntax: duration("seconds", { min: 0, max: 300 }),
      default: Duration.seconds(0)
    }),
    deadline: setting({
      name: "STARPUNK_DRAIN_DEADLINE",
      group: "Server",
      unit: "seconds",
      description: "Time for which a stopping server waits for running requests before it closes their connections",
      example: "20",
      syntax: duration("seconds", { min: 0.1, max: 3600 }),
      default: Duration.seconds(10)
    })
  },
  rateLimitEnabled: setting({
    name: "STARPUNK_RATE_LIMIT_ENABLED",
    group: "Server",
    description: "Limits the request rate of clients and the rate of login and token attempts",
    example: "false",
    syntax: flag,
    default: true
  }),
  hstsSubdomains: setting({
    name: "STARPUNK_HSTS_SUBDOMAINS",
    group: "Server",
    description:
      "Adds `includeSubDomains` to Strict-Transport-Security, so that browsers use https for every subdomain of the site's host. Set it only if all subdomains have https: browsers remember it for a year",
    example: "true",
    syntax: flag,
    default: false
  }),
  pageCacheMb: setting({
    name: "STARPUNK_PAGE_CACHE_SIZE",
    group: "Server",
    unit: "MiB",
    description:
      "Memory for rendered pages, which are sent to visitors again until something changes. 0 turns the cache off",
    example: "64",
    syntax: integer({ min: 0, max: 1_024 }),
    default: 16
  }),
  outboundAllow: derivedSetting({
    name: "STARPUNK_OUTBOUND_ALLOW",
    group: "Server",
    description:
      "Hosts that the site's own requests may reach over http or at addresses of this server or of private networks. Write each host as it appears in the requested URLs: an IP address does not allow a host name that resolves to it",
    example: "indieauth.home.arpa",
    syntax: list(host),
    absent: "none; in development `localhost,127.0.0.1,::1`",
    derive: (given, { environment }) => Option.getOrElse(given, () => (environment === "production" ? [] : loopback))
  }),
  readCitedPages: setting({
    name: "STARPUNK_READ_CITED_PAGES",
    group: "Server",
    description:
      "Reads the title and author of each page that a published post answers, likes or bookmarks, and shows them in the post. The sites of these pages see a request from this server",
    example: "false",
    syntax: flag,
    default: true
  }),
  updateUrl: optionalSetting({
    name: "STARPUNK_UPDATE_URL",
    group: "Server",
    description:
      'Address of a JSON file with the newest release: `{"version": "2.1.0", "url": "https://…"}`. The server reads it once a day if the owner turns the update check on. It sends neither the site\'s address nor its version',
    example: "https://releases.example/starpunk.json",
    syntax: httpUrl,
    absent: "unset: the update check cannot be turned on"
  }),
  devMode: setting({
    name: "STARPUNK_DEV_MODE",
    aliases: ["DEV_MODE"],
    group: "Server",
    description:
      "Allows everyone who can reach the server to log in without a passphrase. For development on your own machine only",
    example: "true",
    production: "must be off",
    syntax: flag,
    default: false
  })
}
