import * as HttpBody from "@effect/platform/HttpBody"
import { scrub } from "../log/Redaction.js"

/** Attributes with wrong values that the library adds to every failed span. */
const untrue: ReadonlySet<string> = new Set(["span.label", "status.interrupted"])

/** Returns whether an attribute (an object with a `key`) is one of those. */
const isUntrue = (value: unknown): boolean =>
  typeof value === "object" && value !== null && "key" in value && untrue.has(String(value.key))

/**
 * Encodes a batch for the collector (OTLP/HTTP with JSON). Its texts may quote input in failures and stacks, so secrets
 * are masked as in the log.
 */
export const payload = (data: unknown): HttpBody.HttpBody =>
  HttpBody.text(
    JSON.stringify(data, (key, value: unknown) => {
      if (key === "attributes" && Array.isArray(value)) return value.filter((attribute) => !isUntrue(attribute))
      return typeof value === "string" ? scrub(value) : value
    }),
    "application/json"
  )
