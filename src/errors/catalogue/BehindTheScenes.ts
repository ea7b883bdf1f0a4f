import type { ErrorInfo } from "../ErrorInfo.js"
import type { FileTrouble } from "../failure/Maintenance.js"

/**
 * Shared texts of failures in commands, at startup and in background jobs. Visitors never cause them; the operator's texts give the details.
 */
export const behindTheScenes = {
  status: 500,
  fault: "system",
  retryable: false,
  suggestion: "Only the operator has to act; your request is not affected",
  troubleshooting: ["The operator of this site finds the cause in its log"]
} as const satisfies Partial<ErrorInfo>

/** Why the file system refused, as the end of a sentence. */
export const trouble: Record<typeof FileTrouble.Type, string> = {
  full: "the disk or quota is full",
  read_only: "the file system is read-only",
  denied: "access was denied",
  immutable: "it is marked as immutable",
  mount_point: "it is a mount point or in use",
  not_a_directory: "it is not a directory",
  in_the_way: "something that is not a regular file is in its place",
  missing: "no such file or directory",
  name: "the file system does not allow this name",
  case: "the file system is case-insensitive",
  io: "the file system returned an I/O error"
}
