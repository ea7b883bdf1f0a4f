import type { Level } from "../../src/services/Logger.js"
import { type ErrorReport, errorReports } from "./ErrorReport.js"
import { forEachField, type LogRecord, requestIdOf } from "./LogRecord.js"
import { neutralised } from "./PlainText.js"
import { clipped, Serializer } from "./Serializer.js"
import { timestamp } from "./Timestamp.js"

/** ANSI colours (ECMA-48 SGR) of the levels. */
const colours: Readonly<Record<Level, number>> = { DEBUG: 90, INFO: 32, WARNING: 33, ERROR: 31, CRITICAL: 35 }

/** Texts that need no quotes. */
const bare = /^"([A-Za-z0-9_./:@%+~<>-]+)"$/

const maxFrames = 40
/** How much of a stack is searched for frames, in UTF-16 units: it also contains the message. */
const maxStack = 65_536

/** A line below the event's own: indented and escaped, so that it cannot be mistaken for an event. */
const below = (text: string): string => `    ${neutralised(clipped(text))}\n`

/** The stack frames, without the message, which is in the line already. */
const frames = ({ stack = "" }: ErrorReport): string =>
  stack
    .slice(0, maxStack)
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line.startsWith("at "))
    .slice(0, maxFrames)
    .map(below)
    .join("")

const heading = ({ code, message, type }: ErrorReport): string =>
  below(`caused by ${type}${code === undefined ? "" : ` (${code})`}: ${message}`)

/**
 * Formats a record for people: time, level, logger, message, then `name=value`. One line, followed by indented stack
 * lines if there is an error.
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
    return `${line}\n${frames(first)}${causes.map((cause) => heading(cause) + frames(cause)).join("")}`
  }
