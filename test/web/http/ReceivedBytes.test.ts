import { Effect, FastCheck as fc } from "effect"
import { describe, expect, it } from "vitest"
import { ReceivedBytes } from "../../../src/web/http/ReceivedBytes.js"

const chunks = fc.array(fc.uint8Array({ maxLength: 600 }), { maxLength: 20 })

describe("S1: memory of a body that arrives in chunks", () => {
  it("holds the bytes of all chunks, and keeps none of them", () => {
    fc.assert(
      fc.property(chunks, (chunks) => {
        const received = new ReceivedBytes()
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

  it("holds the bytes of a large body too, read at any time, beside others", () => {
    const pieces = fc.array(fc.tuple(fc.integer({ min: 1, max: 150_000 }), fc.nat(255), fc.boolean()), { maxLength: 8 })
    fc.assert(
      fc.property(pieces, pieces, (ours, theirs) => {
        const [one, other] = [new ReceivedBytes(), new ReceivedBytes()]
        const sent: Array<Uint8Array> = []
        for (const [index, [length, byte, isRead]] of ours.entries()) {
          const chunk = new Uint8Array(length).fill(byte)
          one.add(chunk)
          sent.push(chunk)
          const [size, filling, isCleared] = theirs[index] ?? [1, 0, false]
          other.add(new Uint8Array(size).fill(filling))
          if (isCleared) other.clear()
          if (isRead) expect(one.bytes.length).toBe(one.length)
        }
        expect(Buffer.from(one.bytes).equals(Buffer.concat(sent))).toBe(true)
      }),
      { numRuns: 50 }
    )
  })

  it("takes a segment more than the bytes of a large body at most, and what was cleared serves the next", () => {
    const received = new ReceivedBytes()
    let isWithin = true
    for (let count = 1; count <= 70; count++) {
      received.add(new Uint8Array(10_000))
      isWithin &&= count * 10_000 < 65_536 || received.capacity < count * 10_000 + 65_536
    }
    expect(isWithin).toBe(true)
    received.clear()
    expect([received.length, received.capacity]).toEqual([0, 0])
    const next = new ReceivedBytes()
    next.add(new Uint8Array(700_000).fill(1))
    expect(next.bytes.every((byte) => byte === 1)).toBe(true)
    expect(next.length).toBe(700_000)
  })

  it("decodes text whose characters end in the next chunk, and refuses other bytes", async () => {
    const received = new ReceivedBytes()
    for (const byte of new TextEncoder().encode("é漢😀")) received.add(Uint8Array.of(byte))
    expect(await Effect.runPromise(received.text)).toBe("é漢😀")
    received.add(Uint8Array.of(0xff))
    expect(await Effect.runPromise(Effect.flip(received.text))).toMatchObject({ reason: "utf8" })
  })
})
