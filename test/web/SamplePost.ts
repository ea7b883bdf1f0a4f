import type { Post } from "../../src/domain/posts/Post.js"
import { renderingOf } from "../../src/domain/posts/Rendering.js"
import { Slug } from "../../src/domain/posts/Slug.js"

/** A post as `overrides` say; where they say nothing, a public note of 1 March 2026. */
export const post = (overrides: Partial<Omit<Post, "slug">> & { readonly slug?: string } = {}): Post => {
  const id = overrides.id ?? 1
  const properties = overrides.properties ?? { content: ["A note"] }
  const publishedAt = overrides.publishedAt ?? Date.UTC(2026, 2, 1, 12, 30)
  return {
    id,
    feedId: `urn:starpunk:test:${id}`,
    type: "h-entry",
    properties,
    rendering: renderingOf(properties),
    status: "published",
    visibility: "public",
    publishedAt,
    createdAt: publishedAt,
    updatedAt: publishedAt,
    ...overrides,
    slug: Slug.make(overrides.slug ?? `post-${id}`)
  }
}
