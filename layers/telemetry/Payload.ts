import * as HttpBody from "@effect/platform/HttpBody"
import { scrub } from "../log/Redaction.js"

/** The library says so of every span that failed, interrupted or not. */
const untrue: ReadonlySet<string> = new Set(["span.label", "status.interrupted"])

/** What is known of OTLP here: objects in lists in objects, somewhere in it `attributes`, each with its `key`. */
const isUntrue = (value: unknown): boolean =>
  typeof value === "object" && value !== null && "key" in value && untrue.has(String(value.key))

/**
 * A batch as the collector takes it (OTLP/HTTP with JSON). Texts in it are those of failures and their stacks, which may
 * quote what came from outside, so what looks like a secret is masked as it is in the log.
 */
export const payload = (data: unknown): HttpBody.HttpBody =>
  HttpBody.text(
    JSON.stringify(data, (key, value: unknown) => {
      if (key === "attributes" && Array.isArray(value)) return value.filter((attribute) => !isUntrue(attribute))
      return typeof value === "string" ? scrub(value) : value
    }),
    "application/json"
  )
