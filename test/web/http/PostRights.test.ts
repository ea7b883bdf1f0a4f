import { readFileSync } from "node:fs"
import { describe, expect, layer } from "@effect/vitest"
import { Clock, Effect, FastCheck, Option, Redacted } from "effect"
import type { Scope } from "../../../src/domain/indieauth/Scope.js"
import type { NewPost, Post } from "../../../src/domain/posts/Post.js"
import { saysTheSame } from "../../../src/domain/posts/PostChange.js"
import { micropubScopes } from "../../../src/domain/posts/PostRights.js"
import { AccessTokens } from "../../../src/services/AccessTokens.js"
import { Posts } from "../../../src/services/Posts.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { onePixel } from "../../fixtures/IndieAuthSite.js"
import { mediaSite } from "../../fixtures/MediaSite.js"
import { type Answer, formType, jsonType, siteUrl } from "../../fixtures/MicropubSite.js"
import { runs } from "../../fixtures/Runs.js"
import { ask } from "../../fixtures/TestServer.js"

const document = readFileSync(new URL("../../../docs/security.md", import.meta.url), "utf8")

/** The rows of the table behind a comment of the document, each a list of its cells. */
const tableAfter = (comment: string): ReadonlyArray<ReadonlyArray<string>> => {
  const [, rest = ""] = document.split(`<!-- ${comment} -->`)
  const lines = rest.trimStart().split("\n")
  const end = lines.findIndex((line) => !line.startsWith("|"))
  return lines.slice(0, end).map((line) =>
    line
      .slice(1, -1)
      .split("|")
      .map((cell) => cell.trim())
  )
}

type ScopeSet = ReadonlyArray<Scope>

const everySet: ReadonlyArray<ScopeSet> = Array.from({ length: 2 ** micropubScopes.length }, (_, bits) =>
  micropubScopes.filter((_, index) => (bits & (1 << index)) !== 0)
)

const isWithin = (small: ScopeSet, large: ScopeSet) => small.every((scope) => large.includes(scope))

/** The sets of scopes that a cell names. */
const setsOf = (cell: string): ReadonlyArray<ScopeSet> => {
  if (cell === "any") return micropubScopes.map((scope) => [scope])
  if (cell === "nobody") return []
  return cell.split(" or ").map((set) =>
    set.split(" + ").map((name) => {
      const scope = micropubScopes.find((known) => `\`${known}\`` === name)
      if (scope === undefined) throw new Error(`docs/security.md: ${cell}`)
      return scope
    })
  )
}

/** The largest sets that have none of these; with scopes that are about the owner, for good measure. */
const largestWithout = (sets: ReadonlyArray<ScopeSet>): ReadonlyArray<ScopeSet> => {
  const refused = everySet.filter((set) => !sets.some((needed) => isWithin(needed, set)))
  const largest = refused.filter((set) => !refused.some((other) => other.length > set.length && isWithin(set, other)))
  return largest.map((set) => [...set, "profile", "email"])
}

const day = 86_400_000

const states = ["draft", "scheduled", "private", "unlisted", "public", "deleted"] as const

type State = (typeof states)[number]

/** The scheduled one is unlisted, so that it can be seen by more people and by fewer. */
const decisions: Readonly<Record<State, Pick<NewPost, "status" | "visibility">>> = {
  draft: { status: "draft", visibility: "public" },
  scheduled: { status: "published", visibility: "unlisted" },
  private: { status: "published", visibility: "private" },
  unlisted: { status: "published", visibility: "unlisted" },
  public: { status: "published", visibility: "public" },
  deleted: { status: "published", visibility: "public" }
}

const publishedAt = (state: State, now: number) => now + (state === "scheduled" ? 2 * day : -day)

const app = "https://app.example/"

type Headers = Readonly<Record<string, string>>

const made = new Map<string, Redacted.Redacted>()

/** The headers of an app that has a token for these scopes, of which there is one in all. */
const tokenOf = (scopes: ScopeSet) =>
  Effect.gen(function* () {
    const tokens = yield* AccessTokens
    const key = scopes.join(" ")
    const known = made.get(key)
    const token = known ?? (yield* tokens.create({ label: "test", me: `${siteUrl}/`, scopes, clientId: app })).token
    made.set(key, token)
    return { authorization: `Bearer ${Redacted.value(token)}`, accept: jsonType }
  })

const send = (headers: Headers, body: unknown) =>
  ask("/micropub", { method: "POST", headers: { ...headers, "content-type": jsonType }, body: JSON.stringify(body) })

const get = (headers: Headers, query: string) => ask(`/micropub?${query}`, { headers })

const urlOf = ({ slug }: Post) => `${siteUrl}/notes/${slug}`

const time = (millis: number) => [new Date(millis).toISOString()]

const isFine = ({ status }: Answer) => status >= 200 && status < 300

/** What a row of the table does to a post, and how one sees that it was done. */
interface Trial {
  /** What the post is beside being in its state. */
  readonly changes?: Partial<NewPost>
  readonly act: (headers: Headers, post: Post, state: State, now: number) => ReturnType<typeof ask>
  readonly isDone: (answer: Answer, after: Post, before: Post, state: State) => boolean
}

/** A change of these properties. */
const change = (properties: (state: State, now: number) => unknown, changes: Partial<NewPost> = {}): Trial => ({
  changes,
  act: (headers, post, state, now) =>
    send(headers, { action: "update", url: urlOf(post), replace: properties(state, now) }),
  isDone: (answer, after, before) => isFine(answer) && !saysTheSame(before, after)
})

const read = (changes: Partial<NewPost>): Trial => ({
  changes,
  act: (headers, post) => get(headers, `q=source&url=${encodeURIComponent(urlOf(post))}`),
  isDone: (answer) => isFine(answer) && answer.body.includes("before")
})

const find = (changes: Partial<NewPost>): Trial => ({
  changes,
  act: (headers) => get(headers, "q=source"),
  isDone: (answer, after) => isFine(answer) && answer.body.includes(urlOf(after))
})

const undelete: Trial = {
  act: (headers, post) => send(headers, { action: "undelete", url: urlOf(post) }),
  isDone: (answer, after) => isFine(answer) && after.deletedAt === undefined
}

const others = { postedBy: "https://other.example/" }

const due = "restore it after its scheduled time"
const creation = "create one"

const trials: Readonly<Record<string, Trial>> = {
  [creation]: {
    act: (headers, _, state, now) => {
      const { status, visibility } = decisions[state]
      const properties = {
        content: ["after"],
        "post-status": [status],
        visibility: [visibility],
        published: time(publishedAt(state, now))
      }
      return send(headers, { type: ["h-entry"], properties })
    },
    isDone: (answer, after, _, state) =>
      isFine(answer) && after.status === decisions[state].status && after.visibility === decisions[state].visibility
  },
  "read one by its address": read(others),
  "find it in the list": find(others),
  "read one of the same app": read({ postedBy: app }),
  "find one of the same app in the list": find({ postedBy: app }),
  "change its text, tags or photos": change(() => ({ content: ["after"], category: ["new"], photo: [`${app}x.jpg`] })),
  "change its address (`mp-slug`)": change((state) => ({ "mp-slug": [`another-${state}`] })),
  "publish it now, or make it public": change((state, now) => {
    if (state === "draft") return { "post-status": ["published"] }
    return state === "scheduled" ? { published: time(now - 1000) } : { visibility: ["public"] }
  }),
  "schedule it, or bring its time forward": change((_, now) => ({
    "post-status": ["published"],
    published: time(now + day)
  })),
  "widen its `visibility`": change((state) => ({
    visibility: [state === "private" ? "unlisted" : "public"]
  })),
  "make it a draft": change(() => ({ "post-status": ["draft"] })),
  "postpone it": change((_, now) => ({ published: time(now + 5 * day) })),
  "narrow its `visibility`": change((state) => ({
    visibility: [state === "public" ? "unlisted" : "private"]
  })),
  "delete it": {
    act: (headers, post) => send(headers, { action: "delete", url: urlOf(post) }),
    isDone: (answer, after) => isFine(answer) && after.deletedAt !== undefined
  },
  "restore it": undelete,
  [due]: undelete
}

const empty = Effect.flatMap(SqlPool, (pool) => pool.write((sql) => sql`DELETE FROM posts`))

/** A post in a state, alone on the site. */
const prepared = (row: string, state: State, now: number) =>
  Effect.gen(function* () {
    yield* empty
    const posts = yield* Posts
    const isDraftToWiden = row.startsWith("widen") && state === "draft"
    const post = yield* posts.create({
      type: "h-entry",
      properties: { content: ["before"] },
      ...decisions[state],
      ...(isDraftToWiden && { visibility: "private" }),
      publishedAt: row === due ? now - day : publishedAt(state, now),
      ...trials[row]?.changes
    })
    if (row === due) {
      const pool = yield* SqlPool
      yield* pool.write((sql) => sql`UPDATE posts SET deleted_at = published_at - 1000 WHERE id = ${post.id}`)
    }
    return state === "deleted" ? yield* posts.delete(post.id) : post
  })

/** Tries a row on a fresh post. */
const tried = (row: string, state: State, scopes: ScopeSet) =>
  Effect.gen(function* () {
    const posts = yield* Posts
    const trial = trials[row]
    if (trial === undefined) return yield* Effect.dieMessage(`No trial for the row: ${row}`)
    const now = yield* Clock.currentTimeMillis
    const { id } = yield* prepared(row, state, now)
    const before = Option.getOrThrow(yield* posts.byId(id))
    const answer = yield* trial.act(yield* tokenOf(scopes), before, state, now)
    const { posts: all } = yield* posts.listOwned({}, { limit: 10 })
    const created = all.find((post) => post.id !== id)
    const after = row === creation && created !== undefined ? created : Option.getOrThrow(yield* posts.byId(id))
    return { answer, before, after, isDone: trial.isDone(answer, after, before, state) }
  })

const [head = [], , ...rows] = tableAfter("rights of posts")
const columns = head.slice(1)

const cells = rows.flatMap(([row = "", ...entries]) =>
  states.flatMap((state) => {
    const cell = entries[columns.indexOf(state)] ?? ""
    return cell === "–" ? [] : [{ row, state, cell }]
  })
)

layer(mediaSite({ rateLimitEnabled: false }), { excludeTestServices: true })("rights of tokens", (it) => {
  it.effect("every row of the table is tested, and has a cell for each state", () =>
    Effect.sync(() => {
      expect(columns).toEqual(states)
      expect(rows.map(([row]) => row)).toEqual(Object.keys(trials))
      expect(rows.map((row) => row.length)).toEqual(rows.map(() => head.length))
    })
  )

  describe("S6, S7: scope × action × state, by docs/security.md", () => {
    it.effect.each(cells)("$row, $state: $cell", ({ cell, row, state }) =>
      Effect.gen(function* () {
        const sets = setsOf(cell)
        for (const scopes of sets) {
          const { answer, isDone } = yield* tried(row, state, scopes)
          expect(isDone, `with ${scopes.join(" ")}: ${answer.status} ${answer.body}`).toBe(true)
        }
        for (const scopes of cell === "any" ? [["profile", "email"] as const] : largestWithout(sets)) {
          const { after, answer, before, isDone } = yield* tried(row, state, scopes)
          const told = `with ${scopes.join(" ")}: ${answer.status} ${answer.body}`
          expect(isDone, told).toBe(false)
          expect(answer.status, told).toBeLessThan(500)
          if (row !== creation) expect(after, told).toEqual(before)
          if (cell !== "nobody" && !row.includes("read") && !row.includes("find") && row !== creation) {
            expect(answer.status, told).toBe(403)
          }
        }
      })
    )
  })

  it.effect("S6, S7: any scopes, drawn at random, may do in any state what the table says, and nothing else", () =>
    Effect.gen(function* () {
      const drawn = FastCheck.sample(
        FastCheck.tuple(FastCheck.constantFrom(...cells), FastCheck.constantFrom(...everySet)),
        { numRuns: runs(120, 3_000) }
      )
      for (const [{ cell, row, state }, scopes] of drawn) {
        const isAllowed = setsOf(cell).some((set) => isWithin(set, scopes))
        const { after, answer, before, isDone } = yield* tried(row, state, scopes)
        const told = `${row}, ${state}, with ${scopes.join(" ")}: ${answer.status} ${answer.body}`
        expect(isDone, told).toBe(isAllowed)
        if (!isAllowed && row !== creation) expect(after, told).toEqual(before)
      }
    })
  )

  it.effect("S6: an unreadable post gets the answer of a missing one", () =>
    Effect.gen(function* () {
      for (const state of ["draft", "scheduled", "private"] as const) {
        const { answer } = yield* tried("read one by its address", state, ["create", "draft", "undelete", "media"])
        const nowhere = yield* get(
          yield* tokenOf(["media"]),
          `q=source&url=${encodeURIComponent(`${siteUrl}/notes/nowhere`)}`
        )
        const told = ({ body }: Answer) => ({ ...JSON.parse(body), request_id: "" })
        expect([answer.status, told(answer)]).toEqual([nowhere.status, told(nowhere)])
      }
    })
  )

  it.effect("S7: a token for drafts alone makes every post a draft, and publishes nothing", () =>
    Effect.gen(function* () {
      yield* empty
      const headers = yield* tokenOf(["draft", "media"])
      const posts = yield* Posts
      const now = yield* Clock.currentTimeMillis
      for (const more of [
        {},
        { "post-status": ["published"] },
        { visibility: ["public"] },
        { published: time(now - day) },
        { "mp-slug": ["mine"] }
      ]) {
        expect((yield* send(headers, { type: ["h-entry"], properties: { content: ["x"], ...more } })).status).toBe(201)
      }
      const { posts: all } = yield* posts.listOwned({}, { limit: 10 })
      expect(all.map(({ postedBy, status }) => [status, postedBy])).toEqual(
        Array.from({ length: 5 }, () => ["draft", app])
      )
      const { posts: seen } = yield* posts.listPublic({ limit: 10 })
      expect(seen).toEqual([])
    })
  )

  describe("S6: files, by docs/security.md", () => {
    const [, , ...files] = tableAfter("rights of files")
    const media = (headers: Headers, query: string) => ask(`/micropub/media?${query}`, { headers })
    const upload = (headers: Headers) => {
      const body = new FormData()
      body.append("file", new Blob([new Uint8Array(onePixel)], { type: "image/png" }), "a.png")
      return ask("/micropub/media", { method: "POST", headers, body })
    }
    const uploaded = (clientId: string) =>
      Effect.gen(function* () {
        const tokens = yield* AccessTokens
        const { token } = yield* tokens.create({ label: "test", me: `${siteUrl}/`, scopes: ["media"], clientId })
        const answer = yield* upload({ authorization: `Bearer ${Redacted.value(token)}` })
        return answer.headers.get("location") ?? ""
      })
    const fileTrials: ReadonlyArray<
      (headers: Headers) => Effect.Effect<boolean, unknown, Effect.Effect.Context<ReturnType<typeof uploaded>>>
    > = [
      (headers) => Effect.map(upload(headers), ({ status }) => status === 201),
      (headers) =>
        Effect.gen(function* () {
          const url = yield* uploaded(app)
          const list = yield* media(headers, "q=source&limit=5")
          const last = yield* media(headers, "q=last")
          return isFine(list) && list.body.includes(url) && last.body.includes(url)
        }),
      (headers) =>
        Effect.gen(function* () {
          const url = yield* uploaded("https://other.example/")
          const [list, last] = [yield* media(headers, "q=source&limit=5"), yield* media(headers, "q=last")]
          expect(list.body.includes(url)).toBe(last.body.includes(url))
          return isFine(list) && list.body.includes(url)
        }),
      (headers) =>
        Effect.gen(function* () {
          const body = new URLSearchParams({
            action: "delete",
            url: yield* uploaded("https://other.example/")
          }).toString()
          const answer = yield* ask("/micropub/media", {
            method: "POST",
            headers: { ...headers, "content-type": formType },
            body
          })
          return isFine(answer)
        }),
      (headers) =>
        Effect.gen(function* () {
          const answers = [yield* get(headers, ""), yield* get(headers, "q=config"), yield* get(headers, "q=category")]
          return answers.every(isFine)
        })
    ]

    it.effect.each(files.map(([row = "", cell = ""], index) => ({ row, cell, trial: fileTrials[index] })))(
      "$row: $cell",
      ({ cell, trial }) =>
        Effect.gen(function* () {
          if (trial === undefined) return yield* Effect.dieMessage("No trial for the row")
          const sets = setsOf(cell)
          for (const scopes of sets) expect(yield* trial(yield* tokenOf(scopes)), scopes.join(" ")).toBe(true)
          for (const scopes of cell === "any" ? [["profile", "email"] as const] : largestWithout(sets)) {
            expect(yield* trial(yield* tokenOf(scopes)), scopes.join(" ")).toBe(false)
          }
        })
    )
  })
})
