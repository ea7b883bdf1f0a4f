import type { FileTrouble } from "../../src/errors/failure/Maintenance.js"

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
  EILSEQ: "name"
}

/** The system's name for an error, such as `ENOSPC`; empty for errors that are not the system's. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : ""

/** What the file system had against it, and its own words. */
export const troubleOf = (error: unknown): { readonly reason: typeof FileTrouble.Type; readonly detail: string } => ({
  reason: reasons[codeOf(error)] ?? "io",
  detail: codeOf(error) || (error instanceof Error ? error.message : String(error))
})
