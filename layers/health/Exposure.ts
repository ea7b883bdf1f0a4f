import { readdir, stat } from "node:fs/promises"
import { basename, dirname, join, resolve, sep } from "node:path"
import { Option } from "effect"
import { backupInstant } from "../../src/domain/archive/BackupManifest.js"
import type { SettingsValues } from "../../src/settings/Config.js"
import { quoted } from "../files/Quoted.js"
import { realPathOf } from "../files/RealPath.js"

/** Permissions of users other than owner and group. */
const others = { any: 0o007, enter: 0o001, readOrWrite: 0o006 }

const databaseTails = ["", "-wal", "-shm", "-journal"]

/** Permissions of a path; 0 if it is missing or unreadable, which other checks report. */
const rightsOf = async (path: string): Promise<number> => (await stat(path).catch(() => undefined))?.mode ?? 0

const isWithin = (path: string, directory: string): boolean => path.startsWith(`${directory}${sep}`)

/** Returns whether other users can reach this path: every directory above it lets them in. */
const isReachable = async (path: string): Promise<boolean> => {
  const parent = dirname(path)
  if (parent === path) return true
  return ((await rightsOf(parent)) & others.enter) !== 0 && isReachable(parent)
}

/** Files in a directory of other programs that other users can reach and read or write. */
const openFiles = async (directory: string, names: ReadonlyArray<string>): Promise<ReadonlyArray<string>> => {
  if (((await rightsOf(directory)) & others.enter) === 0 || !(await isReachable(directory))) return []
  const found: Array<string> = []
  for (const name of names) {
    const path = join(directory, name)
    if (((await rightsOf(path)) & others.readOrWrite) !== 0) found.push(path)
  }
  return found
}

/**
 * Data of the site that every user of the machine can access: the data directory, uploads elsewhere, and database files
 * and backups in directories that others may enter. Entries of a listed directory are not listed, because closing the
 * directory is enough; nor are entries below a directory that other users cannot enter. Group permissions are left to the operator.
 */
export const exposed = async ({
  backup,
  dataPath,
  databasePath
}: Pick<SettingsValues, "backup" | "dataPath" | "databasePath">): Promise<ReadonlyArray<string>> => {
  const data = await realPathOf(dataPath)
  const media = await realPathOf(join(dataPath, "media"))
  const database = await realPathOf(databasePath)
  const isOpen = async (path: string) => ((await rightsOf(path)) & others.any) !== 0 && (await isReachable(path))
  const directories: Array<string> = []
  if (await isOpen(data)) directories.push(data)
  if (!isWithin(media, data) && (await isOpen(media))) directories.push(media)
  const files: Array<string> = []
  files.push(
    ...(await openFiles(
      dirname(database),
      databaseTails.map((tail) => `${basename(database)}${tail}`)
    ))
  )
  if (Option.isSome(backup.directory)) {
    const kept = resolve(backup.directory.value)
    const names = await readdir(kept).catch(() => [])
    files.push(
      ...(await openFiles(
        kept,
        names.filter((name) => Option.isSome(backupInstant(name)))
      ))
    )
  }
  return [...directories, ...files.filter((file) => !directories.some((directory) => isWithin(file, directory)))]
}

/** The command that closes these paths to other users. */
export const closing = (paths: ReadonlyArray<string>): string => `chmod o-rwx ${paths.map(quoted).join(" ")}`
