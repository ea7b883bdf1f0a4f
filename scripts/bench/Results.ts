import { execFileSync } from "node:child_process"
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs"
import { cpus, totalmem } from "node:os"
import { dirname } from "node:path"
import type { Figure } from "./Figure.js"

/** Results of one bench, and the machine and sources. */
export interface Section {
  readonly name: string
  /** Instant at which it ended, ISO 8601. */
  readonly at: string
  readonly commit: string
  readonly machine: string
  /** Whether it ran at a small scale, only to show that it works. */
  readonly isQuick: boolean
  readonly seconds: number
  readonly figures: ReadonlyArray<Figure>
  /** Why the bench failed. */
  readonly error?: string
}

/** Content of the file of `--json`. */
export interface Results {
  readonly sections: ReadonlyArray<Section>
}

const commitOf = (): string => {
  try {
    return execFileSync("git", ["rev-parse", "--short", "HEAD"], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"]
    }).trim()
  } catch {
    return "unknown"
  }
}

/** The sources and the machine of this run. */
export const circumstances = (): Pick<Section, "commit" | "machine"> => {
  const [first] = cpus()
  const gigabytes = (totalmem() / 1e9).toFixed(0)
  return {
    commit: commitOf(),
    machine: `${cpus().length} × ${first?.model.trim() ?? "unknown processor"}, ${gigabytes} GB, ${process.platform}, Node ${process.versions.node}`
  }
}

/** Reads a file of results; one that does not exist has no sections. */
export const readResults = (path: string): Results => {
  try {
    return JSON.parse(readFileSync(path, "utf8"))
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return { sections: [] }
    throw error
  }
}

/** Adds a section to a file of results, in place of an earlier one of the same bench. Written after each bench. */
export const saveSection = (path: string, section: Section): void => {
  const others = readResults(path).sections.filter(({ name }) => name !== section.name)
  mkdirSync(dirname(path), { recursive: true })
  const text = JSON.stringify({ sections: [...others, section] } satisfies Results, null, 2)
  writeFileSync(`${path}.new`, `${text}\n`)
  renameSync(`${path}.new`, path)
}
