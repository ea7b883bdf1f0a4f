import { Either, Option, Schema } from "effect"
import { ImportPostInvalid } from "../../errors/ImportEntry.js"
import { parseInstant } from "../Instant.js"
import { decodePost } from "../micropub/MicropubCreate.js"
import { suggestedSlug } from "../posts/Post.js"
import { Slug, slugFromWish } from "../posts/Slug.js"
import { type FrontMatter, readFrontMatter } from "./FrontMatter.js"
import type { ReadPost } from "./PostFileReading.js"

/**
 * A note as in the database of StarPunk (Python); its text is in a file. Times have their stored form: text or number.
 */
export interface OriginalNote {
  readonly id: number
  readonly slug: string
  readonly filePath: string
  readonly published: boolean
  readonly createdAt: unknown
  readonly updatedAt: unknown
  /** Null if it is not deleted. */
  readonly deletedAt: unknown
  readonly tags: ReadonlyArray<string>
  readonly photos: ReadonlyArray<{ readonly path: string; readonly alt: string }>
}

/** Smaller numbers are seconds: as milliseconds they would be in early 1973 or before. */
const secondsBelow = 1e11

/** Python writes UTC with a `T` or a space, usually without a zone. */
const instantOf = (value: unknown, part: string): Either.Either<number, ImportPostInvalid> => {
  if (typeof value === "number" && Number.isFinite(value) && value > 0) {
    return Either.right(Math.round(value < secondsBelow ? value * 1000 : value))
  }
  return Either.fromOption(
    typeof value === "string" ? parseInstant(value) : Option.none(),
    () => new ImportPostInvalid({ part: `${part} in the database`, expected: "a date and time in UTC" })
  )
}

/** Plain Markdown may begin with a line of hyphens; what is not valid front matter is text. */
const lenient = (text: string): FrontMatter =>
  Either.getOrUndefined(readFrontMatter(text)) ?? {
    fields: {},
    body: (text.startsWith("\uFEFF") ? text.slice(1) : text).replace(/\r\n?/g, "\n")
  }

const tagsIn = (fields: FrontMatter["fields"]): ReadonlyArray<string> =>
  Array.isArray(fields.tags) ? fields.tags.filter((tag) => typeof tag === "string") : []

const photoAddress = (path: string): string => (/^(?:\/|https?:)/.test(path) ? path : `/media/${path}`)

const photoOf = ({ alt, path }: OriginalNote["photos"][number]) =>
  alt === "" ? photoAddress(path) : { value: photoAddress(path), alt }

/**
 * Converts a note of StarPunk (Python) to a post. The database holds its times, state and slug; the file holds its
 * text, with or without front matter (`title`, `tags`). Published notes become public, others drafts, and deleted ones
 * stay deleted.
 */
export const readOriginalNote = (note: OriginalNote, text: string): Either.Either<ReadPost, ImportPostInvalid> =>
  Either.gen(function* () {
    const { body, fields } = lenient(text)
    const content = body.trim()
    const title = typeof fields.title === "string" && fields.title.trim() !== "" ? fields.title : undefined
    const tags = note.tags.length > 0 ? note.tags : tagsIn(fields)
    const { properties, type } = yield* Either.mapLeft(
      decodePost("h-entry", {
        ...(title === undefined ? {} : { name: [title] }),
        ...(content === "" ? {} : { content: [content] }),
        ...(tags.length === 0 ? {} : { category: tags }),
        ...(note.photos.length === 0 ? {} : { photo: note.photos.map(photoOf) })
      }),
      () => new ImportPostInvalid({ part: "the note", expected: "a text: its file is empty" })
    )
    const createdAt = yield* instantOf(note.createdAt, "created_at")
    const isDeleted = note.deletedAt !== null && note.deletedAt !== undefined && note.deletedAt !== ""
    const slug = Schema.is(Slug)(note.slug)
      ? note.slug
      : (slugFromWish(note.slug) ?? suggestedSlug({ properties }, createdAt))
    return {
      post: {
        slug,
        type,
        properties,
        status: note.published ? "published" : "draft",
        visibility: "public",
        publishedAt: createdAt,
        createdAt,
        updatedAt: Either.getOrElse(instantOf(note.updatedAt, "updated_at"), () => createdAt),
        ...(isDeleted ? { deletedAt: yield* instantOf(note.deletedAt, "deleted_at") } : {}),
        formerSlugs: []
      },
      path: note.filePath,
      oldAddresses: [],
      publishedIsGuess: false,
      ...(slug === note.slug ? {} : { renamedFrom: note.slug })
    }
  })
