import { codeOf } from "./ErrorCode.js"

/** Handler for `catch`. Returns `instead` if the file or directory is missing, and throws other errors again. */
export const ifMissing =
  <A>(instead: A) =>
  (error: unknown): A => {
    if (codeOf(error) === "ENOENT") return instead
    throw error
  }
