import type { ErrorInfo } from "./ErrorInfo.js"

/**
 * Shared texts of failures in commands, at startup and in background jobs. Visitors never cause them; the operator's texts give the details.
 */
export const operatorOnly = {
  status: 500,
  fault: "system",
  retryable: false,
  suggestion: "Visitors are not affected; only the operator has to act",
  troubleshooting: ["The operator of this site can find the cause in the site's log"]
} as const satisfies Partial<ErrorInfo>

/** Texts for visitors of a site that could not start. */
export const notStarted = {
  status: 503,
  fault: "system",
  retryable: false,
  message: "The site could not start",
  suggestion: "Try again later",
  troubleshooting: ["The operator of this site can find the cause in the site's log"]
} as const satisfies Partial<ErrorInfo>
