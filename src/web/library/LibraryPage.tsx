import { Option } from "effect"
import type { JSX } from "preact"
import type { ListedMedia, MediaCounts } from "../../services/MediaLibrary.js"
import { spokenNumber, texts } from "../../texts/Texts.js"
import { bytes } from "../metrics/Quantity.js"
import { AdminLayout } from "../theme/AdminPage.js"
import { Notice } from "../theme/Notice.js"
import type { Site } from "../theme/Site.js"
import { callOfFile } from "./FileName.js"
import { Thumbnail } from "./Thumbnail.js"

/** Properties of the list of files. */
export interface LibraryPageProps {
  readonly site: Site
  readonly files: ReadonlyArray<ListedMedia>
  readonly counts: MediaCounts
  readonly filter: "all" | "unused"
  /** Counts from 1. */
  readonly page: number
  readonly hasOlder: boolean
  readonly isDeleted: boolean
}

/** The address of a page of the list. */
const listAddress = (filter: LibraryPageProps["filter"], page = 1): string => {
  const query = new URLSearchParams({
    ...(filter === "unused" && { show: "unused" }),
    ...(page > 1 && { page: String(page) })
  }).toString()
  return query === "" ? "/admin/media" : `/admin/media?${query}`
}

/** The owner's files, newest first, each with its uses. */
export const LibraryPage = ({
  counts,
  files,
  filter,
  hasOlder,
  isDeleted,
  page,
  site
}: LibraryPageProps): JSX.Element => (
  <AdminLayout site={site} title={texts.library.title} section="media">
    <div class="library">
      <div class="library-head">
        <h1>{texts.library.title}</h1>
        <p>{texts.library.summary({ count: counts.all, size: bytes(counts.bytes) })}</p>
      </div>
      {isDeleted && <Notice>{texts.library.deleted}</Notice>}
      <nav class="tabs" aria-label={texts.library.filter}>
        {(["all", "unused"] as const).map((each) => (
          <a key={each} href={listAddress(each)} {...(each === filter && { "aria-current": "page" })}>
            {texts.library.filters[each]} {spokenNumber(counts[each])}
          </a>
        ))}
      </nav>
      {files.length === 0 ? (
        <p class="nothing">
          {texts.library.none[filter]} {filter === "all" && <a href="/admin/new">{texts.library.write}</a>}
        </p>
      ) : (
        <ul class="shelf">
          {files.map((file) => (
            <Item key={file.media.id} file={file} site={site} />
          ))}
        </ul>
      )}
      <Pages filter={filter} page={page} hasOlder={hasOlder} />
      {Option.isSome(site.photo) && (
        <p class="hint">
          {texts.library.photo} <a href="/admin/settings/you">{texts.library.photoLink}</a>
        </p>
      )}
    </div>
  </AdminLayout>
)

/** Describes the posts and settings that use a file. */
const usesInWords = ({ isInSettings, uses }: ListedMedia): string => {
  const places = [
    ...(uses > 0 ? [texts.library.uses({ count: uses })] : []),
    ...(isInSettings ? [texts.library.inSettings] : [])
  ]
  return places.length === 0 ? texts.library.unused : places.join(", ")
}

const Item = ({ file, site }: { readonly file: ListedMedia; readonly site: Site }): JSX.Element => (
  <li>
    <a href={`/admin/media/${file.media.id}`}>
      <Thumbnail media={file.media} />
      <span class="file-name" dir="auto">
        {callOfFile(file, site)}
      </span>
    </a>
    <small>
      {usesInWords(file)} · {bytes(file.media.byteLength)} · {site.formatDay(file.media.uploadedAt)}
    </small>
  </li>
)

const Pages = ({
  filter,
  hasOlder,
  page
}: Pick<LibraryPageProps, "filter" | "hasOlder" | "page">): JSX.Element | null =>
  page === 1 && !hasOlder ? null : (
    <nav class="pager" aria-label={texts.library.pages}>
      {page > 1 && (
        <a rel="prev" href={listAddress(filter, page - 1)}>
          {texts.library.newer}
        </a>
      )}
      {hasOlder && (
        <a class="older" rel="next" href={listAddress(filter, page + 1)}>
          {texts.library.older}
        </a>
      )}
    </nav>
  )
