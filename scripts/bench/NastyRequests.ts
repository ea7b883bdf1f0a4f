import { micropub } from "./NastyApps.js"
import { editor } from "./NastyForms.js"
import { encoded, fill, formType, type NastyRequest, shown } from "./NastyShapes.js"

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

/** Addresses of a length: the maximum of Node, or the maximum of the site. */
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
