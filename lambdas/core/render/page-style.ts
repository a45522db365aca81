import { createHash } from 'node:crypto';

/** The style of every page: system fonts, one column, light and dark after the reader's own setting. */
export const pageStyle = `
:root{color-scheme:light dark;--text:#1b1f24;--quiet:#57606a;--line:#d0d7de;--link:#0b5cad;--box:#f6f8fa;--ground:#fff}
@media (prefers-color-scheme:dark){:root{--text:#e6edf3;--quiet:#9aa5b1;--line:#30363d;--link:#79b8ff;--box:#161b22;--ground:#0d1117}}
*{box-sizing:border-box}
body{margin:0 auto;padding:1.5rem 1rem 3rem;max-width:46rem;font:1rem/1.55 system-ui,sans-serif;color:var(--text);background:var(--ground);overflow-wrap:anywhere}
h1{font-size:1.6rem;line-height:1.25;margin:0 0 .25rem}
h2{font-size:1.05rem;line-height:1.35;margin:0}
p{margin:.4rem 0}
a{color:var(--link);text-underline-offset:.15em}
a:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.quiet{color:var(--quiet);font-size:.9rem}
.box{background:var(--box);border:1px solid var(--line);border-radius:.5rem;padding:.75rem 1rem;margin:1rem 0}
.box code{font-size:.95rem;user-select:all}
ul.links{list-style:none;padding:0;margin:.4rem 0;display:flex;flex-wrap:wrap;gap:.25rem 1rem}
ol.items{list-style:none;padding:0;margin:1.5rem 0}
section{margin-top:2.5rem}
section>h2{font-size:1.3rem}
article{padding:1rem 0;border-top:1px solid var(--line);margin-top:1rem}
h3{font-size:1.05rem;line-height:1.35;margin:0}
code{font:.9em/1.4 ui-monospace,monospace}
details{margin:.4rem 0}
summary{cursor:pointer}
summary:focus-visible{outline:3px solid var(--link);outline-offset:2px}
dl{margin:.5rem 0 .75rem 1rem}
dd{margin:0 0 .5rem 1rem}
ul.box{padding-left:2rem}
ol.items>li{padding:.9rem 0;border-top:1px solid var(--line)}
`;

/** The style's source expression for a Content-Security-Policy. */
export const pageStyleHash = `sha256-${createHash('sha256').update(pageStyle).digest('base64')}`;
