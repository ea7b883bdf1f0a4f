/** Bytes with random access: a file, or memory. */
export interface RandomAccess {
  readonly size: number
  readonly read: (position: number, length: number) => Promise<Uint8Array>
  readonly write: (position: number, bytes: Uint8Array) => Promise<void>
}

/** A file whose structure is not valid for its format. */
export class MalformedBoxes extends Error {}

/** A box, with the positions of its first byte, its content, and its end. */
export interface Box {
  readonly type: string
  readonly start: number
  readonly content: number
  readonly end: number
}

/** Maximum number of boxes; real files have fewer. */
const maxBoxes = 100_000

/** Number of boxes that may still be read of a file. */
export interface BoxBudget {
  boxes: number
}

/** The budget of a new file. */
export const boxBudget = (): BoxBudget => ({ boxes: maxBoxes })

/**
 * The boxes in a range of a file, in order. Rejects with `MalformedBoxes` if it is not a list of boxes, or too long.
 */
export const boxesIn = async (
  file: RandomAccess,
  start: number,
  end: number,
  budget: BoxBudget
): Promise<ReadonlyArray<Box>> => {
  const boxes: Array<Box> = []
  // QuickTime ends some lists of boxes with four zero bytes.
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

/** The handlers of a track (`mdia/hdlr`), which give its kind: `vide`, `soun`, `meta` …; usually one. */
export const handlersOf = async (
  file: RandomAccess,
  track: ReadonlyArray<Box>,
  budget: BoxBudget
): Promise<ReadonlyArray<string>> => {
  const handlers: Array<string> = []
  for (const media of track.filter(({ type }) => type === "mdia")) {
    for (const { content, end, type } of await boxesIn(file, media.content, media.end, budget)) {
      // Version and flags, a reserved word, and then the handler's type.
      if (type === "hdlr" && end - content >= 12) handlers.push(latin1(await file.read(content + 8, 4)))
    }
  }
  return handlers
}

/** Converts bytes to text, one character each. */
export const latin1 = (bytes: Uint8Array): string => String.fromCharCode(...bytes)

/** Returns whether a media type belongs to the MP4 family. */
export const isIsoMedia = (mediaType: string): boolean => /^(?:audio|video)\/(?:mp4|quicktime)$/.test(mediaType)
