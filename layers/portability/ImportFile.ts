import { copyFile, mkdir, readdir, stat } from "node:fs/promises"
import { basename, join } from "node:path"
import { Effect } from "effect"
import { exportManifestName } from "../../src/domain/archive/ExportManifest.js"
import { type ImportFileFailure, ImportFileRefused, ImportWorkspaceFailed } from "../../src/errors/ImportFile.js"
import type { PreparedImport, PrepareOptions } from "../../src/services/Import.js"
import { troubleOf } from "../files/FileTrouble.js"
import { ConvertedFolder } from "./ConvertedFolder.js"
import { convertGhost } from "./GhostExport.js"
import { headOf } from "./TextChunks.js"
import { convertWordPress } from "./WordPressExport.js"
import { unpackZip } from "./ZipExtraction.js"

/** Most entries of a zip file: ten posts a day for ten years, each with a picture. */
const mostEntries = 100_000

/** Bytes at the beginning of a file that tell its kind. */
const headBytes = 65_536

/** Signatures of an entry and of an empty zip file (APPNOTE 4.3.7, 4.3.16). */
const zipBeginnings = [Buffer.from([0x50, 0x4b, 3, 4]), Buffer.from([0x50, 0x4b, 5, 6])]

type Kind = "zip" | "wordpress" | "ghost" | "post"

const refused = (reason: ImportFileRefused["reason"], detail = "") => new ImportFileRefused({ reason, detail })

/** Runs a step in the workspace, and converts its error. */
const step = <A>(run: () => Promise<A>): Effect.Effect<A, ImportFileFailure> =>
  Effect.tryPromise({
    try: run,
    catch: (error) => (error instanceof ImportFileRefused ? error : new ImportWorkspaceFailed(troubleOf(error)))
  })

const isWordPress = (head: string): boolean => /<rss\b/i.test(head) && /wordpress\.org\/export\//.test(head)

const isGhost = (head: string): boolean => /^\s*\{/.test(head) && /"(?:db|data|meta|exported_on)"\s*:/.test(head)

/** Recognises a file by its first bytes; the name decides only about Markdown. */
const kindOf = async (path: string, name: string): Promise<Kind> => {
  const bytes = await headOf(path, headBytes)
  if (bytes.length === 0) throw refused("empty")
  if (zipBeginnings.some((beginning) => bytes.subarray(0, 4).equals(beginning))) return "zip"
  const head = bytes.toString("utf8").replace(/^\uFEFF/, "")
  if (/\.(?:md|markdown|mdown|mkd)$/i.test(name)) return "post"
  if (isWordPress(head)) return "wordpress"
  if (isGhost(head)) return "ghost"
  throw refused("kind", name)
}

/** The folder with the content: a zip file often has a single folder at its top. */
const contentIn = async (folder: string): Promise<string> => {
  let found = folder
  for (let depth = 0; depth < 5; depth += 1) {
    const entries = await readdir(found, { withFileTypes: true })
    const [only, ...others] = entries
    // The folder of a generator is part of its site.
    if (only === undefined || others.length > 0 || !only.isDirectory() || /^[._]/.test(only.name)) return found
    if (only.name === "posts" || only.name === "content") return found
    found = join(found, only.name)
  }
  return found
}

/** Exports of other programs at the top of a folder. */
const exportsIn = async (
  folder: string
): Promise<{ readonly kind: Kind; readonly paths: ReadonlyArray<string> } | undefined> => {
  const names = (await readdir(folder)).toSorted()
  if (names.includes(exportManifestName)) return undefined
  const found: { [kind in "wordpress" | "ghost"]: Array<string> } = { wordpress: [], ghost: [] }
  for (const name of names) {
    if (!/\.(?:xml|json)$/i.test(name) || !(await stat(join(folder, name))).isFile()) continue
    const head = (await headOf(join(folder, name), headBytes)).toString("utf8").replace(/^\uFEFF/, "")
    if (isWordPress(head)) found.wordpress.push(join(folder, name))
    else if (isGhost(head) && /"(?:db|exported_on)"\s*:/.test(head)) found.ghost.push(join(folder, name))
  }
  if (found.wordpress.length > 0) return { kind: "wordpress", paths: found.wordpress }
  return found.ghost.length > 0 ? { kind: "ghost", paths: found.ghost.slice(0, 1) } : undefined
}

/** A name for a copied Markdown file, of harmless characters; the slug and the date may be part of it. */
const copyName = (name: string): string => {
  const plain = basename(name.replaceAll("\\", "/")).replace(/\.[^.]*$/, "")
  return `${
    plain
      .replace(/[^\p{L}\p{N}_-]+/gu, "-")
      .replace(/^-+|-+$/g, "")
      .slice(0, 60) || "post"
  }.md`
}

/**
 * Unpacks or converts a file in a workspace, so that it can be surveyed and imported. Recognises zip files (exports of
 * this program, sites of generators, exports of WordPress and Ghost with their media), WordPress exports, Ghost exports
 * and Markdown.
 */
export const prepareFile = ({
  file,
  maxBytes,
  name,
  onProgress,
  workspace
}: PrepareOptions): Effect.Effect<PreparedImport, ImportFileFailure> =>
  Effect.gen(function* () {
    const kind = yield* step(() => kindOf(file, name))
    const folder = join(workspace, "files")
    yield* step(() => mkdir(folder, { mode: 0o700 }))
    const base = { name, folder, top: folder, mediaFolders: [], passed: [] }
    if (kind === "post") {
      yield* step(() => copyFile(file, join(folder, copyName(name))))
      return base
    }
    const converted = (of: "wordpress" | "ghost", paths: ReadonlyArray<string>, mediaFolders: ReadonlyArray<string>) =>
      Effect.gen(function* () {
        const target = new ConvertedFolder(join(workspace, "converted"))
        yield* step(() => mkdir(target.root, { mode: 0o700 }))
        const sizes = yield* step(() => Promise.all(paths.map(async (path) => (await stat(path)).size)))
        // Each part is read twice; the parts after the first are not counted.
        const total = 2 * (sizes[0] ?? 0)
        let before = 0
        let last = 0
        const onRead = (bytes: number) => {
          if (bytes < last) before += last
          last = bytes
          onProgress({ step: "Reading the export", done: Math.min(total, before + bytes), total })
        }
        const site = yield* of === "wordpress"
          ? convertWordPress(paths, target, onRead)
          : convertGhost(paths[0] ?? file, target, onRead)
        return { ...base, folder: target.root, top: target.root, mediaFolders, passed: target.passed, site }
      })
    if (kind !== "zip") return yield* converted(kind, [file], [])
    yield* unpackZip(file, folder, { entries: mostEntries, bytes: maxBytes }, onProgress)
    const content = yield* step(() => contentIn(folder))
    const inside = yield* step(() => exportsIn(content))
    return inside === undefined || inside.kind === "zip" || inside.kind === "post"
      ? { ...base, folder: content }
      : yield* converted(inside.kind, inside.paths, [content])
  })
