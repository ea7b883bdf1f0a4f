/** Path of the site's icon. */
export const faviconPath = "/favicon.svg"

/** The site's icon, in the accent colour of the browser's colour scheme. */
export const favicon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
<style>path{fill:#0b5c5e}@media(prefers-color-scheme:dark){path{fill:#7cc6bf}}</style>
<path d="M16 1l3.2 10.4L29.4 8.2 22.6 16l6.8 7.8-10.2-3.2L16 31l-3.2-10.4L2.6 23.8 9.4 16 2.6 8.2l10.2 3.2z"/>
</svg>
`
