import { Effect, Layer } from "effect"
import fresh from "fresh"
import { memoized } from "../../src/domain/Memo.js"
import { type Coding, ContentCoding } from "../../src/services/ContentCoding.js"
import {
  noPageCache,
  PageCache,
  type PageCacheShape,
  type Question,
  type SharedAnswer
} from "../../src/services/PageCache.js"
import { Settings } from "../../src/settings/Config.js"
import { codingFor } from "../../src/web/http/Compression.js"
import { SegmentedLru } from "./SegmentedLru.js"

/** Variants of one address: codings times formats, each whole and as 304. */
const maxVariants = 16

/** Maximum length of a header's value that distinguishes variants; clients send no longer ones. */
const maxValueLength = 256

/** Maximum number of requests that wait for one rendering; others are rendered at once. */
const maxWaiting = 4_096

/** Estimated bytes of a variant besides its body and its address: headers, maps, strings. */
const overhead = 2_048

interface Variant {
  whole?: SharedAnswer
  notModified?: SharedAnswer
}

interface Page {
  /** Names of the request headers on which the response depends. */
  readonly vary: ReadonlyArray<string>
  readonly variants: Map<string, Variant>
  bytes: number
}

const headerOf = ({ headers }: Question, name: string): string => {
  const value = headers[name]
  return typeof value === "string" ? value : (value?.join(", ") ?? "")
}

/** A request that is being rendered, and the requests that wait for its answer. */
interface Rendering {
  readonly key: string
  readonly request: unknown
  readonly question: Question
  readonly revision: string
  readonly waiting: Array<(again: boolean) => void>
}

/** A cache of at most `size` bytes, for answers in some content codings. */
export const make = (size: number, available: ReadonlyArray<Coding>): PageCacheShape => {
  let capacity = size
  const pages = new SegmentedLru<Page>(size)
  // Clients write `Accept-Encoding` in many ways, but only a few codings result.
  const codings = memoized((accepted) => codingFor(accepted, available) ?? "identity")
  const renderings = new Map<unknown, Rendering>()
  const byKey = new Map<string, Rendering>()
  let revision: string | undefined
  let hits = 0
  let misses = 0

  const variantKey = (vary: ReadonlyArray<string>, question: Question): string | undefined => {
    let key = ""
    for (const name of vary) {
      const value = headerOf(question, name)
      if (name === "accept-encoding") key += codings(value)
      else if (value.length > maxValueLength) return undefined
      else key += value
      key += "\n"
    }
    return key
  }

  /** Empties the cache if the content has changed. */
  const moveTo = (now: string): void => {
    if (now === revision) return
    pages.clear()
    revision = now
  }

  const answerTo = ({ notModified, whole }: Variant, question: Question): SharedAnswer | undefined => {
    const match = question.headers["if-none-match"]
    const since = question.headers["if-modified-since"]
    if (match === undefined && since === undefined) return whole
    const known = whole ?? notModified
    const conditions = {
      "if-none-match": headerOf(question, "if-none-match"),
      "if-modified-since": headerOf(question, "if-modified-since")
    }
    return known !== undefined && fresh(conditions, known.headers) ? notModified : whole
  }

  const keep = (question: Question, answer: SharedAnswer): void => {
    const vary = (answer.headers.vary ?? "")
      .toLowerCase()
      .split(",")
      .flatMap((name) => name.trim() || [])
    const key = variantKey(vary, question)
    if (key === undefined || vary.includes("*")) return
    const bytes = answer.body.length + 2 * question.target.length + overhead
    if (bytes > capacity / 4) return
    const name = answer.status === 200 ? "whole" : "notModified"
    const page = pages.peek(question.target)
    if (page === undefined || page.vary.join() !== vary.join()) {
      pages.add(question.target, { vary, variants: new Map([[key, { [name]: answer }]]), bytes })
      return
    }
    const variant = page.variants.get(key) ?? {}
    if (variant[name] !== undefined || (page.variants.size >= maxVariants && !page.variants.has(key))) return
    page.variants.set(key, { ...variant, [name]: answer })
    pages.grow(question.target, page, bytes)
  }

  return {
    find: (question, now) => {
      moveTo(now)
      const page = pages.peek(question.target)
      const key = page === undefined ? undefined : variantKey(page.vary, question)
      const variant = key === undefined ? undefined : page?.variants.get(key)
      const answer = variant === undefined ? undefined : answerTo(variant, question)
      if (answer === undefined) return undefined
      pages.use(question.target)
      hits++
      return answer
    },
    begin: (request, question, now, resume) => {
      moveTo(now)
      const conditions = `${headerOf(question, "if-none-match")}\n${headerOf(question, "if-modified-since")}`
      const formats = `${codings(headerOf(question, "accept-encoding"))}\n${headerOf(question, "accept")}`
      const key = `${now}\n${question.target}\n${formats}\n${conditions}`
      const rendering = byKey.get(key)
      if (rendering !== undefined && rendering.waiting.length < maxWaiting) {
        rendering.waiting.push(resume)
        return rendering.request
      }
      misses++
      const begun: Rendering = { key, request, question, revision: now, waiting: [] }
      renderings.set(request, begun)
      if (rendering === undefined) byKey.set(key, begun)
      return undefined
    },
    revisionOf: (request) => renderings.get(request)?.revision,
    settle: (request, outcome) => {
      const rendering = renderings.get(request)
      if (rendering === undefined) return
      renderings.delete(request)
      if (byKey.get(rendering.key) === rendering) byKey.delete(rendering.key)
      if (typeof outcome === "object" && revision === rendering.revision) keep(rendering.question, outcome)
      for (const resume of rendering.waiting) resume(outcome !== "private")
    },
    stats: () => ({ hits, misses, pages: pages.size, bytes: pages.bytes }),
    limit: (share) => {
      capacity = share * size
      pages.resize(capacity)
    }
  }
}

/** The size that the settings give; 0 turns it off. */
export const layer: Layer.Layer<never, never, ContentCoding | Settings> = Layer.effect(
  PageCache,
  Effect.zipWith(Settings, ContentCoding, ({ pageCacheMb }, { codings }) =>
    pageCacheMb === 0 ? noPageCache : make(pageCacheMb * 1_048_576, codings)
  )
)
