import type { GeneratorName } from "./ArchiveSite.js"
import type { Generator } from "./Generator.js"
import { astro } from "./generators/Astro.js"
import { eleventy } from "./generators/Eleventy.js"
import { ghost, wxr } from "./generators/Exports.js"
import { hexo } from "./generators/Hexo.js"
import { hugo } from "./generators/Hugo.js"
import { jekyll } from "./generators/Jekyll.js"
import { obsidian, quartz } from "./generators/Obsidian.js"
import { plain, wordpress } from "./generators/Plain.js"
import { zola } from "./generators/Zola.js"

export const generators: Record<GeneratorName, Generator> = {
  jekyll,
  hugo,
  zola,
  eleventy,
  astro,
  hexo,
  obsidian,
  quartz,
  wordpress,
  wxr,
  ghost,
  markdown: plain
}
