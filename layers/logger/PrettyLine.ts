import type { Level } from "../../src/services/Logger.js"
import { errorReports } from "./ErrorReport.js"
import { forEachField, type LogRecord, requestIdOf } from "./LogRecord.js"
import { neutralised } from "./PlainText.js"
import { clipped, Serializer } from "./Serializer.js"
import { timestamp } from "./Timestamp.js"

/** ANSI colours (ECMA-48 SGR) of the levels. */
const colours: Readonly<Record<Level, number>> = { DEBUG: 90, INFO: 32, WARNING: 33, ERROR: 31, CRITICAL: 35 }

/** Texts that need no quotes to be told from their surroundings. */
const bare = /^"([A-Za-z0-9_./:@%+~<>-]+)"$/

const maxStackLines = 40

/** Stack lines, each indented and harmless: none can pass for an event. */
const stackLines = (stack: string): string =>
  stack
    .split("\n")
    .slice(0, maxStackLines)
    .map((line) => `    ${neutralised(clipped(line.trim()))}\n`)
    .join("")

/**
 * A record for people: time, level, logger, message, then `name=value`. One line, followed by indented lines of stack
 * where there is an error.
 */
export const prettyLine =
  (options: { readonly colour: boolean }) =>
  (record: LogRecord): string => {
    const serializer = new Serializer()
    const shown = (json: string) => json.replace(bare, "$1")
    const level = record.level.padEnd(8)
    let line = `${timestamp(record.time)} ${options.colour ? `\u001b[${colours[record.level]}m${level}\u001b[0m` : level} `
    line += `${neutralised(clipped(record.logger))}: ${neutralised(clipped(record.message))}`
    const add = (name: string, value: string) => {
      line += ` ${shown(serializer.name(name))}=${shown(value)}`
    }
    const requestId = requestIdOf(record)
    if (requestId !== undefined) add("request_id", serializer.value(requestId))
    forEachField(record, (name, value) => {
      if (value !== undefined && !serializer.full) add(name, serializer.named(name, value))
    })
    if (serializer.full) add("truncated", "true")
    const { error } = record.fields ?? {}
    if (error === undefined) return `${line}\n`
    const [first, ...causes] = errorReports(error)
    if (first.code !== undefined) add("error.code", serializer.text(first.code))
    add("error.type", serializer.text(first.type))
    add("error.message", serializer.text(first.message))
    if (first.data !== undefined) add("error.data", serializer.value(first.data))
    line += `\n${stackLines(first.stack ?? "")}`
    for (const cause of causes) line += stackLines(`caused by ${cause.stack ?? `${cause.type}: ${cause.message}`}`)
    return line
  }
