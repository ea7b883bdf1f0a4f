import { Cause, Chunk, type Option, Predicate } from "effect"
import { access } from "./catalogue/Access.js"
import { database } from "./catalogue/Database.js"
import { editor } from "./catalogue/Editor.js"
import type { Entries, Entry } from "./catalogue/Entry.js"
import { http } from "./catalogue/Http.js"
import { indieauth } from "./catalogue/IndieAuth.js"
import { login } from "./catalogue/Login.js"
import { maintenance } from "./catalogue/Maintenance.js"
import { media } from "./catalogue/Media.js"
import { micropub } from "./catalogue/Micropub.js"
import { outbound } from "./catalogue/Outbound.js"
import { portability } from "./catalogue/Portability.js"
import { provider } from "./catalogue/Provider.js"
import { search } from "./catalogue/Search.js"
import { session } from "./catalogue/Session.js"
import { startup } from "./catalogue/Startup.js"
import { supervision } from "./catalogue/Supervision.js"
import type { ErrorInfo } from "./ErrorInfo.js"
import type { Failure } from "./Failure.js"

const catalogue = {
  ...access,
  ...database,
  ...editor,
  ...http,
  ...maintenance,
  ...login,
  ...indieauth,
  ...media,
  ...micropub,
  ...outbound,
  ...portability,
  ...provider,
  ...search,
  ...session,
  ...startup,
  ...supervision
} satisfies Entries<Failure>

const byTag: Readonly<Record<Failure["_tag"], Entry<Failure>>> = catalogue

/** Returns the texts of a failure. Total: every failure has an entry, and no entry can fail. */
export const errorInfo = (failure: Failure): ErrorInfo => byTag[failure._tag].explain(failure)

/** Whether a value is a failure of the catalogue. */
export const isFailure = (value: unknown): value is Failure =>
  Predicate.hasProperty(value, "_tag") &&
  Predicate.isString(value._tag) &&
  Object.hasOwn(catalogue, value._tag) &&
  value instanceof byTag[value._tag as Failure["_tag"]].example.constructor

/** The first failure of the catalogue in a cause; the rest are defects, interruptions or errors of libraries. */
export const failureIn = (cause: Cause.Cause<unknown>): Option.Option<Failure> =>
  Chunk.head(Chunk.filter(Cause.failures(cause), isFailure))

/** A code of the catalogue with an example and its texts. */
export interface CatalogueEntry {
  readonly tag: Failure["_tag"]
  readonly example: Failure
  readonly info: ErrorInfo
}

/** Every entry, sorted by code: for `starpunk explain`, the documentation, and the pages under `/errors/`. */
export const entries: ReadonlyArray<CatalogueEntry> = Object.values(byTag)
  .map(({ example }) => ({ tag: example._tag, example, info: errorInfo(example) }))
  .toSorted((a, b) => (a.info.code < b.info.code ? -1 : 1))
