import { wholeText } from "../theme/PageBody.js"
import type { Site } from "../theme/Site.js"
import { formats } from "./Format.js"
import { xml } from "./Xml.js"

/** The site's feeds as a subscription list (OPML 2.0). */
export const opml = (site: Site): string =>
  wholeText(
    xml({
      opml: {
        "@version": "2.0",
        head: { title: `Feeds of ${site.name}`, ownerName: site.author, ownerId: site.home },
        body: {
          outline: formats.map(({ extension, name }) => ({
            // OPML has one type for feeds of every format.
            "@type": "rss",
            "@text": `${site.name} (${name})`,
            "@title": `${site.name} (${name})`,
            "@xmlUrl": `${site.url}/feed.${extension}`,
            "@htmlUrl": site.home
          }))
        }
      }
    })
  )
