import type { SqlClient } from "@effect/sql"
import { Clock, Effect, Layer, Option, Schema } from "effect"
import {
  initialValues,
  readSection,
  type SectionName,
  type SiteValues,
  sectionNames,
  sections
} from "../../../src/domain/site/SiteValues.js"
import { type TimeZone, timeZone } from "../../../src/domain/TimeZone.js"
import type { DatabaseFailure } from "../../../src/errors/Database.js"
import { SettingsConflict } from "../../../src/errors/SiteSettings.js"
import { SiteSettings, type StoredSettings, unchangedSettings } from "../../../src/services/SiteSettings.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import type { SettingsValues } from "../../../src/settings/Config.js"
import { decodeRows } from "../rows/Rows.js"

const statesFrom = decodeRows(Schema.Struct({ part: Schema.String, state: Schema.String }))
const partsFrom = decodeRows(
  Schema.Struct({ part: Schema.String, state: Schema.String, value: Schema.parseJson(Schema.Unknown) })
)
const revisionsFrom = decodeRows(Schema.Struct({ revision: Schema.Int, value: Schema.parseJson(Schema.Unknown) }))

const isSection = (name: string): name is SectionName => sectionNames.some((known) => known === name)

/** The name of the part that is the owner's photo, beside those of the sections. */
const photoPart = "photo"

/** Describes the state of all parts in a text. */
const stateOf = (parts: ReadonlyArray<{ readonly part: string; readonly state: string }>): string =>
  parts.length === 0 ? unchangedSettings.revision : parts.map(({ part, state }) => `${part}.${state}`).join("-")

const readState = (sql: SqlClient.SqlClient) =>
  Effect.flatMap(
    sql`SELECT section AS part, CAST(revision AS TEXT) AS state FROM site_settings
      UNION ALL SELECT ${photoPart}, version FROM site_photo ORDER BY part`,
    statesFrom
  ).pipe(Effect.map(stateOf))

/** All settings of one moment: one statement reads them. */
const readSettings = (sql: SqlClient.SqlClient) =>
  Effect.map(
    Effect.flatMap(
      sql`SELECT section AS part, CAST(revision AS TEXT) AS state, value FROM site_settings
        UNION ALL SELECT ${photoPart}, version, CAST(size AS TEXT) FROM site_photo ORDER BY part`,
      partsFrom
    ),
    (parts): StoredSettings => {
      const known = parts.flatMap((row) => (isSection(row.part) ? [{ ...row, section: row.part }] : []))
      const values = known.map(({ section, value }) => [section, readSection(section, value)] as const)
      const photo = parts.find(({ part }) => part === photoPart)
      return {
        revision: stateOf(parts),
        revisions: {
          ...unchangedSettings.revisions,
          ...Object.fromEntries(known.map(({ section, state }) => [section, Number(state)]))
        },
        values: { ...initialValues, ...Object.fromEntries(values) },
        photo: Option.map(Option.fromNullable(photo), ({ state, value }) => ({ version: state, size: Number(value) }))
      }
    }
  )

const readPart = (sql: SqlClient.SqlClient, section: SectionName) =>
  Effect.map(
    Effect.flatMap(sql`SELECT revision, value FROM site_settings WHERE section = ${section}`, revisionsFrom),
    ([row]) => row
  )

/** The time zone of the site, for other stores. The environment takes precedence. */
export const siteZone = (
  pool: SqlPool["Type"],
  { siteTimeZone }: Pick<SettingsValues, "siteTimeZone">
): Effect.Effect<TimeZone, DatabaseFailure> =>
  Option.match(siteTimeZone, {
    onSome: (name) => Effect.succeed(timeZone(name)),
    onNone: () =>
      Effect.map(
        pool.read((sql) => readPart(sql, "site")),
        (row) => timeZone(readSection("site", row?.value).timeZone || "UTC")
      )
  })

/** Names of the site and of its author, for other stores; empty where none is set. */
export const siteNames = (
  pool: SqlPool["Type"],
  { siteAuthor, siteName }: Pick<SettingsValues, "siteAuthor" | "siteName">
): Effect.Effect<{ readonly siteName: string; readonly siteAuthor: string }, DatabaseFailure> =>
  pool.read((sql) =>
    Effect.gen(function* () {
      const stored = readSection("site", (yield* readPart(sql, "site"))?.value).name
      const author = readSection("you", (yield* readPart(sql, "you"))?.value).name
      return {
        siteName: Option.getOrElse(siteName, () => stored),
        siteAuthor: Option.getOrElse(siteAuthor, () => author)
      }
    })
  )

/**
 * Settings in the tables `site_settings` and `site_photo`. Every read asks for the revisions, so that it sees what other
 * processes have committed; the values are read again only if a revision has changed.
 */
export const layer: Layer.Layer<SiteSettings, never, SqlPool> = Layer.effect(
  SiteSettings,
  Effect.gen(function* () {
    const pool = yield* SqlPool
    let known: StoredSettings = unchangedSettings

    const latest = (sql: SqlClient.SqlClient) =>
      Effect.flatMap(readState(sql), (state) => (state === known.revision ? Effect.succeed(known) : readSettings(sql)))

    const remember = (settings: StoredSettings): StoredSettings => {
      known = settings
      return settings
    }

    return SiteSettings.of({
      current: Effect.map(pool.read(latest), remember).pipe(Effect.withSpan("SiteSettings.current")),
      known: () => known,
      change: <Name extends SectionName>(section: Name, basedOn: number, value: SiteValues[Name]) =>
        Effect.gen(function* () {
          const now = yield* Clock.currentTimeMillis
          yield* pool.write((sql) =>
            Effect.gen(function* () {
              const before = yield* readPart(sql, section)
              if ((before?.revision ?? 0) !== basedOn) return yield* new SettingsConflict({ section })
              const encoded = Schema.encodeSync<unknown, unknown>(sections[section] as never)(value)
              const text = JSON.stringify({ ...unknownFields(section, before?.value), ...(encoded as object) })
              yield* sql`INSERT INTO site_settings ${sql.insert({
                section,
                revision: basedOn + 1,
                value: text,
                changed_at: now
              })} ON CONFLICT (section) DO UPDATE
                SET revision = excluded.revision, value = excluded.value, changed_at = excluded.changed_at`
            })
          )
          return remember(yield* pool.read(latest))
        }).pipe(Effect.withSpan("SiteSettings.change"))
    })
  })
)

/** Fields that a newer version has stored. They stay, so that nothing is lost after a downgrade. */
const unknownFields = (section: SectionName, stored: unknown): object =>
  typeof stored === "object" && stored !== null
    ? Object.fromEntries(Object.entries(stored).filter(([name]) => !(name in sections[section].fields)))
    : {}
