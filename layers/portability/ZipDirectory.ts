import type { Entry, ZipFile } from "yauzl"
import { type ImportFileReason, ImportFileRefused } from "../../src/errors/ImportFile.js"

/** Limits of a zip file that comes from outside. */
export interface ZipLimits {
  readonly entries: number
  /** Unpacked bytes of all entries together. */
  readonly bytes: number
}

/** A file in a zip file. */
export interface ZippedFile {
  readonly entry: Entry
  /** Relative, with `/`; no part is empty, `.` or `..`. */
  readonly path: string
}

/** Unpacked size from which on the ratio is checked: small files of one repeated character are no attack. */
const suspiciousBytes = 16_777_216

/**
 * Largest ratio of unpacked to packed bytes. Text packs to a fifth, a database dump to a thirtieth; deflate reaches
 * 1,032.
 */
const largestRatio = 150

/** Most bytes of a name's part in common file systems, and of a path. */
const longestPart = 255
const longestPath = 2_000

/** Folders of tools, which an import never reads. */
const skipped = /(?:^|\/)(?:__MACOSX|node_modules|\.git|\.svn|\.DS_Store|Thumbs\.db)(?:\/|$)/

const kindMask = 0o170000
const regular = 0o100000
const folder = 0o040000

/** Systems whose entries carry the mode of a file: Unix and macOS. */
const unixLike: ReadonlySet<number> = new Set([3, 19])

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })

const refused = (reason: ImportFileReason, detail: string) => new ImportFileRefused({ reason, detail })

/** The kind of a file in a Unix mode; 0 if the entry has none. */
const kindOf = ({ externalFileAttributes, versionMadeBy }: Entry): number =>
  unixLike.has(versionMadeBy >>> 8) ? (externalFileAttributes >>> 16) & kindMask : 0

const nameOf = (raw: Uint8Array): string => {
  try {
    return decoder.decode(raw)
  } catch {
    throw refused("name", Buffer.from(raw).toString("latin1"))
  }
}

/** A safe relative path; throws the refusal of any other. */
const pathOf = (given: string): string => {
  // Windows programs write backslashes, against the format.
  const name = given.replaceAll("\\", "/")
  if (name.includes("\0")) throw refused("name", given)
  if (name.startsWith("/") || /^[a-z]:/i.test(name)) throw refused("absolute", given)
  const parts = name.split("/").filter((part) => part !== "" && part !== ".")
  if (parts.includes("..")) throw refused("outside", given)
  if (name.length > longestPath || parts.some((part) => Buffer.byteLength(part) > longestPart)) {
    throw refused("name", given)
  }
  return parts.join("/")
}

/**
 * Checks the entries of a zip file by its directory, before anything is unpacked. `add` throws `ImportFileRefused` for
 * an unsafe entry.
 */
class ZipDirectory {
  readonly files: Array<ZippedFile> = []
  /** Unpacked bytes of the files. */
  bytes = 0
  #packed = 0
  #count = 0
  readonly #names = new Set<string>()

  constructor(readonly limits: ZipLimits) {}

  add(entry: Entry): void {
    const { entries, bytes } = this.limits
    this.#count += 1
    if (this.#count > entries) throw refused("too_many", `more than ${entries}`)
    const name = nameOf(entry.fileNameRaw)
    const path = pathOf(name)
    const isFolder = /[\\/]$/.test(name)
    const kind = kindOf(entry)
    if (kind !== 0 && kind !== (isFolder ? folder : regular) && !(isFolder && kind === regular))
      throw refused("link", name)
    if (isFolder || path === "" || skipped.test(path)) return
    if (entry.isEncrypted()) throw refused("encrypted", name)
    if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8) throw refused("unsupported", name)
    const key = path.normalize("NFC")
    if (this.#names.has(key)) throw refused("duplicate", name)
    this.#names.add(key)
    this.bytes += entry.uncompressedSize
    this.#packed += entry.compressedSize
    if (this.bytes > bytes) throw refused("too_large", "")
    const isBomb =
      (entry.uncompressedSize > suspiciousBytes && entry.uncompressedSize > largestRatio * entry.compressedSize) ||
      (this.bytes > suspiciousBytes && this.bytes > largestRatio * this.#packed)
    if (isBomb) throw refused("bomb", name)
    this.files.push({ entry, path })
  }
}

/** Returns the refusal for an error of the reader: about the password, or about damage. */
const refusalOf = (error: unknown): ImportFileRefused =>
  error instanceof ImportFileRefused
    ? error
    : error instanceof Error && /encrypt/i.test(error.message)
      ? refused("encrypted", "")
      : refused("damaged", error instanceof Error ? error.message : "")

/** Reads the directory of an open zip file, one entry at a time. Rejects with `ImportFileRefused`. */
export const readDirectory = (zip: ZipFile, limits: ZipLimits): Promise<ZipDirectory> =>
  new Promise((resolve, reject) => {
    const directory = new ZipDirectory(limits)
    if (zip.entryCount > limits.entries) return reject(refused("too_many", String(zip.entryCount)))
    const fail = (error: unknown) => reject(refusalOf(error))
    zip.on("error", fail)
    zip.on("end", () => resolve(directory))
    zip.on("entry", (entry: Entry) => {
      try {
        directory.add(entry)
        zip.readEntry()
      } catch (error) {
        fail(error)
      }
    })
    zip.readEntry()
  })
