import { createHash } from "node:crypto"
import { once } from "node:events"
import { createWriteStream } from "node:fs"
import { type FileHandle, open } from "node:fs/promises"
import type { Writable } from "node:stream"
import { pipeline } from "node:stream/promises"
import type { Pack } from "tar-stream"
import { type BackupMember, manifestName } from "../../src/domain/archive/BackupManifest.js"
import { syncFile } from "../files/DurableFile.js"
import { codeOf } from "../files/ErrorCode.js"

/** A file for an archive. */
export interface Source {
  readonly member: string
  readonly path: string
  /** Whether the file may be missing when it is read. */
  readonly mayBeGone: boolean
}

/** A failure to read a source, not to write the archive. */
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

const chunkBytes = 256 * 1024

/** Writes all chunks as fast as they are accepted; `failed` rejects when the writer fails. */
const feed = async (
  entry: Writable,
  chunks: AsyncIterable<Buffer>,
  seen: (chunk: Buffer) => void,
  failed: Promise<never>
): Promise<void> => {
  for await (const chunk of chunks) {
    seen(chunk)
    if (!entry.write(chunk)) await Promise.race([once(entry, "drain"), failed])
  }
  entry.end()
}

/** Reads the first `size` bytes of a file; bytes that are appended meanwhile do not belong to the backup. */
async function* readWhole(file: FileHandle, path: string, size: number): AsyncGenerator<Buffer> {
  let left = size
  while (left > 0) {
    const buffer = Buffer.allocUnsafe(Math.min(left, chunkBytes))
    const { bytesRead } = await file.read(buffer, 0, buffer.length, null).catch((error: unknown) => {
      throw new SourceFailure(path, error)
    })
    if (bytesRead === 0) throw new SourceFailure(path, new Error("it shrank while it was read"))
    left -= bytesRead
    yield buffer.subarray(0, bytesRead)
  }
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
      const seen = (chunk: Buffer) => {
        hash.update(chunk)
        onBytes(chunk.length)
      }
      feed(entry, readWhole(file, source.path, size), seen, failed).catch(reject)
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
 * Writes a tar archive (POSIX.1-2001, pax) of these files in one pass, with the manifest last, and syncs it. The file
 * must not exist, and only its owner may read it. Rejects with `SourceFailure`, or with the system's error for the
 * archive.
 */
export const write = async (
  path: string,
  sources: ReadonlyArray<Source>,
  manifestOf: (members: ReadonlyArray<BackupMember>) => string,
  onBytes: (count: number) => void,
  signal: AbortSignal
): Promise<void> => {
  const { default: tar } = await import("tar-stream")
  const pack = tar.pack()
  const written = pipeline(pack, createWriteStream(path, { flags: "wx", mode: 0o600 }), { signal })
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
  await syncFile(path)
}
