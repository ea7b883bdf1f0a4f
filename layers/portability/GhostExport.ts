import { Effect } from "effect"
import { type ArchiveSite, plainSite } from "../../src/domain/archive/ArchiveSite.js"
import type { ConvertedFile } from "../../src/domain/archive/exports/ConvertedPost.js"
import { type GhostRelations, idIn, readGhostPost } from "../../src/domain/archive/exports/GhostPost.js"
import { isObject } from "../../src/domain/posts/Microformats.js"
import { type ImportFileFailure, ImportFileRefused } from "../../src/errors/ImportFile.js"
import { type ConvertedFolder, readThrough } from "./ConvertedFolder.js"
import { GhostReader, type GhostRow } from "./GhostReader.js"

/** Most rows of the tables that are kept in memory. */
const mostRows = 500_000

const ending = (reader: GhostReader): Effect.Effect<void, ImportFileRefused> =>
  Effect.try({
    try: () => reader.end(),
    catch: (error) =>
      error instanceof ImportFileRefused ? error : new ImportFileRefused({ reason: "json", detail: String(error) })
  })

type Row = { readonly [name: string]: unknown }

/** Rows of the tables that posts refer to. */
class Relations {
  readonly #names = new Map<string, string>()
  readonly #uses: Array<{ readonly post: string; readonly tag: string; readonly order: number }> = []
  readonly #meta = new Map<string, Row>()

  add({ row, table }: GhostRow): void {
    if (!isObject(row)) return
    if (table === "tags" && typeof row.name === "string") this.#names.set(idIn(row, "id"), row.name.trim())
    else if (table === "posts_tags") {
      const order = typeof row.sort_order === "number" ? row.sort_order : this.#uses.length
      this.#uses.push({ post: idIn(row, "post_id"), tag: idIn(row, "tag_id"), order })
    } else if (table === "posts_meta" && typeof row.feature_image_alt === "string") {
      this.#meta.set(idIn(row, "post_id"), { feature_image_alt: row.feature_image_alt })
    }
    if (this.#names.size + this.#uses.length + this.#meta.size > mostRows) {
      throw new ImportFileRefused({ reason: "too_many", detail: table })
    }
  }

  get all(): GhostRelations {
    const tags = new Map<string, Array<string>>()
    for (const { post, tag } of this.#uses.toSorted((a, b) => a.order - b.order)) {
      const name = this.#names.get(tag)
      if (name === undefined) continue
      const known = tags.get(post)
      if (known === undefined) tags.set(post, [name])
      else known.push(name)
    }
    return { tags, meta: this.#meta }
  }
}

/**
 * Converts a Ghost export to files below a folder. Reads it twice, because the tables of tags come after the posts. At
 * most one post is in memory.
 */
export const convertGhost = (
  path: string,
  folder: ConvertedFolder,
  onRead: (bytes: number) => void
): Effect.Effect<ArchiveSite, ImportFileFailure> =>
  Effect.gen(function* () {
    const relations = new Relations()
    const first = new GhostReader((row) => relations.add(row))
    yield* readThrough(path, first, async (done) => onRead(done))
    yield* ending(first)
    const known = relations.all
    const waiting: Array<ConvertedFile> = []
    let hasPosts = false
    const second = new GhostReader(({ row, table }) => {
      if (table !== "posts") return
      hasPosts = true
      const converted = readGhostPost(row, known)
      if ("passedOver" in converted) folder.pass(table, converted.passedOver)
      else waiting.push(converted)
    })
    yield* readThrough(path, second, (done) => {
      onRead(done)
      return folder.add(waiting.splice(0))
    })
    if (!hasPosts) return yield* new ImportFileRefused({ reason: "kind", detail: "" })
    return { ...plainSite, generator: "ghost", assetFolders: ["content"], outputFolders: [] }
  })
