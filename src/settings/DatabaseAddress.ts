import { Either, Redacted } from "effect"

/** The address of a database on a PostgreSQL server. */
export interface DatabaseAddress {
  /** A name, an IP address without brackets, or the directory of a Unix socket. */
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: Redacted.Redacted
  readonly database: string
  /** Whether the connection is encrypted, and the certificate verified. */
  readonly isEncrypted: boolean
}

const defaultPort = 5432

const isLoopback = (host: string): boolean =>
  host === "localhost" || host === "::1" || /^127(?:\.\d{1,3}){3}$/.test(host)

/** Decodes percent-encoding; `undefined` if it is not valid. */
const decoded = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

/** What each value of `sslmode` that is refused would do. */
const refusedModes: Readonly<Record<string, string>> = {
  allow: "does not encrypt the connection unless the server insists",
  prefer: "falls back to a connection without encryption",
  require: "does not verify the server",
  "verify-ca": "does not verify the name of the server",
  "no-verify": "does not verify the server"
}

const encryption = (mode: string | undefined, isNear: boolean): Either.Either<boolean, string> => {
  if (mode === undefined) return Either.right(!isNear)
  if (mode === "verify-full") return Either.right(true)
  if (mode === "disable") {
    return isNear
      ? Either.right(false)
      : Either.left("sslmode=disable is for a server on this machine only; use sslmode=verify-full")
  }
  const reason = Object.hasOwn(refusedModes, mode) ? refusedModes[mode] : undefined
  return Either.left(
    reason === undefined
      ? `sslmode must be verify-full or disable`
      : `sslmode=${mode} is refused, because it ${reason}; use sslmode=verify-full`
  )
}

/** A user before an empty host, which only addresses of sockets have: `postgres://ada@/blog?host=/run/postgresql`. */
const withoutHost = /^(postgres(?:ql)?:\/\/[^@/?#]+@)\//i

/** Reads an address such as `postgres://user:password@host:5432/database`; fails with what is wrong with it. */
export const parseDatabaseAddress = (text: string): Either.Either<DatabaseAddress, string> => {
  if (!/^postgres(?:ql)?:\/\//i.test(text)) return Either.left("must begin with postgres://")
  const whole = text.replace(withoutHost, "$1localhost/")
  if (!URL.canParse(whole)) return Either.left("is not a valid address")
  const url = new URL(whole)
  const unknown = [...url.searchParams.keys()].find((name) => !["sslmode", "host"].includes(name))
  if (unknown !== undefined) return Either.left("has a parameter other than sslmode and host")
  if (url.hash !== "") return Either.left("must not contain #; in a password, write it as %23")
  const parts = [url.username, url.password, url.hostname.replace(/^\[(.*)\]$/, "$1"), url.pathname.slice(1)]
  const [user, password, named, database] = parts.map(decoded)
  if (user === undefined || password === undefined || named === undefined || database === undefined) {
    return Either.left("has a % that begins no percent-encoding; in a password, write it as %25")
  }
  const host = url.searchParams.get("host") ?? named
  if (user === "") return Either.left("must name the user before the host, as in postgres://user@host/database")
  if (host === "") return Either.left("must name the host, as in postgres://user@host/database")
  if (database === "") return Either.left("must name the database after the host, as in postgres://user@host/database")
  if (database.includes("/")) return Either.left("must have one name after the host: that of the database")
  if ([user, password, host, database].some((part) => part.includes("\0"))) return Either.left("must not contain %00")
  return Either.map(
    encryption(url.searchParams.get("sslmode") ?? undefined, host.startsWith("/") || isLoopback(host)),
    (isEncrypted) => ({
      host,
      port: url.port === "" ? defaultPort : Number(url.port),
      user,
      password: Redacted.make(password),
      database,
      isEncrypted
    })
  )
}

/** Writes an address, with its password as `password` gives it; the inverse of reading. */
export const writeDatabaseAddress = (
  address: DatabaseAddress,
  password: (secret: Redacted.Redacted) => string
): string => {
  const { database, host, isEncrypted, port, user } = address
  const secret = Redacted.value(address.password) === "" ? "" : `:${encodeURIComponent(password(address.password))}`
  const isSocket = host.startsWith("/")
  const place = isSocket ? "localhost" : host.includes(":") ? `[${host}]` : host
  const parameters = [
    ...(isSocket ? [`host=${host}`] : []),
    ...(isEncrypted === (isSocket || isLoopback(host)) ? [`sslmode=${isEncrypted ? "verify-full" : "disable"}`] : [])
  ]
  return [
    `postgres://${encodeURIComponent(user)}${secret}@${place}`,
    port === defaultPort ? "" : `:${port}`,
    `/${encodeURIComponent(database)}`,
    parameters.length === 0 ? "" : `?${parameters.join("&")}`
  ].join("")
}

/** An address as a report shows it, without the password. */
export const showDatabaseAddress = (address: DatabaseAddress): string =>
  writeDatabaseAddress(address, () => "password").replace(":password@", ":…@")
