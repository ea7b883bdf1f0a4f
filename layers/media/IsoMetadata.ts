/** Bytes that can be read and written anywhere: a file, or memory. */
export interface RandomAccess {
  readonly size: number
  readonly read: (position: number, length: number) => Promise<Uint8Array>
  readonly write: (position: number, bytes: Uint8Array) => Promise<void>
}

/** A film or recording that is not built as its kind has to be. */
export class MalformedBoxes extends Error {}

interface Box {
  readonly type: string
  readonly start: number
  readonly content: number
  readonly end: number
}

/** Boxes that hold others, as far as descriptions are found in them. */
const containers: ReadonlySet<string> = new Set(["moov", "trak", "mdia", "moof", "traf"])

/** Boxes that describe: user data (Apple's `©xyz` and 3GPP's `loci` say where), item metadata, XMP, and what was cut off. */
const descriptions: ReadonlySet<string> = new Set(["udta", "meta", "uuid", "XMP_", "free", "skip"])

/** More boxes than this has nothing that plays. */
const maxBoxes = 100_000

const free = new TextEncoder().encode("free")
const zeros = new Uint8Array(65_536)

/**
 * Overwrites what a file of MP4's family (ISO/IEC 14496-12, QuickTime) says beside its pictures and sounds: where it was
 * recorded, by whom, on what. Each box with a description becomes a `free` one of the same size full of zeros, so nothing
 * moves and nothing is encoded anew; so does a track of timed metadata (`meta`), such as a camera's positions, though its
 * samples stay among those of the other tracks. Rejects with `MalformedBoxes` what it cannot walk through.
 */
export const blankDescriptions = async (file: RandomAccess): Promise<void> => {
  const budget = { boxes: maxBoxes }
  for (const box of await boxesIn(file, 0, file.size, budget)) await clean(file, box, budget)
}

const clean = async (file: RandomAccess, box: Box, budget: { boxes: number }): Promise<void> => {
  if (descriptions.has(box.type)) return blank(file, box)
  if (!containers.has(box.type)) return
  const inner = await boxesIn(file, box.content, box.end, budget)
  if (box.type === "trak" && (await isTimedMetadata(file, inner, budget))) return blank(file, box)
  for (const each of inner) await clean(file, each, budget)
}

const boxesIn = async (
  file: RandomAccess,
  start: number,
  end: number,
  budget: { boxes: number }
): Promise<ReadonlyArray<Box>> => {
  const boxes: Array<Box> = []
  // QuickTime ends some lists of boxes with four bytes of zero.
  for (let at = start; at + 8 <= end; ) {
    budget.boxes -= 1
    const header = await file.read(at, Math.min(16, end - at))
    const view = new DataView(header.buffer, header.byteOffset, header.byteLength)
    const short = view.getUint32(0)
    const isLong = short === 1
    if (isLong && header.length < 16) throw new MalformedBoxes()
    const size = isLong ? Number(view.getBigUint64(8)) : short === 0 ? end - at : short
    const box = { type: latin1(header.subarray(4, 8)), start: at, content: at + (isLong ? 16 : 8), end: at + size }
    if (box.end < box.content || box.end > end || budget.boxes < 0) throw new MalformedBoxes()
    boxes.push(box)
    at = box.end
  }
  return boxes
}

/** Whether a track's handler (`mdia/hdlr`) is that of metadata. */
const isTimedMetadata = async (
  file: RandomAccess,
  track: ReadonlyArray<Box>,
  budget: { boxes: number }
): Promise<boolean> => {
  for (const media of track.filter(({ type }) => type === "mdia")) {
    for (const { content, end, type } of await boxesIn(file, media.content, media.end, budget)) {
      // Version and flags, a reserved word, and then the handler's type.
      if (type === "hdlr" && end - content >= 12 && latin1(await file.read(content + 8, 4)) === "meta") return true
    }
  }
  return false
}

const blank = async (file: RandomAccess, { content, end, start }: Box): Promise<void> => {
  for (let at = content; at < end; at += zeros.length) {
    await file.write(at, zeros.subarray(0, Math.min(zeros.length, end - at)))
  }
  await file.write(start + 4, free)
}

const latin1 = (bytes: Uint8Array): string => String.fromCharCode(...bytes)

/** Media types of the family. */
export const isIsoMedia = (mediaType: string): boolean => /^(?:audio|video)\/(?:mp4|quicktime)$/.test(mediaType)

/** Bytes in memory. */
export const inMemory = (bytes: Uint8Array): RandomAccess => ({
  size: bytes.length,
  read: async (position, length) => bytes.subarray(position, position + length),
  write: async (position, part) => bytes.set(part, position)
})
