import type { ErrorInfo } from "../ErrorInfo.js"
import type { FileTrouble } from "../failure/Maintenance.js"

/**
 * What is said of failures at the shell, at a start or in the background: no visitor meets them, and the words that help
 * are the operator's.
 */
export const behindTheScenes = {
  status: 500,
  fault: "system",
  retryable: false,
  suggestion: "Nothing of what you asked for depends on it",
  troubleshooting: ["The owner of the site has to look into it"]
} as const satisfies Partial<ErrorInfo>

/** What the file system had against it, as the end of a sentence. */
export const trouble: Record<typeof FileTrouble.Type, string> = {
  full: "there is no room left",
  read_only: "the file system is read-only",
  denied: "access was denied",
  immutable: "it is marked as immutable",
  mount_point: "it is a mount point of its own, or in use",
  not_a_directory: "it is no directory",
  in_the_way: "something that is no file lies there",
  missing: "there is no such file or directory",
  name: "the file system takes no such name",
  case: "the file system does not tell upper case from lower case",
  io: "the file system failed"
}
