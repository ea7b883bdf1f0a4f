import { Option } from "effect"
import {
  type Box,
  type BoxBudget,
  boxBudget,
  boxesIn,
  handlersOf,
  MalformedBoxes,
  type RandomAccess
} from "./IsoBoxes.js"

/** Tracks of a video or audio file of the MP4 family. */
export interface IsoTracks {
  /** Whether it has a video track. */
  readonly hasVideo: boolean
  readonly hasAudio: boolean
  /** Four-character codes of video and audio codecs, such as `avc1`, `hvc1` or `mp4a`. */
  readonly codecs: ReadonlyArray<string>
}

/** Maximum number of codecs of one track. */
const mostCodecs = 16

const within = async (
  file: RandomAccess,
  boxes: ReadonlyArray<Box>,
  [type, ...path]: ReadonlyArray<string>,
  budget: BoxBudget
): Promise<ReadonlyArray<Box>> => {
  const found = boxes.filter((box) => box.type === type)
  if (path.length === 0) return found
  const inner: Array<Box> = []
  for (const box of found) {
    inner.push(...(await within(file, await boxesIn(file, box.content, box.end, budget), path, budget)))
  }
  return inner
}

/** The codecs in a track's sample descriptions (`mdia/minf/stbl/stsd`). */
const codecsOf = async (
  file: RandomAccess,
  track: ReadonlyArray<Box>,
  budget: BoxBudget
): Promise<ReadonlyArray<string>> => {
  const codecs: Array<string> = []
  for (const { content, end } of await within(file, track, ["mdia", "minf", "stbl", "stsd"], budget)) {
    // Version, flags and a count precede the entries, each of which is a box with the codec as type.
    const entries = await boxesIn(file, Math.min(content + 8, end), end, budget)
    codecs.push(...entries.slice(0, mostCodecs).map(({ type }) => type))
  }
  return codecs
}

/** Reads the tracks of a file; none if its boxes are not valid. */
export const readableTracks = async (file: RandomAccess): Promise<Option.Option<IsoTracks>> => {
  try {
    return Option.some(await isoTracks(file))
  } catch (error) {
    if (error instanceof MalformedBoxes) return Option.none()
    throw error
  }
}

const isoTracks = async (file: RandomAccess): Promise<IsoTracks> => {
  const budget = boxBudget()
  const handlers = new Set<string>()
  const codecs: Array<string> = []
  for (const { content, end } of await within(
    file,
    await boxesIn(file, 0, file.size, budget),
    ["moov", "trak"],
    budget
  )) {
    const track = await boxesIn(file, content, end, budget)
    const own = await handlersOf(file, track, budget)
    for (const handler of own) handlers.add(handler)
    if (own.some((handler) => handler === "vide" || handler === "soun")) {
      codecs.push(...(await codecsOf(file, track, budget)))
    }
  }
  return { hasVideo: handlers.has("vide"), hasAudio: handlers.has("soun"), codecs }
}

/** Codecs that many browsers cannot play, with their common names. */
const troublesome: ReadonlyMap<string, string> = new Map([
  ...["hvc1", "hev1", "hvc2", "hev2", "dvh1", "dvhe"].map((codec) => [codec, "HEVC (H.265)"] as const),
  ...["apch", "apcn", "apcs", "apco", "ap4h", "ap4x"].map((codec) => [codec, "ProRes"] as const),
  ...["mp4v", "s263", "h263"].map((codec) => [codec, "MPEG-4 Part 2 or H.263"] as const),
  ...["samr", "sawb"].map((codec) => [codec, "AMR"] as const),
  ["alac", "Apple Lossless"]
])

/** Common name of the first codec of a file that many browsers cannot play. */
export const troublesomeCodec = ({ codecs }: IsoTracks): string | undefined =>
  codecs.map((codec) => troublesome.get(codec)).find((name) => name !== undefined)
