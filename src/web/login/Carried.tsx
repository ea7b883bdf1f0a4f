import { Headers, HttpServerResponse } from "@effect/platform"
import type { JSX } from "preact"
import { unmarked } from "../../texts/Fallback.js"
import { texts } from "../../texts/Texts.js"
import { escaped } from "../theme/LongTexts.js"
import { piecesOf, streamed } from "../theme/PageBody.js"

/** A form field, with the name under which the page sends it. */
export type CarriedField = readonly [name: string, value: string]

/** Placeholder of the fields in a page. Text in a page cannot equal it, because `<` is escaped there. */
const place = "<!--carried-->"

/** Marks where a page has the fields that it carries: inside the form that sends them, once. See `carrying`. */
export const Carried = (): JSX.Element => <div class="carried" dangerouslySetInnerHTML={{ __html: place }} />

/** A field that is sent unchanged. HTML parsers drop the first line break of a `textarea`, so an extra one is added. */
function* fieldOf([name, value]: CarriedField, attributes: string): Iterable<string> {
  yield `<textarea name="${escaped(name)}" readonly ${attributes}>\n`
  for (const piece of piecesOf(value)) yield escaped(piece)
  yield "</textarea>"
}

/** The fields in order. The longest field of a text is visible, so that the person sees that the text is kept. */
function* fieldsOf(fields: ReadonlyArray<CarriedField>, isText: boolean): Iterable<string> {
  const yourText = unmarked(texts.login.resume.yourText)
  const longest = Math.max(0, ...fields.map(([, value]) => value.length))
  const shown = isText ? fields.findIndex(([, value]) => value.length === longest) : -1
  for (const [index, field] of fields.entries()) {
    if (index !== shown) yield* fieldOf(field, "hidden")
    else {
      yield `<details class="inline"${longest <= 400 ? " open" : ""}><summary>${escaped(yourText)}</summary>`
      yield* fieldOf(field, `class="kept" rows="8" dir="auto" aria-label="${escaped(yourText)}"`)
      yield "</details>"
    }
  }
}

const decoder = new TextDecoder()

/**
 * Adds form fields to a page in place of `Carried`. They are generated while they are sent, so that neither a long text
 * nor a slow client costs more memory than a piece.
 */
export const carrying = (
  page: HttpServerResponse.HttpServerResponse,
  fields: ReadonlyArray<CarriedField>,
  isText: boolean
): HttpServerResponse.HttpServerResponse => {
  const { body, cookies, headers, status } = page
  const [before, after] = body._tag === "Uint8Array" ? decoder.decode(body.body).split(place) : []
  if (before === undefined || after === undefined || body.contentType === undefined) return page
  function* pieces(): Generator<string> {
    yield before as string
    yield* fieldsOf(fields, isText)
    yield after as string
  }
  return HttpServerResponse.stream(streamed(pieces()), {
    status,
    cookies,
    headers: Headers.remove(headers, "content-length"),
    contentType: body.contentType
  })
}
