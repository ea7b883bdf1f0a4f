import { FastCheck as fc } from "effect"
import { describe, expect, it } from "vitest"
import { jsonExcess } from "../../../src/web/http/JsonShape.js"

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

/** Depth and values of a JSON value, counted on the value itself. */
const measured = (value: unknown): { readonly depth: number; readonly values: number } => {
  if (typeof value !== "object" || value === null) return { depth: 0, values: 0 }
  const inner = Object.values(value).map(measured)
  return {
    depth: 1 + Math.max(0, ...inner.map(({ depth }) => depth)),
    values: 1 + Math.max(0, inner.length - 1) + inner.reduce((sum, { values }) => sum + values, 0)
  }
}

const text = fc.oneof(fc.string(), fc.stringMatching(/^[[\]{}",:\\]{0,12}$/))
const { json } = fc.letrec<{ readonly json: unknown }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 4 },
    text,
    fc.integer(),
    fc.constant(null),
    fc.array(tie("json"), { maxLength: 5 }),
    fc.dictionary(text, tie("json"), { maxKeys: 5 })
  )
}))

describe("S2: the shape of JSON before it is parsed", () => {
  it("is that of the parsed value, whatever its texts consist of", () => {
    fc.assert(
      fc.property(json, fc.constantFrom(undefined, 1, "\t"), (value, space) => {
        const body = bytes(JSON.stringify(value, null, space))
        const { depth, values } = measured(value)
        expect(jsonExcess(body, { depth, values })).toBeUndefined()
        if (depth > 0) expect(jsonExcess(body, { depth: depth - 1, values })).toBe("too_deep")
        if (values > 0) expect(jsonExcess(body, { depth, values: values - 1 })).toBeDefined()
      })
    )
  })

  it.each([
    '"',
    '"\\',
    '"\\"',
    "]]]]{",
    '{"a',
    "",
    '"'.repeat(100_001),
    '\\"'.repeat(100_000),
    `"${"\\".repeat(100_001)}`
  ])("is read to the end of what is no JSON: %.20j", (body) => {
    expect(jsonExcess(bytes(body), { depth: 8, values: 8 })).toBeUndefined()
  })
})
