import { describe, expect, it } from "@effect/vitest"
import { Effect, type Scope } from "effect"
import { eventually } from "../../fixtures/Eventually.js"

/** A post that a statement inserts. */
export const insert = (slug: string, publishedAt: number): string =>
  `INSERT INTO posts (slug, type, properties, status, visibility, published_at, created_at, updated_at)
    VALUES ('${slug}', 'h-entry', '{}', 'published', 'public', ${publishedAt}, 1, 1)`

/** The revision of a database without tables. */
export interface Watched {
  /** The revision now, and after what other processes have committed is seen. */
  readonly now: Effect.Effect<string | undefined>
  readonly current: Effect.Effect<string | undefined>
  /** Commits a statement in another connection, and in the pool. */
  readonly execute: (statement: string) => Effect.Effect<unknown>
  readonly write: (statement: string) => Effect.Effect<unknown, unknown>
  /** Creates the tables, and waits until the revision is known. */
  readonly prepare: Effect.Effect<unknown, unknown>
}

/** What every engine promises of the revision. */
export const conforms = <E>(name: string, watched: Effect.Effect<Watched, E, Scope.Scope>): void => {
  describe(`the revision of the content (${name})`, () => {
    it.scopedLive("is unknown before the database has its tables", () =>
      Effect.gen(function* () {
        const { current, prepare } = yield* watched
        expect(yield* current).toBeUndefined()
        yield* prepare
        expect(yield* current).toBeDefined()
      })
    )

    it.scopedLive("changes with every commit that changes what is shown, and with no other", () =>
      Effect.gen(function* () {
        const { current, execute, prepare } = yield* watched
        yield* prepare
        let before = yield* current
        for (const statement of [
          insert("one", 0),
          'UPDATE posts SET properties = \'{"name":["One"]}\'',
          `INSERT INTO post_renderings (post_id, version, state, is_listed_whole, opening, listed, html, text)
            VALUES (1, 1, 'rendered', 1, '', '{}', '', '')`,
          "DELETE FROM post_renderings",
          "INSERT INTO media (id, name, byte_length, uploaded_at) VALUES ('a', 'a', 1, 1)",
          "DELETE FROM media",
          "UPDATE posts SET deleted_at = 1",
          "DELETE FROM posts"
        ]) {
          yield* execute(statement)
          const after = yield* eventually(current, (revision) => revision !== before)
          expect(after, statement).toBeDefined()
          expect(yield* current, statement).toBe(after)
          before = after
        }
        yield* execute("INSERT INTO search_state (name, value) VALUES ('a', 'b')")
        yield* execute("BEGIN; INSERT INTO search_state (name, value) VALUES ('c', 'd'); ROLLBACK")
        expect(yield* current).toBe(before)
      })
    )

    it.scopedLive("changes when a scheduled post becomes due", () =>
      Effect.gen(function* () {
        const { current, execute, now, prepare } = yield* watched
        yield* prepare
        const empty = yield* current
        yield* execute(insert("scheduled", Date.now() + 300))
        const before = yield* eventually(current, (revision) => revision !== empty)
        const after = yield* eventually(now, (revision) => revision !== before)
        expect(after).toBeDefined()
      })
    )

    it.scopedLive("covers each commit of this process as soon as it is acknowledged", () =>
      Effect.gen(function* () {
        const { now, prepare, write } = yield* watched
        yield* prepare
        const seen = new Set<string | undefined>()
        for (let number = 0; number < 200; number++) {
          yield* write(insert(`note-${number}`, 0))
          // The second call comes within the millisecond of the first.
          seen.add(yield* now)
          expect(yield* now).toBe([...seen].at(-1))
        }
        expect(seen.size).toBe(200)
      })
    )
  })
}
