import { execFile } from "node:child_process"
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import type { Figure } from "./Figure.js"

/** How many notes; `NOTES=1000 npm run bench import` for a quick look. */
const notes = Number(process.env.NOTES ?? 100_000)

const target = 5_000

const program = fileURLToPath(new URL("starpunk.js", import.meta.url))

const words = "the river a bird train quiet morning software light walk and coffee of small blue idea to write".split(
  " "
)

/** 40 words, the same in every run. */
const text = (number: number): string =>
  Array.from({ length: 40 }, (_, place) => words[(number * 7 + place * (place + number)) % words.length]).join(" ")

const note = (number: number): string => {
  const at = new Date(Date.UTC(2015, 0, 1) + number * 3_600_000).toISOString()
  return `---\nslug: note-${number}\npublished: ${at}\ntags: [notes, t${number % 100}]\n---\n\n${text(number)}\n`
}

const lay = async (directory: string): Promise<void> => {
  for (let from = 0; from < notes; from += 1_000) {
    const folder = join(directory, String(from / 1_000))
    await mkdir(folder, { recursive: true })
    await Promise.all(
      Array.from({ length: Math.min(1_000, notes - from) }, (_, i) =>
        writeFile(join(folder, `note-${from + i}.md`), note(from + i))
      )
    )
  }
}

/** The shipped command on a folder of Markdown notes, and back again: wall clock from its start to its end. */
export const importNotes = async (): Promise<ReadonlyArray<Figure>> => {
  const directory = await mkdtemp(join(tmpdir(), "starpunk-bench-"))
  const seconds = async (...args: ReadonlyArray<string>): Promise<number> => {
    const started = performance.now()
    await promisify(execFile)(process.execPath, [program, ...args], {
      cwd: directory,
      env: { ...process.env, STARPUNK_DATA_PATH: join(directory, "data") }
    })
    return (performance.now() - started) / 1000
  }
  const figure = (name: string, took: number): Figure => ({
    name: `${name}, ${notes} notes`,
    figure: `${Math.round(notes / took)} notes/s (${took.toFixed(1)} s)`,
    target: `≥ ${target} notes/s`,
    ok: notes / took >= target
  })
  try {
    await lay(join(directory, "notes"))
    const imported = await seconds("import", "notes")
    const again = await seconds("import", "notes")
    const exported = await seconds("export", "export")
    return [figure("import", imported), figure("the same again, all of it there", again), figure("export", exported)]
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}
