import type { Fields } from "../../src/services/Logger.js"
import { forEachField, type LogRecord, type Repeated, requestIdOf } from "./LogRecord.js"
import { Serializer } from "./Serializer.js"
import { timestamp } from "./Timestamp.js"

/**
 * Formats a record as one line of JSON (RFC 8259), with line feed: `timestamp` (RFC 3339, UTC), `level`, `logger`,
 * `message`, `request_id`, `error`, then the event's own fields. `truncated` means that some were left out.
 */
export const jsonLine = (record: LogRecord): string => {
  const serializer = new Serializer()
  let line = `{"timestamp":"${timestamp(record.time)}","level":"${record.level}","logger":${serializer.name(record.logger)},"message":${serializer.text(record.message)}`
  const requestId = requestIdOf(record)
  if (typeof requestId === "string" && ownId.test(requestId)) line += `,"request_id":"${requestId}"`
  else if (requestId !== undefined) line += `,"request_id":${serializer.value(requestId)}`
  if (record.fields?.error !== undefined) line += `,"error":${serializer.error(record.fields.error)}`
  forEachField(record, (name, value) => {
    if (value === undefined || serializer.full) return
    line += `,${serializer.name(name)}:${serializer.named(name, value)}`
  })
  return serializer.full ? `${line},"truncated":true}\n` : `${line}}\n`
}

const members = (fields: Fields, serializer: Serializer): string => {
  let text = ""
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined && !serializer.full) text += `,${serializer.name(name)}:${serializer.named(name, value)}`
  }
  return text
}

/** Ids that this program makes. They do not repeat, so remembering them would push out texts that do. */
const ownId = /^[\da-f]{32}$/

/**
 * Formats events with the same beginning, as `jsonLine` does; the fields have no reserved names. The beginning is
 * short, so it is not counted towards the maximum length of a line.
 */
export const jsonLines = ({ fields, level, logger, message }: Repeated) => {
  const serializer = new Serializer()
  const head = `,"level":"${level}","logger":${serializer.name(logger)},"message":${serializer.text(message)},"request_id":`
  const first = members(fields, serializer)
  return (time: number, requestId: string, rest: Fields): string => {
    const serializer = new Serializer()
    const id = ownId.test(requestId) ? `"${requestId}"` : serializer.value(requestId)
    return `{"timestamp":"${timestamp(time)}"${head}${id}${first}${members(rest, serializer)}${serializer.full ? ',"truncated":true' : ""}}\n`
  }
}
