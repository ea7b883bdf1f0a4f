/** A Ghost export with the tables in the order in which Ghost writes them. */
export const ghostExport = (more: ReadonlyArray<Record<string, unknown>> = []) => ({
  db: [
    {
      meta: { exported_on: 1700000000000, version: "5.75.0" },
      data: {
        posts: [
          {
            id: "a1",
            uuid: "0000",
            title: "Coming soon",
            slug: "coming-soon",
            mobiledoc: null,
            lexical: '{"root":{}}',
            html: '<p>Read <a href="__GHOST_URL__/second/">the second</a>.</p><figure class="kg-card kg-image-card"><img src="__GHOST_URL__/content/images/2023/01/lake.png" class="kg-image" alt="A lake"></figure><!--kg-card-begin: html--><script>alert(1)</script><!--kg-card-end: html-->',
            plaintext: "Read the second.",
            feature_image: "__GHOST_URL__/content/images/2023/01/cover.png",
            featured: 0,
            type: "post",
            status: "published",
            visibility: "public",
            created_at: "2023-01-01T09:00:00.000Z",
            updated_at: "2023-01-03T09:00:00.000Z",
            published_at: "2023-01-02T09:00:00.000Z",
            custom_excerpt: "A beginning"
          },
          {
            id: "a2",
            title: "Second",
            slug: "second",
            html: "<p>Two</p>",
            type: "post",
            status: "published",
            visibility: "members",
            published_at: "2023-02-02T09:00:00.000Z"
          },
          {
            id: "a3",
            title: "About us",
            slug: "about-us",
            html: "<p>We</p>",
            type: "page",
            status: "published",
            visibility: "public",
            published_at: "2023-03-02T09:00:00.000Z"
          },
          {
            id: "a4",
            title: "Idea",
            slug: "idea",
            html: null,
            plaintext: "One\n\nTwo <b>",
            type: "post",
            status: "draft",
            visibility: "public",
            created_at: "2023-04-02T09:00:00.000Z",
            published_at: null
          },
          {
            id: "a5",
            title: "Only by mail",
            slug: "only-by-mail",
            html: "<p>Mail</p>",
            type: "post",
            status: "sent",
            visibility: "public",
            published_at: "2023-05-02T09:00:00.000Z"
          },
          ...more
        ],
        posts_authors: [{ id: "x", post_id: "a1", author_id: "1" }],
        posts_meta: [{ id: "m", post_id: "a1", feature_image_alt: "A cover" }],
        posts_tags: [
          { id: "p2", post_id: "a1", tag_id: "t2", sort_order: 1 },
          { id: "p1", post_id: "a1", tag_id: "t1", sort_order: 0 },
          { id: "p3", post_id: "a1", tag_id: "t3", sort_order: 2 }
        ],
        settings: [{ key: "title", value: "The old Ghost" }],
        tags: [
          { id: "t1", name: "News" },
          { id: "t2", name: "Lakes" },
          { id: "t3", name: "#internal" }
        ],
        users: [{ id: "1", name: "Ada", email: "ada@old.example" }]
      }
    }
  ]
})
