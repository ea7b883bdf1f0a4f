import { Option } from "effect"
import type { JSX } from "preact"
import { type LibraryFilter, type ListedMedia, libraryFilters, type MediaCounts } from "../../services/MediaLibrary.js"
import { spokenNumber, texts } from "../../texts/Texts.js"
import { acceptedFiles } from "../editor/MediaFields.js"
import { bytes } from "../metrics/Quantity.js"
import { AdminLayout } from "../theme/AdminPage.js"
import { Notice } from "../theme/Notice.js"
import type { Site } from "../theme/Site.js"
import { callOfFile } from "./FileName.js"
import { libraryScript } from "./Script.js"
import { Thumbnail } from "./Thumbnail.js"

/** Properties of the list of files. */
export interface LibraryPageProps {
  readonly site: Site
  readonly files: ReadonlyArray<ListedMedia>
  readonly counts: MediaCounts
  readonly filter: LibraryFilter
  /** Words to search for; empty for all files. */
  readonly text: string
  /** Counts from 1. */
  readonly page: number
  readonly hasOlder: boolean
  readonly isDeleted: boolean
  /** Number of files that were just uploaded. */
  readonly uploaded: number | undefined
  /** Maximum bytes of one file. */
  readonly mostBytes: number
}

/** Which files the list shows. */
type Shown = Pick<LibraryPageProps, "filter" | "text">

/** The address of a page of the list. */
const listAddress = ({ filter, text }: Shown, page = 1): string => {
  const query = new URLSearchParams({
    ...(filter !== "all" && { show: filter }),
    ...(text !== "" && { q: text }),
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
  mostBytes,
  page,
  site,
  text,
  uploaded
}: LibraryPageProps): JSX.Element => (
  <AdminLayout site={site} title={texts.library.title} section="media" scripts={[libraryScript.path]}>
    <div class="library">
      <div class="library-head">
        <h1>{texts.library.title}</h1>
        <p>{texts.library.summary({ count: counts.all, size: bytes(counts.bytes) })}</p>
      </div>
      {isDeleted && <Notice>{texts.library.deleted}</Notice>}
      {uploaded !== undefined && <Notice>{texts.library.add.done({ count: uploaded })}</Notice>}
      <AddFiles mostBytes={mostBytes} />
      <Finder filter={filter} text={text} />
      <nav class="tabs" aria-label={texts.library.filter}>
        {libraryFilters.map((each) => (
          <a key={each} href={listAddress({ filter: each, text })} {...(each === filter && { "aria-current": "page" })}>
            {texts.library.filters[each]}
            {text === "" && ` ${spokenNumber(counts[each])}`}
          </a>
        ))}
      </nav>
      {files.length === 0 ? (
        <p class="nothing">
          {text === "" ? texts.library.none[filter] : texts.library.noMatch}{" "}
          {text !== "" && <a href="/admin/media">{texts.library.showAll}</a>}
          {text === "" && filter === "all" && <a href="/admin/new">{texts.library.write}</a>}
        </p>
      ) : (
        <ul class="shelf">
          {files.map((file) => (
            <Item key={file.media.id} file={file} site={site} />
          ))}
        </ul>
      )}
      <Pages {...{ filter, hasOlder, page, text }} />
      {Option.isSome(site.photo) && (
        <p class="hint">
          {texts.library.photo} <a href="/admin/settings/you">{texts.library.photoLink}</a>
        </p>
      )}
    </div>
  </AdminLayout>
)

/** The form for new files. Its script uploads them one at a time as soon as they are chosen or dropped on the page. */
const AddFiles = ({ mostBytes }: Pick<LibraryPageProps, "mostBytes">): JSX.Element => (
  <form
    class="library-add"
    method="post"
    action="/admin/media"
    enctype="multipart/form-data"
    data-library
    data-most-bytes={mostBytes}
  >
    <label for="files">{texts.library.add.label}</label>
    <input id="files" type="file" name="files" multiple required accept={acceptedFiles} aria-describedby="files-hint" />
    <button type="submit" class="button" data-without-script>
      {texts.library.add.upload}
    </button>
    <small id="files-hint">
      <span data-with-script hidden>
        {texts.library.add.drop}{" "}
      </span>
      {texts.library.add.privacy}
    </small>
    <ul data-uploads aria-label={texts.library.add.list} />
  </form>
)

const Finder = ({ filter, text }: Shown): JSX.Element => (
  <form class="library-find" method="get" action="/admin/media" role="search">
    {filter !== "all" && <input type="hidden" name="show" value={filter} />}
    <label class="unseen" for="find">
      {texts.library.search}
    </label>
    <input
      id="find"
      type="search"
      name="q"
      value={text}
      maxLength={200}
      dir="auto"
      placeholder={texts.library.search}
      enterkeyhint="search"
    />
  </form>
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
  page,
  text
}: Shown & Pick<LibraryPageProps, "hasOlder" | "page">): JSX.Element | null =>
  page === 1 && !hasOlder ? null : (
    <nav class="pager" aria-label={texts.library.pages}>
      {page > 1 && (
        <a rel="prev" href={listAddress({ filter, text }, page - 1)}>
          {texts.library.newer}
        </a>
      )}
      {hasOlder && (
        <a class="older" rel="next" href={listAddress({ filter, text }, page + 1)}>
          {texts.library.older}
        </a>
      )}
    </nav>
  )
