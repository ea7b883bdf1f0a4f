/** Path of the page on which a new site gets its owner; the key follows. */
export const setupPath = "/auth/setup/"

/** The link with which a person becomes the owner. The key is part of the path, because logs may contain parameters. */
export const setupLink = (siteUrl: string, key: string): string => `${siteUrl}${setupPath}${key}`
