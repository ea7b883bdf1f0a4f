import { HashMap, Option } from "effect"
import type { Fields, Level } from "../../src/services/Logger.js"

/** An event on its way into a line, before anything of it is read. */
export interface LogRecord {
  /** Epoch milliseconds, UTC. */
  readonly time: number
  readonly level: Level
  readonly logger: string
  readonly message: string
  readonly fields: Fields | undefined
  /** The log annotations of the fiber that wrote it. */
  readonly annotations: HashMap.HashMap<string, unknown>
}

/** The names that a line gives a meaning of its own. */
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

/** A getter that throws costs its own field only. */
const read = (fields: Fields, name: string): unknown => {
  try {
    return fields[name]
  } catch {
    return "<unreadable>"
  }
}

/** The id that the line bears: the fiber's, or the event's own where no fiber has one. */
export const requestIdOf = ({ annotations, fields }: LogRecord): unknown =>
  Option.getOrElse(HashMap.get(annotations, "request_id"), () =>
    own(fields, "request_id") ? fields?.request_id : undefined
  )

/** A name that nothing else in the record bears: `field_` is put before it as often as that takes. */
const renamed = ({ annotations, fields }: LogRecord, name: string): string => {
  let free = `field_${name}`
  while (own(fields, free) || HashMap.has(annotations, free)) free = `field_${free}`
  return free
}

/**
 * Visits what the line says beside its reserved members: annotations, then the event's own fields, which win where
 * both bear a name. Names that clash with reserved ones are changed, never dropped.
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
