import { describe, expect, it } from "vitest"
import { make } from "../../../layers/http/PageCache.js"
import { noPageCache, type PageCacheShape, type Question, type SharedAnswer } from "../../../src/services/PageCache.js"

const capacity = 262_144

const question = (target: string, headers: Question["headers"] = {}): Question => ({ target, headers })

const page = (body: string, headers: SharedAnswer["headers"] = {}): SharedAnswer => ({
  status: 200,
  rawHeaders: [],
  headers: { "cache-control": "public, no-cache", etag: `W/"${body.slice(0, 8)}"`, ...headers },
  body: new TextEncoder().encode(body),
  route: "/",
  limits: ["requests"]
})

const notModified = (answer: SharedAnswer): SharedAnswer => ({ ...answer, status: 304, body: new Uint8Array() })

/** A cache, asked with the revision that the test decides. */
const asked = (pages: PageCacheShape, content: { revision: string }) => ({
  find: (question: Question) => pages.find(question, content.revision),
  begin: (request: unknown, question: Question, resume: (again: boolean) => void) =>
    pages.begin(request, question, content.revision, resume),
  settle: pages.settle,
  stats: pages.stats
})

type Asked = ReturnType<typeof asked>

const cache = (size = capacity) => {
  const content = { revision: "1" }
  return { content, pages: asked(make(size, ["br", "gzip"]), content) }
}

/** Renders a page as the pipeline does. */
const render = (pages: Asked, asked: Question, answer: SharedAnswer | "private" | "broken") => {
  const request = {}
  pages.begin(request, asked, () => {})
  pages.settle(request, answer)
}

const text = (answer: SharedAnswer | undefined) => answer && new TextDecoder().decode(answer.body)

describe("a page cache", () => {
  it("returns the stored response for an equal request", () => {
    const { pages } = cache()
    render(pages, question("/"), page("home"))
    expect(text(pages.find(question("/")))).toBe("home")
    expect(pages.find(question("/?page=2"))).toBeUndefined()
    expect(pages.stats()).toMatchObject({ hits: 1, misses: 1, pages: 1 })
  })

  it("returns nothing after a change", () => {
    const { content, pages } = cache()
    render(pages, question("/"), page("home"))
    content.revision = "2"
    expect(pages.find(question("/"))).toBeUndefined()
    render(pages, question("/"), page("new"))
    expect(text(pages.find(question("/")))).toBe("new")
  })

  it("stores no response whose rendering began before a change", () => {
    const { content, pages } = cache()
    const request = {}
    pages.begin(request, question("/"), () => {})
    content.revision = "2"
    expect(pages.find(question("/"))).toBeUndefined()
    pages.settle(request, page("old"))
    expect(pages.find(question("/"))).toBeUndefined()
  })

  it("stores one variant for each value of the headers that the response depends on", () => {
    const { pages } = cache()
    const accepts = (accepted: string | undefined) => question("/", { "accept-encoding": accepted })
    const vary = { vary: "accept-encoding" }
    render(pages, accepts("gzip"), page("zipped", { ...vary, "content-encoding": "gzip" }))
    render(pages, accepts(undefined), page("plain", vary))
    expect(text(pages.find(accepts("gzip, deflate")))).toBe("zipped")
    expect(text(pages.find(accepts("gzip;q=0.5")))).toBe("zipped")
    expect(text(pages.find(accepts("")))).toBe("plain")
    expect(text(pages.find(accepts("identity")))).toBe("plain")
    expect(pages.find(accepts("br"))).toBeUndefined()
    render(pages, question("/any"), page("any", { vary: "*" }))
    expect(pages.find(question("/any"))).toBeUndefined()
  })

  it("answers a conditional request with the 304 that was rendered for it", () => {
    const { pages } = cache()
    const home = page("home")
    const asked = question("/", { "if-none-match": home.headers.etag })
    render(pages, question("/"), home)
    expect(pages.find(asked)).toBeUndefined()
    render(pages, asked, notModified(home))
    expect(pages.find(asked)?.status).toBe(304)
    expect(pages.find(question("/", { "if-none-match": '"other", *' }))?.status).toBe(200)
    expect(pages.find(question("/"))?.status).toBe(200)
  })

  it("stays within its size, and keeps a page that is requested repeatedly among thousands of single requests", () => {
    const { pages } = cache()
    const body = "x".repeat(10_000)
    render(pages, question("/"), page(body))
    expect(text(pages.find(question("/")))).toBe(body)
    for (let number = 0; number < 10_000; number++) render(pages, question(`/?q=${number}`), page(body))
    expect(pages.stats().bytes).toBeLessThanOrEqual(capacity)
    expect(text(pages.find(question("/")))).toBe(body)
    render(pages, question("/large"), page("x".repeat(capacity / 2)))
    expect(pages.find(question("/large"))).toBeUndefined()
  })

  it("limits the number of variants", () => {
    const { pages } = cache()
    for (let number = 0; number < 1_000; number++) {
      render(pages, question("/feed", { accept: `text/${number}` }), page("feed", { vary: "accept" }))
    }
    expect(pages.stats()).toMatchObject({ pages: 1 })
    expect(pages.stats().bytes).toBeLessThan(capacity / 4)
    const long = { accept: "x".repeat(10_000) }
    render(pages, question("/long", long), page("long", { vary: "accept" }))
    expect(pages.find(question("/long", long))).toBeUndefined()
  })

  it("renders one of several equal requests, and lets the others wait for it", () => {
    const { pages } = cache()
    const resumed: Array<boolean> = []
    const request = {}
    expect(pages.begin(request, question("/"), () => {})).toBeUndefined()
    for (let count = 0; count < 3; count++) {
      expect(pages.begin({}, question("/"), (again) => resumed.push(again))).toBe(request)
    }
    expect(pages.begin({}, question("/other"), () => {})).toBeUndefined()
    pages.settle(request, page("home"))
    expect(resumed).toEqual([true, true, true])
    expect(text(pages.find(question("/")))).toBe("home")
    pages.settle(request, "broken")
    expect(resumed).toHaveLength(3)
  })

  it.each([
    ["that is not for others, on their own way", "private", false],
    ["that never came, to ask again", "broken", true]
  ] as const)("sends those who waited for an answer %s", (_, outcome, again) => {
    const { pages } = cache()
    const resumed: Array<boolean> = []
    const request = {}
    pages.begin(request, question("/"), () => {})
    pages.begin({}, question("/"), (value) => resumed.push(value))
    pages.settle(request, outcome)
    expect(resumed).toEqual([again])
    expect(pages.begin({}, question("/"), () => {})).toBeUndefined()
  })

  it("renders every request when it is turned off", () => {
    const pages = asked(noPageCache, { revision: "1" })
    render(pages, question("/"), page("home"))
    expect(pages.find(question("/"))).toBeUndefined()
    expect(pages.begin({}, question("/"), () => {})).toBeUndefined()
  })
})
