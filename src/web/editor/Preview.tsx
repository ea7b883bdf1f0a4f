import type { JSX } from "preact"
import type { NewPost, Post } from "../../domain/posts/Post.js"
import { suggestedSlug, wallClockOf } from "../../domain/posts/Post.js"
import type { Rendering } from "../../domain/posts/Rendering.js"
import { slugFromWish } from "../../domain/posts/Slug.js"
import type { TimeZone } from "../../domain/TimeZone.js"
import { texts } from "../../texts/Texts.js"
import { FullEntry } from "../theme/Entry.js"
import type { EntryView } from "../theme/EntryView.js"
import { Layout } from "../theme/Layout.js"
import type { Site } from "../theme/Site.js"

/** A post as it would be after a change, for display only. */
export const previewOf = (
  change: NewPost,
  rendering: Rendering,
  base: Post | undefined,
  now: number,
  zone: TimeZone
): Post => {
  const time = change.publishedAt !== undefined || base?.status !== "published" ? change : base
  const publishedAt = time.publishedAt ?? now
  const offset = time.publishedAt === undefined ? undefined : time.publishedOffset
  const published = { publishedAt, ...(offset !== undefined && { publishedOffset: offset }) }
  const wished = change.wishedSlug === undefined ? undefined : slugFromWish(change.wishedSlug)
  return {
    id: base?.id ?? 0,
    feedId: base?.feedId ?? "",
    slug: wished ?? base?.slug ?? suggestedSlug(change, wallClockOf(published, zone), rendering),
    type: change.type,
    properties: change.properties,
    rendering,
    status: change.status,
    visibility: change.visibility,
    ...published,
    createdAt: base?.createdAt ?? now,
    updatedAt: now
  }
}

/** The post's page as visitors would see it. Scripts use the content of `data-previewed`. */
export const PreviewPage = ({ entry, site }: { readonly entry: EntryView; readonly site: Site }): JSX.Element => (
  <Layout site={site} title={texts.editor.preview.title}>
    <p class="notice" role="status" data-preview-notice>
      {texts.editor.preview.notice}
    </p>
    <div data-previewed>
      {entry.post.rendering.state !== "rendered" && (
        <p class="notice">{texts.editor.rendering[entry.post.rendering.state]}</p>
      )}
      <FullEntry entry={entry} site={site} idPrefix="preview" />
    </div>
  </Layout>
)
