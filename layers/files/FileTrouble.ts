import type { FileTrouble } from "../../src/errors/FileTrouble.js"
import { codeOf } from "./ErrorCode.js"

const reasons: Readonly<Record<string, typeof FileTrouble.Type>> = {
  ENOSPC: "full",
  EDQUOT: "full",
  EFBIG: "full",
  EROFS: "read_only",
  EACCES: "denied",
  EPERM: "denied",
  ENOENT: "missing",
  ENOTDIR: "missing",
  ENAMETOOLONG: "name",
  EILSEQ: "name",
  EBUSY: "mount_point"
}

/** Classifies an error of the file system, and returns its own words. */
export const troubleOf = (error: unknown): { readonly reason: typeof FileTrouble.Type; readonly detail: string } => ({
  reason: reasons[codeOf(error)] ?? "io",
  detail: codeOf(error) || (error instanceof Error ? error.message : String(error))
})

const textOf = (error: Error, key: "dest" | "path"): string | undefined => {
  const value: unknown = key in error ? Reflect.get(error, key) : undefined
  return typeof value === "string" ? value : undefined
}

/** The path of a failed call to the file system, of two the target; absent for other errors. */
export const pathOf = (error: unknown): string | undefined =>
  error instanceof Error ? (textOf(error, "dest") ?? textOf(error, "path")) : undefined
