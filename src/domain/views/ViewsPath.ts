import type { Post } from "../posts/Post.js"

/** The page of all views. */
export const viewsPath = "/admin/views"

/** The page of a post's views. */
export const postViewsPath = ({ id }: Pick<Post, "id">): string => `/admin/posts/${id}/views`
