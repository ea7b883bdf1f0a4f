import { join } from "node:path"
import type { SettingsValues } from "../../src/settings/Config.js"
import { realPathOf } from "../files/RealPath.js"

/** Where the data lies, each path with its links followed: files are put beside what they replace, on its file system. */
export interface Places {
  readonly dataPath: string
  readonly databasePath: string
  /** May be a link to, or the root of, another file system. */
  readonly mediaPath: string
}

/** Follows the links in the settings' paths. Rejects with the system's error. */
export const locate = async ({
  dataPath,
  databasePath
}: Pick<SettingsValues, "dataPath" | "databasePath">): Promise<Places> => ({
  dataPath: await realPathOf(dataPath),
  databasePath: await realPathOf(databasePath),
  mediaPath: await realPathOf(join(dataPath, "media"))
})
