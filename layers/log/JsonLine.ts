import { forEachField, type LogRecord, requestIdOf } from "./LogRecord.js"
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
  if (requestId !== undefined) line += `,"request_id":${serializer.value(requestId)}`
  if (record.fields?.error !== undefined) line += `,"error":${serializer.error(record.fields.error)}`
  forEachField(record, (name, value) => {
    if (value === undefined || serializer.full) return
    line += `,${serializer.name(name)}:${serializer.named(name, value)}`
  })
  return serializer.full ? `${line},"truncated":true}\n` : `${line}}\n`
}
