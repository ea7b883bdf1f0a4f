const mebibyte = 1_048_576

/** A request that is built to make a parser slow. */
export interface NastyRequest {
  readonly name: string
  readonly method: "GET" | "POST"
  readonly path: string
  /** Credentials: the owner's session, a token with every scope, or none if absent. */
  readonly as?: "owner" | "token"
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: () => string
}

const formType = { "content-type": "application/x-www-form-urlencoded" }
const jsonType = { "content-type": "application/json" }
const multipartType = { "content-type": "multipart/form-data; boundary=b" }

const fill = (unit: string, length: number): string => unit.repeat(Math.ceil(length / unit.length)).slice(0, length)

/** Long runs of characters that parsers of forms, Markdown, HTML and JSON treat specially. */
const runs = [
  ...["[", "![", "[x", "](", "<", "<!--", "<a ", "<b>", "</p>", "<h1></li>", "<p>", "&amp;", "&", "*", "_", "*a **a "],
  ...["`", "~~a", "|", "> ", "- ", "#", "\\", "https://a.b/(", "www.a.b ", "a@b.c ", "[[a]]", "{{", "{%", "\n", "\r"],
  ...[
    "\r\n",
    " ",
    "\t",
    '"',
    "'",
    "é",
    "漢",
    "😀",
    "a\u0301",
    "\0",
    ",",
    "a,",
    "a b ",
    "v1.1 ",
    "/",
    "http://127.0.0.1:1/"
  ]
]

/** Sample of the runs, for places where not every run is tried. */
const some = ["[", "<", "<h1></li>", "\r", "\r\n", "é", "漢", '"', ",", "a b ", "https://a.b/(", "\0"]

const shown = (text: string): string => JSON.stringify(text)

const encoded = (fields: Readonly<Record<string, string>>): string => new URLSearchParams(fields).toString()

/** Escapes only the characters that a form body requires, so that the text stays as long as possible. */
const raw = (text: string): string =>
  text.replaceAll("%", "%25").replaceAll("&", "%26").replaceAll("+", "%2B").replaceAll("\0", "%00")

const editor = ({ isAll }: { readonly isAll: boolean }): ReadonlyArray<NastyRequest> => {
  const post = (
    path: string,
    name: string,
    body: () => string,
    headers: Readonly<Record<string, string>> = formType
  ) => ({
    name: `${path} ${name}`,
    method: "POST" as const,
    path,
    as: "owner" as const,
    headers,
    body
  })
  const largest = 12 * mebibyte
  const fields = [
    "content",
    "name",
    "summary",
    "category",
    "slug",
    "published",
    "in-reply-to",
    "location",
    "rsvp",
    "intent"
  ]
  return [
    ...["/admin/preview", "/admin/autosave"].flatMap((path) => [
      ...(isAll ? runs : some).map((run) =>
        post(path, `content ${shown(run)}`, () => `intent=draft&content=${raw(fill(run, mebibyte - 16))}`)
      ),
      post(path, 'content 12 MB of "a"', () => `intent=draft&content=${fill("a", largest - 40)}`),
      post(path, "content 12 MB of CR", () => `intent=draft&content=${fill("\r", largest - 40)}`),
      post(path, "content 12 MB of %0D%0A", () => `intent=draft&content=${fill("%0D%0A", largest - 40)}`),
      post(path, "content 12 MB of %00", () => `intent=draft&content=${fill("%00", largest - 40)}`),
      post(path, "1,000 fields", () => fill("content=a&", 10_000 - 1)),
      post(path, "a million fields", () => fill("a=b&", mebibyte)),
      post(path, "separators", () => fill("&", largest)),
      post(path, "equals signs", () => fill("=", largest)),
      post(path, "escapes", () => `a=${fill("%25", largest - 3)}`)
    ]),
    ...fields.flatMap((field) =>
      [...some, "a", "2026-01-01T00:00", "https://a.example/ ", "#"].map((run) =>
        post(
          "/admin/preview",
          `${field} ${shown(run)}`,
          () => `intent=publish&content=a&${field}=${raw(fill(run, 4 * mebibyte))}`
        )
      )
    ),
    post("/admin/preview", "media", () =>
      fill(`media_url=${"/a".repeat(400)}&media_property=photo&media_alt=${"b".repeat(400)}&`, 400_000)
    ),
    post(
      "/admin/new",
      "multipart, one text",
      () =>
        `--b\r\nContent-Disposition: form-data; name="content"\r\n\r\n${fill("\r", 4 * mebibyte - 200)}\r\n--b--\r\n`,
      multipartType
    ),
    post(
      "/admin/new",
      "multipart, many parts",
      () => `${fill('--b\r\nContent-Disposition: form-data; name="content"\r\n\r\na\r\n', 62 * 990)}--b--\r\n`,
      multipartType
    ),
    post("/admin/new", "multipart, boundaries", () => fill("--b\r\n", 4 * mebibyte), multipartType),
    post(
      "/admin/new",
      "multipart, half boundaries",
      () => `--b\r\nContent-Disposition: form-data; name="content"\r\n\r\n${fill("\r\n--", 3 * mebibyte)}\r\n--b--\r\n`,
      multipartType
    ),
    post(
      "/admin/new",
      "multipart, headers",
      () => `--b\r\n${fill("a: b\r\n", 4 * mebibyte)}\r\n--b--\r\n`,
      multipartType
    ),
    post(
      "/admin/new",
      "multipart, a long header",
      () => `--b\r\nContent-Disposition: form-data; ${fill('a="b"; ', 4 * mebibyte)}\r\n\r\n--b--\r\n`,
      multipartType
    )
  ]
}

const micropub = ({ isAll }: { readonly isAll: boolean }): ReadonlyArray<NastyRequest> => {
  const json = (name: string, value: () => unknown): NastyRequest => ({
    name: `micropub JSON ${name}`,
    method: "POST",
    path: "/micropub",
    as: "token",
    headers: jsonType,
    body: () => (typeof value === "function" ? JSON.stringify(value()) : "")
  })
  const text = (name: string, body: () => string): NastyRequest => ({
    name: `micropub JSON ${name}`,
    method: "POST",
    path: "/micropub",
    as: "token",
    headers: jsonType,
    body
  })
  const form = (name: string, body: () => string): NastyRequest => ({
    name: `micropub form ${name}`,
    method: "POST",
    path: "/micropub",
    as: "token",
    headers: formType,
    body
  })
  const room = mebibyte - 200
  const of = (properties: unknown) => ({ type: ["h-entry"], properties })
  const many = (count: number, length: number, value: (index: number) => string) =>
    Array.from({ length: count }, (_, index) => fill(value(index), length))
  const members = (count: number) => Array.from({ length: count }, (_, index) => `"p${index}":1`).join(",")
  const objects = (count: number) =>
    Array.from({ length: count }, () => `{${members(12)},"a":{"b":{"c":{}}}}`).join(",")
  const deep = (open: string, close: string, count: number) => `${open.repeat(count)}1${close.repeat(count)}`
  return [
    ...(isAll ? runs : some).flatMap((run) => [
      json(`content ${shown(run)}`, () =>
        of({ content: [fill(run, Math.floor(room / (JSON.stringify(run).length - 2)) * run.length)] })
      ),
      json(`html ${shown(run)}`, () =>
        of({ content: [{ html: fill(run, Math.floor(room / (JSON.stringify(run).length - 2)) * run.length) }] })
      )
    ]),
    ...[
      "name",
      "summary",
      "category",
      "mp-slug",
      "published",
      "photo",
      "in-reply-to",
      "like-of",
      "location",
      "x-own",
      "post-status"
    ].flatMap((name) =>
      [...some, "a", "2026-01-01T00:00:00", "http://a.b/", "/a"].map((run) =>
        json(`${name} ${shown(run)}`, () =>
          of({ content: ["a"], [name]: [fill(run, Math.floor(room / (JSON.stringify(run).length - 2)) * run.length)] })
        )
      )
    ),
    json("200 tags of 5 kB", () => of({ content: ["a"], category: many(200, 5_000, (index) => `tag${index}é`) })),
    json("200 photos", () =>
      of({ photo: many(200, 5_000, (index) => `https://a.example/${index}`).map((value) => ({ value, alt: "b" })) })
    ),
    json("200 replies", () =>
      of({ content: ["a"], "in-reply-to": many(200, 5_000, (index) => `https://a.example/${index}`) })
    ),
    json("100 properties of 200 values", () =>
      of(
        Object.fromEntries([
          ["content", ["a"]],
          ...Array.from({ length: 24 }, (_, index) => [`p${index}`, many(200, 100, (at) => `${at} `)])
        ])
      )
    ),
    json("100,000 properties", () =>
      of(Object.fromEntries(Array.from({ length: 80_000 }, (_, index) => [`p${index}`, 1])))
    ),
    json("one object of 80,000 members", () =>
      of({ content: ["a"], a: [Object.fromEntries(Array.from({ length: 80_000 }, (_, index) => [`p${index}`, 1]))] })
    ),
    json("an update that adds 200 objects", () => ({
      action: "update",
      url: "/none",
      add: {
        category: Array.from({ length: 200 }, (_, index) => ({
          type: ["h-card"],
          properties: { name: [fill(`${index}`, 4_000)] }
        }))
      }
    })),
    text("500,000 numbers", () => `{"properties":{"content":["a"],"a":[${fill("1,", room - 1)}1]}}`),
    text("empty objects", () => `{"properties":{"content":["a"],"a":[${"{},".repeat(340_000)}1]}}`),
    text("deep lists", () => deep("[", "]", room / 2)),
    text("deep objects", () => deep('{"a":', "}", room / 8)),
    text("one long key", () => `{"${fill("k", room)}":1}`),
    text("10,000 members", () => `{"properties":{"content":["a"],"a":[{${members(9_990)}}]}}`),
    text("10,000 properties", () => `{"properties":{${members(9_990)}}}`),
    text("5,000 lists", () => `{"properties":{"content":["a"],"a":[${fill("[],", 3 * 4_990)}1]}}`),
    text("120 objects of 13 members", () => `{"properties":{"content":["a"],"a":[${objects(120)}]}}`),
    text("broken at its end", () => `{"properties":{"content":["${fill("a", room)}`),
    text("escapes", () => `{"properties":{"content":["${fill("\\u0041", Math.floor(room / 6) * 6)}"]}}`),
    text("surrogates", () => `{"properties":{"content":["${fill("\\ud800", Math.floor(room / 6) * 6)}"]}}`),
    form("brackets in a name", () => `${fill("a[", mebibyte - 10)}=b`),
    form("pairs of brackets in a name", () => `a${fill("[]", mebibyte - 10)}=b`),
    form("an unclosed name", () => `a${fill("[a]", mebibyte - 12)}[=b`),
    form("1,000 bracketed fields", () =>
      Array.from({ length: 1_000 }, (_, index) => `p[${index}][a][b][c][d]${"[]".repeat(5)}=${"x".repeat(900)}`).join(
        "&"
      )
    ),
    form("1,000 open elements", () =>
      Array.from({ length: 1_000 }, (_, index) => `p[][${fill(`k${index}`, 990)}]=1`).join("&")
    ),
    form("1,000 photos with alt", () =>
      Array.from(
        { length: 500 },
        (_, index) => `photo[${index}][value]=https://a.example/${index}&photo[${index}][alt]=${"x".repeat(1_900)}`
      ).join("&")
    ),
    form("an unknown action", () => `action=${fill("a", mebibyte - 20)}`),
    form("an unknown type", () => `h=${fill("a", mebibyte - 20)}&content=a`),
    form("an unknown address", () => `action=delete&url=${fill("a/", mebibyte - 40)}`),
    form("an address of ours", () => `action=delete&url=http://127.0.0.1/${fill("%2e/", mebibyte - 60)}`)
  ]
}

const small = (): ReadonlyArray<NastyRequest> => [
  ...[
    "/auth/login",
    "/auth/login/code",
    "/auth/resume",
    "/auth/passkey/options",
    "/indieauth/token",
    "/indieauth/authorize",
    "/indieauth/introspect",
    "/indieauth/revoke"
  ].flatMap((path) =>
    ["<", "%00", "+", "a=b&", "é", "漢"].map((run) => ({
      name: `${path} ${shown(run)}`,
      method: "POST" as const,
      path,
      headers: formType,
      body: () => `passphrase=${fill(run, 65_000)}&client_id=${fill(run, 300)}`
    }))
  ),
  ...["https://a.example/?", "https://a.example/%2e/", "https://[", "https://a.example/#"].map((run) => ({
    name: `/indieauth/authorize client_id ${shown(run)}`,
    method: "GET" as const,
    path: `/indieauth/authorize?${encoded({ client_id: fill(run, 3_500), redirect_uri: fill(run, 3_500) })}`
  }))
]

/** Requests with header values of the largest size. */
const headers = (): ReadonlyArray<NastyRequest> => {
  const length = 15_000
  const shapes: Readonly<Record<string, ReadonlyArray<string>>> = {
    accept: ["a/b,", "*/*;q=0.1,", ",", '";,', 'a/b;a="', 'a/b;a=",', ";", "text/html;", "a/b;q=1;b=c,"],
    "accept-encoding": ["a,", ",", "gzip;q=0.1,", ";", "br;q=0,"],
    "accept-language": ["a,", ",", "en;q=0.1,"],
    cookie: ["a=b;", ";", "=", "a", '"', "starpunk_session=a;", "%25"],
    "if-none-match": ['"a",', ",", 'W/"', "W/", '"'],
    "if-modified-since": ["1", " ", "Mon, "],
    range: ["1", "bytes=0-1,", " ", "-"],
    "content-type": [";", "; charset=", "; boundary=a", '; charset="', " "],
    authorization: ["Bearer ", "a", " ", "=", "."],
    "x-forwarded-for": ["1.2.3.4,", ",", "a", " ", "::1,", "["],
    forwarded: ["for=1;", ",", '"'],
    traceparent: ["0", "-"],
    "user-agent": ["(", "Mozilla/5.0 (", ";", " "],
    referer: ["a", "/", "%"],
    "sec-fetch-site": ["a"],
    origin: ["http://a", "a"],
    "x-request-id": ["a", "-"]
  }
  return Object.entries(shapes).flatMap(([header, values]) =>
    values.flatMap((value) =>
      [
        { method: "GET" as const, path: "/" },
        { method: "GET" as const, path: "/feed.json" },
        { method: "GET" as const, path: "/admin/" },
        { method: "POST" as const, path: "/micropub", body: () => "content=a" }
      ].map((request) => ({
        ...request,
        name: `${request.path} ${header}: ${shown(value)}`,
        headers: { [header]: fill(value, length).trimEnd() }
      }))
    )
  )
}

const asOf = (path: string): Pick<NastyRequest, "as"> => {
  if (path.startsWith("/admin")) return { as: "owner" }
  return path.startsWith("/micropub") ? { as: "token" } : {}
}

const queries = (): ReadonlyArray<NastyRequest> => [15_000, 8_100].flatMap(queriesOf)

/** Addresses of a length: what Node takes at most, or what the site answers at most. */
const queriesOf = (length: number): ReadonlyArray<NastyRequest> => {
  const values = [
    "a+",
    "%22",
    '-"',
    "tag:a+",
    "before:",
    "%E6%BC%A2",
    "%",
    "%25",
    "+",
    "(",
    "'",
    "%00",
    "a'",
    "&q=",
    "[]",
    "/",
    "..%2f",
    "//"
  ]
  return [
    ...values.flatMap((value) =>
      [
        "/search?q=",
        "/api/search?q=",
        "/api/search?limit=50&q=",
        "/?before=",
        "/micropub?q=",
        "/admin/new?content=",
        "/tag/",
        "/notes/",
        "/media/",
        "/auth/login?next=/"
      ].map((path) => ({
        name: `${path} ${shown(value)} (${length})`,
        method: "GET" as const,
        path: `${path}${fill(value, length)}`,
        ...asOf(path)
      }))
    ),
    { name: "search of 255 characters", method: "GET", path: `/search?q=${fill("lorem ", 90).replaceAll(" ", "+")}` }
  ]
}

/** Requests for pages and feeds, to run after the writes, since those store large posts. */
const reads = (): ReadonlyArray<NastyRequest> => [
  ...[
    "/",
    "/feed.rss",
    "/feed.atom",
    "/feed.json",
    "/search?q=a",
    "/api/search?q=a&limit=50",
    "/sitemap.xml",
    "/opml.xml"
  ].map((path) => ({
    name: `after all of it, ${path}`,
    method: "GET" as const,
    path
  })),
  { name: "after all of it, /admin/", method: "GET", path: "/admin/", as: "owner" },
  { name: "after all of it, q=source", method: "GET", path: "/micropub?q=source&limit=100", as: "token" }
]

/** The largest requests that each route accepts, in shapes that are slow to parse. */
export const nastyRequests = (isAll: boolean): ReadonlyArray<NastyRequest> => [
  ...headers(),
  ...queries(),
  ...small(),
  ...editor({ isAll }),
  ...micropub({ isAll }),
  ...reads()
]
