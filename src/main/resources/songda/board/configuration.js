import { html, nothing } from './lib/lit-html.js';
import { get } from './hub.js';
import { t, time } from './words.js';
import { chip, keys, loading } from './parts.js';

let history;
let one;

export async function load(version) {
  history = await get('configuration');
  one = version ? await get('configuration/' + encodeURIComponent(version)) : undefined;
}
const size = (d) => ['added', 'removed', 'changed'].map((k) => (d[k] || []).length).reduce((a, b) => a + b, 0);

export function draw(board) {
  if (!history) return loading();
  return html`<div class="columns even"><section class="card"><h2>${t('configuration')} <small>${t('version')} ${history.version} ${t('current')}</small></h2><table class="stack">
    <thead><tr>${['version', 'when', 'who', 'reason', 'changed'].map((k) => html`<th scope="col">${t(k)}</th>`)}</tr></thead><tbody @keydown=${keys}>
    ${history.versions.map((v) => html`<tr class="row" tabindex="0" aria-selected=${!!one && one.version === v.version} @click=${() => board.go('configuration/' + v.version)}>
      <td data-label=${t('version')}><span><b>${v.version}</b> ${chip(v.state)}</span></td><td class="t" data-label=${t('when')}>${time(v.at)}</td><td data-label=${t('who')}>${v.who}</td>
      <td data-label=${t('reason')}>${v.reason}</td><td class="n" data-label=${t('changed')}>${size(v.diff)}</td></tr>`)}</tbody></table></section>
    <section class="card">${one ? diff() : html`<p class="empty">${t('chooseVersion')}</p>`}</section></div>`;
}
const WHAT = { added: 'added', removed: 'removed', changed: 'fileChanged' };
const KIND = { '+': 'add', '-': 'del', '@': 'at' };

function diff() {
  return html`<h2>${t('version')} ${one.version} <small>${one.who} ${time(one.at)}</small></h2><p>${one.reason}</p>${one.failure ? html`<p class="tell bad">${one.failure}</p>` : nothing}
    ${one.base ? nothing : html`<p class="empty">${t('firstVersion')}</p>`}
    ${one.changes.map((file) => html`<h3>${file.file} <small>${t(WHAT[file.what])}</small></h3>
      ${file.lines.length ? html`<pre tabindex="0">${file.lines.map((line) => html`<span class=${KIND[line[0]] || 'same'}>${line || ' '}</span>`)}</pre>` : html`<p class="empty">${t('peopleFile')}</p>`}`)}`;
}
