import { Hash } from "effect"

/**
 * The theme: one column of text, dates in the margin where there is one, system fonts, light and dark by the reader's
 * choice. Colours keep a contrast of at least 4.5:1 for text (WCAG 2.2 AA, 1.4.3) and 3:1 for what is not text.
 */
export const stylesheet = `
:root {
  color-scheme: light dark;
  --paper: #fbfaf7;
  --shade: #f2efe8;
  --line: #ddd7cc;
  --ink: #221e26;
  --quiet: #655e6d;
  --accent: #a8134f;
  --mark: #ffe39a;
  --serif: "Iowan Old Style", Charter, "Bitstream Charter", "Palatino Linotype", Palatino, Georgia, "Times New Roman", serif;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Liberation Sans", Arial, sans-serif;
  --mono: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace;
  --gap: clamp(1.25rem, 4vw, 2.5rem);
  --margin: 0rem;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #17151b;
    --shade: #221f29;
    --line: #3b3545;
    --ink: #ebe7ee;
    --quiet: #aaa2b5;
    --accent: #ff8db0;
    --mark: #6b5410;
  }
}
@media (min-width: 62rem) {
  :root { --margin: 10rem; }
}

*, *::before, *::after { box-sizing: border-box; }
html { font-size: clamp(1.0625rem, 1rem + 0.25vw, 1.1875rem); text-size-adjust: 100%; -webkit-text-size-adjust: 100%; }
body {
  margin: 0 auto;
  max-width: calc(38rem + var(--margin) + 2 * var(--gap));
  min-height: 100vh;
  min-height: 100dvh;
  padding: 0 var(--gap);
  display: flex;
  flex-direction: column;
  background: var(--paper);
  color: var(--ink);
  font-family: var(--serif);
  line-height: 1.6;
  overflow-wrap: anywhere;
}
main { flex: 1; padding-inline-start: var(--margin); }
main:focus { outline: none; }
h1, h2, h3, h4, h5, h6 { line-height: 1.25; text-wrap: balance; margin: 2em 0 0.6em; }
h1 { font-size: 1.9rem; letter-spacing: -0.012em; margin-top: 0; }
h2 { font-size: 1.4rem; }
h3 { font-size: 1.15rem; }
h4, h5, h6 { font-size: 1rem; }
a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: 0.18em; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; border-radius: 2px; }
img, video, audio, iframe { max-width: 100%; }
img, video { height: auto; border-radius: 4px; }
mark { background: var(--mark); color: inherit; border-radius: 2px; padding: 0 0.1em; }
hr { border: 0; border-top: 1px solid var(--line); margin: 2.5rem 0; }

.unseen { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: -100vw; top: 0.5rem; padding: 0.5rem 1rem; background: var(--ink); color: var(--paper); z-index: 1; }
.skip:focus { left: 0.5rem; }

.site-header, .site-footer, .pagination, .entry-date, .entry-meta, .search-form, .notice, .context, .lead-links { font-family: var(--sans); }
.site-header {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  justify-content: space-between;
  gap: 0.5rem 1.5rem;
  padding: clamp(1.25rem, 4vw, 2.25rem) 0 clamp(2rem, 7vw, 4rem);
  padding-inline-start: var(--margin);
}
.site-name { display: inline-flex; align-items: center; gap: 0.6rem; min-width: 0; font-weight: 650; font-size: 1.05rem; color: var(--ink); text-decoration: none; }
.site-name:hover span { text-decoration: underline; }
.star { flex: none; fill: var(--accent); }
.site-header nav { display: flex; gap: 1.25rem; font-size: 0.9rem; }
.site-header nav a { color: var(--quiet); text-decoration: none; padding: 0.4rem 0; }
.site-header nav a:hover { color: var(--accent); text-decoration: underline; }
@media (prefers-reduced-motion: no-preference) {
  .star { transition: transform 0.5s ease; }
  .site-name:hover .star { transform: rotate(60deg); }
}

.intro { margin-bottom: clamp(2.5rem, 7vw, 4rem); }
.intro p { margin: 0; font-size: clamp(1.25rem, 1.1rem + 0.8vw, 1.5rem); line-height: 1.4; text-wrap: pretty; }
.intro .p-note { display: block; color: var(--quiet); }
.intro a { color: inherit; text-decoration: none; }
.intro a:hover { color: var(--accent); text-decoration: underline; }
.page-title { margin-bottom: 2.5rem; }
.page-title small { display: block; font: 0.85rem/1.5 var(--sans); color: var(--quiet); letter-spacing: 0; }

.entry { position: relative; padding-bottom: clamp(2.25rem, 6vw, 3.25rem); margin-bottom: clamp(2.25rem, 6vw, 3.25rem); border-bottom: 1px solid var(--line); }
.entry:last-of-type { border-bottom: 0; margin-bottom: 0; }
.entry-date { display: block; font-size: 0.8rem; line-height: 1.6; font-variant-numeric: tabular-nums; color: var(--quiet); margin-bottom: 0.6rem; }
a.entry-date { text-decoration: none; width: fit-content; padding: 0.2rem 0; }
a.entry-date:hover { color: var(--accent); text-decoration: underline; }
@media (min-width: 62rem) {
  .h-feed .entry-date { position: absolute; inset-inline-start: calc(-1 * var(--margin)); width: calc(var(--margin) - 2rem); top: 0.1rem; padding: 0; text-align: end; }
}
.entry-title { margin: 0 0 0.75rem; }
.entry-title a { color: inherit; text-decoration: none; }
.entry-title a:hover { color: var(--accent); text-decoration: underline; text-decoration-thickness: 1px; }
h1.entry-title { font-size: clamp(1.8rem, 1.4rem + 2vw, 2.4rem); margin-bottom: 1.25rem; }
.entry-meta { margin-top: 1.5rem; font-size: 0.8rem; color: var(--quiet); }
.entry-meta p { margin: 0.25rem 0 0; }
.entry-meta .tags + p { margin-top: 1.25rem; }
.entry-meta a { color: inherit; }
.entry-meta a:hover { color: var(--accent); }
.tags { list-style: none; padding: 0; margin: 0; display: flex; flex-wrap: wrap; gap: 0.4rem; }
.tags a { display: block; padding: 0.2rem 0.7rem; border-radius: 1rem; background: var(--shade); text-decoration: none; }
.tags a:hover { text-decoration: underline; }
.context { margin: 0 0 0.75rem; font-size: 0.9rem; color: var(--quiet); }
.context .kind { color: var(--accent); }
.summary { margin: 0 0 1.1em; text-wrap: pretty; }
.summary:last-child { margin-bottom: 0; }
.entry-facts { margin: 1.25rem 0 0; font: 0.9rem/1.6 var(--sans); display: grid; gap: 0.25rem; }
.entry-facts div { display: flex; flex-wrap: wrap; gap: 0 0.75rem; }
.entry-facts dt { color: var(--quiet); }
.entry-facts dd { margin: 0; min-width: 0; }
.tags + .people { margin-top: 0.75rem; }
.media { display: grid; gap: 0.5rem; margin: 0 0 1.25rem; }
.media :is(img, video) { display: block; max-height: 90vh; max-height: 90dvh; }
.media :is(video, audio) { width: 100%; }
.media img { object-fit: contain; object-position: left top; }
.photos { display: grid; gap: 0.5rem; }
.photos a { display: block; }
.photos.several { grid-template-columns: 1fr 1fr; }
.photos.several img { width: 100%; height: 100%; max-height: none; aspect-ratio: 1; object-fit: cover; object-position: center; }
.photos.several a:first-child:nth-last-child(odd) { grid-column: 1 / -1; }
.photos.several a:first-child:nth-last-child(odd) img { aspect-ratio: 3 / 2; }
.more { font-family: var(--sans); font-size: 0.9rem; }

.prose :is(p, li, blockquote, h1, h2, h3, h4, h5, h6, td, th, dt, dd, figcaption) { unicode-bidi: plaintext; text-align: start; }
.prose > :first-child { margin-top: 0; }
.prose > :last-child { margin-bottom: 0; }
.prose p { margin: 0 0 1.1em; text-wrap: pretty; }
.prose :is(ul, ol) { padding-inline-start: 1.4em; margin: 0 0 1.1em; }
.prose li { margin: 0.25em 0; }
.prose li.task { list-style: none; margin-inline-start: -1.2em; }
.prose .footnotes { margin-top: 2em; padding-top: 1em; border-top: 1px solid var(--line); font-size: 0.9em; }
.prose .footnote-ref a, .prose .footnote-backref { text-decoration: none; }
.prose li::marker { color: var(--quiet); }
.prose blockquote { margin: 1.5em 0; padding-inline-start: 1.1em; border-inline-start: 3px solid var(--accent); color: var(--quiet); }
.prose blockquote p:last-child { margin-bottom: 0; }
.prose :is(code, kbd, samp, pre) { font-family: var(--mono); font-size: 0.85em; }
.prose :not(pre) > code { background: var(--shade); padding: 0.15em 0.35em; border-radius: 4px; }
.prose kbd { border: 1px solid var(--line); border-radius: 4px; padding: 0.1em 0.35em; }
.prose pre { overflow-x: auto; direction: ltr; text-align: left; background: var(--shade); padding: 1em 1.2em; margin: 1.5em 0; border-radius: 6px; line-height: 1.5; overflow-wrap: normal; tab-size: 2; }
.prose pre code { font-size: inherit; }
.prose table { display: block; overflow-x: auto; width: max-content; max-width: 100%; margin: 1.5em 0; border-collapse: collapse; font: 0.85rem/1.5 var(--sans); font-variant-numeric: tabular-nums; overflow-wrap: normal; }
.prose :is(th, td) { padding: 0.45em 0.9em; border-bottom: 1px solid var(--line); vertical-align: top; }
.prose .align-left { text-align: left; }
.prose .align-center { text-align: center; }
.prose .align-right { text-align: right; white-space: nowrap; }
.prose th { border-bottom-width: 2px; }
.prose img { display: block; margin: 1.5em auto; }
.prose p > img:only-child { margin-block: 0; }
.prose figure { margin: 1.5em 0; }
.prose figure img { margin: 0 auto; }
.prose figcaption { font: 0.85rem/1.5 var(--sans); color: var(--quiet); margin-top: 0.5em; }
.prose iframe { border: 0; }

.pagination { display: flex; flex-wrap: wrap; gap: 1rem; margin-top: clamp(2rem, 6vw, 3rem); padding-top: 1.5rem; border-top: 1px solid var(--line); font-size: 0.95rem; }
.pagination a { padding: 0.5rem 0; text-decoration: none; }
.pagination a:hover { text-decoration: underline; }
.pagination [rel="next"] { margin-inline-start: auto; }

.search-form { display: flex; flex-wrap: wrap; gap: 0.6rem; margin-bottom: 2.5rem; }
.search-form label { flex: 1 0 100%; font-size: 0.85rem; color: var(--quiet); }
.search-form input { flex: 1 1 12rem; min-width: 0; }
.search-form :is(input, button) { font: inherit; font-size: 1rem; padding: 0.6rem 0.9rem; border: 1px solid var(--quiet); border-radius: 6px; background: var(--paper); color: var(--ink); }
.search-form button { background: var(--accent); border-color: var(--accent); color: var(--paper); font-weight: 600; cursor: pointer; }

.notice { margin: 0 0 2rem; padding: 0.9rem 1.2rem; border-inline-start: 3px solid var(--accent); border-radius: 0 6px 6px 0; background: var(--shade); font-size: 0.95rem; }
.notice :is(p, ul) { margin: 0.3em 0; }
.hint { color: var(--quiet); padding-inline-start: 1.2em; }
.lead { font-size: 1.2rem; line-height: 1.45; text-wrap: pretty; }
.lead-links { display: flex; flex-wrap: wrap; gap: 0.5rem 1.5rem; margin-top: 2rem; font-size: 0.95rem; }
.reference { font: 0.8rem/1.6 var(--sans); color: var(--quiet); margin-top: 3rem; }
.reference code { font-family: var(--mono); }

.site-footer { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0.25rem 2rem; margin-top: clamp(3rem, 9vw, 5rem); padding: 1.25rem 0 2rem; padding-inline-start: var(--margin); font-size: 0.85rem; color: var(--quiet); }
.site-footer a { color: inherit; display: inline-block; padding: 0.3rem 0; }
.site-footer a:hover { color: var(--accent); }
.site-footer p { margin: 0; }
.feeds { display: flex; flex-wrap: wrap; gap: 0 1.1rem; list-style: none; margin: 0; padding: 0; }

@media (forced-colors: active) {
  .star { fill: CanvasText; }
  .tags a { border: 1px solid; }
}
@media print {
  :root { --paper: #fff; --shade: #fff; --ink: #000; --quiet: #333; --accent: #000; --line: #999; --margin: 0rem; }
  body { max-width: none; font-size: 11pt; }
  .site-header nav, .site-footer .feeds, .pagination, .search-form, .skip { display: none; }
  .prose pre { white-space: pre-wrap; border: 1px solid #999; }
  .prose a[href^="http"]::after { content: " (" attr(href) ")"; font-size: 0.85em; }
  h1, h2, h3 { break-after: avoid; }
  .prose :is(pre, table, figure, img) { break-inside: avoid; }
}
`.trimStart()

/** Where the stylesheet is served: its name changes with its content, so that caches may keep it for ever. */
export const stylesheetPath: `/${string}` = `/static/theme-${(Hash.string(stylesheet) >>> 0).toString(36)}.css`
