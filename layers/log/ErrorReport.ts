import { Cause, Predicate } from "effect"
import { isFailure } from "../../src/errors/Catalogue.js"

/** An error for a log line, before its texts are shortened, masked or escaped. */
export interface ErrorReport {
  /** The failure's tag or the error's class. */
  readonly type: string
  /** The code of the error catalogue, or the system's own (`ECONNRESET`). */
  readonly code: string | undefined
  /** For the operator: the catalogue's details if it has any. */
  readonly message: string
  /** A failure's own data. */
  readonly data: Readonly<Record<string, unknown>> | undefined
  readonly stack: string | undefined
}

/** Maximum length of a chain of causes, the first error included. */
const maxChain = 6

/** Members that are logged separately. */
const shownElsewhere = new Set(["_tag", "name", "message", "stack", "cause", "errors", "code"])

const dataOf = (error: object): Readonly<Record<string, unknown>> | undefined => {
  const names = Object.keys(error).filter((name) => !shownElsewhere.has(name))
  if (names.length === 0) return undefined
  return Object.fromEntries(names.map((name) => [name, Reflect.get(error, name)]))
}

const text = (value: unknown, name: string): string | undefined => {
  const member = Predicate.hasProperty(value, name) ? value[name] : undefined
  return typeof member === "string" && member !== "" ? member : undefined
}

const codeOf = (error: unknown): string | undefined => {
  const code = Predicate.hasProperty(error, "code") ? error.code : undefined
  return typeof code === "number" ? String(code) : text(error, "code")
}

const reportOf = (error: unknown, stack = text(error, "stack")): ErrorReport => {
  if (!Predicate.isObject(error)) {
    return { type: typeof error, code: undefined, message: String(error), data: undefined, stack: undefined }
  }
  const type = text(error, "_tag") ?? text(error, "name") ?? "object"
  if (isFailure(error)) {
    const info = error.info
    return { type, code: info.code, message: info.operator?.details ?? info.message, data: dataOf(error), stack }
  }
  const message = text(error, "message") ?? ""
  const code = codeOf(error)
  return { type, code, message, data: dataOf(error), stack }
}

const unreadable: ErrorReport = {
  type: "unreadable",
  code: undefined,
  message: "Unreadable error",
  data: undefined,
  stack: undefined
}

const guarded = <A>(read: () => A, otherwise: A): A => {
  try {
    return read()
  } catch {
    return otherwise
  }
}

/** The errors inside a cause, with stacks that name the effects they passed through. */
const inside = (cause: Cause.Cause<unknown>): ReadonlyArray<readonly [error: unknown, stack: string | undefined]> => {
  const errors = [...Cause.failures(cause), ...Cause.defects(cause)]
  if (errors.length === 0) return [[{ name: "Interrupted", message: "The work was interrupted" }, undefined]]
  const [pretty, ...others] = Cause.prettyErrors(cause)
  return errors.map((error) => [error, errors.length === 1 && others.length === 0 ? pretty?.stack : undefined])
}

/** The causes of an error. */
const causesOf = (error: unknown): ReadonlyArray<unknown> => {
  if (!Predicate.isObject(error)) return []
  const cause = Predicate.hasProperty(error, "cause") && error.cause !== undefined ? [error.cause] : []
  return Predicate.hasProperty(error, "errors") && Array.isArray(error.errors)
    ? [...cause, ...error.errors.slice(0, maxChain)]
    : cause
}

/**
 * An error, failure or cause, followed by its causes: nearest first, at most six, without duplicates. Never throws,
 * never empty.
 */
export const errorReports = (error: unknown): readonly [ErrorReport, ...ReadonlyArray<ErrorReport>] => {
  const reports: Array<ErrorReport> = []
  const seen = new Set<unknown>()
  const waiting: Array<readonly [error: unknown, stack: string | undefined]> = [[error, undefined]]
  for (let next = waiting.shift(); next !== undefined && reports.length < maxChain; next = waiting.shift()) {
    const [current, stack] = next
    if (seen.has(current)) continue
    seen.add(current)
    const errors = guarded(() => (Cause.isCause(current) ? inside(current) : undefined), undefined)
    if (errors !== undefined) waiting.push(...errors)
    else {
      reports.push(guarded(() => reportOf(current, stack), unreadable))
      waiting.push(...guarded(() => causesOf(current).map((cause) => [cause, undefined] as const), []))
    }
  }
  const [first = unreadable, ...causes] = reports
  return [first, ...causes]
}
