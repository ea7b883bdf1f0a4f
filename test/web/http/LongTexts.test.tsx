import { describe, expect, it } from "@effect/vitest"
import { Chunk, Effect, FastCheck as fc, Stream } from "effect"
import { renderToString } from "preact-render-to-string"
import { rsvpAnswer } from "../../../src/domain/posts/Microformats.js"
import { languages } from "../../../src/web/theme/Languages.js"
import { LongList } from "../../../src/web/theme/LongList.js"
import { renderMarkup, renderParts } from "../../../src/web/theme/LongTexts.js"
import { encodedWhole, responseOf, wholeText } from "../../../src/web/theme/PageBody.js"

/** The largest piece: 16,384 characters, each of which takes six bytes as an entity, after less than as many bytes. */
const mostBytes = 114_688

const same = (html: string) => html

const Page = ({
  attribute,
  html,
  text
}: {
  readonly text: string
  readonly attribute: string
  readonly html: string
}) => (
  <main>
    <input value={attribute} title="&" />
    <textarea>{`\n${text}`}</textarea>
    <ins>
      <b>1</b>
      {text}
    </ins>
    <div dangerouslySetInnerHTML={{ __html: html }} />
    <p>{text.slice(0, 10)}</p>
  </main>
)

const piece = fc.constantFrom("<", "&", '"', ">", "漢", "😀", "a", "\ufdd2", "\ufdd3", "0", "$&", "\n")

const text = fc
  .tuple(fc.array(piece, { minLength: 1, maxLength: 4 }), fc.constantFrom(1, 1_500, 4_096, 20_000))
  .map(([pieces, length]) => {
    const unit = pieces.join("")
    return unit.repeat(Math.ceil(length / unit.length))
  })

describe("S2: long texts of a page", () => {
  it("make the page that the renderer would make", () => {
    fc.assert(
      fc.property(text, text, text, (text, attribute, html) => {
        const page = () => <Page text={text} attribute={attribute} html={html.replaceAll("<", "")} />
        const expected = renderToString(page()).replaceAll("&gt;", ">")
        expect(wholeText(renderParts(page(), same)).replaceAll("&gt;", ">")).toBe(expected)
      }),
      { numRuns: 60 }
    )
  })

  it("are not seen by the renderer, whatever element, attribute or markup has them", () => {
    const seen: Array<string> = []
    const long = "<".repeat(100_000)
    renderParts(<Page text={long} attribute={long} html={long} />, (html) => {
      seen.push(html)
      return html
    })
    expect(seen[0]?.length).toBeLessThan(1_000)
  })

  it("are part of markup that is kept between pages", () => {
    const long = "<".repeat(5_000)
    const Kept = () => <div dangerouslySetInnerHTML={{ __html: renderMarkup(<p>{long}</p>) }} />
    const html = wholeText(renderParts(<Kept />, same)).replaceAll("&gt;", ">")
    expect(html).toBe(`<div><p>${"&lt;".repeat(5_000)}</p></div>`)
  })

  it.effect("are sent in pieces, or encoded whole for pages that are cached", () =>
    Effect.gen(function* () {
      const long = '"😀'.repeat(100_000)
      const parts = renderParts(<Page text={long} attribute={long} html="" />, same)
      const response = responseOf(parts, { status: 422 })
      const chunks = response.body._tag === "Stream" ? yield* Stream.runCollect(response.body.stream) : Chunk.empty()
      expect(Math.max(...Chunk.toReadonlyArray(chunks).map(({ length }) => length))).toBeLessThanOrEqual(mostBytes)
      const sent = Buffer.concat(Chunk.toReadonlyArray(chunks).map((chunk) => Buffer.from(chunk)))
      expect(sent.toString() === wholeText(parts)).toBe(true)
      const whole = yield* encodedWhole(response)
      expect(whole.status).toBe(422)
      expect(whole.body._tag === "Uint8Array" && sent.equals(Buffer.from(whole.body.body))).toBe(true)
    })
  )

  it("are not choices of a form", () => {
    const long = "<".repeat(4_000_000)
    expect(languages(long).map(({ tag }) => tag)).toEqual(languages("").map(({ tag }) => tag))
    expect(languages("gsw").map(({ tag }) => tag)).toContain("gsw")
    expect(["Yes ", `no${" ".repeat(1_000)}`, long].map(rsvpAnswer)).toEqual(["yes", "no", undefined])
  })

  it("and long lists are rendered in parts, each when it is its turn, and are the same page", () => {
    const made: Array<number> = []
    const List = ({ count }: { readonly count: number }) => (
      <ul title={awkward}>
        <LongList items={Array.from({ length: count }, (_, item) => item)}>
          {(item, index) => {
            made.push(item)
            return (
              <li key={item}>
                {item}.{index} <b title={awkward}>{awkward}</b>
              </li>
            )
          }}
        </LongList>
      </ul>
    )
    for (const count of [0, 10, 11, 300]) {
      const expected = renderToString(<List count={count} />)
      made.splice(0)
      const parts = renderParts(<List count={count} />, same)
      expect(made).toHaveLength(count <= 10 ? count : 0)
      expect(wholeText(parts).replaceAll("&gt;", ">")).toBe(expected.replaceAll("&gt;", ">"))
    }
  })
})

const awkward = "<&".repeat(300)
