import { Either, FastCheck as fc } from "effect"
import type { MovedPost } from "../../../src/domain/archive/MovedPost.js"
import { decodeProperties, type Properties } from "../../../src/domain/posts/Microformats.js"
import { isOldAddress } from "../../../src/domain/posts/OldAddress.js"
import type { PostStatus, Visibility } from "../../../src/domain/posts/Post.js"
import { Slug } from "../../../src/domain/posts/Slug.js"

const slug = fc.stringMatching(/^[a-z0-9]{1,8}(?:-[a-z0-9]{1,8}){0,3}$/).map((text) => Slug.make(text))

/**
 * Texts that break careless code: controls, every plane of Unicode, lone surrogates, characters of YAML and Markdown.
 */
const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({
    unit: fc.constantFrom(
      "---",
      "\n",
      "\r",
      "\t",
      " ",
      "#",
      ": ",
      "...",
      '"',
      "'",
      "{",
      "]",
      "\\",
      "é",
      "\u2028",
      "\uFEFF",
      "😀"
    )
  }),
  fc.constantFrom(
    "---\na: b\n---",
    "\n---\n",
    "true",
    "null",
    "~",
    "2026-11-23",
    "0x1F",
    "1e3",
    "<<",
    "!!js/function x",
    "&a *a",
    "\n\n",
    " leading",
    "trailing \n"
  )
)

const json = fc.jsonValue({ maxDepth: 3 }).filter((value) => !JSON.stringify(value).includes("__proto__"))

const object = fc.dictionary(text, json, { maxKeys: 3 })

const name = fc.oneof(
  fc.constantFrom(
    "x-unknown",
    "null",
    "yes",
    "true",
    "y",
    "constructor",
    "mood",
    "Some Name",
    "🦊",
    "-dash",
    "a:b",
    "slug",
    "content-warning"
  ),
  text.map((given) => `x${given}`.slice(0, 50))
)

const at = fc.oneof(
  fc.integer({ min: Date.parse("1970-01-01"), max: Date.parse("2100-01-01") }),
  fc.constantFrom(
    0,
    -1,
    Date.parse("0000-01-01T00:00:00Z"),
    253_402_300_799_999,
    253_402_300_800_000,
    -62_167_219_200_001
  )
)

const content = fc.oneof(
  text.map((value): unknown => value),
  text.map((html) => ({ html })),
  text.map((markdown) => ({ markdown })),
  fc.record({ html: text, value: text })
)

const known = fc.record(
  {
    name: fc.array(text, { maxLength: 2 }),
    content: fc.array(content, { maxLength: 2 }),
    category: fc.array(
      fc.oneof<fc.Arbitrary<unknown>[]>(text, fc.constant({ type: ["h-card"], properties: { name: ["Ada"] } })),
      { maxLength: 3 }
    ),
    photo: fc.array(
      fc.oneof<fc.Arbitrary<unknown>[]>(
        fc.constant("/media/a.jpg"),
        fc.record({ value: fc.constant("https://a.example/b.png"), alt: text })
      ),
      { maxLength: 2 }
    ),
    "content-format": fc.constantFrom(["document"], ["other"], ["document", "more"]),
    published: fc.constantFrom(["2026-11-23T19:00:00+01:00"], ["yesterday"]),
    "in-reply-to": fc.constant([{ type: ["h-cite"], properties: { url: ["https://b.example/"] } }])
  },
  { requiredKeys: [] }
)

const properties: fc.Arbitrary<Properties> = fc
  .tuple(
    known,
    fc.dictionary(
      name,
      fc.array(
        fc.oneof<fc.Arbitrary<unknown>[]>(
          text,
          fc.double({ noNaN: true, noDefaultInfinity: true }),
          fc.boolean(),
          object
        ),
        { maxLength: 3 }
      ),
      { maxKeys: 4 }
    )
  )
  .map(([ruled, free]) => decodeProperties({ ...free, ...ruled }))
  .filter(Either.isRight)
  // Through JSON, as in the database, which has no -0.
  .map(({ right }) => JSON.parse(JSON.stringify(right)))

/** Any valid post. */
export const anyPost: fc.Arbitrary<MovedPost> = fc
  .record({
    slug,
    type: fc.constantFrom("h-entry", "h-event"),
    properties,
    status: fc.constantFrom<PostStatus[]>("published", "draft"),
    visibility: fc.constantFrom<Visibility[]>("public", "unlisted", "private"),
    publishedAt: at,
    publishedOffset: fc.option(
      fc.oneof(fc.integer({ min: -57_600, max: 57_600 }), fc.constantFrom(0, 3600, 3208, -14_400)),
      {
        nil: undefined
      }
    ),
    createdAt: at,
    updatedAt: at,
    deletedAt: fc.option(at, { nil: undefined }),
    feedId: fc.option(
      fc.oneof(
        fc.uuid().map((id) => `urn:uuid:${id}`),
        fc.webUrl()
      ),
      { nil: undefined }
    ),
    oldAddresses: fc.option(
      fc.uniqueArray(text.map((given) => `/${given}`).filter(isOldAddress), { minLength: 1, maxLength: 3 }),
      { nil: undefined }
    ),
    formerSlugs: fc.uniqueArray(fc.record({ slug, replacedAt: at }), {
      maxLength: 2,
      selector: (former) => former.slug
    })
  })
  .filter(({ formerSlugs, slug }) => formerSlugs.every((former) => former.slug !== slug))
  .map(
    ({ deletedAt, feedId, oldAddresses, publishedOffset, ...post }): MovedPost => ({
      ...post,
      ...(publishedOffset === undefined ? {} : { publishedOffset }),
      ...(deletedAt === undefined ? {} : { deletedAt }),
      ...(feedId === undefined ? {} : { feedId }),
      ...(oldAddresses === undefined ? {} : { oldAddresses })
    })
  )
