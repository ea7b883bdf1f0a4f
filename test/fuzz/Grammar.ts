import { FastCheck as fc } from "effect"

/** Kind of the credentials of a request. */
export type Bearer = "nobody" | "token" | "cookie" | "garbage"

/** A request before it is serialized: holes of the target are filled, everything else is as sent. */
export interface FuzzedRequest {
  readonly bearer: Bearer
  readonly method: string
  readonly target: string
  readonly version: string
  readonly headers: ReadonlyArray<readonly [name: string, value: string]>
  /** Absent for requests without a body, not even an empty one. */
  readonly body: Uint8Array | undefined
  /** Tells whether the length is correct; otherwise the request lies about its body. */
  readonly honest: boolean
}

/** A route of the server, and existing names for it. */
export interface Ground {
  readonly routes: ReadonlyArray<{ readonly method: string; readonly route: string }>
  readonly slugs: ReadonlyArray<string>
  readonly ids: ReadonlyArray<string>
  readonly media: ReadonlyArray<string>
  readonly codes: ReadonlyArray<string>
  /** Without a trailing slash. */
  readonly siteUrl: string
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

/** Inputs that have broken programs before, of the kinds in the "Big List of Naughty Strings". */
const naughty = [
  "",
  " ",
  "0",
  "-1",
  "1e999",
  "NaN",
  "null",
  "undefined",
  "true",
  "[]",
  "{}",
  "'",
  '"',
  "`",
  "\\",
  "%",
  "%%",
  "%00",
  "%zz",
  "%c0%af",
  "%ff%fe",
  "%ed%a0%80",
  "..",
  "../../../../etc/passwd",
  "..%2f..%2f..%2fetc%2fpasswd",
  "%2e%2e%2f",
  "....//",
  "/",
  "//",
  "///evil.example",
  "C:\\windows",
  "\\\\host\\share",
  "file:///etc/passwd",
  "javascript:alert(1)",
  "data:text/html,<script>alert(1)</script>",
  "http://127.0.0.1:1/",
  "http://[::1]/",
  "http://a:b@c/",
  "https://",
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "]]>",
  "<!--",
  "{{7*7}}",
  "' OR '1'='1",
  "1; DROP TABLE posts; --",
  '" AND (',
  "NEAR(",
  "a NEAR/2 b",
  "tag:",
  "before:",
  "before:99999-99-99",
  "after:-271821-04-20",
  "-",
  "--",
  "*",
  "a*",
  "^a",
  "(((((((((((((((((((((((",
  '"""""""""""',
  "\u0000",
  "\u0001\u001b[31m",
  "\r\nSet-Cookie: a=b",
  "\r\n\r\nHTTP/1.1 200 OK",
  "\u2028\u2029",
  "\ufeff",
  "\u202eabc",
  "\ud800",
  "\u{1f600}\u{1f468}\u200d\u{1f469}\u200d\u{1f467}",
  "e\u0301".repeat(200),
  "\u0130\u0131\ufb03",
  "2026-02-30",
  "9999999999999999999999",
  "-0",
  "0x10",
  "1970-01-01T00:00:00Z",
  "+275760-09-13T00:00:00.001Z",
  "0000-00-00T00:00:00+99:99",
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "a".repeat(5_000),
  "a ".repeat(2_000),
  "é".repeat(3_000),
  "[".repeat(2_000),
  "=".repeat(300),
  "&".repeat(300)
] as const

const text = fc.oneof(
  { arbitrary: fc.constantFrom(...naughty), weight: 4 },
  { arbitrary: fc.string({ unit: "grapheme", maxLength: 40 }), weight: 2 },
  { arbitrary: fc.string({ unit: "binary", maxLength: 60 }), weight: 2 },
  { arbitrary: fc.constantFrom("hello", "note", "2026-01-01", "1", "20", "create", "entry"), weight: 2 }
)

/** Names that endpoints read: in forms, queries, JSON and parts. */
const names = [
  "h q action url content name category category[] published mp-slug post-status visibility photo photo[] access_token",
  "token limit offset cursor after before page next ended done passphrase again code state client_id redirect_uri",
  "response_type code_challenge code_challenge_method scope me grant_type code_verifier refresh_token request lifetime",
  "decision id label secret credential challenge type properties replace add delete file alt revision kind tags summary",
  "in-reply-to like-of rsvp start end location checkin error iss properties[] properties[content][] mp-syndicate-to"
]
  .join(" ")
  .split(" ")

const name = fc.oneof({ arbitrary: fc.constantFrom(...names), weight: 8 }, { arbitrary: text, weight: 1 })

const escaped = (value: string): string => {
  try {
    return encodeURIComponent(value)
  } catch {
    return "%ED%A0%80"
  }
}

/** Pairs that most forms and queries need. */
const sanePairs: ReadonlyArray<[string, string]> = [
  ["h", "entry"],
  ["content", "hello"],
  ["q", "hello"],
  ["q", "source"],
  ["q", "config"],
  ["action", "delete"],
  ["grant_type", "authorization_code"],
  ["grant_type", "refresh_token"],
  ["response_type", "code"],
  ["limit", "5"],
  ["id", "1"]
]

/** Pairs in a careful client's encoding, or unencoded. */
const pairs = fc
  .tuple(
    fc.array(fc.oneof({ arbitrary: fc.tuple(name, text), weight: 4 }, fc.constantFrom(...sanePairs)), { maxLength: 8 }),
    fc.boolean()
  )
  .map(([fields, careful]) =>
    fields.map(([key, value]) => (careful ? `${escaped(key)}=${escaped(value)}` : `${key}=${value}`)).join("&")
  )

/** Valid characters of a request line, with stray escapes; invalid ones are left to noise. */
const inLine = (value: string): string => value.replace(/[^\x21-\x7e]+/g, escaped)

const fill = (ground: Ground, template: string) => {
  const known: Record<string, ReadonlyArray<string>> = {
    slug: ground.slugs,
    id: ground.ids,
    name: ground.media,
    code: ground.codes,
    tag: ["fuzz", "Fuzz", "none"],
    key: ["wrong"]
  }
  const holes = template.split("/").map((part) => {
    if (part === "*") return text.map(escaped)
    if (!part.includes(":")) return fc.constant(part)
    const living = known[/:(\w+)/.exec(part)?.[1] ?? ""] ?? ["x"]
    const suffix = part.replace(/^:\w+/, "")
    return fc.oneof(
      { arbitrary: fc.constantFrom(...living).map((value) => value + suffix), weight: 5 },
      { arbitrary: text.map((value) => escaped(value) + suffix), weight: 2 },
      { arbitrary: text.map((value) => inLine(value) + suffix), weight: 1 }
    )
  })
  return fc.tuple(...holes).map((parts) => parts.join("/"))
}

const target = (ground: Ground, route: string) =>
  fc
    .tuple(
      fill(ground, route),
      fc.oneof(
        { arbitrary: fc.constant(""), weight: 4 },
        { arbitrary: pairs.map((query) => `?${inLine(query)}`), weight: 5 },
        { arbitrary: text.map(inLine), weight: 1 }
      )
    )
    // Nearly everything longer is refused for its length.
    .map(([path, tail]) => (path + tail).slice(0, 9_000))

const wildTarget = fc.oneof(
  text.map((value) => `/${inLine(value)}`),
  text.map((value) => inLine(value)),
  fc.constantFrom(
    "*",
    "http://other.example/",
    "//other.example/",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/.git/config",
    "/.env"
  )
)

const json = (ground: Ground) => {
  const address = fc.constantFrom(...ground.slugs).map((slug) => `${ground.siteUrl}/notes/${slug}`)
  const leaf = fc.oneof(text, fc.jsonValue({ maxDepth: 3 }), fc.integer(), fc.boolean(), fc.constant(null), address)
  const property = fc.oneof(fc.array(leaf, { maxLength: 4 }), leaf)
  const properties = fc.dictionary(name, property, { maxKeys: 6 })
  const sane = fc
    .record({ content: fc.array(text, { minLength: 1, maxLength: 1 }), category: fc.array(text, { maxLength: 4 }) })
    .map((properties) => ({ type: ["h-entry"], properties }))
  const change = fc.record({
    action: fc.constant("update"),
    url: address,
    replace: fc.dictionary(name, fc.array(leaf, { minLength: 1, maxLength: 3 }), { maxKeys: 3 })
  })
  const action = fc.record(
    {
      type: fc.oneof(fc.constant(["h-entry"]), property),
      properties: fc.oneof(properties, leaf),
      action: fc.oneof(fc.constantFrom("update", "delete", "undelete", "create"), leaf),
      url: fc.oneof(address, leaf),
      replace: fc.oneof(properties, leaf),
      add: fc.oneof(properties, leaf),
      delete: fc.oneof(properties, fc.array(name), leaf)
    },
    { requiredKeys: [] }
  )
  return fc.oneof(
    { arbitrary: fc.oneof(sane, change, action, action).map((value) => JSON.stringify(value)), weight: 8 },
    { arbitrary: fc.jsonValue({ maxDepth: 6 }).map((value) => JSON.stringify(value)), weight: 2 },
    { arbitrary: text, weight: 1 },
    {
      arbitrary: fc.constantFrom("[".repeat(50_000), '{"a":'.repeat(20_000), '{"__proto__":{}}', '"\\ud800"', "1e400"),
      weight: 1
    }
  )
}

const boundary = "fuzz-boundary"

/** A PNG of one pixel, so that some uploads are accepted. */
const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64"
)

const multipart = fc
  .array(
    fc.tuple(
      name,
      fc.option(text, { nil: undefined }),
      fc.constantFrom("text/plain", "image/png", "image/jpeg", "video/mp4", "application/octet-stream", "x"),
      fc.oneof(text.map(bytes), fc.uint8Array({ maxLength: 2_000 }), fc.constant(png))
    ),
    { maxLength: 5 }
  )
  .chain((parts) =>
    fc.tuple(fc.constant(parts), fc.constantFrom(`--${boundary}--\r\n`, "", `--${boundary}`, `--${boundary}\r\n`))
  )
  .map(([parts, end]) => {
    const chunks = parts.flatMap(([field, filename, type, content]) => [
      bytes(
        `--${boundary}\r\nContent-Disposition: form-data; name="${field}"${filename === undefined ? "" : `; filename="${filename}"`}\r\nContent-Type: ${type}\r\n\r\n`
      ),
      content,
      bytes("\r\n")
    ])
    return Buffer.concat([...chunks, bytes(end)])
  })

const body = (ground: Ground) =>
  fc.oneof(
    { arbitrary: fc.tuple(fc.constant("application/json"), json(ground).map(bytes)), weight: 4 },
    { arbitrary: fc.tuple(fc.constant("application/x-www-form-urlencoded"), pairs.map(bytes)), weight: 5 },
    { arbitrary: fc.tuple(fc.constant(`multipart/form-data; boundary=${boundary}`), multipart), weight: 3 },
    {
      arbitrary: fc.tuple(
        fc.constantFrom(
          "",
          "text/plain",
          "application/xml",
          "multipart/form-data",
          'multipart/form-data; boundary=""',
          "application/json; charset=utf-16",
          "application/x-www-form-urlencoded; charset=latin1",
          "x".repeat(2_000)
        ),
        fc.oneof(text.map(bytes), fc.uint8Array({ maxLength: 4_000 }))
      ),
      weight: 2
    }
  )

/** Valid bytes of a field's value; invalid ones are left to noise. */
const inField = (value: string): string => value.replace(/[^\t\x20-\x7e\x80-\xff]/g, "?").slice(0, 3_000)

const headerNames = [
  "Accept Accept-Encoding Accept-Language If-None-Match If-Modified-Since If-Match If-Range Range Origin Referer",
  "Sec-Fetch-Site Sec-Fetch-Mode Sec-Fetch-Dest X-Request-ID X-Forwarded-For X-Forwarded-Proto X-Forwarded-Host",
  "Forwarded User-Agent Content-Encoding Content-Language Content-Location traceparent tracestate b3 X-HTTP-Method-Override",
  "Cache-Control Pragma TE Trailer Upgrade Via X-Authorization Prefer DNT X-Original-URL Priority Last-Event-ID"
]
  .join(" ")
  .split(" ")

const likelyValues = [
  "text/html",
  "application/json",
  "*/*",
  "text/html;q=0.0001, */*;q=x",
  "gzip, br",
  "identity;q=0, *;q=0",
  "br;q=1.0, gzip;q=0.5, *;q=0",
  "*",
  'W/"x"',
  '"',
  "bytes=0-",
  "bytes=-5",
  "bytes=5-1",
  "bytes=0-0,2-3,4-5",
  "bytes=99999999999999999999-",
  "items=1",
  "cross-site",
  "same-origin",
  "none",
  "null",
  "127.0.0.1",
  "::1, 10.0.0.1, evil",
  "Thu, 01 Jan 1970 00:00:00 GMT",
  "websocket",
  "h2c",
  "trailers",
  "00-00000000000000000000000000000000-0000000000000000-00",
  "identity",
  "gzip"
]

const headers = fc.array(
  fc.tuple(
    fc.constantFrom(...headerNames),
    fc.oneof({ arbitrary: fc.constantFrom(...likelyValues), weight: 3 }, { arbitrary: text.map(inField), weight: 1 })
  ),
  { maxLength: 6 }
)

const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const
const oddMethods = ["TRACE", "PROPFIND", "LINK", "PURGE", "SEARCH", "QUERY", "get", "M-SEARCH", "FOO", "CONNECT"]

/** Kind of credentials that the route accepts. */
const rightFor = (route: string): Bearer =>
  /^\/(?:admin|auth|indieauth\/(?:authorize|consent))/.test(route) ? "cookie" : "token"

/** Requests that mostly reach a route: half with credentials, most with the route's method. */
export const request = (ground: Ground): fc.Arbitrary<FuzzedRequest> => {
  const bodies = body(ground)
  return fc.constantFrom(...ground.routes).chain(({ method, route }) =>
    fc
      .record({
        bearer: fc.oneof(
          { arbitrary: fc.constant(rightFor(route)), weight: 4 },
          { arbitrary: fc.constantFrom<Bearer>("nobody", "garbage", "token", "cookie"), weight: 3 }
        ),
        method: fc.oneof(
          { arbitrary: fc.constant(method === "*" ? "GET" : method), weight: 12 },
          { arbitrary: fc.constantFrom(...methods), weight: 3 },
          { arbitrary: fc.constantFrom(...oddMethods), weight: 1 }
        ),
        target: fc.oneof({ arbitrary: target(ground, route), weight: 14 }, { arbitrary: wildTarget, weight: 1 }),
        version: fc.oneof(
          { arbitrary: fc.constant("HTTP/1.1"), weight: 30 },
          { arbitrary: fc.constantFrom("HTTP/1.0", "HTTP/2.0", "HTTP/9.9", "http/1.1", ""), weight: 1 }
        ),
        headers,
        content: bodies,
        honest: fc.integer({ min: 0, max: 30 }).map((n) => n !== 0)
      })
      .map(({ content: [type, content], headers, method, ...rest }) => {
        const hasBody = !/^(?:GET|HEAD|get)$/.test(method)
        return {
          ...rest,
          method,
          headers: hasBody && type !== "" ? [...headers, ["Content-Type", type] as const] : headers,
          body: hasBody ? content : undefined
        }
      })
  )
}

/** Bytes that are barely a request: noise, and requests with changed bytes. */
export const noise = (requests: fc.Arbitrary<FuzzedRequest>): fc.Arbitrary<Uint8Array> =>
  fc.oneof(
    fc.uint8Array({ maxLength: 400 }),
    fc
      .tuple(
        requests,
        fc.array(fc.tuple(fc.nat({ max: 400 }), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 6 })
      )
      .map(([whole, changes]) => {
        const written = onWire(whole)
        for (const [at, byte] of changes) if (written.length > 0) written[at % written.length] = byte
        return written
      })
  )

/** The serialized request, with `Connection: close`. */
export const onWire = (
  { body, headers, honest, method, target, version }: FuzzedRequest,
  credentials: ReadonlyArray<readonly [string, string]> = []
): Buffer => {
  const length = body === undefined ? [] : [["Content-Length", String(honest ? body.length : body.length + 7)] as const]
  const fields = [
    ["Host", "me.example"] as const,
    ...headers,
    ...credentials,
    ...length,
    ["Connection", "close"] as const
  ]
  const head = [`${method} ${target} ${version}`.trimEnd(), ...fields.map(([key, value]) => `${key}: ${value}`), "", ""]
  return Buffer.concat([Buffer.from(head.join("\r\n"), "utf8"), body ?? new Uint8Array(0)])
}
