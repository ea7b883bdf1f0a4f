/** What the list of posts and the form for writing have beside the other pages of the owner's. */
export const editorRules = `
[hidden] { display: none !important; }
.form ::placeholder { color: var(--quiet); opacity: 1; }
.list-header { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 0.75rem 1.5rem; margin-bottom: 1.5rem; }
.list-header h1 { margin: 0; }
.filters { font-family: var(--sans); font-size: 0.9rem; margin-bottom: 1rem; }
.filters ul { display: flex; flex-wrap: wrap; gap: 0.4rem; list-style: none; margin: 0; padding: 0; }
.filters a { display: block; padding: 0.3rem 0.9rem; border: 1px solid var(--line); border-radius: 1.2rem; color: var(--quiet); text-decoration: none; }
.filters a:hover { color: var(--accent); text-decoration: underline; }
.filters [aria-current] { background: var(--ink); border-color: var(--ink); color: var(--paper); font-weight: 600; }
.filters [aria-current]:hover { color: var(--paper); }
.find { margin-bottom: 1.75rem; }
.narrowed { font-family: var(--sans); font-size: 0.9rem; color: var(--quiet); margin: -0.75rem 0 1.75rem; }
.posts { list-style: none; margin: 0; padding: 0; border-bottom: 1px solid var(--line); }
.posts > li { padding: 0.85rem 0; border-top: 1px solid var(--line); }
@media (min-width: 40rem) {
  .posts > li { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 1.5rem; align-items: center; }
  .posts :is(h2, .facts) { grid-column: 1; }
  .posts .row-actions { grid-column: 2; grid-row: 1 / span 2; margin: 0; }
}
.posts h2 { font-size: 1.12rem; line-height: 1.4; margin: 0 0 0.3rem; text-wrap: pretty; }
.posts h2 a { color: inherit; text-decoration: none; }
.posts h2 a:hover { color: var(--accent); text-decoration: underline; }
.facts, .row-actions, .standing { font-family: var(--sans); font-size: 0.82rem; color: var(--quiet); display: flex; flex-wrap: wrap; align-items: center; gap: 0.25rem 0.9rem; margin: 0; }
.facts .tag { color: inherit; text-decoration: none; }
.facts .tag::before { content: "#"; }
.facts .tag:hover { color: var(--accent); text-decoration: underline; }
.row-actions { margin-top: 0.15rem; font-size: 0.88rem; }
.row-actions :is(a, .link-button) { display: inline-block; padding: 0.3rem 0; color: var(--accent); text-underline-offset: 0.18em; }
.row-actions form { margin: 0; }
.row-actions .link-button { text-decoration: underline; }
.state { display: inline-block; padding: 0.05rem 0.6rem; border: 1px solid currentColor; border-radius: 1rem; font-size: 0.76rem; font-weight: 600; color: var(--quiet); }
.state.draft { border-style: dashed; color: var(--ink); }
.state.scheduled, .state.published { color: var(--accent); }
.state.deleted { text-decoration: line-through; }
.welcome { padding: 1rem 0 2rem; }
.welcome h2 { margin-top: 0; }
.about { margin: 0 0 1.25rem; padding-inline-start: 1.1em; border-inline-start: 3px solid var(--accent); font-size: 1.15rem; }
.confirm { margin-top: 1.75rem; }
.confirm form { margin: 0; }
.notice form { margin: 0.6rem 0 0.2rem; }
.notice, .alert { scroll-margin-top: 1rem; }
.alert ul { margin: 0.4em 0 0; padding-inline-start: 1.2em; }
.alert:focus { outline: 3px solid var(--accent); outline-offset: 3px; }

.editor-header { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: 0.25rem 1.5rem; margin-bottom: 1.5rem; }
.editor-header h1 { margin: 0; }
.editor { gap: 1.3rem; }
.form.editor input.title { font-family: var(--serif); font-size: 1.35rem; font-weight: 700; }
.form.editor #field-content { font-family: var(--serif); font-size: 1.1rem; line-height: 1.6; padding: 0.9rem 1rem; min-height: 38vh; max-height: 70vh; field-sizing: content; resize: vertical; }
.editor textarea { resize: vertical; overflow-wrap: anywhere; }
.editor .field { position: relative; grid-template-columns: minmax(0, 1fr); }
.editor .field code { font-family: var(--mono); font-size: 0.95em; }
.fault { margin: 0; font-size: 0.88rem; font-weight: 600; color: var(--accent); }
.fault::before { content: "! "; }
.fault span { margin-inline-end: 0.4em; }
.prefixed { display: flex; align-items: center; border: 1px solid var(--quiet); border-radius: 6px; background: var(--paper); min-width: 0; }
.prefixed .prefix { padding-inline-start: 0.8rem; color: var(--quiet); font-size: 0.9rem; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; flex: none; max-width: 65%; }
.form.editor .prefixed input { flex: 1; width: 0; border: 0; padding-inline-start: 0.1rem; background: none; }
.prefixed:focus-within { outline: 3px solid var(--accent); outline-offset: 3px; }
.prefixed input:focus-visible { outline: none; }
.with-button { display: grid; gap: 0.6rem; align-content: start; }
.with-button p { margin: 0; }
.more-fields { border-top: 1px solid var(--line); padding-top: 0.35rem; }
.more-fields > summary { cursor: pointer; padding: 0.45rem 0; font-weight: 600; width: fit-content; }
.more-fields .fields { display: grid; gap: 1.1rem; padding: 0.6rem 0 0.5rem; }
@media (min-width: 40rem) {
  .more-fields .fields { grid-template-columns: 1fr 1fr; align-items: start; }
}

.media-fields { border: 1px solid var(--line); border-radius: 8px; margin: 0; padding: 0.4rem 1rem 1rem; min-width: 0; display: grid; grid-template-columns: minmax(0, 1fr); gap: 1rem; }
.media-fields legend { padding: 0 0.4rem; font-size: 0.85rem; color: var(--quiet); }
.media-fields.dropping { border: 2px dashed var(--accent); background: var(--shade); }
.media-list, .uploads { list-style: none; margin: 0; padding: 0; display: grid; gap: 1rem; }
.media-list:empty, .uploads:empty { display: none; }
.medium { display: grid; grid-template-columns: minmax(5.5rem, 9rem) minmax(0, 1fr); grid-template-rows: auto 1fr; gap: 0.4rem 1rem; align-items: start; }
.medium :is(img, video) { width: 100%; max-height: 9rem; object-fit: contain; background: var(--shade); border-radius: 4px; grid-row: span 2; }
.medium audio { width: 100%; grid-column: 1 / -1; }
.medium audio ~ .field, .medium audio ~ .medium-buttons { grid-column: 1 / -1; }
.medium-buttons { display: flex; flex-wrap: wrap; gap: 0 1.1rem; margin: 0; font-size: 0.85rem; }
.medium-buttons .link-button[disabled] { display: none; }
.editor input[type="file"] { font: inherit; font-size: 0.9rem; width: 100%; padding: 0.3rem 0; color: var(--ink); }
.editor input[type="file"]::file-selector-button { font: inherit; padding: 0.45rem 0.9rem; margin-inline-end: 0.9rem; border: 1px solid var(--accent); border-radius: 6px; background: var(--paper); color: var(--accent); font-weight: 600; cursor: pointer; }
.uploads li { display: flex; flex-wrap: wrap; align-items: center; gap: 0.3rem 0.9rem; font-size: 0.88rem; }
.uploads .failed { color: var(--accent); font-weight: 600; }
.uploads progress { accent-color: var(--accent); flex: 1 1 8rem; }

.choices { position: absolute; z-index: 2; top: 100%; inset-inline: 0; margin: 0.2rem 0 0; padding: 0.3rem; list-style: none; border: 1px solid var(--quiet); border-radius: 6px; background: var(--paper); }
.choices [role="option"] { padding: 0.45rem 0.6rem; border-radius: 4px; cursor: pointer; }
.choices :is([aria-selected="true"], [role="option"]:hover) { background: var(--ink); color: var(--paper); }

.editor-actions { position: sticky; bottom: 0; z-index: 1; background: var(--paper); border-top: 1px solid var(--line); margin-inline: -0.6rem; padding: 0.7rem 0.6rem; display: grid; gap: 0.3rem; }
.editor-actions .button { font-size: 0.95rem; padding: 0.5rem 1rem; }
.editor-actions .delete { color: var(--quiet); font-size: 0.9rem; padding: 0.4rem 0; }
.editor-actions .status { margin: 0; font-size: 0.85rem; color: var(--quiet); flex: 1 1 9rem; min-width: 0; }
.editor-actions .status:empty { display: none; }
.editor-actions .button[aria-pressed="true"] { background: var(--ink); border-color: var(--ink); color: var(--paper); }
.keys { margin: 0; font-size: 0.78rem; color: var(--quiet); }
.keys kbd { font-family: var(--mono); font-size: 0.95em; border: 1px solid var(--line); border-radius: 4px; padding: 0 0.3em; }
.form :is(input, textarea, select, button, summary) { scroll-margin-bottom: 7rem; }
@media (max-width: 40rem) {
  .keys { display: none; }
  .editor-actions { padding: 0.55rem 0.6rem; }
  .editor-actions .actions { gap: 0.45rem; }
  .editor-actions .button { font-size: 0.92rem; padding: 0.5rem 0.8rem; }
  .form.editor #field-content { max-height: none; }
}

.preview { border: 1px solid var(--line); border-radius: 8px; padding: 1.25rem clamp(1rem, 3vw, 2rem); margin: 0; min-width: 0; }
.preview .entry { border: 0; margin: 0; padding: 0; }
.with-preview { display: grid; gap: 1.5rem; }
@media (max-width: 74.99rem) {
  .with-preview .editor > :not(.editor-actions) { display: none; }
  .with-preview .preview { grid-row: 1; }
  .with-preview .editor { margin: 0; }
}
@media (min-width: 75rem) {
  body.wide { max-width: 84rem; --margin: 0rem; }
  .with-preview { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); align-items: start; }
  .with-preview .preview { position: sticky; top: 1rem; max-height: calc(100vh - 2rem); overflow: auto; }
}

.conflict dl { margin: 0.9rem 0; }
.conflict dt { font-weight: 600; font-size: 0.88rem; }
.conflict dd { margin: 0.2rem 0 0.9rem; }
.conflict .kept { font: 0.92rem/1.55 var(--serif); overflow-wrap: anywhere; }
@media (forced-colors: active) {
  .filters [aria-current], .choices [aria-selected="true"] { outline: 2px solid Highlight; }
}
@media print { .editor-actions, .filters, .find, .row-actions { display: none; } }
`
