import { Duration, Either, Option, Redacted } from "effect"
import { type Level, levels } from "../services/Logger.js"
import { type DatabaseAddress, parseDatabaseAddress, writeDatabaseAddress } from "./DatabaseAddress.js"
import { shown } from "./Masking.js"
import { type MediaAddress, parseMediaAddress, writeMediaAddress } from "./MediaAddress.js"
import { nearest } from "./Nearest.js"

/** Syntax of the values of a setting. */
export interface Syntax<A> {
  /** Valid values, as the end of the sentence "expected …". */
  readonly expected: string
  /** Reads a value; Left is an instruction what to write instead. Rejects invalid values and never corrects them. */
  readonly read: (text: string) => Either.Either<A, string>
  /** Formats a value; the inverse of `read`. */
  readonly write: (value: A) => string
}

const numeral = /^\d+(?:\.\d+)?$/

const control = /\p{Cc}/u

/** One line of text, `max` characters at most. */
export const text = (max: number): Syntax<string> => ({
  expected: `one line of text, at most ${max} characters`,
  read: (given) =>
    control.test(given)
      ? Either.left("Write one line without control characters")
      : given.length > max
        ? Either.left(`Shorten it to ${max} characters`)
        : Either.right(given),
  write: (value) => value
})

/** The path of a file or directory; relative ones start at the working directory. */
export const path: Syntax<string> = {
  expected: "the path of a file or directory",
  read: (given) =>
    /^(?:file|sqlite\d?):/i.test(given)
      ? Either.left("Write a plain path, such as `data/starpunk.db`, not a URL")
      : control.test(given)
        ? Either.left("Write a path without control characters")
        : Either.right(given),
  write: (value) => value
}

/** One of a few words, in any case. */
export const oneOf = <const A extends string>(...words: readonly [A, ...Array<A>]): Syntax<A> => ({
  expected: words.map((word) => `\`${word}\``).join(" or "),
  read: (given) => {
    const word = words.find((candidate) => candidate === given.toLowerCase())
    return word === undefined ? Either.left(meant(given, words)) : Either.right(word)
  },
  write: (value) => value
})

const meant = (given: string, words: ReadonlyArray<string>): string =>
  Option.match(nearest(given, words), {
    onNone: () => `Write ${words.map((word) => `\`${word}\``).join(" or ")}`,
    onSome: (word) => `Did you mean \`${word}\`?`
  })

const truths = new Map([
  ...["true", "yes", "on", "1"].map((word) => [word, true] as const),
  ...["false", "no", "off", "0"].map((word) => [word, false] as const)
])

/** Yes or no, in the usual words. */
export const flag: Syntax<boolean> = {
  expected: "`true` or `false`",
  read: (given) => Either.fromNullable(truths.get(given.toLowerCase()), () => "Write `true` or `false`"),
  write: String
}

const levelNames: ReadonlyMap<string, Level> = new Map<string, Level>([
  ...levels.map((level) => [level, level] as const),
  ["WARN", "WARNING"],
  ["FATAL", "CRITICAL"]
])

/** A severity, in any case; WARN and FATAL are taken for WARNING and CRITICAL. */
export const level: Syntax<Level> = {
  expected: levels.map((name) => `\`${name}\``).join(", "),
  read: (given) =>
    Either.fromNullable(levelNames.get(given.toUpperCase()), () =>
      ["TRACE", "VERBOSE", "ALL", "NOTSET"].includes(given.toUpperCase())
        ? "Write `DEBUG`, the most detailed level"
        : Option.match(nearest(given, levelNames.keys()), {
            onNone: () => "Write `INFO`, the default",
            onSome: (name) => `Did you mean \`${name}\`?`
          })
    ),
  write: (value) => value
}

/** What a range of numbers allows; both ends belong to it. */
interface Range {
  readonly min: number
  readonly max: number
}

const inRange = (value: number, { max, min }: Range): Either.Either<number, string> =>
  value < min || value > max ? Either.left(`Choose a number from ${min} to ${max}`) : Either.right(value)

/** A whole number within a range. */
export const integer = (range: Range): Syntax<number> => ({
  expected: `a whole number from ${range.min} to ${range.max}`,
  read: (given) => {
    if (/^tcp:\/\//.test(given)) {
      return Either.left(
        "Kubernetes sets this for a Service named `starpunk`: set `enableServiceLinks: false` in the pod's spec"
      )
    }
    return /^-?\d+$/.test(given)
      ? inRange(Number(given), range)
      : Either.left(`Write digits only, such as ${Math.max(range.min, Math.min(range.max, 4))}`)
  },
  write: String
})

const unitMillis: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000
}

const spokenUnits =
  /^(\d+(?:\.\d+)?)\s*(ms|milli\w*|s|secs?|seconds?|m|mins?|minutes?|h|hours?|hrs?|d|days?|w|weeks?)$/i

/** What `30s`, `2 minutes` or `1d` would be as a plain number of the unit. */
const withoutUnit = (given: string, millisPerUnit: number): Option.Option<number> => {
  const [, amount, word] = spokenUnits.exec(given) ?? []
  if (amount === undefined || word === undefined) return Option.none()
  const unit = /^m(?:s|illi)/i.test(word) ? "ms" : word.charAt(0).toLowerCase()
  return Option.map(Option.fromNullable(unitMillis[unit]), (millis) => (Number(amount) * millis) / millisPerUnit)
}

/** A length of time as a plain number of seconds or milliseconds; the range is in that unit. */
export const duration = (unit: "seconds" | "milliseconds", range: Range): Syntax<Duration.Duration> => {
  const millisPerUnit = unit === "seconds" ? 1000 : 1
  return {
    expected: `a plain number of ${unit} from ${range.min} to ${range.max}`,
    read: (given) =>
      numeral.test(given)
        ? Either.map(inRange(Number(given), range), (value) => Duration.millis(Math.round(value * millisPerUnit)))
        : Either.left(
            Option.match(withoutUnit(given, millisPerUnit), {
              onNone: () => `Write a plain number of ${unit}`,
              onSome: (value) => `Write \`${value}\` without a unit: the unit is ${unit}`
            })
          ),
    write: (value) => String(Duration.toMillis(value) / millisPerUnit)
  }
}

/** Values separated by commas; empty places are passed over. */
export const list = <A>(item: Syntax<A>): Syntax<ReadonlyArray<A>> => ({
  expected: `a comma-separated list, each item ${item.expected}`,
  read: (given) =>
    Either.all(
      given
        .split(",")
        .map((part) => part.trim())
        .filter((part) => part !== "")
        .map((part) => Either.mapLeft(item.read(part), (suggestion) => `Correct \`${shown(part)}\`: ${suggestion}`))
    ),
  write: (values) => values.map(item.write).join(",")
})

/** Sixteen random characters of base64 hold 96 bits; fewer may be guessed over a network. */
const secretLength = 16

/** A secret that is sent as a bearer token: visible ASCII without spaces (RFC 6750 §2.1 allows no others). */
export const secret: Syntax<Redacted.Redacted> = {
  expected: `at least ${secretLength} visible ASCII characters without spaces`,
  read: (given) =>
    !/^[\x21-\x7e]+$/.test(given)
      ? Either.left("Create a new one: `openssl rand -hex 32`")
      : given.length < secretLength
        ? Either.left(
            `It is too short (${given.length} characters) and can be guessed. Create a new one with \`openssl rand -hex 32\`, and update every client that sends the old one`
          )
        : Either.right(Redacted.make(given)),
  write: Redacted.value
}

/** Header fields as OpenTelemetry writes them in one setting: `name=value`, separated by commas, values percent-encoded. */
export const headers: Syntax<Redacted.Redacted> = {
  expected: "comma-separated header fields such as `name=value`",
  read: (given) =>
    given
      .split(",")
      .every((field) =>
        /^\s*[!#$%&'*+.^_`|~0-9A-Za-z-]+\s*=(?:[\x20-\x24\x26-\x2b\x2d-\x7e]|%[0-9A-Fa-f]{2})*$/.test(field)
      )
      ? Either.right(Redacted.make(given))
      : Either.left("Write comma-separated `name=value` pairs, with a comma inside a value as `%2C`"),
  write: Redacted.value
}

/** The address of a database on a PostgreSQL server. */
export const databaseAddress: Syntax<DatabaseAddress> = {
  expected: "an address such as `postgres://user:password@host:5432/database`",
  read: (given) => Either.mapLeft(parseDatabaseAddress(given), (problem) => `The address ${problem}`),
  write: (address) => writeDatabaseAddress(address, Redacted.value)
}

/** The address of a bucket and a prefix in it. */
export const mediaAddress: Syntax<MediaAddress> = {
  expected: "an address such as `s3://bucket/prefix`",
  read: (given) => Either.mapLeft(parseMediaAddress(given), (problem) => `The address ${problem}`),
  write: writeMediaAddress
}

const visible = /^[\x21-\x7e]{1,256}$/

/** A name of one word, such as a region. */
export const word: Syntax<string> = {
  expected: "one word of lower-case letters, digits and hyphens",
  read: (given) =>
    /^[a-z0-9][a-z0-9-]{0,62}$/.test(given)
      ? Either.right(given)
      : Either.left("Write one word, such as `eu-central-1`, as the object store names it"),
  write: (value) => value
}

/** The name of an access key, which is a part of a header: no spaces, commas and slashes. */
export const accessKey: Syntax<string> = {
  expected: "visible ASCII characters without spaces, commas and slashes",
  read: (given) =>
    visible.test(given) && !/[,/]/.test(given)
      ? Either.right(given)
      : Either.left("Copy the access key as the object store shows it, without the secret"),
  write: (value) => value
}

/** The secret of an access key, of any length that a store chose. */
export const secretKey: Syntax<Redacted.Redacted> = {
  expected: "visible ASCII characters without spaces",
  read: (given) =>
    visible.test(given)
      ? Either.right(Redacted.make(given))
      : Either.left("Copy the secret as the object store shows it, on one line"),
  write: Redacted.value
}
