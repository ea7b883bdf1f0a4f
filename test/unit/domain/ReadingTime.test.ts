import { expect, it } from "@effect/vitest"
import { FastCheck as fc } from "effect"
import { octetsOf } from "../../../src/domain/posts/ReadingTime.js"

it.prop(
  "S2: counts the bytes of texts of any length in UTF-8",
  [
    fc.array(fc.constantFrom("a", "é", "漢", "😀", "\r", "\ud800", "\udc00")),
    fc.constantFrom(1, 16_383, 16_384, 40_000)
  ],
  ([units, length]) => {
    const unit = units.join("")
    const text = unit === "" ? "" : unit.repeat(Math.ceil(length / unit.length))
    expect(octetsOf(text)).toBe(Buffer.byteLength(text))
  }
)
