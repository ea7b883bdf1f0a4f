import { Effect, Either } from "effect"
import { archiveText } from "../../src/domain/archive/ArchiveText.js"
import { type Edit, edited } from "../../src/domain/archive/Edit.js"
import { addressOnOldSite } from "../../src/domain/archive/exports/OldMedia.js"
import { isExport } from "../../src/domain/archive/generators/Exports.js"
import { destination, escapedHtml, markdownLink } from "../../src/domain/archive/Markup.js"
import type { MovedPost } from "../../src/domain/archive/MovedPost.js"
import type { OldPage, OldSite } from "../../src/domain/archive/OldSite.js"
import { type Reference, referencesIn } from "../../src/domain/archive/Reference.js"
import { parseMediaPath } from "../../src/domain/media/Media.js"
import { isObject, type Properties, type PropertyValue, valuesOf } from "../../src/domain/posts/Microformats.js"
import { foldedAddress, oldAddressPath } from "../../src/domain/posts/OldAddress.js"
import type { Slug } from "../../src/domain/posts/Slug.js"
import { finished, type Steps } from "../../src/domain/Steps.js"
import type { DatabaseFailure } from "../../src/errors/Database.js"
import type { MediaFailure } from "../../src/errors/Media.js"
import type { OldAddresses } from "../../src/services/OldAddresses.js"
import { inTurns } from "./InTurns.js"
import type { LocalMedia, MediaTrouble } from "./LocalMedia.js"

/** An address of the old site whose target was not imported. */
export interface DeadLink {
  readonly kind: "file" | "address" | "wikilink" | "reference" | "post" | "unpublished"
  readonly address: string
}

/** A link to a post of the same import. */
export interface PostLink {
  readonly address: string
  readonly slug: Slug
}

/** A post to be stored, and the parts of its text that could not be imported. */
export interface ImportedPost {
  readonly post: MovedPost
  /** Missing files that it shows. */
  readonly troubles: ReadonlyArray<MediaTrouble>
  readonly deadLinks: ReadonlyArray<DeadLink>
  /** Links to posts of the same import. They are dead links if those posts are not stored. */
  readonly links: ReadonlyArray<PostLink>
  /** Constructs kept as hidden comments, with counts. */
  readonly hidden: ReadonlyMap<string, number>
  /** Constructs shown as they are, with counts. */
  readonly shown: ReadonlyMap<string, number>
}

interface Options {
  /** Absent if the posts are not from another generator's site: then only media are resolved. */
  readonly old: OldSite | undefined
  readonly media: LocalMedia
  readonly addresses: OldAddresses["Type"]
  /** Whether to remove references to missing files. */
  readonly leaveOut: boolean
}

/** Properties whose values are addresses of files, or contain one. */
const mediaProperties = ["photo", "video", "audio", "featured"] as const

/** Returns whether a path looks like a media file, by extension. */
const looksLikeMedia = (path: string): boolean =>
  /\.(?:jpe?g|png|gif|webp|avif|svg|mp3|m4a|aac|ogg|flac|wav|mp4|webm|mov)$/i.test(path)

/** The possible absolute paths of an address in a page of the old site. */
const placesOf = (path: string, page: OldPage, basePath: string): ReadonlyArray<string> => {
  const absolute = path.startsWith("/")
    ? [path]
    : page.oldAddresses.slice(0, 3).flatMap((address) => {
        const folder = address.slice(0, address.lastIndexOf("/") + 1)
        const resolved = URL.canParse(`${folder}${path}`, "https://nowhere.invalid")
        return resolved ? [decoded(new URL(`${folder}${path}`, "https://nowhere.invalid").pathname)] : []
      })
  return absolute.flatMap((each) =>
    basePath !== "" && each.startsWith(`${basePath}/`) ? [each, each.slice(basePath.length)] : [each]
  )
}

const decoded = (path: string): string => {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

const written = ({ language }: Reference, address: string, words: string): string => {
  if (language === "html") return escapedHtml(address)
  return language === "autolink" ? markdownLink(words, address) : destination(address)
}

/** Replaces an image that is missing by its alternative text. */
const leftOut = (reference: Reference): Edit => {
  const { end, language, start, whole } = reference
  if (whole === undefined) return { start, end, text: "" }
  return { start: whole.start, end: whole.end, text: language === "html" ? escapedHtml(whole.alt) : whole.alt }
}

/** Length of a text, in UTF-16 code units, from which on other fibers run while it is converted. */
const longText = 8_192

/** Runs the conversion of a text, in turns if it is long. */
const inSteps = <A>(text: string, work: Steps<A>): Effect.Effect<A> =>
  text.length < longText ? Effect.sync(() => finished(work)) : Effect.orDie(inTurns(work, (error) => error))

/** Result of resolving one address. */
type Outcome =
  | { readonly kind: "kept" }
  | { readonly kind: "at"; readonly address: string }
  | { readonly kind: "lost"; readonly trouble: MediaTrouble }
  | { readonly kind: "dead"; readonly link: DeadLink }

const kept: Outcome = { kind: "kept" }

/** Resolves the posts of an import: their texts, links between them, and the files that they show. */
export const importedPosts = ({ addresses, leaveOut, media, old }: Options) => {
  /** Resolves an address in a page. */
  const resolve = (
    address: string,
    isShown: boolean,
    file: string,
    page: OldPage
  ): Effect.Effect<Outcome, MediaFailure | DatabaseFailure> =>
    Effect.gen(function* () {
      const target = old?.target(address, page) ?? localTarget(address)
      const remote = addressOnOldSite(address, target, old?.site)
      if (target.kind === "elsewhere" && remote === undefined) return kept
      if (target.kind === "here" && !isShown) return { kind: "at", address: target.address }
      const path =
        target.kind === "old"
          ? target.path
          : remote === undefined
            ? address.replace(/[?#].*$/, "")
            : decoded(new URL(remote).pathname)
      const places = placesOf(path, page, old?.site.basePath ?? "")
      const known = (paths: ReadonlyArray<string>) =>
        Effect.map(addresses.placesOf(paths.flatMap((each) => oldAddressPath(each) ?? [])), (there) =>
          paths.map((each) => there.get(foldedAddress(oldAddressPath(each) ?? ""))).find((each) => each !== undefined)
        )
      if (isShown || looksLikeMedia(path)) {
        // A file that was fetched once is used from here, even if the old site is gone.
        const fetched = remote === undefined ? undefined : yield* known(places)
        if (fetched !== undefined) return { kind: "at", address: fetched }
        const otherwise = places.flatMap((place) => old?.bundled(place) ?? [])
        const isPlaceUnknown = remote === undefined && isShown && old !== undefined && isExport(old.site)
        const brought = yield* media.bring({
          reference: address,
          path,
          file,
          places,
          otherwise,
          ...(remote === undefined ? {} : { address: remote })
        })
        if (isPlaceUnknown && Either.isLeft(brought)) media.remote.noteUnknownPlace()
        if (Either.isRight(brought)) {
          return brought.right === undefined ? kept : { kind: "at", address: brought.right }
        }
        if (parseMediaPath(path) !== undefined) return kept
        const there = yield* known(places)
        if (there !== undefined) return { kind: "at", address: there }
        return isShown ? { kind: "lost", trouble: brought.left } : { kind: "dead", link: { kind: "file", address } }
      }
      if (target.kind === "elsewhere") return kept
      if (target.kind === "here") return { kind: "at", address: target.address }
      if (old === undefined) return kept
      const there = yield* known(places)
      if (there !== undefined) return { kind: "at", address: `${there}${target.fragment}` }
      const kind = path.startsWith("@/")
        ? "reference"
        : /\.[a-z0-9]{2,5}$/i.test(path) && !/\.(?:md|html?)$/i.test(path)
          ? "file"
          : "address"
      return { kind: "dead", link: { kind, address } }
    })

  const inText = (given: string, isHtml: boolean, file: string, page: OldPage, found: Found) =>
    Effect.gen(function* () {
      const made = old === undefined ? undefined : yield* inSteps(given, archiveText(given, isHtml, page, old))
      const text = made?.text ?? given
      for (const [name, count] of made?.hidden ?? []) found.hidden.set(name, (found.hidden.get(name) ?? 0) + count)
      for (const [name, count] of made?.shown ?? []) found.shown.set(name, (found.shown.get(name) ?? 0) + count)
      for (const address of made?.deadWikilinks ?? []) found.deadLinks.push({ kind: "wikilink", address })
      const edits: Array<Edit> = []
      for (const reference of yield* inSteps(text, referencesIn(text, isHtml))) {
        const outcome = yield* resolve(reference.address, reference.kind === "image", file, page)
        const slug = old?.slugAt(outcome.kind === "at" ? outcome.address : reference.address)
        if (slug !== undefined) found.links.push({ address: reference.address, slug })
        if (outcome.kind === "at") {
          edits.push({
            start: reference.start,
            end: reference.end,
            text: written(reference, outcome.address, reference.address)
          })
        } else if (outcome.kind === "dead") found.deadLinks.push(outcome.link)
        else if (outcome.kind === "lost") {
          found.troubles.push(outcome.trouble)
          if (leaveOut && reference.kind === "image") edits.push(leftOut(reference))
        }
      }
      return yield* inSteps(text, edited(text, edits))
    })

  const inContent = (value: PropertyValue, file: string, page: OldPage, found: Found) =>
    Effect.gen(function* () {
      if (typeof value === "string") return yield* inText(value, false, file, page, found)
      if (!isObject(value)) return value
      const changed: { [key: string]: unknown } = { ...value }
      for (const key of ["html", "markdown", "value"]) {
        const text = value[key]
        if (typeof text === "string") changed[key] = yield* inText(text, key === "html", file, page, found)
      }
      return changed
    })

  /** Resolves a picture in a property; empty if it is left out. */
  const inEmbed = (value: PropertyValue, file: string, page: OldPage, found: Found) =>
    Effect.gen(function* () {
      const address = isObject(value) ? value.value : value
      if (typeof address !== "string") return [value]
      const outcome = yield* resolve(address, true, file, page)
      if (outcome.kind === "lost") {
        found.troubles.push(outcome.trouble)
        return leaveOut ? [] : [value]
      }
      if (outcome.kind !== "at") return [value]
      return [isObject(value) ? { ...value, value: outcome.address } : outcome.address]
    })

  /** Resolves all media and links of a post. Fails only if the import cannot continue. */
  const along = (
    file: string,
    post: MovedPost,
    page: OldPage
  ): Effect.Effect<ImportedPost, MediaFailure | DatabaseFailure> =>
    Effect.gen(function* () {
      const found: Found = { troubles: [], deadLinks: [], links: [], hidden: new Map(), shown: new Map() }
      const properties: { [name: string]: ReadonlyArray<PropertyValue> } = { ...post.properties }
      const content = valuesOf(post.properties, "content")
      if (content.length > 0) {
        properties.content = yield* Effect.forEach(content, (value) => inContent(value, file, page, found))
      }
      for (const name of mediaProperties) {
        const values = valuesOf(post.properties, name)
        if (values.length === 0) continue
        const brought = (yield* Effect.forEach(values, (value) => inEmbed(value, file, page, found))).flat()
        if (brought.length > 0) properties[name] = brought
        else delete properties[name]
      }
      return { post: { ...post, properties: properties satisfies Properties }, ...found }
    })

  return { along }
}

interface Found {
  readonly troubles: Array<MediaTrouble>
  readonly deadLinks: Array<DeadLink>
  readonly links: Array<PostLink>
  readonly hidden: Map<string, number>
  readonly shown: Map<string, number>
}

/**
 * The target of an address in a post without a known site: a path in its directory, or a target outside of the import.
 */
const localTarget = (address: string): ReturnType<OldSite["target"]> => {
  const path = address.trim().replace(/[?#].*$/, "")
  return path === "" || /^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(path)
    ? { kind: "elsewhere" }
    : { kind: "old", path: decoded(path), fragment: "" }
}
