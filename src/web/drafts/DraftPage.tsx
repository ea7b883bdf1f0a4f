import type { JSX } from "preact"
import { isPage, type Post } from "../../domain/posts/Post.js"
import { beginningOf } from "../../domain/posts/Shown.js"
import { texts } from "../../texts/Texts.js"
import { FullEntry, FullPage } from "../theme/Entry.js"
import { captionOf, entryView } from "../theme/EntryView.js"
import { Layout } from "../theme/Layout.js"
import type { Site } from "../theme/Site.js"

interface DraftPageProps {
  readonly post: Post
  readonly site: Site
  /** The path with the secret, which the post's links to itself use: its own address is not open yet. */
  readonly path: string
}

/** A draft as it is now, for people with its link. Without canonical address, previews and neighbours. */
export const DraftPage = ({ path, post, site }: DraftPageProps): JSX.Element => {
  const entry = { ...entryView(post, site), url: path }
  const title = captionOf(entry) ?? (beginningOf(post, 60) || texts.drafts.draft)
  return (
    <Layout site={site} title={title} description={texts.drafts.draft}>
      <p class="notice only-you col" role="note">
        {texts.drafts.shared({ author: site.author })}
      </p>
      {isPage(post) ? (
        <FullPage entry={entry} site={site} heading={title} />
      ) : (
        <>
          {entry.title === undefined && <h1 class="unseen">{title}</h1>}
          <FullEntry entry={entry} site={site} />
        </>
      )}
    </Layout>
  )
}
