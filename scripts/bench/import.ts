import { execFile } from "node:child_process"
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import type { Figure } from "./Figure.js"

/** Number of notes; `NOTES=1000 npm run bench import` for a short run. */
const notes = Number(process.env.NOTES ?? 100_000)

const target = 5_000

const program = fileURLToPath(new URL("starpunk.js", import.meta.url))

const words = "the river a bird train quiet morning software light walk and coffee of small blue idea to write".split(
  " "
)

/** A text of 40 words, the same in every run. */
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

/** Number of posts of another generator's site; `POSTS=1000 npm run bench import` for a short run. */
const posts = Number(process.env.POSTS ?? 10_000)

const siteTarget = 2_000

/** A Jekyll post of about 4,000 characters with headings, lists, code and links to other posts. */
const post = (number: number): string => {
  const paragraphs = Array.from({ length: 12 }, (_, part) => text(number * 12 + part))
  const [first = "", second = "", ...others] = paragraphs
  return [
    "---",
    "layout: post",
    `title: "Post ${number}: a walk along the river"`,
    `date: 2015-01-01 ${String(number % 24).padStart(2, "0")}:${String(number % 60).padStart(2, "0")}:00 +0100`,
    `tags: [rivers, walks, t${number % 100}]`,
    "categories: notes",
    `description: "${text(number).slice(0, 120)}"`,
    ...(number % 20 === 0 ? ["published: false"] : []),
    `redirect_from: /old/${number}/`,
    "---",
    "",
    first,
    "",
    `## The way ${number}`,
    "",
    `${second} [earlier](/notes/2015/01/01/post-${Math.max(0, number - 1)}.html) and [a site](https://rivers.example/${number}).`,
    "",
    "- one *bird*",
    "- two **birds**",
    "",
    "```js",
    `const birds = ${number}`,
    "```",
    "",
    "### And back {#back}",
    "",
    ...others.flatMap((paragraph) => [paragraph, ""])
  ].join("\n")
}

const laySite = async (directory: string): Promise<void> => {
  const folder = join(directory, "_posts")
  await mkdir(folder, { recursive: true })
  await writeFile(join(directory, "_config.yml"), "url: https://old.example\ntimezone: Europe/Berlin\n")
  for (let from = 0; from < posts; from += 500) {
    await Promise.all(
      Array.from({ length: Math.min(500, posts - from) }, (_, i) =>
        writeFile(join(folder, `2015-01-01-post-${from + i}.md`), post(from + i))
      )
    )
  }
}

/** Wall-clock time of the shipped import and export commands on a folder of Markdown notes. */
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
  const ofSite = (name: string, took: number): Figure => ({
    name: `${name}, ${posts} posts of 4 kB`,
    figure: `${Math.round(posts / took)} posts/s (${took.toFixed(1)} s)`,
    target: `≥ ${siteTarget} posts/s`,
    ok: posts / took >= siteTarget
  })
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
    await rm(join(directory, "data"), { recursive: true })
    await laySite(join(directory, "site"))
    const site = await seconds("import", "site")
    const siteAgain = await seconds("import", "site", "--dry-run")
    return [
      ofSite("import of a site of Jekyll", site),
      ofSite("a dry run over it, all of it there", siteAgain),
      figure("import", imported),
      figure("the same again, all of it there", again),
      figure("export", exported)
    ]
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}
