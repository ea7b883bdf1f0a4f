import { Predicate, Redacted } from "effect"
import { memoized } from "../../src/domain/Memo.js"
import { type ErrorReport, errorReports } from "./ErrorReport.js"
import { quoted } from "./PlainText.js"
import { isSecret, mask, scrub, secrecyOf } from "./Redaction.js"

/** Maximum length of a text, in UTF-16 units. */
const maxText = 4096
const maxStack = 8192
/** Minimum that every text gets, even if the line is full. */
const minText = 128
const maxName = 128
/** Length at which a line stops growing. The value that exceeds it may still be written. */
const maxLine = 32_768
const maxDepth = 6
/** Maximum number of members of a collection. */
const maxMembers = 100
/** Larger integers are not written, because that takes time proportional to the square of their length. */
const maxInteger = 2n ** 1024n

/** Characters that are read beyond the limit, so that a secret at the end is recognized before the text is cut. */
const edge = 512

/** Masks secrets in a text, and cuts it if it is too long. */
export const clipped = (text: string, limit: number = maxText): string => {
  if (text.length <= limit) return scrub(text)
  const kept = scrub(text.slice(0, limit + edge)).slice(0, limit)
  return `${kept}…[${text.length - limit} more]`
}

/** Caches quoted names, which repeat on every line. Most short values repeat too: routes, user agents, addresses. */
const quotedName = memoized((name) => quoted(clipped(name, maxName)), { maxLength: maxName })
const quotedText = memoized((text) => quoted(scrub(text)))

/**
 * Writes any value as JSON, bounded, on one line, without secrets, and without throwing. One serializer writes one
 * line.
 */
export class Serializer {
  private left = maxLine
  private depth = 0
  private readonly ancestors: Array<object> = []

  /** Whether the line has reached its maximum length: later values are left out. */
  get full(): boolean {
    return this.left <= 0
  }

  /** Writes `"text"`, cut further if little space is left. */
  text(text: string, limit: number = maxText): string {
    if (text.length <= minText) return this.spend(quotedText(text))
    return this.spend(quoted(clipped(text, Math.min(limit, Math.max(this.left, minText)))))
  }

  /** Writes the quoted name of a member or of a logger. */
  name(name: string): string {
    return this.spend(quotedName(name))
  }

  /** Writes a value, masked if its name says that it is a secret. */
  named(name: string, value: unknown): string {
    return isSecret(name, value) ? this.spend(`"${mask}"`) : this.value(value)
  }

  /** Writes `{"type":…,"code":…,"message":…,"data":…,"stack":…,"cause":[…]}` without absent members. */
  error(error: unknown): string {
    const [first, ...causes] = errorReports(error)
    const cause =
      causes.length === 0 ? "" : `,"cause":[${causes.map((report) => `{${this.report(report)}}`).join(",")}]`
    return `{${this.report(first)}${cause}}`
  }

  /** Writes any value. */
  value(value: unknown): string {
    if (typeof value === "object" && value !== null) return this.object(value)
    switch (typeof value) {
      case "string":
        return this.full ? '"…"' : this.text(value)
      case "number":
        return this.spend(Number.isFinite(value) ? String(value) : `"${value}"`)
      case "boolean":
        return this.spend(String(value))
      case "bigint":
        return this.spend(value > maxInteger || value < -maxInteger ? '"<bigint>"' : `"${value}"`)
      case "symbol":
        return this.text(String(value))
      case "function":
        return this.text("<function>")
      default:
        return this.spend("null")
    }
  }

  private spend(text: string): string {
    this.left -= text.length
    return text
  }

  private report({ code, data, message, stack, type }: ErrorReport): string {
    const members = [`"type":${this.text(type)}`]
    if (code !== undefined) members.unshift(`"code":${this.text(code)}`)
    members.push(`"message":${this.text(message)}`)
    if (data !== undefined) members.push(`"data":${this.value(data)}`)
    if (stack !== undefined && !this.full) members.push(`"stack":${this.text(stack, maxStack)}`)
    return members.join(",")
  }

  private object(value: object): string {
    if (this.full) return '"…"'
    if (this.ancestors.includes(value)) return this.text("<circular>")
    if (this.depth >= maxDepth) return this.text("<too deep>")
    this.depth++
    this.ancestors.push(value)
    try {
      return this.unguarded(value)
    } catch {
      // A getter, a proxy or a toJSON that throws, or a stack overflow.
      return this.spend('"<unreadable>"')
    } finally {
      this.depth--
      this.ancestors.pop()
    }
  }

  private unguarded(value: object): string {
    if (Redacted.isRedacted(value)) return this.text(mask)
    if (Array.isArray(value)) return this.list(value, value.length)
    if (value instanceof Error) return this.error(value)
    if (value instanceof Date) return this.text(Number.isNaN(value.getTime()) ? "Invalid Date" : value.toISOString())
    if (value instanceof URL || value instanceof URLSearchParams || value instanceof RegExp)
      return this.text(String(value))
    if (ArrayBuffer.isView(value)) return this.text(`<${value.byteLength} bytes>`)
    if (value instanceof Map || value instanceof Headers) return this.members(value.entries())
    if (value instanceof Set) return this.list(value, value.size)
    if (Predicate.hasProperty(value, "toJSON") && typeof value.toJSON === "function") return this.value(value.toJSON())
    return this.members(ownMembers(value))
  }

  private list(values: Iterable<unknown>, size: number): string {
    const written: Array<string> = []
    // Headers may be a list of alternating names and values, or of pairs.
    const paired = size % 2 === 0
    let previous: unknown
    for (const value of values) {
      if (written.length >= maxMembers || this.full) {
        written.push(this.text(`…[${size - written.length} more]`))
        break
      }
      const name = paired && written.length % 2 === 1 && typeof previous === "string" ? previous : ""
      written.push(secrecyOf(name) === "always" ? this.text(mask) : this.value(value))
      previous = value
    }
    return this.spend(`[${written.join(",")}]`)
  }

  private members(entries: Iterable<readonly [key: unknown, value: unknown]>): string {
    const written: Array<string> = []
    for (const [key, value] of entries) {
      if (value === undefined) continue
      if (written.length >= maxMembers || this.full) {
        written.push('"…":"more"')
        break
      }
      const name = typeof key === "string" ? key : this.value(key)
      written.push(`${this.name(name)}:${this.named(name, value)}`)
    }
    return this.spend(`{${written.join(",")}}`)
  }
}

/** Yields own enumerable members; a getter that throws affects only its own member. */
function* ownMembers(value: object): Iterable<readonly [string, unknown]> {
  for (const name of Object.keys(value)) {
    let member: unknown
    try {
      member = Reflect.get(value, name)
    } catch {
      member = "<unreadable>"
    }
    yield [name, member]
  }
}
