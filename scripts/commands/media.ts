import { Command, Options } from "@effect/cli"
import { Effect } from "effect"
import * as Maintenance from "../../layers/Maintenance.js"
import type { MediaMoved } from "../../layers/portability/MediaMove.js"
import { answer, counted, json } from "../Answer.js"
import { size, withProgress } from "../Progress.js"

const to = Options.text("to").pipe(
  Options.withDescription(
    "Where to move: `s3://bucket/prefix`, or the path of a directory, usually `media` in the data directory"
  )
)

const text = ({ bytes, files, missing, present, to }: MediaMoved): string =>
  [
    `Copied and compared ${counted(files, "file")} (${size(bytes)}) to ${to}; ${present} were there already.`,
    ...missing.map((file) => `Left out, because it is missing: ${file}`),
    "Stop the server, run the command once more for files that arrived meanwhile, then",
    to.startsWith("s3://")
      ? `set STARPUNK_MEDIA_URL=${to} and start the server.`
      : "remove STARPUNK_MEDIA_URL and start the server, with these files in the folder `media` of the data directory.",
    "Nothing was removed from the old place."
  ].join("\n")

const move = Command.make("move", { json, to }, ({ json, to }) =>
  Effect.gen(function* () {
    const moved = yield* withProgress((onProgress) => Maintenance.moveMedia(to, onProgress))
    yield* answer(json, moved, () => text(moved))
  })
).pipe(
  Command.withDescription(
    "Copies all media into an object store, or back into a directory, and compares the copies; can be repeated, and works while the server runs"
  )
)

/** `starpunk media move --to s3://bucket/prefix|DIR`. */
export const media = Command.make("media").pipe(
  Command.withDescription("Maintains photos, videos and recordings"),
  Command.withSubcommands([move])
)
