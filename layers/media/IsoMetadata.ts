import { type Box, type BoxBudget, boxBudget, boxesIn, handlersOf, type RandomAccess } from "./IsoBoxes.js"

/** Boxes that hold others, as far as descriptions are found in them. */
const containers: ReadonlySet<string> = new Set(["moov", "trak", "mdia", "moof", "traf"])

/** Boxes that describe: user data (Apple's `©xyz` and 3GPP's `loci` say where), item metadata, XMP, and what was cut off. */
const descriptions: ReadonlySet<string> = new Set(["udta", "meta", "uuid", "XMP_", "free", "skip"])

const free = new TextEncoder().encode("free")
const zeros = new Uint8Array(65_536)

/**
 * Overwrites what a file of MP4's family (ISO/IEC 14496-12, QuickTime) says beside its pictures and sounds: where it was
 * recorded, by whom, on what. Each box with a description becomes a `free` one of the same size full of zeros, so nothing
 * moves and nothing is encoded anew; so does a track of timed metadata (`meta`), such as a camera's positions, though its
 * samples stay among those of the other tracks. Rejects with `MalformedBoxes` what it cannot walk through.
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
