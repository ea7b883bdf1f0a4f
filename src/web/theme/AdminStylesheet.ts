import { editorRules } from "./EditorRules.js"
import { metricsRules } from "./MetricsRules.js"
import { stylesheetAsset } from "./NamedAsset.js"

/** What the owner's pages have beside the theme: their navigation, forms, buttons and panels. */
export const ownerStylesheet = stylesheetAsset(
  "owner",
  `
.owner-nav { font-family: var(--sans); border-block: 1px solid var(--line); margin-bottom: clamp(1.75rem, 5vw, 3rem); font-size: 0.9rem; padding: 0.35rem 0; margin-inline-start: var(--margin); }
.owner-nav ul { display: flex; flex-wrap: wrap; gap: 0 1.25rem; list-style: none; margin: 0; padding: 0; }
.owner-nav a { display: block; padding: 0.45rem 0; color: var(--quiet); text-decoration: none; border-bottom: 2px solid transparent; }
.owner-nav a:hover { color: var(--accent); text-decoration: underline; }
.owner-nav [aria-current] { color: var(--ink); font-weight: 600; border-bottom-color: var(--accent); }
.owner-nav .last { margin-inline-start: auto; }
.owner-nav form { margin: 0; }

.form, .panel, .button, .link-button, .records, .kept, details.inline, .quiet-text { font-family: var(--sans); }
.form { display: grid; gap: 1.1rem; max-width: 28rem; margin: 0 0 1.5rem; font-size: 0.95rem; }
.form > * { margin: 0; }
.form.wide { max-width: none; }
.field { display: grid; gap: 0.35rem; }
.field label, .label { font-size: 0.85rem; color: var(--quiet); }
.field small { font-size: 0.8rem; line-height: 1.5; color: var(--quiet); }
.form :is(input:not([type="checkbox"], [type="radio"], [type="file"]), select, textarea) { font: inherit; font-size: 1rem; width: 100%; min-width: 0; padding: 0.6rem 0.8rem; border: 1px solid var(--quiet); border-radius: 6px; background: var(--paper); color: var(--ink); }
.form :is(input, textarea)[aria-invalid="true"] { border-color: var(--accent); border-width: 2px; }
.form input.code { font-family: var(--mono); letter-spacing: 0.25em; max-width: 12rem; }
.actions { display: flex; flex-wrap: wrap; gap: 0.6rem 1rem; align-items: center; }

.button { display: inline-block; font-size: 1rem; line-height: 1.4; padding: 0.6rem 1.1rem; border: 1px solid var(--accent); border-radius: 6px; background: var(--accent); color: var(--paper); font-weight: 600; text-decoration: none; cursor: pointer; width: fit-content; }
.button:hover { text-decoration: underline; }
.button.quiet { background: var(--paper); color: var(--accent); }
.button.small { font-size: 0.85rem; padding: 0.35rem 0.8rem; }
.button[disabled] { opacity: 0.6; cursor: default; }
.link-button { font-size: inherit; padding: 0.45rem 0; border: 0; background: none; color: var(--quiet); cursor: pointer; }
.link-button:hover { color: var(--accent); text-decoration: underline; }

.panel { border: 1px solid var(--line); border-radius: 8px; padding: clamp(1rem, 3.5vw, 1.6rem); margin: 0 0 1.5rem; font-size: 0.95rem; }
.panel > :first-child { margin-top: 0; }
.panel > :last-child { margin-bottom: 0; }
.panel h2 { font-size: 1.1rem; margin: 0 0 0.6rem; }
.panel p { margin: 0 0 1rem; }
.panel .qr { display: block; width: 13rem; height: auto; margin: 0 0 1rem; border-radius: 6px; background: #fff; }
.panel code { font-family: var(--mono); font-size: 0.9em; }
.quiet-text { color: var(--quiet); }

.records { list-style: none; padding: 0; margin: 0 0 1.25rem; font-size: 0.95rem; }
.records > li { padding: 0.8rem 0; border-top: 1px solid var(--line); display: flex; flex-wrap: wrap; gap: 0.5rem 1rem; align-items: center; justify-content: space-between; }
.records > li:last-child { border-bottom: 1px solid var(--line); }
.records small { display: block; font-size: 0.8rem; color: var(--quiet); }
.records form { margin: 0; }

.alert { font-family: var(--sans); margin: 0 0 1.75rem; padding: 0.9rem 1.2rem; border: 2px solid var(--accent); border-radius: 6px; font-size: 0.95rem; }
.alert p { margin: 0.25em 0 0; }
.alert strong { display: block; }
.or { display: flex; align-items: center; gap: 1rem; max-width: 28rem; margin: 0 0 1.5rem; font: 0.85rem/1.5 var(--sans); color: var(--quiet); }
.or::before, .or::after { content: ""; flex: 1; border-top: 1px solid var(--line); }
.kept { white-space: pre-wrap; max-height: 14rem; overflow: auto; background: var(--shade); border-radius: 6px; padding: 0.8rem 1rem; margin: 0 0 1rem; font-size: 0.9rem; }
.recovery-codes { columns: 20rem 2; padding-inline-start: 1.6em; margin: 0 0 1.25rem; }
.recovery-codes li { padding: 0.2rem 0; }
details.inline > summary { cursor: pointer; font-size: 0.85rem; color: var(--quiet); padding: 0.35rem 0; }

.badge { display: inline-block; padding: 0 0.5rem; border: 1px solid currentColor; border-radius: 1rem; font-size: 0.75rem; color: var(--accent); }
.filter { display: flex; flex-wrap: wrap; gap: 0 1.25rem; margin: 0 0 1rem; font: 0.9rem/1.6 var(--sans); }
.filter a { padding: 0.35rem 0; color: var(--quiet); text-decoration: none; border-bottom: 2px solid transparent; }
.filter a:hover { color: var(--accent); text-decoration: underline; }
.filter [aria-current] { color: var(--ink); font-weight: 600; border-bottom-color: var(--accent); }
.trace { list-style: none; padding: 0; margin: 0; font: 0.95rem/1.5 var(--sans); }
.trace > li { padding: 0.8rem 0; border-top: 1px solid var(--line); }
.trace > .refused { border-inline-start: 3px solid var(--accent); padding-inline-start: 0.9rem; }
.trace p { margin: 0; }
.trace .verdict { display: flex; flex-wrap: wrap; gap: 0 0.6rem; align-items: baseline; }
.trace .verdict time { margin-inline-start: auto; font-size: 0.8rem; color: var(--quiet); font-variant-numeric: tabular-nums; }
.trace .mark { width: 1.1em; text-align: center; }
.trace .refused .mark, .trace .refused strong { color: var(--accent); }
.trace .who, .trace small { font-size: 0.85rem; }
.trace small { display: block; font-size: 0.8rem; color: var(--quiet); }
.trace code { font-family: var(--mono); font-size: 0.9em; }
.trace details { margin-top: 0.4rem; font-size: 0.9rem; }
.trace summary { cursor: pointer; padding: 0.25rem 0; }
.trace details :is(p, ul) { margin: 0.4rem 0; }
.trace details ul { padding-inline-start: 1.3em; }
.trace .reference { margin-top: 0.6rem; }
.tokens code, .app-facts code { font-family: var(--mono); font-size: 0.9em; }
.tokens input { font: inherit; min-width: 0; flex: 1 1 10rem; padding: 0.35rem 0.6rem; border: 1px solid var(--quiet); border-radius: 6px; background: var(--paper); color: var(--ink); }
.tokens > li > :first-child { flex: 1 1 16rem; min-width: 0; }
.permissions { border: 1px solid var(--line); border-radius: 8px; padding: 0.4rem 1rem 0.8rem; min-width: 0; }
.permissions legend { padding: 0 0.4rem; font-size: 0.85rem; color: var(--quiet); }
.permissions label { display: flex; gap: 0.7rem; align-items: baseline; padding: 0.35rem 0; cursor: pointer; }
.permissions input { flex: none; width: 1.1rem; height: 1.1rem; margin: 0; accent-color: var(--accent); translate: 0 0.15rem; }
.permissions :is(code, small) { font-size: 0.8rem; color: var(--quiet); }
.permissions code { font-family: var(--mono); }
.app-title { display: flex; align-items: center; gap: 1rem; }
.app-logo { flex: none; width: 3.5rem; height: 3.5rem; object-fit: contain; border-radius: 8px; background: #fff; }
.app-facts { font-family: var(--sans); font-size: 0.95rem; margin: 0 0 1.5rem; }
.app-facts dt { font-size: 0.85rem; color: var(--quiet); }
.app-facts dd { margin: 0 0 0.8rem; }
.app-facts small { display: block; font-size: 0.8rem; line-height: 1.5; color: var(--quiet); }
.secret { user-select: all; -webkit-user-select: all; }
@media print { .owner-nav { display: none; } }
${metricsRules}${editorRules}`.trimStart()
)
