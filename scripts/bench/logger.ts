import { closeSync, mkdtempSync, openSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Effect, ManagedRuntime } from "effect"
import pino from "pino"
import * as NodeLogger from "../../layers/Logger.js"
import { Logger } from "../../src/services/Logger.js"
import { type Figure, median, reaching, spreadOf } from "./Figure.js"
import { usually } from "./Scale.js"

const lines = usually(20_000, 2_000)
const rounds = usually(9, 2)

const fields = { method: "GET", path: "/notes/a-walk-in-the-rain", status: 200, duration_ms: 3.4 }
const requestId = "7f9c2ba4e88f827d616045507605853e"

/** CPU nanoseconds (user and system) per item since `before`. */
const cost = (count: number, before: NodeJS.CpuUsage): number => {
  const { system, user } = process.cpuUsage(before)
  return ((user + system) * 1000) / count
}

/**
 * CPU cost of a log line through the Logger port, with the request id on the fiber, against pino's synchronous
 * destination with the same fields, in alternating rounds.
 */
export const logger = async (): Promise<ReadonlyArray<Figure>> => {
  const directory = mkdtempSync(join(tmpdir(), "starpunk-bench-"))
  const fd = openSync(join(directory, "ours.log"), "w")
  const runtime = ManagedRuntime.make(NodeLogger.layerJson({ level: "INFO", fd }))
  const theirs = pino({ base: null }, pino.destination({ dest: join(directory, "pino.log"), sync: true })).child({
    request_id: requestId
  })
  try {
    const log = (await runtime.runPromise(Logger)).named("starpunk.http")
    const repeat = (line: Effect.Effect<void>) =>
      Effect.gen(function* () {
        for (let written = 0; written < lines; written++) yield* line
      }).pipe(Effect.annotateLogs("request_id", requestId))
    const measure = async (line: Effect.Effect<void>) => {
      const before = process.cpuUsage()
      await runtime.runPromise(repeat(line))
      return cost(lines, before)
    }
    const written = Effect.suspend(() => log.info("Request answered", fields))
    const filtered = Effect.suspend(() => log.debug("Request answered", fields))

    const ours: Array<number> = []
    const pinos: Array<number> = []
    const below: Array<number> = []
    const nothing: Array<number> = []
    for (let round = 0; round < rounds; round++) {
      ours.push(await measure(written))
      const before = process.cpuUsage()
      for (let count = 0; count < lines; count++) theirs.info(fields, "Request answered")
      pinos.push(cost(lines, before))
      below.push(await measure(filtered))
      nothing.push(await measure(Effect.suspend(() => Effect.void)))
    }
    const ratios = ours.map((cost, round) => cost / (pinos[round] ?? Number.NaN))
    const idle = Math.max(0, median(below) - median(nothing))
    return [
      reaching(
        "logLine",
        ratios,
        `${Math.round(median(ours))} ns, pino ${Math.round(median(pinos))} ns`,
        [ours, pinos].map((nanos, place) => ({
          name: place === 0 ? "log line" : "pino",
          ...spreadOf(nanos.map((each) => each / 1_000))
        }))
      ),
      {
        name: "a line below the level against pino, CPU",
        figure: `${(idle / median(pinos)).toFixed(3)} × (${Math.round(idle)} ns)`,
        target: "≤ 0.1 ×",
        ok: idle / median(pinos) <= 0.1
      }
    ]
  } finally {
    await runtime.dispose()
    closeSync(fd)
    rmSync(directory, { recursive: true, force: true })
  }
}
