import { createHash } from 'node:crypto'
import { escapeControls } from '../byte-writer.ts'

/** Six layers in colours that can be read on either ground, and are told apart by their numbers, too. */
const style = `
:root{color-scheme:light;--ground:#fff;--text:#1c1e21;--dim:#5c636b;--line:#d5d9de;--mark:#ffe9a8;--edge:#b98900;--code:#f5f6f8;
--warn:#8a5a00;--error:#b3261e;--l0:#0b57a8;--l1:#8a4b08;--l2:#00695f;--l3:#4a6a00;--l4:#a3195b;--l5:#5b3fb5}
@media screen and (prefers-color-scheme:dark){:root{color-scheme:dark;--ground:#15171a;--text:#e4e6e9;--dim:#a8b0b9;--line:#363b42;
--mark:#463809;--edge:#b98900;--code:#1d2024;
--warn:#f0c267;--error:#ff8f86;--l0:#87afff;--l1:#d7af87;--l2:#5fd7d7;--l3:#9fc24a;--l4:#ff87af;--l5:#c3b1ff}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--text);font:1rem/1.5 system-ui,sans-serif;overflow-wrap:break-word}
main{max-width:92rem;margin:0 auto;padding:1rem}
article{display:grid;grid-template-columns:minmax(0,1fr);gap:0 2rem}
article~article>.hint{display:none}
h1{font-size:1.5rem;border-bottom:2px solid var(--line);margin:1.5rem 0 .5rem}
h2{font-size:1.15rem;margin:1.75rem 0 .5rem}
p{margin:.5rem 0;max-width:46rem}
ul{list-style:none;margin:.25rem 0;padding:0}
li{margin:.15rem 0;padding:.2rem .5rem;border-left:3px solid var(--line);border-radius:2px;max-width:60rem}
li>p{margin:.1rem 0}
li.d1{margin-left:1.5rem}li.d2{margin-left:3rem}li.d3{margin-left:4.5rem}li.d4{margin-left:6rem}
pre,code{font-family:ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace}
pre{margin:.5rem 0;padding:.75rem;background:var(--code);overflow-x:auto;font-size:.8rem;line-height:1.25;border-radius:4px}
code{background:var(--code);padding:0 .2em;font-size:.9em;white-space:pre-wrap;overflow-wrap:anywhere}
li b{white-space:pre-wrap}
code.bits{display:inline-block;max-width:100%}
.wide{overflow-x:auto}
table{border-collapse:collapse;margin:.75rem 0;font-size:.92rem}
th,td{text-align:left;padding:.15rem .75rem .15rem 0;border-bottom:1px solid var(--line);vertical-align:top}
th.n,td.n{text-align:right;white-space:nowrap}
td:first-child:not(.n),td:last-child{overflow-wrap:anywhere;min-width:8rem}
.dim{color:var(--dim)}.info{color:var(--dim)}.warning{color:var(--warn)}.error{color:var(--error)}
.l0{color:var(--l0)}.l1{color:var(--l1)}.l2{color:var(--l2)}.l3{color:var(--l3)}.l4{color:var(--l4)}.l5{color:var(--l5)}
li.l0{border-color:var(--l0)}li.l1{border-color:var(--l1)}li.l2{border-color:var(--l2)}
li.l3{border-color:var(--l3)}li.l4{border-color:var(--l4)}li.l5{border-color:var(--l5)}
li[class]{color:var(--text)}
.on{background:var(--mark);outline:1px solid var(--edge);outline-offset:-1px}
pre .on{outline:none;box-shadow:inset 0 -2px var(--edge)}
@media(max-width:36rem){li.d1{margin-left:.75rem}li.d2{margin-left:1.5rem}li.d3{margin-left:2.25rem}li.d4{margin-left:3rem}
pre{font-size:.7rem}table{font-size:.8rem}th,td{padding-right:.5rem}}
@media(min-width:76rem){article.packet{grid-template-columns:minmax(0,1fr) 36rem}
article>*{grid-column:1}
article>.dump[data-b="0"]{grid-column:2;grid-row:1/span 9999;position:sticky;top:0;max-height:100vh;overflow-y:auto;align-self:start;padding-top:1rem}}
@media print{html{font-size:13px}article{display:block}article~article{break-before:page}.hint{display:none}pre{white-space:pre-wrap}
h1,h2{break-after:avoid}li,tr,pre:not(.dump){break-inside:avoid}.on{background:none;outline:none;box-shadow:none}}
`

/** Pointing at a field shows its bytes, pointing at a byte shows its field; the same with Tab. */
const script = `
const lit=[];
const clear=()=>{while(lit.length)lit.pop().classList.remove('on')};
const light=e=>{e.classList.add('on');lit.push(e)};
const see=e=>{const d=e.parentElement;if(!d||d.scrollHeight<=d.clientHeight)return;
const o=e.getBoundingClientRect(),r=d.getBoundingClientRect();if(o.top<r.top||o.bottom>r.bottom)d.scrollTop+=o.top-r.top-d.clientHeight/2};
const show=t=>{clear();const e=t.closest&&t.closest('[data-n]');if(!e)return;const a=e.closest('article');
const f=a.querySelector('li[data-n="'+e.dataset.n+'"]')||e;light(f);
for(const o of a.querySelectorAll('pre [data-n="'+e.dataset.n+'"]'))light(o);
if(f.dataset.b===undefined)return;const s=+f.dataset.s,u=+f.dataset.u;let first;
for(const o of a.querySelectorAll('pre[data-b="'+f.dataset.b+'"] [data-at]')){const i=+o.dataset.at;if(i>=s&&i<u){light(o);first=first||o}}
if(first&&e===f)see(first)};
addEventListener('mouseover',v=>show(v.target));
addEventListener('focusin',v=>show(v.target));
addEventListener('click',v=>{const e=v.target.closest&&v.target.closest('pre [data-n]');if(!e)return;
const f=e.closest('article').querySelector('li[data-n="'+e.dataset.n+'"]');if(f){f.scrollIntoView({block:'center'});f.focus({preventScroll:true})}});
`

const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** The page up to its content. Nothing is loaded from anywhere, and no script but this one may run. */
export const pageBegin = (title: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${hash(style)}; script-src ${hash(script)}; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(escapeControls(title))}</title>
<style>${style}</style>
</head>
<body>
<main>
`

export const pageEnd = `</main>
<script>${script}</script>
</body>
</html>
`

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text in which nothing means anything to a browser, between tags and in attributes. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, sign => entities[sign]!)
