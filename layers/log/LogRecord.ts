import { HashMap, Option } from "effect"
import type { Fields, Level } from "../../src/services/Logger.js"

/** An event before it is formatted. */
export interface LogRecord {
  /** Epoch milliseconds, UTC. */
  readonly time: number
  readonly level: Level
  readonly logger: string
  readonly message: string
  readonly fields: Fields | undefined
  /** Log annotations of the fiber that wrote it. */
  readonly annotations: HashMap.HashMap<string, unknown>
}

/** What events of one kind have in common: their first fields, without reserved names. */
export interface Repeated extends Pick<LogRecord, "level" | "logger" | "message"> {
  readonly fields: Fields
}

/** Names with a fixed meaning in a line. */
const reserved: ReadonlySet<string> = new Set([
  "timestamp",
  "level",
  "logger",
  "message",
  "request_id",
  "error",
  "truncated"
])

const own = (fields: Fields | undefined, name: string): boolean => fields !== undefined && Object.hasOwn(fields, name)

/** A getter that throws affects only its own field. */
const read = (fields: Fields, name: string): unknown => {
  try {
    return fields[name]
  } catch {
    return "<unreadable>"
  }
}

/** The id of the line: the fiber's, or the event's own if the fiber has none. */
export const requestIdOf = ({ annotations, fields }: LogRecord): unknown =>
  Option.getOrElse(HashMap.get(annotations, "request_id"), () =>
    own(fields, "request_id") ? fields?.request_id : undefined
  )

/** A name that is unique in the record: prefixed with `field_` as often as necessary. */
const renamed = ({ annotations, fields }: LogRecord, name: string): string => {
  let free = `field_${name}`
  while (own(fields, free) || HashMap.has(annotations, free)) free = `field_${free}`
  return free
}

/**
 * Visits the fields beside the reserved ones: annotations, then the event's own fields, which win over annotations of
 * the same name. Names that clash with reserved ones are changed, never dropped.
 */
export const forEachField = (record: LogRecord, visit: (name: string, value: unknown) => void): void => {
  const { annotations, fields } = record
  let signed = false
  if (!HashMap.isEmpty(annotations)) {
    for (const [name, value] of annotations) {
      if (name === "request_id") signed = true
      else if (!own(fields, name)) visit(reserved.has(name) ? renamed(record, name) : name, value)
    }
  }
  if (fields === undefined) return
  for (const name of Object.keys(fields)) {
    const value = read(fields, name)
    if (!reserved.has(name)) visit(name, value)
    else if (name === "request_id" ? signed && value !== requestIdOf(record) : name !== "error") {
      visit(renamed(record, name), value)
    }
  }
}
