import { Effect } from "effect"
import { type ArchiveSite, plainSite } from "../../src/domain/archive/ArchiveSite.js"
import type { ConvertedFile } from "../../src/domain/archive/exports/ConvertedPost.js"
import {
  type Attachment,
  attachmentIn,
  readWordPressItem,
  type WordPressItem
} from "../../src/domain/archive/exports/WordPressItem.js"
import { type ImportFileFailure, ImportFileRefused } from "../../src/errors/ImportFile.js"
import { type ConvertedFolder, mostPosts, readThrough } from "./ConvertedFolder.js"
import { WordPressReader, type WordPressSite } from "./WordPressReader.js"

/** Maximum number of hosts of media that are recorded. A site usually has its own host and one for images. */
const mostHosts = 10

/** The name of an item that is not a post, for the report. */
const nameOf = ({ texts }: WordPressItem): string =>
  texts.get("title")?.trim() || texts.get("link")?.trim() || `#${texts.get("wp:post_id") ?? ""}`

const ending = (reader: WordPressReader): Effect.Effect<WordPressSite, ImportFileRefused> =>
  Effect.try({
    try: () => reader.end(),
    catch: (error) =>
      error instanceof ImportFileRefused ? error : new ImportFileRefused({ reason: "xml", detail: String(error) })
  })

/** Reads the files of the media library, by id, and the address of the site. */
const learn = (paths: ReadonlyArray<string>, onRead: (bytes: number) => void) =>
  Effect.gen(function* () {
    const attachments = new Map<string, Attachment>()
    let address: string | undefined
    for (const path of paths) {
      const reader = new WordPressReader((item) => {
        const found = attachmentIn(item)
        if (found === undefined) return
        attachments.set(...found)
        if (attachments.size > mostPosts) throw new ImportFileRefused({ reason: "too_many", detail: "" })
      })
      yield* readThrough(path, reader, async (done) => onRead(done))
      address ??= (yield* ending(reader)).address
    }
    return { attachments, address }
  })

/**
 * Converts a WordPress export, which may have several parts, to files below a folder. Reads it twice, because pictures
 * may follow the posts that show them. At most one post is in memory.
 */
export const convertWordPress = (
  paths: ReadonlyArray<string>,
  folder: ConvertedFolder,
  onRead: (bytes: number) => void
): Effect.Effect<ArchiveSite, ImportFileFailure> =>
  Effect.gen(function* () {
    const { address, attachments } = yield* learn(paths, onRead)
    const waiting: Array<ConvertedFile> = []
    const take = (item: WordPressItem) => {
      const converted = readWordPressItem(item, attachments)
      if ("passedOver" in converted) folder.pass(nameOf(item), converted.passedOver)
      else waiting.push(converted)
    }
    for (const path of paths) {
      yield* readThrough(path, new WordPressReader(take), (done) => {
        onRead(done)
        return folder.add(waiting.splice(0))
      })
    }
    const url = address === undefined ? undefined : new URL(address)
    const hosts = new Set([...attachments.values()].flatMap(({ url }) => (URL.canParse(url) ? new URL(url).host : [])))
    return {
      ...plainSite,
      generator: "wxr",
      assetFolders: [],
      outputFolders: [],
      mediaHosts: [...hosts].slice(0, mostHosts),
      ...(url === undefined ? {} : { origin: url.origin, basePath: url.pathname.replace(/\/+$/, "") })
    }
  })
