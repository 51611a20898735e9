"""How a report looks as a page: on a screen of any width, and on paper."""

STYLE = """
:root { --ink: #1d1d1b; --quiet: #4a4f55; --line: #b5bcc4; --faint: #eef1f4; --accent: #1f4e79; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 78rem; padding: 1rem; color: var(--ink); background: #fff;
  font: 1rem/1.5 Arial, "Liberation Sans", Helvetica, sans-serif; overflow-wrap: break-word; }
h1, h2, h3 { line-height: 1.25; color: var(--accent); }
h1 { font-size: 1.75rem; } h2 { font-size: 1.4rem; margin-top: 2.5rem; border-bottom: 2px solid var(--accent); }
h3 { font-size: 1.15rem; margin-top: 1.75rem; }
p { max-width: 50rem; } .conclusion { font-weight: bold; } .note { color: var(--quiet); font-size: .9rem; }
nav ul { columns: 2; list-style: none; padding: 0; } a { color: var(--accent); }
.skip, .unseen { position: absolute; left: -100rem; width: 1px; height: 1px; overflow: hidden; white-space: nowrap; }
.skip:focus { left: 1rem; width: auto; height: auto; background: #fff; }
.wide { position: relative; overflow-x: auto; margin: 1rem 0; max-width: 100%; }
.wide:focus { outline: 2px solid var(--accent); }
table { border-collapse: collapse; font-size: .9rem; line-height: 1.35; }
caption { text-align: left; font-weight: bold; padding: .25rem 0; }
th, td { padding: .25rem .6rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--faint); }
thead th { vertical-align: bottom; border-bottom: 2px solid var(--ink); background: var(--faint); }
tbody th { font-weight: normal; min-width: 9rem; padding-left: calc(.6rem + var(--in, 0) * 1rem); }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
thead .number { white-space: normal; }
.figure { white-space: nowrap; }
.heading th, .subtotal > *, .total > * { font-weight: bold; }
.heading th { padding-top: .6rem; }
.total > * { border-top: 2px solid var(--ink); border-bottom: 2px solid var(--ink); }
.subtotal > * { border-top: 1px solid var(--ink); } .memo > * { color: var(--quiet); font-style: italic; }
td:not(.number) { min-width: 8rem; }
figure { margin: 1rem 0; } figcaption { font-size: .9rem; color: var(--quiet); }
.bars { list-style: none; padding: 0; margin: 0; } .bars li { margin: .5rem 0; max-width: 46rem; }
.bars svg, .key svg { display: block; } .bars svg { width: 100%; height: 1.1rem; }
.key { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; }
.key li { display: flex; align-items: center; gap: .4rem; font-size: .9rem; } .key svg { width: 1.6rem; height: 1rem; }
.tree, .tree ul { list-style: none; padding: 0; margin: 0; }
.tree ul { padding-left: 1rem; border-left: 1px solid var(--line); }
.tree li { margin: .2rem 0; } .tree > li { margin-top: .6rem; } .tree .team { font-weight: bold; }
.tree .words { color: var(--quiet); }
.legend { font-size: .8rem; padding: 0 .4rem; border: 1px solid; border-left-width: .5rem; white-space: nowrap;
  background: #fff; font-weight: normal; }
.unchanged { color: #4a4f55; } .changed { color: #0b5d1e; } .transferred { color: #123f8c; }
.in-development { color: #7a4a00; } .deleted { color: #9b1c1c; text-decoration: line-through; }
.gone { text-decoration: line-through; }
.legend.deleted { text-decoration: none; }
@media (max-width: 40rem) { tbody th[scope=row] { position: sticky; left: 0; background: #fff; max-width: 9rem; }
  h1 { font-size: 1.4rem; } h2 { font-size: 1.2rem; } nav ul { columns: 1; }
  body { padding: .75rem; } th, td { padding: .2rem .4rem; }
  tbody th { padding-left: calc(.4rem + var(--in, 0) * .3rem); hyphens: auto; } .tree ul { padding-left: .6rem; } }
@page { size: A4; margin: 15mm 12mm; }
@page broad { size: A4 landscape; margin: 12mm; }
@media print { body { font-size: 10pt; padding: 0; max-width: none; }
  .skip { display: none; } .wide { overflow: visible; }
  .broad { page: broad; } table { font-size: 8pt; } thead { display: table-header-group; }
  tr, .short, .bars li, .key { break-inside: avoid; } .total { break-before: avoid; }
  h1, h2, h3, caption { break-after: avoid; }
  th, td { padding: .12rem .35rem; } .note, figcaption, .legend { font-size: 8pt; }
  a { color: inherit; text-decoration: none; } }
"""
"""Its own box scrolls where a table is wider than the screen, never the page."""
