import { createHash } from "node:crypto"
import { createReadStream } from "node:fs"
import { open, stat } from "node:fs/promises"
import { type Readable, Transform, Writable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { Either, Option, ParseResult, Schema } from "effect"
import {
  AnyManifest,
  BackupManifest,
  type BackupMember,
  backupFormat,
  databaseName,
  isProgramVersion,
  manifestName,
  mediaName
} from "../../src/domain/archive/BackupManifest.js"
import { BackupInvalid, BackupNotRead, BackupTooNew } from "../../src/errors/Backup.js"
import { codeOf } from "../files/ErrorCode.js"
import { troubleOf } from "../files/FileTrouble.js"

/** Room for about 400,000 files of some 150 bytes each. */
const manifestLimit = 64 * 1024 * 1024

/** The destination of a member's bytes. */
export interface Taker {
  readonly write: (chunk: Buffer) => Promise<void>
  readonly end: () => Promise<void>
}

/** Writes a member to a new file with access for its owner only, and syncs it. */
export const fileTaker = async (path: string): Promise<Taker> => {
  const file = await open(path, "wx", 0o600)
  return {
    write: async (chunk) => void (await file.writeFile(chunk)),
    end: async () => {
      try {
        await file.sync()
      } finally {
        await file.close()
      }
    }
  }
}

/** A failure of a taker, not of the archive. */
export class TakerFailure extends Error {
  constructor(override readonly cause: unknown) {
    super("a member could not be read")
  }
}

const decodeManifest = Schema.decodeUnknownEither(Schema.parseJson(BackupManifest))
const decodeAny = Schema.decodeUnknownOption(Schema.parseJson(AnyManifest))

const isPlace = (name: string) => name === databaseName || Option.isSome(mediaName(name))

/** Reads a stream to its end, hashes it, and passes it to the taker, if there is one. */
const drain = async (stream: Readable, taker: Taker | undefined): Promise<{ bytes: number; sha256: string }> => {
  const hash = createHash("sha256")
  let bytes = 0
  const ended = new Promise<void>((resolve, reject) => {
    const sink = new Writable({
      write: (chunk: Buffer, _, done) => {
        hash.update(chunk)
        bytes += chunk.length
        if (taker === undefined) done()
        else
          taker.write(chunk).then(
            () => done(),
            (error: unknown) => done(new TakerFailure(error))
          )
      },
      final: (done) => {
        if (taker === undefined) done()
        else
          taker.end().then(
            () => done(),
            (error: unknown) => done(new TakerFailure(error))
          )
      }
    })
    sink.once("error", reject)
    sink.once("finish", resolve)
    stream.once("error", reject)
    stream.once("close", () => {
      if (!stream.readableEnded) reject(new Error("the archive is truncated"))
    })
    stream.pipe(sink)
  })
  try {
    await ended
  } catch (error) {
    await taker?.end().catch(() => {})
    throw error
  }
  return { bytes, sha256: hash.digest("hex") }
}

const manifestTaker = () => {
  const chunks: Array<Buffer> = []
  let length = 0
  return {
    write: async (chunk: Buffer) => {
      length += chunk.length
      if (length <= manifestLimit) chunks.push(chunk)
    },
    end: async () => {},
    text: () => (length <= manifestLimit ? Buffer.concat(chunks).toString("utf8") : undefined)
  }
}

/**
 * The archive's size in bytes; 0 if it is a pipe. Rejects with `BackupInvalid` for other kinds, such as a directory or
 * a device without end, and with the system's error if it cannot be read.
 */
export const sizeOf = async (path: string): Promise<number> => {
  const found = await stat(path)
  if (found.isFile() || found.isFIFO()) return found.size
  throw new BackupInvalid({ path, reason: "not_an_archive", detail: "it is not a regular file" })
}

/** Compares the members with the manifest. */
const compare = (
  path: string,
  manifest: BackupManifest,
  found: ReadonlyMap<string, BackupMember>,
  strangers: ReadonlyArray<string>
): BackupManifest => {
  const invalid = (reason: BackupInvalid["reason"], detail: string) => new BackupInvalid({ path, reason, detail })
  const listed = new Set(manifest.members.map((member) => member.path))
  if (listed.size !== manifest.members.length || !listed.has(databaseName)) {
    throw invalid("manifest_unreadable", "it does not list each file exactly once")
  }
  for (const member of manifest.members) {
    const there = found.get(member.path)
    if (there === undefined) throw invalid("member_missing", member.path)
    if (there.bytes !== member.bytes || there.sha256 !== member.sha256) throw invalid("member_changed", member.path)
  }
  const [stranger] = [...strangers, ...[...found.keys()].filter((name) => !listed.has(name))]
  if (stranger !== undefined) throw invalid("member_unexpected", JSON.stringify(stranger.slice(0, 100)))
  return manifest
}

const judgeManifest = (path: string, text: string | undefined): BackupManifest => {
  const unreadable = (detail: string) => new BackupInvalid({ path, reason: "manifest_unreadable", detail })
  if (text === undefined) throw unreadable("it is too long")
  const any = decodeAny(text)
  if (Option.isSome(any) && any.value.format > backupFormat) {
    const { format: found, program } = any.value
    const writtenBy = program !== undefined && isProgramVersion(program) ? program : "unknown"
    throw new BackupTooNew({ path, what: "format", found, known: backupFormat, writtenBy })
  }
  return Either.getOrThrowWith(decodeManifest(text), (error) => {
    const [issue] = ParseResult.ArrayFormatter.formatErrorSync(error)
    const words = (issue?.message ?? "").split("\n", 1).join().slice(0, 100)
    return unreadable([...(issue?.path ?? []).map(String), words].join(": "))
  })
}

/**
 * Reads an archive once, to its end, and compares every member with the manifest. Calls `takerOf` for each member
 * before it is verified, but only for safe names. Rejects with `BackupNotRead`, `BackupInvalid`, `BackupTooNew`, or
 * `TakerFailure`.
 */
export const read = async (
  path: string,
  takerOf: (member: string) => Promise<Taker | undefined>,
  onBytes: (count: number) => void,
  signal: AbortSignal
): Promise<BackupManifest> => {
  const { default: tar } = await import("tar-stream")
  const found = new Map<string, BackupMember>()
  const strangers: Array<string> = []
  let manifest: ReturnType<typeof manifestTaker> | undefined
  let over = false

  const take = async (name: string, isFile: boolean, stream: Readable): Promise<void> => {
    if (isFile && name === manifestName && manifest === undefined) {
      manifest = manifestTaker()
      await drain(stream, manifest)
    } else if (isFile && isPlace(name) && !found.has(name)) {
      const taker = await takerOf(name).catch((error: unknown) => {
        throw new TakerFailure(error)
      })
      // If the archive turned out to be truncated meanwhile, its stream neither ends nor fails.
      if (over) return void (await taker?.end())
      found.set(name, { path: name, ...(await drain(stream, taker)) })
    } else {
      strangers.push(name)
      await drain(stream, undefined)
    }
  }

  const extract = tar.extract()
  let failure: unknown
  extract.on("entry", (headers, stream, next) => {
    const isFile = headers.type === "file" || headers.type === "contiguous-file"
    take(headers.name, isFile, stream).then(
      () => next(),
      (error: unknown) => {
        failure ??= error
        next(error)
      }
    )
  })
  const counted = new Transform({
    transform: (chunk: Buffer, _, done) => {
      onBytes(chunk.length)
      done(null, chunk)
    }
  })
  try {
    await pipeline(createReadStream(path), counted, extract, { signal })
  } catch (error) {
    over = true
    if (failure instanceof TakerFailure) throw failure
    if (/^E[A-Z]+$/.test(codeOf(error))) throw new BackupNotRead({ path, ...troubleOf(error) })
    const detail = error instanceof Error ? error.message.split("\n", 1).join() : String(error)
    throw new BackupInvalid({ path, reason: "not_an_archive", detail })
  }
  if (manifest === undefined) {
    throw new BackupInvalid({ path, reason: "no_manifest", detail: `${found.size + strangers.length} other members` })
  }
  return compare(path, judgeManifest(path, manifest.text()), found, strangers)
}
