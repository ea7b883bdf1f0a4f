import { afterEach, describe, expect, it, vi } from "@effect/vitest"
import { Effect, FastCheck } from "effect"
import { LogSink } from "../../../layers/log/LogSink.js"

/** Result of one write: accepts this many bytes, or fails. */
type Answer = number | "EAGAIN" | "ENOSPC" | "EPIPE"

const everything: Answer = Number.POSITIVE_INFINITY

const fail = (code: string): never => {
  throw Object.assign(new Error(code), { code })
}

/** A descriptor with scripted results, then `rest`. */
class Descriptor {
  output = ""
  readonly script: Array<Answer> = []
  rest: Answer = everything

  readonly sink = new LogSink({
    write: (bytes) => {
      const answer = this.script.shift() ?? this.rest
      if (typeof answer === "string") return fail(answer)
      const taken = bytes.subarray(0, answer)
      this.output += taken.toString("latin1")
      return taken.length
    },
    lossLine: (lost) => `lost ${lost};\n`
  })

  get lines(): ReadonlyArray<string> {
    return this.output.split("\n").slice(0, -1)
  }
}

const long = "x".repeat(1000)

describe("LogSink", () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  it("buffers lines up to 64 KiB, then writes them at once", () => {
    const file = new Descriptor()
    for (let line = 0; line < 65; line++) file.sink.write(`${long}\n`, false)
    expect(file.output).toBe("")
    expect(file.sink.stats).toEqual({ written: 0, dropped: 0, buffered: 65 * 1001 })
    file.sink.write(`${long}\n`, false)
    expect(file.lines).toHaveLength(66)
    expect(file.sink.stats).toEqual({ written: 66, dropped: 0, buffered: 0 })
  })

  it("buffers no line longer than 100 ms", () => {
    vi.useFakeTimers()
    const file = new Descriptor()
    file.sink.write("waiting\n", false)
    vi.advanceTimersByTime(99)
    expect(file.output).toBe("")
    vi.advanceTimersByTime(1)
    expect(file.output).toBe("waiting\n")
  })

  it("writes an urgent line at once, after the buffered ones", () => {
    const file = new Descriptor()
    file.sink.write("first\n", false)
    file.sink.write("urgent\n", true)
    expect(file.lines).toEqual(["first", "urgent"])
  })

  it("continues where a short write ended", () => {
    const file = new Descriptor()
    file.script.push(1, 2, 3)
    file.sink.write("a line in pieces\n", true)
    expect(file.lines).toEqual(["a line in pieces"])
  })

  it("buffers at most 1 MiB for a reader that does not read, counts the rest, and reports it when it reads again", () => {
    vi.useFakeTimers()
    const pipe = new Descriptor()
    pipe.rest = "EAGAIN"
    for (let line = 0; line < 2000; line++) pipe.sink.write(`${long}\n`, line % 100 === 0)
    const { buffered, dropped } = pipe.sink.stats
    expect(buffered).toBeLessThanOrEqual(1024 * 1024)
    expect(dropped).toBe(2000 - Math.floor((1024 * 1024) / 1001))

    pipe.rest = 4096
    vi.advanceTimersByTime(100)
    expect(pipe.lines.filter((line) => line === long).length).toBe(2000 - dropped)
    expect(pipe.lines.at(-1)).toBe(`lost ${dropped};`)
    expect(pipe.sink.stats).toEqual({ written: 2001 - dropped, dropped, buffered: 0 })
  })

  it("retries a busy reader by timer only, at growing intervals", () => {
    vi.useFakeTimers()
    const write = vi.fn(() => fail("EAGAIN"))
    const sink = new LogSink({ write, lossLine: String })
    sink.write("urgent\n", true)
    for (let line = 0; line < 1000; line++) sink.write(`${long}\n`, false)
    expect(write).toHaveBeenCalledTimes(1)
    vi.advanceTimersByTime(1000)
    expect(write.mock.calls.length).toBeLessThan(16)
    expect(write.mock.calls.length).toBeGreaterThan(8)
  })

  it.each(["ENOSPC", "EPIPE"] as const)("drops what %s keeps it from writing, and buffers nothing", (code) => {
    const file = new Descriptor()
    file.rest = code
    for (let line = 0; line < 100; line++) file.sink.write("lost\n", line % 10 === 9)
    expect(file.sink.stats).toEqual({ written: 0, dropped: 100, buffered: 0 })
    file.rest = everything
    file.sink.write("back\n", true)
    expect(file.lines).toEqual(["back", "lost 100;"])
  })

  it("ends a line that a failure cut off, so that it spoils no other", () => {
    const file = new Descriptor()
    file.script.push(8, "ENOSPC")
    file.sink.write("whole\n", false)
    file.sink.write("cut off\n", true)
    file.sink.write("whole again\n", true)
    expect(file.lines).toEqual(["whole", "cu", "whole again", "lost 1;"])
  })

  it("waits for a slow reader at the end, up to a limit", () => {
    const slow = new Descriptor()
    slow.script.push("EAGAIN", 3, "EAGAIN")
    slow.sink.write("last words\n", false)
    slow.sink.close()
    expect(slow.lines).toEqual(["last words"])

    const dead = new Descriptor()
    dead.rest = "EAGAIN"
    dead.sink.write("unheard\n", false)
    dead.sink.close()
    expect(dead.output).toBe("")
  })

  it("writes at once what is logged after it was closed", () => {
    const file = new Descriptor()
    file.sink.close()
    file.sink.write("afterwards\n", false)
    expect(file.lines).toEqual(["afterwards"])
  })

  const answer = FastCheck.oneof(
    FastCheck.nat({ max: 40 }),
    FastCheck.constantFrom<Answer>("EAGAIN", "ENOSPC", "EPIPE", everything)
  )

  it.effect.prop(
    "whatever the descriptor does, every line is written completely and in order, or is counted as lost and reported",
    [FastCheck.array(answer, { maxLength: 60 }), FastCheck.array(FastCheck.boolean(), { maxLength: 60 })],
    ([script, urgencies]) =>
      Effect.sync(() => {
        const file = new Descriptor()
        file.script.push(...script)
        urgencies.forEach((urgent, line) => {
          file.sink.write(`line ${line};\n`, urgent)
        })
        file.script.length = 0
        // Losses are reported, and a cut line is ended, with the next write.
        file.sink.write("end;\n", true)
        const whole = file.lines.filter((line) => /^line \d+;$/.test(line))
        const numbers = whole.map((line) => Number.parseInt(line.slice(5), 10))
        expect(numbers).toEqual(numbers.toSorted((a, b) => a - b))
        const reports = file.lines.filter((line) => /^lost \d+;$/.test(line))
        const dropped = urgencies.length - whole.length
        expect(reports.reduce((sum, line) => sum + Number.parseInt(line.slice(5), 10), 0)).toBe(dropped)
        expect(file.lines).toContain("end;")
        expect(file.sink.stats).toEqual({ written: whole.length + reports.length + 1, dropped, buffered: 0 })
      })
  )
})
