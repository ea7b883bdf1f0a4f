import type { JSX } from "preact"
import { kindPaths } from "../../domain/posts/KindList.js"
import type { ListedKind } from "../../domain/posts/PostKind.js"
import type { Tag } from "../../domain/posts/Tag.js"
import { texts } from "../../texts/Texts.js"
import { tagPath } from "../theme/EntryView.js"
import { Layout } from "../theme/Layout.js"
import { Rich } from "../theme/Rich.js"
import type { Site } from "../theme/Site.js"
import { formats } from "./Format.js"

interface FeedPageProps {
  readonly site: Site
  /** Kinds that have posts. */
  readonly kinds: Iterable<ListedKind>
  /** Tags to offer feeds of. */
  readonly tags: ReadonlyArray<Tag>
}

/** The page at `/feed` for people: what a feed is, and the feeds of the site. */
export const FeedPage = ({ kinds, site, tags }: FeedPageProps): JSX.Element => {
  const rows = [
    { title: texts.feeds.everything, path: "" },
    ...[...kinds].map((kind) => ({ title: texts.theme.kindLists[kind], path: kindPaths[kind] })),
    ...tags.map(({ label, tag }) => ({ title: texts.feeds.tag({ label }), path: tagPath(tag) }))
  ]
  return (
    <Layout site={site} title={texts.feeds.title({ site: site.name })} canonical={`${site.url}/feed`}>
      <header class="page-head">
        <h1>{texts.feeds.title({ site: site.name })}</h1>
        <p>{texts.feeds.lead}</p>
        <div class="field big">
          <label class="unseen" for="feed-address">
            {texts.feeds.address}
          </label>
          <input id="feed-address" readonly value={`${site.url}/feed`} />
        </div>
        <p class="muted small">
          <Rich text={texts.feeds.alsoHost} values={{ host: <b>{new URL(site.url).host}</b> }} />
        </p>
      </header>
      <section class="prose">
        <h2>{texts.feeds.choose}</h2>
        <section class="scroll" tabIndex={0} aria-label={texts.feeds.byKind}>
          <table>
            <thead>
              <tr>
                <th scope="col">{texts.feeds.feed}</th>
                <th scope="col" colSpan={formats.length}>
                  {texts.feeds.format}
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ path, title }) => (
                <tr key={path}>
                  <th scope="row" dir="auto">
                    {title}
                  </th>
                  {formats.map(({ extension, mediaTypes: [type], name }) => (
                    <td key={extension}>
                      <a href={`${path}/feed.${extension}`} type={type} aria-label={`${title}, ${name}`}>
                        {name.replace(" Feed", "")}
                      </a>
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
        <details>
          <summary>{texts.feeds.what}</summary>
          <p>{texts.feeds.explanation}</p>
        </details>
      </section>
    </Layout>
  )
}
