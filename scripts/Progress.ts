import { Effect } from "effect"
import type { OnProgress, Progress } from "../src/services/Backup.js"

const steps = [
  ["GB", 1e9],
  ["MB", 1e6],
  ["kB", 1e3]
] as const

/** Formats a number of bytes in decimal units: `12.3 MB`. */
export const size = (bytes: number): string => {
  const [unit, factor] = steps.find(([, factor]) => bytes >= factor) ?? ["bytes", 1]
  return factor === 1 ? `${bytes} ${unit}` : `${(bytes / factor).toFixed(1)} ${unit}`
}

const line = ({ done, step, total }: Progress): string => {
  if (total > 0) return `${step}: ${Math.min(100, Math.floor((100 * done) / total))} %`
  return done > 0 ? `${step}: ${size(done)}` : step
}

/** Milliseconds between two updates of the progress line. */
const patienceMillis = 100

/**
 * Shows a command's progress on one line of standard error and clears it at the end. Shows nothing if standard error is
 * no terminal.
 */
export const withProgress = <A, E, R>(
  use: (onProgress: OnProgress) => Effect.Effect<A, E, R>
): Effect.Effect<A, E, R> => {
  if (!process.stderr.isTTY) return use(() => {})
  let shownAt = 0
  let shownStep = ""
  const show: OnProgress = (progress) => {
    const now = performance.now()
    if (progress.step === shownStep && now - shownAt < patienceMillis) return
    shownAt = now
    shownStep = progress.step
    process.stderr.write(`\r\u001b[K${line(progress)}`)
  }
  return Effect.ensuring(
    use(show),
    Effect.sync(() => process.stderr.write("\r\u001b[K"))
  )
}
