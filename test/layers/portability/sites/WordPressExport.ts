interface Item {
  readonly id: number
  readonly title: string
  readonly name?: string
  readonly type?: string
  readonly status?: string
  readonly link?: string
  readonly date?: string
  readonly gmt?: string
  readonly content?: string
  readonly excerpt?: string
  readonly more?: string
}

const cdata = (text: string): string => `<![CDATA[${text.replaceAll("]]>", "]]]]><![CDATA[>")}]]>`

const item = ({
  content = "",
  date = "2014-03-05 21:30:00",
  excerpt = "",
  gmt = "2014-03-05 20:30:00",
  id,
  link,
  more = "",
  name = "",
  status = "publish",
  title,
  type = "post"
}: Item): string => `
	<item>
		<title>${cdata(title)}</title>
		<link>${link ?? `https://old.example/blog/2014/03/${name}/`}</link>
		<pubDate>Wed, 05 Mar 2014 20:30:00 +0000</pubDate>
		<dc:creator>${cdata("ada")}</dc:creator>
		<guid isPermaLink="false">https://old.example/blog/?p=${id}</guid>
		<description></description>
		<content:encoded>${cdata(content)}</content:encoded>
		<excerpt:encoded>${cdata(excerpt)}</excerpt:encoded>
		<wp:post_id>${id}</wp:post_id>
		<wp:post_date>${cdata(date)}</wp:post_date>
		<wp:post_date_gmt>${cdata(gmt)}</wp:post_date_gmt>
		<wp:post_modified>${cdata(date)}</wp:post_modified>
		<wp:post_modified_gmt>${cdata(gmt)}</wp:post_modified_gmt>
		<wp:post_name>${cdata(name)}</wp:post_name>
		<wp:status>${cdata(status)}</wp:status>
		<wp:post_type>${cdata(type)}</wp:post_type>
		<wp:post_password></wp:post_password>${more}
	</item>`

const meta = (key: string, value: string): string =>
  `<wp:postmeta><wp:meta_key>${cdata(key)}</wp:meta_key><wp:meta_value>${cdata(value)}</wp:meta_value></wp:postmeta>`

const attachment = (id: number, url: string, alt: string): string =>
  item({
    id,
    title: url,
    type: "attachment",
    status: "inherit",
    more: `<wp:attachment_url>${cdata(url)}</wp:attachment_url>${meta("_wp_attachment_image_alt", alt)}`
  })

/** Wraps items in the frame of an export. */
export const wordPressFrame = (items: string): string => `<?xml version="1.0" encoding="UTF-8" ?>
<!-- This is a WordPress eXtended RSS file -->
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
	<title>The old site</title>
	<link>https://old.example/blog</link>
	<wp:wxr_version>1.2</wp:wxr_version>
	<wp:base_site_url>https://old.example/</wp:base_site_url>
	<wp:base_blog_url>https://old.example/blog</wp:base_blog_url>
	<wp:category><wp:cat_name>${cdata("Birds")}</wp:cat_name></wp:category>${items}
</channel>
</rss>
`

/** A WordPress export as its own exporter writes it, with what real ones contain. */
export const wordPressExport = wordPressFrame(
  [
    item({
      id: 7,
      title: "Herons & <others>",
      name: "herons",
      excerpt: "<p>A <b>short</b> look</p>",
      content:
        'First line\nsecond line\n\n<h2>By the river</h2>\nSee <a href="https://old.example/blog/2014/03/otters/">otters</a>.\n\n[caption id="a" width="300"]<img src="https://old.example/blog/wp-content/uploads/2014/03/heron-300x200.jpg" alt="A heron" /> At dawn[/caption]\n\n<pre>kept\n\nas it is</pre>\n\nhttps://www.youtube.com/watch?v=abcdefghijk\n\n[contact-form-7 id="1"]\n<script>alert(1)</script>',
      more: `<category domain="category" nicename="birds">${cdata("Birds")}</category><category domain="post_tag" nicename="slow-web">${cdata("slow web")}</category><category domain="category" nicename="uncategorized">${cdata("Uncategorized")}</category>${meta("_thumbnail_id", "30")}<wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_content>${cdata("First!")}</wp:comment_content></wp:comment>`
    }),
    item({
      id: 8,
      title: "Otters",
      name: "otters",
      content:
        '<!-- wp:paragraph -->\n<p>Blocks ]]> and {{ braces }}</p>\n<!-- /wp:paragraph -->\n\n<!-- wp:embed {"url":"https://example.org/a"} -->\n<figure class="wp-block-embed"><div class="wp-block-embed__wrapper">\nhttps://example.org/a\n</div></figure>\n<!-- /wp:embed -->\n\n[gallery ids="30,31"]'
    }),
    item({
      id: 9,
      title: "About",
      name: "about",
      type: "page",
      link: "https://old.example/blog/about/",
      content: "Who I am"
    }),
    item({
      id: 10,
      title: "Not yet",
      status: "draft",
      date: "2014-04-01 10:00:00",
      gmt: "0000-00-00 00:00:00",
      link: "https://old.example/blog/?p=10",
      content: "An idea"
    }),
    item({ id: 11, title: "Between us", name: "between-us", status: "private", content: "Whisper" }),
    item({ id: 12, title: "Gone", name: "gone__trashed", status: "trash", content: "Trash" }),
    item({ id: 13, title: "Locked", name: "locked", content: "Locked" }).replace(
      "<wp:post_password>",
      `<wp:post_password>${cdata("sesame")}`
    ),
    item({ id: 14, title: "Später", name: "sp%c3%a4ter", content: "Umlaut" }),
    item({
      id: 15,
      title: "To come",
      name: "to-come",
      status: "future",
      date: "2098-01-01 00:00:00",
      gmt: "2097-12-31 23:00:00",
      content: "Later"
    }),
    item({ id: 20, title: "Menu", type: "nav_menu_item" }),
    item({ id: 21, title: "A product", type: "product", name: "product" }),
    attachment(30, "https://old.example/blog/wp-content/uploads/2014/03/heron.jpg", "A heron by the river"),
    attachment(31, "https://files.example/otter.jpg", "")
  ].join("")
)
