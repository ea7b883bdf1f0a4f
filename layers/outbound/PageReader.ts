import { Duration, Effect, Either, Layer } from "effect"
import { plainTree } from "../../src/domain/PlainTree.js"
import { citedPage, type ReadablePage, saysSomething } from "../../src/domain/posts/CitedPage.js"
import { shallow } from "../../src/domain/ShallowPage.js"
import { Logger } from "../../src/services/Logger.js"
import { PageReader, type PageReading } from "../../src/services/PageReader.js"
import { type OutboundResponse, SafeHttp } from "../../src/services/SafeHttp.js"

/** A page says what it is about in its head, or soon after it. */
const limits = { maxBytes: 262_144, timeout: Duration.seconds(10) }

const nothing: PageReading = { state: "nothing" }
const unavailable: PageReading = { state: "unavailable" }

const isHtml = ({ headers }: OutboundResponse): boolean =>
  /^(?:text\/html|application\/xhtml\+xml)\b/i.test(headers["content-type"] ?? "")

/** Reads pages with the parser of microformats, and `meta` elements with htmlparser2. Both are loaded for the first page. */
export const layer: Layer.Layer<PageReader, never, SafeHttp | Logger> = Layer.effect(
  PageReader,
  Effect.gen(function* () {
    const http = yield* SafeHttp
    const log = (yield* Logger).named("starpunk.citations")
    const parsers = yield* Effect.cached(
      Effect.promise(() => Promise.all([import("microformats-parser"), import("htmlparser2")]))
    )

    const readable = Effect.fnUntraced(function* ({ text, url }: OutboundResponse) {
      const [{ mf2 }, { Parser }] = yield* parsers
      const html = yield* shallow(text)
      const metas = new Map<string, string>()
      let title: string | undefined
      let isTitle = false
      const parser = new Parser({
        onopentag: (name, { content, name: named, property }) => {
          if (name === "title" && title === undefined) isTitle = true
          const key = (property ?? named)?.toLowerCase()
          if (name === "meta" && key !== undefined && content !== undefined && !metas.has(key)) metas.set(key, content)
        },
        ontext: (part) => {
          if (isTitle) title = `${title ?? ""}${part}`
        },
        onclosetag: (name) => {
          if (name === "title") isTitle = false
        }
      })
      parser.write(html)
      parser.end()
      yield* Effect.yieldNow()
      const tree = yield* plainTree(html)
      yield* Effect.yieldNow()
      const items = Either.try((): ReadablePage["items"] => mf2(tree, { baseUrl: url }).items)
      return { items: Either.getOrElse(items, () => []), metas, title } satisfies ReadablePage
    })

    const read = Effect.fn("PageReader.read")(function* (address: string) {
      const response = yield* http.request({
        url: address,
        headers: { accept: "text/html, application/xhtml+xml;q=0.9" },
        mayCut: true,
        ...limits
      })
      const { status } = response
      if (status === 429 || status >= 500) return unavailable
      if (status < 200 || status > 299 || !isHtml(response)) return nothing
      const page = citedPage(address, yield* readable(response))
      return saysSomething(page) ? ({ state: "read", page } satisfies PageReading) : nothing
    })

    return {
      read: (address) =>
        read(address).pipe(
          Effect.catchAll((error) =>
            Effect.as(
              log.info("Cited page not read", { error }),
              error._tag === "OutboundRefused" ? nothing : unavailable
            )
          )
        )
    }
  })
)
