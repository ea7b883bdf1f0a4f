import { join } from "node:path"
import type { SettingsValues } from "../../src/settings/Config.js"
import { realPathOf } from "../files/RealPath.js"

/**
 * Paths of the data with all links resolved, because files are placed beside those that they replace, on the same file
 * system.
 */
export interface Places {
  readonly dataPath: string
  readonly databasePath: string
  /** May be a link to, or the root of, another file system. */
  readonly mediaPath: string
}

/** Resolves the links in the settings' paths. Rejects with the system's error. */
export const locate = async ({
  dataPath,
  databasePath
}: Pick<SettingsValues, "dataPath" | "databasePath">): Promise<Places> => ({
  dataPath: await realPathOf(dataPath),
  databasePath: await realPathOf(databasePath),
  mediaPath: await realPathOf(join(dataPath, "media"))
})
