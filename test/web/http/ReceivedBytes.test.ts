import { Effect, FastCheck as fc } from "effect"
import { describe, expect, it } from "vitest"
import { ReceivedBytes } from "../../../src/web/http/ReceivedBytes.js"

const chunks = fc.array(fc.uint8Array({ maxLength: 600 }), { maxLength: 20 })

describe("S1: memory of a body that arrives in chunks", () => {
  it("holds the bytes of all chunks, and keeps none of them", () => {
    fc.assert(
      fc.property(chunks, fc.option(fc.nat(9_000), { nil: undefined }), (chunks, expected) => {
        const received = new ReceivedBytes(expected)
        const sent = chunks.flatMap((chunk) => [...chunk])
        for (const chunk of chunks) {
          received.add(chunk)
          chunk.fill(0)
        }
        expect(Buffer.from(received.bytes).equals(Buffer.from(sent))).toBe(true)
        expect(received.length).toBe(sent.length)
      })
    )
  })

  it("takes at most twice the bytes that arrived, however small the chunks are", () => {
    const received = new ReceivedBytes()
    let isWithin = true
    for (let count = 1; count <= 20_000; count++) {
      received.add(new Uint8Array(1))
      isWithin &&= received.capacity <= Math.max(4_096, 2 * count)
    }
    expect(isWithin).toBe(true)
  })

  it("takes no more than the announced bytes when it has them", () => {
    const received = new ReceivedBytes(70_000)
    for (let count = 0; count < 70; count++) received.add(new Uint8Array(1_000))
    expect(received.capacity).toBe(70_000)
    received.clear()
    expect([received.length, received.capacity]).toEqual([0, 0])
  })

  it("decodes text whose characters end in the next chunk, and refuses other bytes", async () => {
    const received = new ReceivedBytes()
    for (const byte of new TextEncoder().encode("é漢😀")) received.add(Uint8Array.of(byte))
    expect(await Effect.runPromise(received.text)).toBe("é漢😀")
    received.add(Uint8Array.of(0xff))
    expect(await Effect.runPromise(Effect.flip(received.text))).toMatchObject({ reason: "utf8" })
  })
})
