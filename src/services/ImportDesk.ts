import { Context, type Effect, type Stream } from "effect"
import type { ImportBusy, ImportWorkspaceFailed } from "../errors/ImportFile.js"
import type { BodyTooLarge } from "../errors/Request.js"
import type { Progress } from "./Backup.js"
import type { Import, ImportOptions, ImportReport } from "./Import.js"

/** What the owner may choose after the survey. */
export type ImportChoices = Pick<ImportOptions, "withoutMissingMedia" | "heldBackAsDrafts" | "fetchMedia" | "oldSite">

/** Failures of an import. */
export type ImportTrouble = Effect.Effect.Error<ReturnType<Import["Type"]["from"]>>

/** Where the import is. `name` is the uploaded file's. */
export type ImportState =
  /** `isCutOff`: the server stopped during the last import. */
  | { readonly step: "none"; readonly isCutOff: boolean }
  | { readonly step: "receiving"; readonly name: string; readonly progress: Progress }
  /** The file is unpacked and surveyed. */
  | { readonly step: "reading"; readonly name: string; readonly progress: Progress }
  /** The report says what would come in. */
  | { readonly step: "ready"; readonly name: string; readonly report: ImportReport; readonly choices: ImportChoices }
  | { readonly step: "importing"; readonly name: string; readonly progress: Progress }
  | { readonly step: "done"; readonly name: string; readonly report: ImportReport }
  /** The owner stopped it. What came in stays. */
  | { readonly step: "stopped"; readonly name: string }
  /** `hasBegun`: some posts may have come in. */
  | { readonly step: "failed"; readonly name: string; readonly failure: ImportTrouble; readonly hasBegun: boolean }

/**
 * Imports a file that the owner uploads: receives it, surveys it, and imports it when the owner wants it. There is one
 * import at a time, for every browser of the owner. It runs as long as the server, not as a request.
 */
export class ImportDesk extends Context.Tag("starpunk/ImportDesk")<
  ImportDesk,
  {
    readonly state: Effect.Effect<ImportState>
    /** Maximum bytes of a file. */
    readonly maxBytes: number
    /**
     * Writes a file to the disk as it arrives, and begins the survey. Fails if another import is underway or waits for
     * the owner; a finished one is replaced. If the file does not arrive completely, nothing of it is left. `length` is
     * what the browser says of its size.
     */
    readonly receive: <E, R>(
      name: string,
      content: Stream.Stream<Uint8Array, E, R>,
      length?: number
    ) => Effect.Effect<void, E | ImportBusy | BodyTooLarge | ImportWorkspaceFailed, R>
    /** Surveys the file again with these choices; does nothing unless a file is ready. */
    readonly look: (choices: ImportChoices) => Effect.Effect<void>
    /** Begins the import with these choices; does nothing unless a file is ready. */
    readonly begin: (choices: ImportChoices) => Effect.Effect<void>
    /** Stops what is underway, removes the file, and clears the result. */
    readonly discard: Effect.Effect<void>
  }
>() {}
