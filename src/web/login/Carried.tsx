import { Headers, HttpServerResponse } from "@effect/platform"
import { Stream } from "effect"
import type { JSX } from "preact"

/** A field of a form, with the name under which the page's form sends it. */
export type CarriedField = readonly [name: string, value: string]

/** Where the fields stand in a page. No text that a page shows reads like it, since `<` is escaped there. */
const place = "<!--carried-->"

/** Where a page has the fields that it carries: inside the form that sends them, once. See `carrying`. */
export const Carried = (): JSX.Element => <div class="carried" dangerouslySetInnerHTML={{ __html: place }} />

/** Characters that are escaped, encoded and sent at once: about a millisecond of work, and 96 KiB at most. */
const pieceLength = 16_384

const escapes: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" }

/** What attributes and the text of a `textarea` escape. */
const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => escapes[character] ?? "")

/** A text in pieces, none of which ends in the middle of a surrogate pair. */
function* piecesOf(text: string): Iterable<string> {
  for (let start = 0; start < text.length; ) {
    const end = start + pieceLength
    const isSplit = end < text.length && /[\uD800-\uDBFF]/.test(text.charAt(end - 1))
    yield escaped(text.slice(start, isSplit ? end - 1 : end))
    start = isSplit ? end - 1 : end
  }
}

/** A field that is sent as it is. A parser drops the first line break of a `textarea`, so there is one to drop. */
function* fieldOf([name, value]: CarriedField, attributes: string): Iterable<string> {
  yield `<textarea name="${escaped(name)}" readonly ${attributes}>\n`
  yield* piecesOf(value)
  yield "</textarea>"
}

/** The fields in their order. Of a text the longest is shown, for the person to see that it is still there. */
function* fieldsOf(fields: ReadonlyArray<CarriedField>, isText: boolean): Iterable<string> {
  const longest = Math.max(0, ...fields.map(([, value]) => value.length))
  const shown = isText ? fields.findIndex(([, value]) => value.length === longest) : -1
  for (const [index, field] of fields.entries()) {
    if (index !== shown) yield* fieldOf(field, "hidden")
    else {
      yield `<details class="inline"${longest <= 400 ? " open" : ""}><summary>What you wrote</summary>`
      yield* fieldOf(field, 'class="kept" rows="8" dir="auto" aria-label="What you wrote"')
      yield "</details>"
    }
  }
}

const decoder = new TextDecoder()

/**
 * A page that carries fields of a form: they are written once, where the page has `Carried`, and made while they are sent, so
 * that neither a long text nor a client that does not read costs more than a piece of it.
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
  return HttpServerResponse.stream(Stream.encodeText(Stream.fromIteratorSucceed(pieces(), 1)), {
    status,
    cookies,
    headers: Headers.remove(headers, "content-length"),
    contentType: body.contentType
  })
}
