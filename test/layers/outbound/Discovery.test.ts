import { describe, expect, it } from "@effect/vitest"
import { Context, Effect, Either, Layer } from "effect"
import * as MemoryParser from "../../../layers/memory/PageParser.js"
import { answering, layerOf } from "../../../layers/memory/SafeHttp.js"
import { discover } from "../../../layers/outbound/Discovery.js"
import type { ProviderLinks } from "../../../src/domain/indieauth/ProviderLinks.js"
import { OutboundFailed } from "../../../src/errors/Outbound.js"
import { type PageOutcome, PageParser } from "../../../src/services/PageParser.js"
import { SafeHttp } from "../../../src/services/SafeHttp.js"
import { settings } from "../../fixtures/TestServer.js"

const url = "https://ada.example/about/me"

/** What is found at the owner's page, by a parser: the address of the metadata, or else the endpoints. */
const found = (text: string, headers: Readonly<Record<string, string>>, parser: PageParser["Type"]) =>
  Effect.gen(function* () {
    let metadata: string | undefined
    const http = layerOf((request) => {
      if (request.url === url) return Effect.succeed(answering(request, text, { headers }))
      metadata = request.url
      return new OutboundFailed({ host: "ada.example", reason: "connection" })
    })
    const outcome = yield* Effect.either(
      discover(Context.get(yield* Layer.build(http), SafeHttp), parser, settings, url)
    )
    if (metadata !== undefined) return { metadata }
    return yield* outcome
  }).pipe(Effect.scoped)

const links = (text: string, headers: Readonly<Record<string, string>> = {}): Effect.Effect<ProviderLinks, unknown> =>
  Effect.flatMap(Effect.provide(PageParser, MemoryParser.layer), (parser) => found(text, headers, parser))

/** A parser with one outcome for every page. */
const saying = (outcome: PageOutcome<"provider">): PageParser["Type"] => ({
  read: () => Effect.succeed(outcome as PageOutcome<never>)
})

describe("the provider that the owner's page names", () => {
  it.effect("S2: is read by the page parser alone, whose limits end with an answer", () =>
    Effect.gen(function* () {
      const page = "<link rel=token_endpoint href=/t>"
      const answer = { token: "https://parsed.example/" }
      expect(yield* found(page, {}, saying({ state: "read", answer }))).toEqual(answer)
      expect(yield* found(page, {}, saying({ state: "too_slow" }))).toEqual({})
      const busy = yield* Effect.either(found(page, {}, saying({ state: "busy" })))
      expect(Either.getOrThrow(Either.flip(busy))).toMatchObject({ _tag: "ProviderUnavailable", reason: "timeout" })
      // The header comes first, so that it is enough.
      const link = '</m>; rel="indieauth-metadata"'
      expect(yield* found(page, { link }, saying({ state: "busy" }))).toEqual({ metadata: "https://ada.example/m" })
    })
  )

  it.effect("finds the endpoints in the page, with relative addresses resolved", () =>
    Effect.gen(function* () {
      expect(yield* links('<link rel="indieauth-metadata" href="/metadata">')).toEqual({
        metadata: "https://ada.example/metadata"
      })
      expect(
        yield* links(
          "<LINK REL='Authorization_Endpoint me' HREF=auth?a=1&amp;b=2><link rel=token_endpoint href=//t.example/t />"
        )
      ).toEqual({ authorization: "https://ada.example/about/auth?a=1&b=2", token: "https://t.example/t" })
      expect(yield* links('<base href="https://b.example/x/"><link rel=token_endpoint href=t>')).toEqual({
        token: "https://b.example/x/t"
      })
      expect(yield* links('<link rel=token_endpoint href="">')).toEqual({ token: url })
    })
  )

  it.effect("finds them in the header, which takes precedence over the page", () =>
    Effect.gen(function* () {
      const page = '<link rel="token_endpoint" href="/page"><link rel="authorization_endpoint" href="/page">'
      expect(yield* links(page, { link: '</header>; rel="token_endpoint"' })).toEqual({
        token: "https://ada.example/header",
        authorization: "https://ada.example/page"
      })
      const several = '<https://a.example/?x=1,2>; rel="me indieauth-metadata"; title="a, b", <t>; rel=Token_Endpoint'
      expect(yield* links("", { link: several })).toEqual({ metadata: "https://a.example/?x=1,2" })
    })
  )

  it.effect("the first one wins", () =>
    Effect.gen(function* () {
      expect(yield* links("<link rel=token_endpoint href=/1><link rel=token_endpoint href=/2>")).toEqual({
        token: "https://ada.example/1"
      })
    })
  )

  it.effect.each<[string, string]>([
    ["an empty page", ""],
    ["a comment", "<!-- <link rel=token_endpoint href=/t> -->"],
    ["a script", "<script>'<link rel=token_endpoint href=/t>'</script>"],
    ["text", "&lt;link rel=token_endpoint href=/t>"],
    ["a link of a visitor", '<a rel="token_endpoint" href="https://eve.example/">hi</a>'],
    ["a rel that only begins so", "<link rel=token_endpoint_2 href=/t>"],
    ["no href", "<link rel=token_endpoint>"],
    ["a script's address", "<link rel=token_endpoint href='javascript:alert(1)'>"],
    ["a file", "<link rel=token_endpoint href='file:///etc/passwd'>"],
    ["no address", "<link rel=token_endpoint href='http://['>"]
  ])("finds nothing in %s", ([_, page]) => Effect.map(links(page), (found) => expect(found).toEqual({})))

  it.effect("an unreadable header does not hide those of the page", () =>
    Effect.gen(function* () {
      for (const link of ["garbage", "<", "<x; rel=token_endpoint", "<http://[>; rel=token_endpoint"]) {
        expect((yield* links("<link rel=token_endpoint href=/t>", { link })).token).toBe("https://ada.example/t")
      }
    })
  )

  it.effect("a response that is no HTML is not parsed", () =>
    Effect.gen(function* () {
      const page = "<link rel=token_endpoint href=/t>"
      expect(yield* links(page, { "content-type": "text/plain" })).toEqual({})
      expect(yield* links(page, { "content-type": "application/xhtml+xml" })).toHaveProperty("token")
    })
  )

  it.effect("reads links before a megabyte of nesting, and stops there", () =>
    Effect.gen(function* () {
      for (const nested of ["<div><b><p>", "<b>", "<svg>", "<a>", "<h1></li>", "<i><p>", "<table><td>"]) {
        const nesting = nested.repeat(1_000_000 / nested.length)
        const page = `<link rel=token_endpoint href=/t>${nesting}<link rel=authorization_endpoint href=/a>`
        expect((yield* links(page)).token).toBe("https://ada.example/t")
      }
    })
  )
})
