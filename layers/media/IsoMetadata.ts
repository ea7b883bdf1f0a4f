import { type Box, type BoxBudget, boxBudget, boxesIn, handlersOf, type RandomAccess } from "./IsoBoxes.js"

/** Boxes that contain other boxes, as far as they may contain metadata. */
const containers: ReadonlySet<string> = new Set(["moov", "trak", "mdia", "moof", "traf"])

/**
 * Boxes with metadata: user data (Apple's `©xyz` and 3GPP's `loci` hold the location), item metadata, XMP, and deleted
 * content.
 */
const descriptions: ReadonlySet<string> = new Set(["udta", "meta", "uuid", "XMP_", "free", "skip"])

const free = new TextEncoder().encode("free")
const zeros = new Uint8Array(65_536)

/**
 * Overwrites the metadata of an MP4-family file (ISO/IEC 14496-12, QuickTime): location, author, device. Each metadata
 * box becomes a `free` box of the same size full of zeros, so no data moves and nothing is re-encoded. So does a track
 * of timed metadata (`meta`), such as a camera's positions, although its samples stay among those of the other tracks.
 * Rejects with `MalformedBoxes` if the structure is not valid.
 */
export const blankDescriptions = async (file: RandomAccess): Promise<void> => {
  const budget = boxBudget()
  for (const box of await boxesIn(file, 0, file.size, budget)) await clean(file, box, budget)
}

const clean = async (file: RandomAccess, box: Box, budget: BoxBudget): Promise<void> => {
  if (descriptions.has(box.type)) return blank(file, box)
  if (!containers.has(box.type)) return
  const inner = await boxesIn(file, box.content, box.end, budget)
  if (box.type === "trak" && (await handlersOf(file, inner, budget)).includes("meta")) return blank(file, box)
  for (const each of inner) await clean(file, each, budget)
}

const blank = async (file: RandomAccess, { content, end, start }: Box): Promise<void> => {
  for (let at = content; at < end; at += zeros.length) {
    await file.write(at, zeros.subarray(0, Math.min(zeros.length, end - at)))
  }
  await file.write(start + 4, free)
}
