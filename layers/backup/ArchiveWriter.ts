import { createHash } from "node:crypto"
import { once } from "node:events"
import { type FileHandle, open } from "node:fs/promises"
import type { Readable, Writable } from "node:stream"
import { pipeline } from "node:stream/promises"
import type { Pack } from "tar-stream"
import { type BackupMember, manifestName } from "../../src/domain/BackupManifest.js"
import { codeOf } from "./FileTrouble.js"

/** A file that goes into an archive. */
export interface Source {
  readonly member: string
  readonly path: string
  /** Whether the archive may do without it when it has gone meanwhile. */
  readonly mayBeGone: boolean
}

/** A source could not be read: nothing is wrong with the archive's own place. */
export class SourceFailure extends Error {
  constructor(
    readonly path: string,
    cause: unknown
  ) {
    super(codeOf(cause) || (cause instanceof Error ? cause.message : String(cause)))
  }
}

const openSource = async ({ mayBeGone, path }: Source): Promise<FileHandle | undefined> => {
  try {
    return await open(path, "r")
  } catch (error) {
    if (mayBeGone && codeOf(error) === "ENOENT") return undefined
    throw new SourceFailure(path, error)
  }
}

/** Hands everything on, as fast as it is taken; `failed` rejects when nobody will take it any more. */
const feed = async (entry: Writable, chunks: AsyncIterable<Buffer>, failed: Promise<never>): Promise<void> => {
  for await (const chunk of chunks) {
    if (!entry.write(chunk)) await Promise.race([once(entry, "drain"), failed])
  }
  entry.end()
}

async function* readWhole(
  file: FileHandle,
  source: Source,
  size: number,
  seen: (chunk: Buffer) => void
): AsyncGenerator<Buffer> {
  if (size === 0) return
  const stream: Readable = file.createReadStream({ autoClose: false, start: 0, end: size - 1 })
  let left = size
  try {
    for await (const chunk of stream) {
      left -= chunk.length
      seen(chunk)
      yield chunk
    }
  } catch (error) {
    throw new SourceFailure(source.path, error)
  }
  if (left > 0) throw new SourceFailure(source.path, new Error("it became shorter while it was read"))
}

const addFile = async (
  pack: Pack,
  source: Source,
  failed: Promise<never>,
  onBytes: (count: number) => void
): Promise<BackupMember | undefined> => {
  const file = await openSource(source)
  if (file === undefined) return undefined
  try {
    const { mtime, size } = await file.stat()
    const hash = createHash("sha256")
    const entered = new Promise<void>((resolve, reject) => {
      const entry = pack.entry({ name: source.member, size, mode: 0o600, mtime }, (error) =>
        error ? reject(error) : resolve()
      )
      feed(
        entry,
        readWhole(file, source, size, (chunk) => {
          hash.update(chunk)
          onBytes(chunk.length)
        }),
        failed
      ).catch(reject)
    })
    await Promise.race([entered, failed])
    return { path: source.member, bytes: size, sha256: hash.digest("hex") }
  } finally {
    await file.close()
  }
}

const addManifest = (pack: Pack, text: string, failed: Promise<never>): Promise<void> =>
  Promise.race([
    new Promise<void>((resolve, reject) => {
      const bytes = Buffer.from(text)
      const entry = pack.entry({ name: manifestName, size: bytes.length, mode: 0o600 }, (error) =>
        error ? reject(error) : resolve()
      )
      entry.end(bytes)
    }),
    failed
  ])

/**
 * Writes a tar archive (POSIX.1-2001, pax) of these files in one pass, then its manifest, and makes it durable. The file
 * must not exist, and only its owner may read it. Rejects with `SourceFailure`, or with the system's error of the archive.
 */
export const write = async (
  path: string,
  sources: ReadonlyArray<Source>,
  manifestOf: (members: ReadonlyArray<BackupMember>) => string,
  onBytes: (count: number) => void,
  signal: AbortSignal
): Promise<void> => {
  const { default: tar } = await import("tar-stream")
  const file = await open(path, "wx", 0o600)
  try {
    const pack = tar.pack()
    const written = pipeline(pack, file.createWriteStream({ autoClose: false, emitClose: false }), { signal })
    const failed = new Promise<never>((_, reject) => {
      written.catch(reject)
    })
    failed.catch(() => {})
    const members: Array<BackupMember> = []
    try {
      for (const source of sources) {
        const member = await addFile(pack, source, failed, onBytes)
        if (member !== undefined) members.push(member)
      }
      await addManifest(pack, manifestOf(members), failed)
      pack.finalize()
    } catch (error) {
      pack.destroy()
      throw error
    }
    await written
    await file.sync()
  } finally {
    await file.close()
  }
}
