import { html, raw } from 'hono/html';

export { html };

export type Html = ReturnType<typeof html>;

/** The icon of the simulators' pages: two joined dots. */
export const ICON_PATH = '/favicon.svg';
export const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="3" fill="#2d2b2a"/>
<path d="M5 8h6" stroke="#fff" stroke-width="2"/><circle cx="5" cy="8" r="2.5" fill="#fff"/>
<circle cx="11" cy="8" r="2.5" fill="#fff"/></svg>`;

const STYLE = `
:root{--surface:#fff;--recessed:#f7f6f4;--text:#171615;--subtle:#605d5a;--line:#d6d2ce;--control:#8a8683;--link:#0a6168;
--primary:#1f1d1c;--caution-soft:#fff6e0;--caution:#7a4b00;--danger:#a8162a;--focus:#0b57d0}
*{box-sizing:border-box}body{margin:0;background:var(--recessed);color:var(--text);font:16px/1.5 Helvetica,Arial,sans-serif}
header{background:#2d2b2a;color:#fff;padding:12px 24px;display:flex;gap:24px;flex-wrap:wrap}header a{color:#fff}
main{max-width:960px;margin:24px auto;padding:24px;background:var(--surface);border:1px solid var(--line);border-radius:8px}
h1{font-size:24px;margin:0 0 16px}h2{font-size:18px;margin:24px 0 8px}a{color:var(--link)}
.note{background:var(--caution-soft);color:var(--caution);padding:8px 12px;border-radius:4px}.subtle{color:var(--subtle)}
.error{color:var(--danger)}table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:8px;border-bottom:1px solid var(--line)}
label{display:block;margin:12px 0 4px;font-weight:600}label.choice{font-weight:400;display:flex;gap:8px;margin:8px 0}
input:not([type=radio]):not([type=checkbox]),select,textarea{width:100%;padding:8px;border:1px solid var(--control);border-radius:4px;font:inherit}
button,.button{font:inherit;padding:8px 16px;border-radius:4px;border:1px solid var(--primary);background:var(--primary);color:#fff;
cursor:pointer;text-decoration:none;display:inline-block;min-height:40px}button.second,.button.second{background:var(--surface);color:var(--primary)}
.actions{display:flex;gap:12px;margin-top:24px}:focus-visible{outline:3px solid var(--focus);outline-offset:2px}`;

/** A whole plain page in the simulator's own look. `content` must come from the `html` tag, which escapes. */
export function page(options: {
  title: string;
  product: string;
  nav?: [string, string][];
  content: Html;
}): Html {
  const links = (options.nav ?? []).map(([label, address]) => html`<a href="${address}">${label}</a>`);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="${ICON_PATH}" type="image/svg+xml">
<title>${options.title} · ${options.product}</title>
<style>${raw(STYLE)}</style>
</head>
<body>
<header><strong>${options.product}</strong>${links}</header>
<main>
<h1>${options.title}</h1>
${options.content}
</main>
</body>
</html>`;
}
