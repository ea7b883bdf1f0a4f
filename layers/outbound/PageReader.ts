import { Duration, Effect, Layer } from "effect"
import { saysSomething } from "../../src/domain/posts/CitedPage.js"
import { Logger } from "../../src/services/Logger.js"
import { PageParser } from "../../src/services/PageParser.js"
import { PageReader, type PageReading } from "../../src/services/PageReader.js"
import { type OutboundResponse, SafeHttp } from "../../src/services/SafeHttp.js"

/** Limits of a request. The facts about a page are in its head, or soon after it. */
const limits = { maxBytes: 262_144, timeout: Duration.seconds(10) }

const nothing: PageReading = { state: "nothing" }
const unavailable: PageReading = { state: "unavailable" }

const isHtml = ({ headers }: OutboundResponse): boolean =>
  /^(?:text\/html|application\/xhtml\+xml)\b/i.test(headers["content-type"] ?? "")

/** Reads pages through `SafeHttp` and `PageParser`. */
export const layer: Layer.Layer<PageReader, never, SafeHttp | PageParser | Logger> = Layer.effect(
  PageReader,
  Effect.gen(function* () {
    const http = yield* SafeHttp
    const parser = yield* PageParser
    const log = (yield* Logger).named("starpunk.citations")

    const read = Effect.fn("PageReader.read")(function* (address: string) {
      const response = yield* http.request({
        url: address,
        headers: { accept: "text/html, application/xhtml+xml;q=0.9" },
        mayCut: true,
        ...limits
      })
      const { status, text, url } = response
      if (status === 429 || status >= 500) return unavailable
      if (status < 200 || status > 299 || !isHtml(response)) return nothing
      const outcome = yield* parser.read<"cited">({ about: "cited", address, html: text, url })
      if (outcome.state !== "read") return outcome.state === "busy" ? unavailable : nothing
      const page = outcome.answer
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
