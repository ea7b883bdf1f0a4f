/** Bytes that can be read and written anywhere: a file, or memory. */
export interface RandomAccess {
  readonly size: number
  readonly read: (position: number, length: number) => Promise<Uint8Array>
  readonly write: (position: number, bytes: Uint8Array) => Promise<void>
}

/** A film or recording that is not built as its kind has to be. */
export class MalformedBoxes extends Error {}

/** A box, by the positions of its first byte, of its content, and of what comes after it. */
export interface Box {
  readonly type: string
  readonly start: number
  readonly content: number
  readonly end: number
}

/** More boxes than this has nothing that plays. */
const maxBoxes = 100_000

/** How many boxes may still be read of one file. */
export interface BoxBudget {
  boxes: number
}

/** The budget of a file that nothing was read of yet. */
export const boxBudget = (): BoxBudget => ({ boxes: maxBoxes })

/** The boxes in a stretch of a file, in their order. Rejects with `MalformedBoxes` what is no list of boxes, or too many. */
export const boxesIn = async (
  file: RandomAccess,
  start: number,
  end: number,
  budget: BoxBudget
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

/** The handlers of a track (`mdia/hdlr`), which tell what it is: `vide`, `soun`, `meta` …; one, unless somebody made it odd. */
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

/** Bytes as text, one character each. */
export const latin1 = (bytes: Uint8Array): string => String.fromCharCode(...bytes)

/** Media types of the family. */
export const isIsoMedia = (mediaType: string): boolean => /^(?:audio|video)\/(?:mp4|quicktime)$/.test(mediaType)

/** Bytes in memory. */
export const inMemory = (bytes: Uint8Array): RandomAccess => ({
  size: bytes.length,
  read: async (position, length) => bytes.subarray(position, position + length),
  write: async (position, part) => bytes.set(part, position)
})
