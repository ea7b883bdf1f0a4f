import { FastCheck as fc } from "effect"
import { describe, expect, it } from "vitest"
import { MalformedForm, UrlEncoded } from "../../../src/web/http/UrlEncoded.js"

const read = (body: string | Uint8Array, step = Number.POSITIVE_INFINITY) => {
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body
  const form = new UrlEncoded(1000)
  for (let from = 0; from < bytes.length; from += step) form.add(bytes.subarray(from, from + step))
  form.finish()
  return form.entries
}

const fault = (body: string | Uint8Array) => {
  try {
    return read(body)
  } catch (error) {
    return error instanceof MalformedForm ? error.reason : error
  }
}

describe("S1: forms are read byte by byte", () => {
  it("any form is read correctly, in slices of any length", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.string({ unit: "binary", minLength: 1 }), fc.string({ unit: "binary" })), {
          maxLength: 8
        }),
        fc.integer({ min: 1, max: 12 }),
        (fields, step) => {
          const body = new URLSearchParams(fields.map(([name, value]) => [name, value])).toString()
          expect(read(body, step)).toEqual([...new URLSearchParams(body)])
        }
      )
    )
  })

  it.each([
    ["a=%", "form"],
    ["a=%4", "form"],
    ["a=%zz", "form"],
    ["%=a", "form"],
    ["a=%ff%fe", "utf8"],
    ["a=%E6%B1", "utf8"],
    [new Uint8Array([0x61, 0x3d, 0xc3, 0x28]), "utf8"],
    ["&a".repeat(1001), "form"]
  ])("%s is refused", (body, reason) => {
    expect(fault(body)).toBe(reason)
  })

  it("pairs without a name or a value are accepted, and empty ones ignored", () => {
    expect(read("&&a&=b&c=&d==e=&\u{1f682}=%F0%9F%9A%82&")).toEqual([
      ["a", ""],
      ["", "b"],
      ["c", ""],
      ["d", "=e="],
      ["\u{1f682}", "\u{1f682}"]
    ])
    expect(read("\ufeffa=\ufeffb")).toEqual([["a", "\ufeffb"]])
  })
})
